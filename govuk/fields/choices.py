"""One answer or several from a list.

`hints` gives an answer a line beneath it: {value: words}, or a function of the value (of the instance, for a queryset).
`reveals` asks more beneath an answer: {value: "field name"} or {value: ("field", "field")}.
Use `govuk.forms.Form`, which ignores what was not revealed.
"""

from django import forms

from govuk.fields.spoken import Spoken
from govuk.widgets import Checkboxes, Radios

LISTED = {"invalid_choice": "Select {called}", "invalid_list": "Select {called}", "invalid_pk_value": "Select {called}"}


def as_names(reveals):
    return {str(value): (names,) if isinstance(names, str) else tuple(names) for value, names in (reveals or {}).items()}


class Listed(Spoken):
    empty_words = "Select {called}"
    words = LISTED
    widget_class: type[Radios] | type[Checkboxes] = Radios

    def __init__(self, *args, hints=None, inline=False, small=False, reveals=None, **kwargs):
        self.reveals = as_names(reveals)
        kwargs.setdefault("widget", self.widget_class(hints=hints, inline=inline, small=small))
        super().__init__(*args, **kwargs)


class ChoiceField(Listed, forms.ChoiceField):
    """Radios."""


class ManyField(Listed, forms.MultipleChoiceField):
    """Checkboxes."""

    widget_class = Checkboxes


class PickField(Listed, forms.ModelChoiceField):
    """Radios over a queryset."""

    def __init__(self, queryset, *, empty_label=None, **kwargs):
        super().__init__(queryset, empty_label=empty_label, **kwargs)


class PickManyField(Listed, forms.ModelMultipleChoiceField):
    """Checkboxes over a queryset."""

    widget_class = Checkboxes


class SelectField(Spoken, forms.ChoiceField):
    """A drop-down: only where radios would not fit. The first line is "Choose …", which is no answer."""

    empty_words = "Select {called}"
    words = LISTED

    def __init__(self, *, choices=(), blank="Choose from the list", **kwargs):
        super().__init__(choices=[("", blank), *choices], **kwargs)


class YesNoField(Listed, forms.TypedChoiceField):
    """True or False. `called` completes "Select yes if …"."""

    empty_words = "Select yes if {called}"

    def __init__(self, *, inline=True, yes="Yes", no="No", called="", error_messages=None, **kwargs):
        said = {} if called else {"required": "Select yes or no"}
        super().__init__(
            choices=[("yes", yes), ("no", no)],
            coerce=lambda value: value == "yes",
            empty_value=None,
            inline=inline,
            called=called,
            error_messages={**said, **(error_messages or {})},
            **kwargs,
        )

    def prepare_value(self, value):
        return {True: "yes", False: "no"}.get(value, value)


class ConfirmField(Spoken, forms.BooleanField):
    """One box that must be ticked. `called` completes "Confirm that …"."""

    empty_words = "Confirm that {called}"

    def __init__(self, *, called="", error_messages=None, **kwargs):
        said = {} if called else {"required": "Tick the box to confirm"}
        super().__init__(called=called, error_messages={**said, **(error_messages or {})}, **kwargs)
