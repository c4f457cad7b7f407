"""Stopping, going on, ending."""

from typing import Any

from deployments.forms.parts import TimedForm
from deployments.states import TO_STOP, Method, Reason
from govuk.fields import ChoiceField, LongTextField, MomentField, WholeNumberField
from govuk.forms import Form


class ReasonForm(Form):
    reason = ChoiceField(label="Why?", called="why", choices=[(reason.value, Reason(reason).label) for reason in TO_STOP])
    note = LongTextField(label="In your own words", called="your own words", rows=2, required=False, help_text="No names of members of the public.")


class ResumeForm(Form):
    reason = LongTextField(label="Why can it go on?", called="why it can go on", rows=2)


class ConcludeForm(TimedForm):
    ended_at = MomentField(label="When did it end?", called="when it ended")
    note = LongTextField(label="Anything to add", called="what to add", rows=2, required=False)
    faces = WholeNumberField(label="Faces at the end, as the system shows them", called="the number of faces", min_value=0, width=10, required=False)
    method = ChoiceField(label="What does the system count?", called="what the system counts", choices=Method.choices, required=False, small=True)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("faces") is not None and not said.get("method"):
            self.add_error("method", "Select what the system counts")
        return said


class CorrectTimesForm(TimedForm):
    """Only the times that there are."""

    live_at = MomentField(label="Went live", called="when it went live")
    ended_at = MomentField(label="Ended", called="when it ended")
    reason = LongTextField(label="Why is it corrected?", called="why it is corrected", rows=2)

    def __init__(self, *args: Any, ended: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not ended:
            del self.fields["ended_at"]
