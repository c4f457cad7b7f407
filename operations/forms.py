"""Forms on who takes part."""

from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from govuk.fields import LongTextField, PickField
from govuk.forms import Form


class AppointForm(Form):
    person = PickField(queryset=User.objects.none(), label="Who?", called="who it is")

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]


class EndForm(Form):
    reason = LongTextField(label="Why does this part end?", called="the reason", rows=3)
