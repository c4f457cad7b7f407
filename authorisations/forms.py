"""The forms of Stage 1 that are not sections: the first page, days, hand-over, and the Authorising Officer's pages."""

from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from authorisations.questions import Part, Question
from authorisations.states import Ground, Means, NotePoint, Outcome
from govuk.fields import (
    ChoiceField,
    DecimalField,
    LongTextField,
    MomentField,
    PasswordField,
    PickField,
    SelectField,
    TextField,
    WholeNumberField,
    YesNoField,
)
from govuk.forms import Form
from operations.models import Place
from policy import Edition

SOMEWHERE_ELSE = "new"


class StartForm(Form):
    """Four questions that decide whether this is in scope at all (A-2)."""

    title = TextField(
        label="What is the operation called?",
        called="what the operation is called",
        max_length=120,
        help_text="A short title without names of people, for example “Carlisle city centre, September weekends”.",
    )
    overt = YesNoField(label="Will the use be overt, so that the public can see it?", called="the use will be overt")
    live = YesNoField(
        label="Is it live: faces compared as people pass?",
        called="it is live",
        help_text="Not a search of recorded images, and not an image taken by an officer.",
    )
    own_system = YesNoField(label="Is the system the force’s own or the host force’s?", called="the system is the force’s own or the host force’s")


class DayForm(Form):
    """A place, and from when until when."""

    place = ChoiceField(label="Where?", called="the place", reveals={SOMEWHERE_ELSE: ("place_name", "town")})
    place_name = TextField(label="Name of the place", called="the name of the place", max_length=120)
    town = TextField(label="Town or village", called="the town or village", max_length=80)
    starts_at = MomentField(label="When does it start?", called="the start")
    ends_at = MomentField(label="When does it end?", called="the end")

    def __init__(self, *args: Any, places: QuerySet[Place], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [*((str(place.pk), str(place)) for place in places), (SOMEWHERE_ELSE, "Somewhere else")]  # type: ignore[attr-defined]


class DeviationForm(Form):
    clause = SelectField(label="From which clause?", called="the clause")
    what = LongTextField(label="What will be done differently?", called="what will be done differently", rows=3)
    why = LongTextField(label="Why?", called="why", rows=3)

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["clause"].choices = [("", "Choose a clause"), *((clause, f"{clause} {title}") for clause, title in edition.deviations.items())]  # type: ignore[attr-defined]
        self.fields["clause"].help_text = "Only clauses from which the policy allows a deviation."


class HandForm(Form):
    """Who writes a section."""

    person = PickField(queryset=User.objects.none(), label="Who will write this section?", called="who will write it", page_heading=True)

    def __init__(self, *args: Any, people: QuerySet[User], parts: dict[Any, str], title: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        person: Any = self.fields["person"]
        person.queryset, person.label = people, f"Who will write “{title}”?"
        person.widget.hints = lambda one: parts[one.pk]


class ReasonForm(Form):
    reason = LongTextField(label="Why?", called="the reason", rows=4)


class PartForm(Form):
    """One part of the Written Authority Document. Anything may be saved; what is still missing is listed before signing."""

    mark_optional = False

    def __init__(self, *args: Any, part: Part, questions: list[Question], limits: dict[str, Any], **kwargs: Any):
        super().__init__(*args, **kwargs)
        for question in questions:
            if question in part.questions:
                self.fields[question.key] = LongTextField(label=question.asks, called="your answer", rows=6, required=False)
        self.fields.update(limits)


def limit_fields(part: Part, content: dict[str, Any], edition: Edition) -> dict[str, Any]:
    """The figures and yeses that the document sets beside the answers (A-14, W-2, A-10)."""
    if part.key == "means":
        least = edition.value("minimum_threshold")
        asked = content["sections"].get("equipment", {}).get("threshold", "")
        return {
            "minimum_threshold": DecimalField(
                label="Which minimum threshold do you authorise?",
                called="the minimum threshold",
                required=False,
                width=4,
                max_digits=4,
                decimal_places=3,
                help_text=f"The application asks for {asked}. At least {least.value} (clause {least.clause}); you may set a higher one.",
            )
        }
    if part.key == "public":
        return watchlist_fields(content)
    if part.key == "assessments" and not content["assessments"].get("local_cia"):
        return {
            "local_cia": LongTextField(
                label="There is no local Community Impact Assessment. Why do you dispense with one?",
                called="why you dispense with it",
                required=False,
                rows=4,
                help_text="You alone may dispense with a bespoke local one. Otherwise return the application.",
            )
        }
    return {}


def watchlist_fields(content: dict[str, Any]) -> dict[str, Any]:
    asked = sum(line["subjects"] for line in content["watchlist"]["lines"])
    fields: dict[str, Any] = {
        "watchlist_ceiling": WholeNumberField(
            label="How many subjects may the watchlist have at most?",
            called="the largest watchlist",
            required=False,
            min_value=1,
            help_text=f"The application asks for {asked}.",
        )
    }
    if children := content["watchlist"].get("children"):
        fields["children"] = ChoiceField(
            label=f"Do you authorise the {len(children)} under-18s on it?",
            called="whether you authorise the under-18s",
            required=False,
            inline=True,
            choices=[("yes", "Yes"), ("no", "No")],
        )
    return fields


class OutcomeForm(Form):
    outcome = ChoiceField(
        label="What do you decide?",
        called="what you decide",
        choices=Outcome.choices,
        hints={
            Outcome.AUTHORISED: "Every question of the Written Authority Document must be answered.",
            Outcome.WITH_CONDITIONS: "As above; the conditions must be met before go-live.",
            Outcome.RETURNED: "The applicant can edit it and submit it again.",
            Outcome.REFUSED: "Final. The refusal and its reason stay on record.",
        },
    )


class SignForm(Form):
    """The solemn act. Which words are asked for depends on the outcome."""

    reasons = LongTextField(label="Why?", called="the reason", rows=5)
    conditions = LongTextField(label="Under which conditions?", called="the conditions", rows=5)
    password = PasswordField(label="Enter your password again to sign", called="your password")

    def __init__(self, *args: Any, outcome: Outcome, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if outcome != Outcome.WITH_CONDITIONS:
            del self.fields["conditions"]
        if outcome in (Outcome.AUTHORISED, Outcome.WITH_CONDITIONS):
            del self.fields["reasons"]
        if outcome == Outcome.RETURNED:
            self.fields["reasons"].label = "What is missing, and what would put it right?"


class VerbalForm(Form):
    """The note of a verbal authority, written down by someone who heard it."""

    given_by = PickField(queryset=User.objects.none(), label="Which Authorising Officer gave it?", called="who gave it")
    given_to = PickField(queryset=User.objects.none(), label="To whom was it given?", called="to whom it was given")
    said_at = MomentField(label="When were the words spoken?", called="the time of the words")
    means = ChoiceField(label="By what means?", called="the means", choices=Means.choices)
    words = LongTextField(label="What was said, in the Authorising Officer’s words?", called="the words that were spoken", rows=4)
    ground = ChoiceField(label="What makes it urgent?", called="the ground of urgency", choices=Ground.choices)
    why_urgent = LongTextField(
        label="How do seriousness and benefit support acting at once?", called="how seriousness and benefit support it", rows=3
    )
    why_not_written = LongTextField(label="Why could the decision not be given in writing?", called="why it could not be written", rows=3)

    def __init__(self, *args: Any, officers: QuerySet[User], appointed: QuerySet[User], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["given_to"].queryset = appointed  # type: ignore[attr-defined]
        self.fields["given_by"].queryset = officers  # type: ignore[attr-defined]


class NoQuestions(Form):
    """A page whose one button is the answer."""


class KeepForm(Form):
    reason = LongTextField(label="Why are the documents still to be kept?", called="why they are still to be kept", rows=4)


class DisputeForm(Form):
    instead = LongTextField(
        label="What do you say instead?",
        called="what you say instead",
        rows=3,
        help_text="What you did say, to whom and when, or that you said nothing. A few words are enough.",
    )


class CorrectionForm(Form):
    point = ChoiceField(label="What of the note is wrong?", called="what is wrong", choices=NotePoint.choices)
    text = LongTextField(label="What is right?", called="what is right", rows=3)


class CancelForm(Form):
    reason = LongTextField(label="Why is the authority no longer required?", called="why it is no longer required", rows=4)
    done_under = LongTextField(label="What was done under it?", called="what was done under it", rows=5)
    password = PasswordField(label="Enter your password again to sign", called="your password")
