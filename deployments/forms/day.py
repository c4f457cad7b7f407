"""The day itself: logs, reviews, figures, what is held, what is flagged."""

from collections.abc import Sequence
from typing import Any

from django import forms

from accounts.states import Role
from deployments.forms.parts import TimedForm, person_field
from deployments.reviewing import Question
from deployments.states import ON_THE_DAY, Decision, LogKind, Method
from govuk.fields import ChoiceField, LongTextField, MomentField, SelectField, TextField, UploadField, WholeNumberField, YesNoField
from govuk.forms import FilterForm, Form

QUICK = [(kind, kind.label) for kind in sorted(LogKind, key=lambda kind: kind != LogKind.OBSERVATION) if kind != LogKind.CORRECTION]
KEPT_BY = (Role.GOLD, Role.SILVER, Role.BRONZE, Role.OPERATOR, Role.ENGAGEMENT_OFFICER)


class LogForm(TimedForm):
    """The kind is the button that is pressed; everything else may stay as it is."""

    note = LongTextField(label="What happened?", called="what happened", rows=3, required=False)
    about_person = forms.BooleanField(label="This is about a member of the public", required=False)
    kind = ChoiceField(label="What kind of entry?", called="what kind of entry it is", choices=LogKind.choices)
    happened_at = MomentField(label="When?", called="when it happened")
    place = TextField(label="Where exactly?", called="where exactly", max_length=120, required=False)
    person = person_field("Whose log?", "whose log it is", required=False, blank="My own")
    entry_id = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        field: Any = self.fields["person"]
        field.choices = [*field.choices, *people]
        if not people:
            del self.fields["person"]


class LogFilter(FilterForm):
    log_of = SelectField(label="Whose log", choices=[(role.value, role.label) for role in KEPT_BY], blank="Anyone’s")
    kind = SelectField(label="Kind", choices=LogKind.choices, blank="Any")


def labelled(decisions: Sequence[Decision]) -> list[tuple[str, str]]:
    return [(decision.value, decision.label) for decision in decisions]


def is_yes_or_no(question: Question) -> bool:
    return not question.asks.startswith("What")


class ReviewForm(TimedForm):
    """Each question that can be answered yes or no is; a no says why. The words are kept as the answer."""

    def __init__(self, *args: Any, questions: Sequence[Question], decisions: Sequence[Decision], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.questions = questions
        for question in questions:
            self.add(question)
        self.fields["decision"] = ChoiceField(label="What do you decide?", called="what you decide", choices=labelled(decisions), small=True)
        self.fields["reason"] = LongTextField(label="Why?", called="why", rows=2, required=False)
        self.fields["reviewed_at"] = MomentField(label="When did you review it?", called="when you reviewed it")

    def add(self, question: Question) -> None:
        if not is_yes_or_no(question):
            self.fields[question.key] = LongTextField(label=question.asks, called=f"“{question.title}”", rows=2)
            return
        yes, no = f"{question.key}_more", f"{question.key}_why"
        self.fields[question.key] = YesNoField(
            label=question.asks, called=f"so: “{question.title}”", inline=False, small=True, reveals={"yes": yes, "no": no}
        )
        self.fields[yes] = LongTextField(label=f"{question.title}: anything to add", called="what to add", rows=2, required=False)
        self.fields[no] = LongTextField(label=f"{question.title}: what is not so?", called="what is not so", rows=2)

    def answers(self) -> dict[str, str]:
        return {question.key: self.answer(question) for question in self.questions}

    def answer(self, question: Question) -> str:
        said = self.cleaned_data
        if not is_yes_or_no(question):
            return said[question.key]
        word, more = ("Yes", "more") if said[question.key] else ("No", "why")
        words = said.get(f"{question.key}_{more}") or ""
        return f"{word}. {words}" if words else f"{word}."


class FacesForm(TimedForm):
    count = WholeNumberField(label="How many faces does the system show?", called="the number of faces", min_value=0, width=10)
    method = ChoiceField(label="What does it count?", called="what it counts", choices=Method.choices)
    read_at = MomentField(label="When was it read?", called="when it was read")


class ConsentForm(TimedForm):
    label = TextField(label="Label", called="a label", max_length=20, width=10, help_text="A number such as B1, no name.")
    consented_at = MomentField(label="When did they consent in writing?", called="when they consented")


class RunForm(TimedForm):
    passes = WholeNumberField(label="How often did they walk through the zone?", called="how often they walked through", min_value=1, width=3)
    correct = WholeNumberField(label="How often did the system alert correctly?", called="how often the system alerted", min_value=0, width=3)
    ran_at = MomentField(label="When?", called="when it was")


class FootageForm(TimedForm):
    name = TextField(label="What is it?", called="what it is", max_length=120, help_text="For example, van LFR-02, both cameras.")
    held_by = TextField(label="Who holds it?", called="who holds it", max_length=120)
    recorded_at = MomentField(label="When did the recording start?", called="when the recording started")


class StoreForm(TimedForm):
    name = TextField(label="What is it?", called="what it is", max_length=120)
    file = UploadField(label="The file")
    recorded_at = MomentField(label="When did the recording start?", called="when the recording started")


class ConcernForm(Form):
    sentence = TextField(label="What is wrong?", called="what is wrong", max_length=200, help_text="Nothing about a member of the public.")


class WarningForm(Form):
    decision = ChoiceField(label="What do you decide?", called="what you decide", choices=labelled(ON_THE_DAY))
    answer = LongTextField(label="Why?", called="why", rows=3)


class BreachForm(Form):
    answer = LongTextField(label="What follows from it?", called="what follows from it", rows=5)
