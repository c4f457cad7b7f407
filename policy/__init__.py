"""The force's policy as data: one TOML file an edition, validated when loaded, named on every application."""

from policy.edition import Category, Choice, Course, Edition, Figure, Limit, PolicyFileError, Reminder
from policy.shelf import current, edition, edition_names

__all__ = ["Category", "Choice", "Course", "Edition", "Figure", "Limit", "PolicyFileError", "Reminder", "current", "edition", "edition_names"]
