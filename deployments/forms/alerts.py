"""Alerts: ten seconds for the Operator, twenty for the Engagement Officer."""

from collections.abc import Iterable
from typing import Any

from django import forms

from deployments.forms.parts import NamedForm, TimedForm, factors_field, note_field, person_field
from deployments.states import AFTER_ENGAGEMENT, WITHOUT_ENGAGEMENT, Outcome, Result
from govuk.fields import ChoiceField, DecimalField, LongTextField, ManyField, MomentField, SelectField, TextField, YesNoField
from govuk.forms import FilterForm, Form

PASS_ON, DISMISS, LATER = "pass_on", "dismiss", "later"
JUDGED = [(PASS_ON, "Passed it on to an Engagement Officer"), (DISMISS, "Dismissed it: a false alert")]
ENGAGE, NOT_ENGAGE = "engage", "not_engage"
HINTS = {
    Result.TRUE_CONFIRMED: "The right person: their identity was confirmed",
    Result.FALSE_CONFIRMED: "Somebody else: that was confirmed",
    Result.TRUE_UNCONFIRMED: "Judged to be the right person, without confirmation",
    Result.FALSE_UNCONFIRMED: "Judged to be somebody else",
    Result.NOT_DETERMINED: "For example, lost in the crowd",
}


def results(allowed: Iterable[Result]) -> list[tuple[str, str]]:
    return [(result.value, result.label) for result in allowed]


def outcomes_field() -> ManyField:
    return ManyField(label="What did policing do?", called="what policing did", choices=Outcome.choices, required=False, small=True)


class NewAlertForm(NamedForm, TimedForm):
    similarity = DecimalField(label="Score", called="the score", max_digits=4, decimal_places=3, help_text="As the system shows it, like 0.712")
    judgement = ChoiceField(label="What did the Operator do?", called="what the Operator did", choices=[*JUDGED, (LATER, "Not judged yet")])
    person = person_field("Which Operator?", "which Operator")
    raised_at = MomentField(label="When did the system alert?", called="when the system alerted")
    category = ChoiceField(label="Watchlist category", called="a watchlist category", small=True)
    camera = TextField(label="Camera", called="the camera", max_length=40, width=20, required=False)
    factors = factors_field()
    recognition_seconds = DecimalField(
        label="Recognition time", called="the recognition time", suffix="seconds", max_digits=6, decimal_places=2, min_value=0, required=False
    )
    subject_reference = TextField(label="Reference of the person on the watchlist", called="the reference", max_length=80, width=20, required=False)
    note = note_field()
    alert_id = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, categories: Iterable[tuple[str, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = list(categories)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Nobody has judged it: nobody is asked for."""
        said = super().clean() or self.cleaned_data
        if said.get("judgement") == LATER:
            self.errors.pop("person", None)
        return said


class StepForm(NamedForm, TimedForm):
    """One of the two human stages, or the result."""

    happened_at = MomentField(label="When?", called="when it was")
    factors = factors_field()
    note = note_field()

    def __init__(self, *args: Any, is_unlinked: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if is_unlinked:
            del self.fields["note"]


class JudgeForm(StepForm):
    judgement = ChoiceField(label="What did the Operator do?", called="what the Operator did", choices=JUDGED)
    person = person_field("Which Operator?", "which Operator")
    field_order = ("judgement", "person", "happened_at")


class DecideForm(StepForm):
    decision = ChoiceField(
        label="What did the Engagement Officer decide?",
        called="what the Engagement Officer decided",
        choices=[(ENGAGE, "Engage the person"), (NOT_ENGAGE, "Do not engage")],
        reveals={NOT_ENGAGE: "result"},
    )
    result = ChoiceField(label="How did it end?", called="how it ended", choices=results(WITHOUT_ENGAGEMENT), hints=HINTS, small=True)
    person = person_field("Which Engagement Officer?", "which Engagement Officer")
    field_order = ("decision", "result", "person", "happened_at")


class ResultForm(StepForm):
    result = ChoiceField(label="What did the engagement show?", called="what the engagement showed", choices=results(AFTER_ENGAGEMENT), hints=HINTS)
    outcomes = outcomes_field()
    card_given = YesNoField(label="Was the person given the card with information?", called="the person was given the card")
    person = person_field("Who engaged?", "who engaged")
    field_order = ("result", "outcomes", "card_given", "person", "happened_at")


class CorrectResultForm(Form):
    result = ChoiceField(label="What is right?", called="what is right", hints=HINTS)
    outcomes = outcomes_field()
    reason = LongTextField(label="Why is it corrected?", called="why it is corrected", rows=2, help_text="Nothing about the person.")

    def __init__(self, *args: Any, allowed: Iterable[Result], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["result"].choices = results(allowed)  # type: ignore[attr-defined]


class CorrectTimeForm(TimedForm):
    raised_at = MomentField(label="When did the system alert?", called="when the system alerted")
    reason = LongTextField(label="Why is it corrected?", called="why it is corrected", rows=2, help_text="Nothing about the person.")


class RepeatForm(Form):
    repeats = SelectField(label="Which earlier alert was about the same person?", called="an earlier alert", required=False, blank="None")

    def __init__(self, *args: Any, earlier: Iterable[tuple[str, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        field: Any = self.fields["repeats"]
        field.choices = [*field.choices, *earlier]


class EvidenceForm(Form):
    moved = YesNoField(
        label="Did evidence go to the case system?", called="evidence went to the case system", inline=False, reveals={"yes": "reference"}
    )
    reference = TextField(label="Reference there", called="the reference", max_length=80, width=20, required=False)


class AlertFilter(FilterForm):
    result = SelectField(label="Result", choices=Result.choices, blank="Any")
