"""What several forms share: a moment that is prefilled with now, and who did what is entered."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms

from deployments.states import Factor
from govuk.fields import LongTextField, ManyField, SelectField
from govuk.forms import Form


class TimedForm(Form):
    """Times are typed to the minute. One that holds a moment known to the second (when the page was opened, what it must follow) means that."""

    opened_at = forms.CharField(required=False, widget=forms.HiddenInput)

    def moment(self, name: str, not_before: datetime | None = None) -> datetime | None:
        typed = self.cleaned_data.get(name)
        known = [one for one in (self.opened(), not_before) if one and one.replace(second=0, microsecond=0) == typed]
        return max(known, default=typed)

    def opened(self) -> datetime | None:
        try:
            moment = datetime.fromisoformat(self.cleaned_data.get("opened_at", ""))
        except ValueError:
            return None
        return moment if moment.tzinfo else None


class NamedForm(Form):
    """`people`: who may have done it. Asked only where it is not plain: whoever is the one choice, and reads the page, is not asked."""

    def __init__(self, *args: Any, people: Iterable[tuple[str, str]], me: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        choices = list(people)
        if [key for key, _ in choices] == [me]:
            del self.fields["person"]
            return
        field: Any = self.fields["person"]
        field.choices = [*field.choices, *choices]
        field.initial = me if me in dict(choices) else choices[0][0] if len(choices) == 1 else ""


def person_field(label: str, called: str, **more: Any) -> SelectField:
    return SelectField(label=label, called=called, **more)


def factors_field() -> ManyField:
    return ManyField(label="What may have played a part?", called="what played a part", choices=Factor.choices, required=False, small=True)


def note_field() -> LongTextField:
    return LongTextField(
        label="Anything to note about the person",
        called="the note",
        required=False,
        rows=2,
        help_text="Deleted by this service within the limit for the personal data of an alert.",
    )
