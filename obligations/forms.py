"""What the pages of the clocks ask."""

from typing import Any

from govuk.fields import ChoiceField, DateField, LongTextField, MomentField, TextField, WholeNumberField
from govuk.forms import FilterForm, Form
from obligations.states import Basis, Covers

NAME_NOBODY = "Name nobody whose data it was."


class ClockFilter(FilterForm):
    show = ChoiceField(
        label="Show",
        choices=[("", "Everything that is not done"), ("overdue", "Overdue"), ("day", "Due within 24 hours"), ("held", "On hold")],
        small=True,
    )


class AttestForm(Form):
    """D-2: when, how, which item."""

    wiped_at = MomentField(label="When was it deleted?", called="when it was deleted")
    item = TextField(
        label="Serial or asset number", called="the serial or asset number", max_length=80, width=20, help_text="Of the stick, recorder or system."
    )
    count = WholeNumberField(label="How many items is this?", called="the number of items", min_value=1, initial=1, width=3)
    how = LongTextField(
        label="How was it deleted, and how did you check that nothing is left?",
        called="how it was deleted",
        rows=3,
        max_length=300,
        help_text=NAME_NOBODY,
    )


class ConfirmForm(Form):
    outcome = ChoiceField(
        label="Do you confirm it?",
        called="whether you confirm it",
        choices=[("confirm", "Yes, I have satisfied myself that it is deleted"), ("dispute", "No, I cannot confirm it")],
        hints={"confirm": "The certificate is written now and cannot be changed.", "dispute": "It has to be deleted and certified again."},
    )
    answer = LongTextField(label="What did you check?", called="what you checked", rows=3, max_length=300, help_text=NAME_NOBODY)


class AskHoldForm(Form):
    """D-4: a hold has one of the policy's grounds and names the footage. D-3: alert data have one ground; no words lead to the alert."""

    basis = ChoiceField(label="On which ground must it be kept?", called="the ground", choices=Basis.choices)
    footage = TextField(label="Which footage?", called="which footage", max_length=200, help_text=f"The camera, and from when to when. {NAME_NOBODY}")
    covers = ChoiceField(label="Is that all of it, or a part?", called="how much of it", choices=Covers.choices, initial=Covers.WHOLE)
    reason = LongTextField(label="Why?", called="why it must be kept", rows=4, max_length=500, help_text=NAME_NOBODY)

    def __init__(self, *args: Any, can_be_cut: bool, alert_data: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if alert_data:
            del self.fields["footage"]
            self.fields["basis"].choices = [(Basis.CPIA.value, Basis.CPIA.label)]  # type: ignore[attr-defined]
        if not can_be_cut:
            del self.fields["covers"]


class DecideHoldForm(Form):
    outcome = ChoiceField(
        label="Do you place the hold?",
        called="whether you place it",
        choices=[("place", "Yes, it is kept"), ("refuse", "No, it is deleted in time")],
        reveals={"place": "review_date"},
    )
    review_date = DateField(label="When must the hold be reviewed?", called="the day of the review", required=False)
    answer = LongTextField(label="Why?", called="why", rows=3, max_length=500)


class ReviewHoldForm(Form):
    answer = LongTextField(label="Why is it still needed?", called="why it is still needed", rows=3, max_length=500)
    review_date = DateField(label="When must it be reviewed again?", called="the day of the next review", required=False)


class ReleaseHoldForm(Form):
    reason = LongTextField(label="Why is it not needed any more?", called="why it is not needed any more", rows=3, max_length=500)
