"""What the pages of the library ask."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import User
from govuk.fields import ChoiceField, DateField, LongTextField, TextField, WholeNumberField, YesNoField
from govuk.forms import Form
from library.states import Kind


class RegisterForm(Form):
    kind = ChoiceField(label="What kind of document is it?", called="the kind of document", choices=Kind.choices, small=True)
    title = TextField(label="Title", called="the title", max_length=150)
    owner = TextField(
        label="User name of its owner",
        called="the owner’s user name",
        width=20,
        spellcheck=False,
        help_text="The owner keeps it current and adopts its new versions.",
    )

    def clean_owner(self) -> User:
        found = User.objects.filter(username=self.cleaned_data["owner"], is_active=True).select_related("force").first()
        if found is None:
            raise ValidationError("Nobody has this user name")
        return found


class AdoptForm(Form):
    adopted_date = DateField(label="When was it adopted?", called="the day of adoption")
    review_date = DateField(
        label="When must it be reviewed?", called="the review date", help_text="Applications cannot rely on this version after that day."
    )
    reference = TextField(
        label="Where is it kept?", called="where it is kept", max_length=200, help_text="A reference in the records system, or an address."
    )
    issues = LongTextField(label="Which issues did it find?", called="the issues", required=False)
    mitigations = LongTextField(label="How are they met?", called="how they are met", required=False)


class ReviewForm(Form):
    """`read` is the number of the version that was shown."""

    outcome = LongTextField(
        label="What does it mean for this operation?",
        called="what it means for this operation",
        help_text="Which of its issues arise here, what more there is at this place, and which safeguards meet them.",
    )
    sufficient = YesNoField(label="Is it sufficient for this operation?", called="it is sufficient for this operation")
    read = WholeNumberField(called="the version")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["read"].widget = forms.HiddenInput()


class LocalCiaForm(Form):
    communities = LongTextField(
        label="Which communities live, work or pass here?", called="the communities", help_text="Describe communities, not people. Name nobody."
    )
    impact = LongTextField(label="How may the deployment affect them?", called="how it may affect them")
    consulted = LongTextField(label="Who was consulted, and what did they say?", called="who was consulted")
    tension_indicators = LongTextField(
        label="Which signs of tension are there?", called="the signs of tension", help_text="If there are none, say so."
    )
    mitigations = LongTextField(label="What will be done about it?", called="what will be done")
