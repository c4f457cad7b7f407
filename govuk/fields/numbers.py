"""Numbers, typed into plain text boxes: a scroll wheel must never change a figure."""

from django import forms

from govuk.fields.spoken import Spoken


def tidy(value):
    return value.replace(",", "").replace(" ", "") if isinstance(value, str) else value


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
        "max_whole_digits": "{Called} must have %(max)s digits or fewer before the decimal point",
    }

    def __init__(self, *, width=5, **kwargs):
        super().__init__(width=width, widget=forms.TextInput({"inputmode": "decimal"}), **kwargs)

    def to_python(self, value):
        return super().to_python(tidy(value))
