"""Doors of this floor; `StaffPage` is for every floor."""

from accounts.views.staff import StaffPage

__all__ = ["StaffPage"]
