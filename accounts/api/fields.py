"""What an act is told, taken exactly: a text is a text, a number a number. DRF's own fields would take `1` for a text and "yes" for true."""

from datetime import UTC, datetime
from typing import Any

from django.utils import timezone
from rest_framework import serializers


class Text(serializers.CharField):
    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class Whole(serializers.IntegerField):
    def to_internal_value(self, data: Any) -> int:
        if isinstance(data, float) and data.is_integer():
            return super().to_internal_value(int(data))  # 3.0 is a whole number to JSON Schema
        if type(data) is not int:
            self.fail("invalid")
        return super().to_internal_value(data)


class YesNo(serializers.BooleanField):
    def to_internal_value(self, data: Any) -> bool:
        if not isinstance(data, bool):
            self.fail("invalid", input=data)
        return data


class Moment(serializers.DateTimeField):
    """A moment that says its zone: without it, an hour a year would mean two."""

    default_error_messages = {"far": "There is no such moment in our time."}

    def enforce_timezone(self, value: datetime) -> datetime:
        if timezone.is_naive(value):
            self.fail("invalid", format="2026-10-24T19:00:00Z")
        if not 2000 <= value.year <= 2200:
            self.fail("far")
        return value.astimezone(UTC)

    def to_internal_value(self, value: Any) -> datetime:
        if not isinstance(value, str):
            self.fail("invalid", format="2026-10-24T19:00:00Z")
        return super().to_internal_value(value)


class Exact(serializers.DecimalField):
    """A number with a fraction, sent as a text so that no digit is lost."""

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class OneOf(serializers.ChoiceField):
    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str):
            self.fail("invalid_choice", input=data)
        return super().to_internal_value(data)
