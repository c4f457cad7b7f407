"""Who may ask: nobody, unless the view stands under a row of the access table (reliability F1: DRF's own default lets everybody in)."""

from typing import Any

from rest_framework.permissions import BasePermission

from accounts.middleware import sign_in_step
from accounts.permissions import PUBLIC, Row
from policy.refusals import NotPermitted


class DenyAll(BasePermission):
    """The default of every API view."""

    def has_permission(self, request: Any, view: Any) -> bool:
        return False


class StandsInTable(BasePermission):
    """A view declares `access`; a person without that standing is refused. Views of a thing within an operation ask about the thing themselves."""

    def has_permission(self, request: Any, view: Any) -> bool:
        row: Row | None = getattr(view, "access", None)
        if row is None:
            return False
        if PUBLIC in row.sees:
            return True
        if not request.user.is_authenticated:
            return False  # told as 401: it is not known who asks
        if sign_in_step(request.user):
            raise NotPermitted("access", "You have not finished signing in.", remedy="Sign in on the website and do what it asks first.")
        view.check_standing(row)
        return True
