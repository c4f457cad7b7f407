"""The clocks that a person may see."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from accounts.api.keyset import Asked
from accounts.api.views import ListView
from obligations.models import Obligation
from obligations.permissions import CLOCKS
from obligations.states import Manner, State

SHOW = [("running", "What is not done yet"), ("overdue", "What runs and is past its limit"), ("held", "What is held"), ("done", "What is done")]


class ClocksAsked(Asked):
    show = serializers.ChoiceField(choices=SHOW, required=False, default="running")


class ClockShown(serializers.Serializer):
    id = serializers.UUIDField()
    operation_id = serializers.UUIDField(allow_null=True)
    reference = serializers.CharField(source="operation.reference", allow_null=True, help_text="Of the operation.")
    kind = serializers.CharField()
    sentence = serializers.CharField()
    clause = serializers.CharField()
    manner = serializers.ChoiceField(choices=Manner.choices)
    state = serializers.ChoiceField(choices=State.choices)
    basis_event = serializers.CharField(help_text="From what it runs.")
    basis_at = serializers.DateTimeField()
    target_at = serializers.DateTimeField(allow_null=True)
    due_at = serializers.DateTimeField()
    done_at = serializers.DateTimeField(allow_null=True)
    is_overdue = serializers.SerializerMethodField()
    version = serializers.IntegerField()

    def get_is_overdue(self, row: dict[str, Any]) -> bool:
        return Obligation(state=row["state"], due_at=row["due_at"]).is_overdue(self.context["view"].at)


class Clocks(ListView):
    """What must be done by when, of what you may see; the nearest limit first (D-7)."""

    access = CLOCKS
    shown = ClockShown
    asked = ClocksAsked
    ordering = ("due_at", "pk")

    def get_queryset(self) -> Any:
        return Obligation.objects.visible_to(self.person, self.at)

    def narrowed(self, queryset: Any, said: dict[str, Any]) -> QuerySet:
        narrow = {"running": queryset.not_ended, "overdue": lambda: queryset.overdue(self.at), "held": queryset.held, "done": queryset.done}
        return narrow[said["show"]]()
