"""Numbers, typed into plain text boxes: a scroll wheel must never change a figure."""

import re

from django import forms

from govuk.fields.spoken import Spoken

THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?:\D|$))")
LONGEST = 9  # digits: what every database takes for a whole number


def tidy(value):
    """Without spaces, and without the commas between thousands: 0,66 is not 66."""
    return THOUSANDS.sub("", value.replace(" ", "")) if isinstance(value, str) else value


def whole(text):
    """A whole number as sent by a page, or None for what is none: ² is a digit and no number."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST else None


class WholeNumberField(Spoken, forms.IntegerField):
    words = {
        "invalid": "{Called} must be a whole number",
        "min_value": "{Called} must be %(limit_value)s or more",
        "max_value": "{Called} must be %(limit_value)s or fewer",
    }

    def __init__(self, *, width=5, **kwargs):
        super().__init__(width=width, widget=forms.TextInput({"inputmode": "numeric"}), **kwargs)

    def to_python(self, value):
        return super().to_python(tidy(value))


class DecimalField(Spoken, forms.DecimalField):
    words = {
        "invalid": "{Called} must be a number",
        "min_value": "{Called} must be %(limit_value)s or more",
        "max_value": "{Called} must be %(limit_value)s or less",
        "max_decimal_places": "{Called} must have %(max)s decimal places or fewer",
        "max_digits": "{Called} must have %(max)s digits or fewer",
        "max_whole_digits": "{Called} has too many digits before the decimal point",
    }

    def __init__(self, *, width=5, **kwargs):
        super().__init__(width=width, widget=forms.TextInput({"inputmode": "decimal"}), **kwargs)

    def to_python(self, value):
        return super().to_python(tidy(value))
