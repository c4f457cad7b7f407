"""The go-live check: one small form for each point."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from deployments.forms.parts import TimedForm
from deployments.states import TO_STAND_DOWN, MediaKind, Reason, Style
from govuk.fields import (
    ChoiceField,
    DecimalField,
    LongTextField,
    MomentField,
    PickField,
    TextField,
    WholeNumberField,
    YesNoField,
)
from govuk.forms import Form
from policy.edition import Category


class GoLiveForm(Form):
    """The reason is asked only outside the authorised times."""

    reason = LongTextField(label="Why outside the authorised times?", called="why outside the authorised times", rows=2, required=False)

    def __init__(self, *args: Any, asks_reason: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not asks_reason:
            del self.fields["reason"]


class AnswerForm(Form):
    """A yes or no for each thing that the point asks about."""

    def __init__(self, *args: Any, asks: str, subjects: Sequence[str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        for number, subject in enumerate(subjects):
            self.fields[f"met_{number}"] = YesNoField(label=subject or asks, called=f"“{subject}” is met" if subject else "this is so")
        self.fields["note"] = LongTextField(
            label="Anything to add", called="what to add", rows=2, required=False, help_text="No names of members of the public."
        )


class AssetForm(Form):
    style = ChoiceField(label="What is it?", called="what it is", choices=Style.choices, inline=True)
    identifier = TextField(label="Fleet or asset number", called="the fleet or asset number", width=20, max_length=40)
    operator = PickField(User.objects.none(), label="Its Operator", called="its Operator")
    engagement_officer = PickField(User.objects.none(), label="Its Engagement Officer", called="its Engagement Officer")
    briefed = YesNoField(label="Are both here, and have both been briefed?", called="both are here and have been briefed")

    def __init__(self, *args: Any, operators: QuerySet[User], officers: QuerySet[User], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["operator"].queryset, self.fields["engagement_officer"].queryset = operators, officers  # type: ignore[attr-defined]


class NoticeForm(TimedForm):
    told = YesNoField(
        label="Has the public been told?",
        called="the public has been told",
        inline=False,
        reveals={"yes": ("given_at", "where", "late"), "no": "reason"},
    )
    given_at = MomentField(label="When?", called="when the public was told")
    where = TextField(
        label="Where?", called="where the public was told", max_length=300, help_text="For example, the force’s website and social media."
    )
    late = LongTextField(label="If that was late: why?", called="why it was late", rows=2, required=False)
    reason = LongTextField(label="Why not?", called="why not", rows=2, help_text="Urgency is a reason. It is published.")

    def __init__(self, *args: Any, target: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["late"].help_text = f"Needed when it was less than {target} before the start. It is published."


class WatchlistForm(TimedForm):
    """Subjects and images of each category as loaded. Categories beyond those authorised can be entered too: what is so must be sayable."""

    mark_optional = False
    compiled_at = MomentField(label="When was it compiled?", called="when it was compiled")

    def __init__(self, *args: Any, authorised: Iterable[str], categories: Sequence[Category], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.codes = [category.code for category in categories]
        inside = set(authorised)
        beyond = [category for category in categories if category.code not in inside]
        for category in (one for one in categories if one.code in inside):
            self.add(category)
        self.fields["children"] = WholeNumberField(label="How many are under 18?", called="how many are under 18", min_value=0, initial=0)
        if beyond:
            reveals = {"yes": tuple(f"{category.code}_{what}" for category in beyond for what in ("subjects", "images"))}
            label = "Is anyone on it in a category that was not authorised?"
            self.fields["beyond"] = YesNoField(label=label, called="anyone is in another category", initial=False, reveals=reveals)
            for category in beyond:
                self.add(category)

    def add(self, category: Category) -> None:
        for what in ("subjects", "images"):
            label = f"{category.label}: {what}"
            self.fields[f"{category.code}_{what}"] = WholeNumberField(label=label, called=label, min_value=0, required=False)

    def lines(self) -> dict[str, tuple[int, int]]:
        """Those with anything in them."""
        pairs = {code: (self.number(code, "subjects"), self.number(code, "images")) for code in self.codes}
        return {code: pair for code, pair in pairs.items() if any(pair)}

    def number(self, code: str, what: str) -> int:
        return self.cleaned_data.get(f"{code}_{what}") or 0


class ThresholdForm(TimedForm):
    threshold = DecimalField(label="Threshold now set", called="the threshold", max_digits=4, decimal_places=3)
    reason = LongTextField(label="Why?", called="why it is set so", rows=2)
    changed_at = MomentField(label="When was it set?", called="when it was set")

    def __init__(self, *args: Any, is_change: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = is_change


class MediumForm(TimedForm):
    kind = ChoiceField(label="What carried the watchlist?", called="what carried the watchlist", choices=MediaKind.choices)
    serial = TextField(label="Serial or asset number", called="the serial or asset number", width=20, max_length=80)
    custodian = PickField(User.objects.none(), label="In whose custody?", called="in whose custody it is")
    loaded_at = MomentField(label="When was the watchlist loaded?", called="when the watchlist was loaded")

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["custodian"].queryset = people  # type: ignore[attr-defined]


class WentLiveForm(TimedForm):
    live_at = MomentField(label="When did it go live?", called="when it went live")
    reason = LongTextField(label="How did it come about?", called="how it came about", rows=3)


class RemoveAssetForm(Form):
    reason = TextField(label="Why?", called="why it is taken off", max_length=200, help_text="For example, it broke down on the way.")


class StandDownForm(Form):
    reason = ChoiceField(label="Why?", called="why", choices=[(reason.value, Reason(reason).label) for reason in TO_STAND_DOWN])
    note = LongTextField(label="In your own words", called="your own words", rows=2, required=False)
