"""Destroying words for good, where what was signed is disposed of (A-19, 7.1): each floor names its own."""

from typing import Any

from django.db.models import JSONField

# Stands where a list shows the words, or the database asks for some.
GONE = "Disposed of under MOPI."


def emptied(rows: Any, *names: str, to: str = "") -> int:
    """How many of these rows had such words. They have none now. Not by way of `save`: an old row may break a rule that is younger than it."""
    json = {name for name in names if isinstance(rows.model._meta.get_field(name), JSONField)}
    nothing: dict[str, Any] = {name: {} if name in json else "" for name in names}
    number: int = rows.exclude(**nothing).order_by().count()
    for name in names:
        rows.exclude(**{name: nothing[name]}).order_by().update(**{name: {} if name in json else to})
    return number
