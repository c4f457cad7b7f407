"""The forms of Stage 3."""

from typing import Any

from accounts.models import Force, User
from govuk.fields import ChoiceField, ConfirmField, DateField, LongTextField, MomentField, SelectField, TextField, WholeNumberField, YesNoField
from govuk.forms import FilterForm, Form
from policy.edition import end_of_london_day
from reporting.compiled import Known
from reporting.models import Debrief
from reporting.states import Body, Degree, Effect, Heard


class RegisterFilter(FilterForm):
    """Force, place or town, from which day until which."""

    NAMES = ("force", "place", "from", "to", "from_day", "from_month", "from_year", "to_day", "to_month", "to_year")
    force = SelectField(label="Police force", blank="All")
    place = TextField(label="Place or town", max_length=120)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        forces = Force.objects.filter(is_host=False).order_by("name").values_list("code", "name")
        self.fields["force"].choices = [("", "All"), *forces]  # type: ignore[attr-defined]
        self.fields["from"] = DateField(label="From", called="the first day", required=False)
        self.fields["to"] = DateField(label="To", called="the last day", required=False)

    @staticmethod
    def data_of(query: Any) -> dict[str, str]:
        """A day may stand in an address as 2026-09-12, as in the addresses of the data."""
        data = {name: query.get(name, "") for name in RegisterFilter.NAMES}
        for name in ("from", "to"):
            parts = data.pop(name).split("-")
            if len(parts) == 3:
                data |= dict(zip((f"{name}_year", f"{name}_month", f"{name}_day"), parts, strict=True))
        return data


class NarrativeForm(Form):
    """What only people know; the LFR system's own totals beside ours (2, 9.6). Kept half done; the record is submitted when all is there."""

    mark_optional = False
    issues = LongTextField(label="Were there any issues?", called="what issues there were, or that there were none", required=False)
    impact = LongTextField(label="What was its impact?", called="the impact", required=False)
    learning = LongTextField(label="What was learned?", called="what was learned", required=False)
    system_alerts = WholeNumberField(label="Alerts, by the LFR system’s own total", called="the number of alerts", min_value=0, required=False)
    system_faces = WholeNumberField(label="Faces, by the LFR system’s own total", called="the number of faces", min_value=0, width=10, required=False)
    reconciliation = LongTextField(
        label="If these differ from what was counted here, or are not known: why?", called="why the totals differ", rows=3, required=False
    )


class SendForm(Form):
    """Nothing is asked: the page repeats what follows."""


class ProposeDisposalForm(Form):
    reason = LongTextField(label="Why need the documents not be kept any longer?", called="why they need not be kept", rows=4)
    final = ConfirmField(
        label="I have reviewed what was signed in this operation, and its records", called="that you have reviewed what was signed, and its records"
    )


class AgreeToDisposalForm(Form):
    final = ConfirmField(label="I have satisfied myself that none of it is still needed", called="that none of it is still needed")


class TurnDownDisposalForm(Form):
    reason = LongTextField(label="Why are the documents still to be kept?", called="why they are still to be kept", rows=4)


class ReceiveForm(Form):
    """`asks_why`: whoever is not the authorising officer says why they receive the record (P-5)."""

    def __init__(self, *args: Any, asks_why: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if asks_why:
            self.fields["why_receiver"] = LongTextField(
                label="Why do you receive this record, not the officer who authorised the deployment?", called="why you receive this record", rows=3
            )


class ReturnForm(ReceiveForm):
    reasons = LongTextField(label="What is wanting?", called="what is wanting")


class PersonForm(Form):
    """Asks for one of many people: too many for radios."""

    person = SelectField(label="By whom?", called="who does it")

    def __init__(self, *args: Any, people: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in people}
        self.fields["person"].choices = [("", "Choose from the list"), *((pk, person.name) for pk, person in self.people.items())]  # type: ignore[attr-defined]

    def clean_person(self) -> User:
        return self.people[self.cleaned_data["person"]]


class ArrangeForm(PersonForm):
    person = SelectField(label="Chair", called="who chairs the debrief", help_text="Somebody other than Gold of this operation.")


class DebriefForm(Form):
    """Each objective measured; each deviation and breach answered; impact, learning, recognition time (R-2, 14.8)."""

    def __init__(self, *args: Any, known: Known, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.known = known
        for number, objective in enumerate(known.objectives):
            self.fields[f"effect_{number}"] = ChoiceField(
                label=f"Objective {number + 1}: {objective}", called=f"how far objective {number + 1} was met", choices=Effect.choices
            )
            self.fields[f"objective_{number}"] = LongTextField(
                label=f"How can that be told? (objective {number + 1})", called=f"how that can be told of objective {number + 1}", rows=2
            )
        for one in known.deviations:
            self.fields[f"deviation_{one.pk}"] = LongTextField(
                label=f"Deviation from clause {one.clause}: {one.what}", called="what came of the deviation", rows=2
            )
        for breach in known.breaches:
            self.fields[f"breach_{breach.pk}"] = LongTextField(label=f"Breach: {breach.sentence}", called="what is said to the breach", rows=2)
        self.fields["impact"] = LongTextField(label="What was its impact?", called="the impact", rows=3)
        self.fields["learning"] = LongTextField(label="What was learned?", called="what was learned", rows=3)
        self.fields["short_enough"] = YesNoField(
            label="Was the recognition time short enough to respond?", called="the recognition time was short enough", help_text="Clause 14.8"
        )
        self.fields["recognition"] = LongTextField(label="More on that", rows=2, required=False)
        self.fields["held_at"] = MomentField(label="When was it held?", called="when it was held")

    @staticmethod
    def initial_of(debrief: Debrief) -> dict[str, Any]:
        said = {key.replace(".", "_"): text for key, text in debrief.answers.items()}
        effects = {key.replace("objective.", "effect_"): value for key, value in debrief.effects.items()}
        short = {True: "yes", False: "no", None: None}[debrief.recognition_short_enough]
        rest = {"impact": debrief.impact, "learning": debrief.learning, "recognition": debrief.recognition, "held_at": debrief.held_at}
        return {**said, **effects, **rest, "short_enough": short}

    def said(self) -> dict[str, Any]:
        """As the act wants it."""
        data = self.cleaned_data
        answers = {name.replace("_", ".", 1): data[name] for name in data if name.startswith(("objective_", "deviation_", "breach_"))}
        effects = {f"objective.{name.removeprefix('effect_')}": data[name] for name in data if name.startswith("effect_")}
        words = {name: data[name] for name in ("impact", "learning", "recognition", "held_at")}
        return {**words, "answers": answers, "effects": effects, "recognition_short_enough": data["short_enough"]}


class ActionForm(PersonForm):
    what = TextField(label="What is to be done?", called="what is to be done", max_length=300)
    due_date = DateField(label="By when?", called="the day by which it is to be done")
    field_order = ("what", "person", "due_date")


class DoneForm(Form):
    outcome = LongTextField(label="What came of it?", called="what came of it", rows=3)


class ReviewForm(Form):
    """A review by a board (8.1)."""

    body = ChoiceField(label="Whose review?", called="whose review it was", choices=Body.choices)
    held_date = DateField(label="When was it held?", called="the day of the review")
    from_date = DateField(label="First day of the period", called="the first day of the period")
    to_date = DateField(label="Last day of the period", called="the last day of the period")
    considered = LongTextField(label="What was considered?", called="what was considered", rows=3)
    decisions = LongTextField(label="What was decided?", called="what was decided", rows=4)


class FeedbackForm(Form):
    """What reached the force, or whom it spoke to (9.1, 9.6)."""

    kind = ChoiceField(label="What was it?", called="what it was", choices=Heard.choices)
    day = DateField(label="On which day was it received or held?", called="the day")
    about = LongTextField(
        label="What was it about?", called="what it was about", help_text="In your own words. Nothing that tells who it was.", rows=3
    )


class AnswerForm(Form):
    answer = LongTextField(
        label="What was answered, or what came of it?", called="what was answered", help_text="Nothing that tells who it was.", rows=3
    )


class RatingForm(Form):
    """How a risk stands (5.2, 5.3)."""

    likelihood = ChoiceField(label="How likely is it?", called="how likely it is", choices=Degree.choices)
    impact = ChoiceField(label="How grave would it be?", called="how grave it would be", choices=Degree.choices)
    measures = LongTextField(label="What is done about it?", called="what is done about it", rows=3)
    review_date = DateField(label="By when is it looked at again?", called="the day of the next review")

    def rating(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {
            "likelihood": int(said["likelihood"]),
            "impact": int(said["impact"]),
            "measures": said["measures"],
            "review_due_at": end_of_london_day(said["review_date"]),
        }


class RiskForm(RatingForm):
    what = TextField(label="What is the risk?", called="what the risk is", max_length=300)
    field_order = ("what", "likelihood", "impact", "measures", "review_date")


class CloseRiskForm(Form):
    reason = LongTextField(label="Why is it no longer a risk?", called="why it is no longer a risk", rows=3)


class PackForm(Form):
    """For which period (8.1)."""

    from_date = DateField(label="First day of the period", called="the first day of the period")
    to_date = DateField(label="Last day of the period", called="the last day of the period")


class NotesForm(Form):
    """What the analyst adds, and the explanations that the checks ask for; one field for each finding (R-5, X-2)."""

    notes = LongTextField(
        label="Notes for the public", called="notes for the public", help_text="Nothing about a person. Optional.", rows=3, required=False
    )

    def __init__(self, *args: Any, results: Any, edition: int, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if edition > 1:
            self.fields["why"] = LongTextField(
                label="Why is there a further edition? The public reads this", called="why there is a further edition", rows=3
            )
        self.keys = {}
        for place, result in enumerate(one for one in results if one.found and not one.hard):
            self.keys[f"explain_{place}"] = result.key
            self.fields[f"explain_{place}"] = LongTextField(
                label=" ".join(result.found), help_text="Mend it, or explain why it is right.", called="an explanation", rows=2, required=False
            )
            self.fields[f"explain_{place}"].initial = result.explanation

    def explanations(self) -> dict[str, str]:
        return {key: self.cleaned_data.get(name, "") for name, key in self.keys.items()}


class ReasonForm(Form):
    """A reason in words. `asks`: what is asked."""

    reason = LongTextField(label="Why?", called="the reason", rows=3)


class AgreeForm(Form):
    """Nothing is asked: the page shows what is approved or published."""
