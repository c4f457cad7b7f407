"""Numbers and days in the templates of the register."""

from datetime import date
from typing import Any

from django import template

from govuk.times import public_date

register = template.Library()


@register.filter
def thousands(value: Any) -> str:
    """1,234,567; what is not known says so."""
    return "not known" if value is None else f"{value:,}"


@register.filter
def iso_date(text: str) -> str:
    """24 October 2026, of a day as data hold it."""
    return public_date(date.fromisoformat(text))
