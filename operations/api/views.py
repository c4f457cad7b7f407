"""The API's operations, and views of a thing within one."""

from typing import Any

from rest_framework import serializers

from accounts.api.views import ApiView, ListView
from accounts.permissions import STAFF, Row
from operations.models import Operation

OPERATIONS = Row.of("operations", sees={STAFF})


class OfOperation(ApiView):
    """Mixin: the thing's own row decides, in its query or in its act; to a stranger it does not exist (404)."""

    def check_standing(self, row: Row) -> None: ...


class OperationShown(serializers.Serializer):
    id = serializers.UUIDField()
    reference = serializers.CharField()
    title = serializers.CharField()
    force = serializers.CharField(source="force.name")
    opened_at = serializers.DateTimeField()
    starts_at = serializers.DateTimeField(allow_null=True)
    ends_at = serializers.DateTimeField(allow_null=True)


class Operations(ListView):
    """The operations that you may see, the newest first."""

    access = OPERATIONS
    shown = OperationShown
    ordering = ("-opened_at", "-pk")

    def get_queryset(self) -> Any:
        return Operation.objects.visible_to(self.person, self.at)
