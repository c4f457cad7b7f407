"""Lists of the API: read by `values()` with the columns their serializer names, paged by key so that the last page costs what the first does."""

from typing import Any

from django.core import signing
from django.db.models import QuerySet
from rest_framework import serializers

from accounts.api.problems import BadParameter
from govuk.lists import beyond, plain

MOST, USUAL = 100, 50
Computed = serializers.SerializerMethodField


class Asked(serializers.Serializer):
    """What every list takes. A list with a filter adds it."""

    limit = serializers.IntegerField(required=False, min_value=1, max_value=MOST, default=USUAL, help_text=f"How many, at most {MOST}.")
    cursor = serializers.CharField(required=False, max_length=500, help_text="From the `next` of the page before.")


def asked(serializer: type[Asked], parameters: Any) -> dict[str, Any]:
    """The parameters of the address in their right form. An unknown one is refused: a filter with a slip in its name would show everything."""
    form = serializer(data=parameters.dict())
    unknown = {name: "There is no such parameter." for name in parameters if name not in form.fields}
    if unknown:
        raise BadParameter(**unknown)
    if not form.is_valid():
        raise BadParameter(**{name: str(said[0]) for name, said in form.errors.items()})
    return form.validated_data


def rows(queryset: QuerySet, shown: serializers.Serializer) -> list[dict[str, Any]]:
    """Each row as the serializer describes it: every field from the column that is its source, then those that are computed from the row."""
    columns = {name: str(field.source).replace(".", "__") for name, field in shown.fields.items() if not isinstance(field, Computed)}
    computed = {name: getattr(shown, str(field.method_name)) for name, field in shown.fields.items() if isinstance(field, Computed)}
    found = [{name: row[column] for name, column in columns.items()} for row in queryset.values(*columns.values())]
    for row in found:
        row.update({name: compute(row) for name, compute in computed.items()})
    return found


def page(queryset: QuerySet, shown: serializers.Serializer, ordering: tuple[str, ...], limit: int, cursor: str, salt: str) -> tuple[list[Any], str]:
    """One page, and the cursor of the next ("" after the last). The last name of the ordering is `pk`; all stand in the row under their own names."""
    ordered = queryset.order_by(*ordering)
    if cursor:
        ordered = ordered.filter(beyond(ordering, opened(cursor, salt)))
    found = rows(ordered[: limit + 1], shown)
    more = len(found) > limit
    return found[:limit], signing.dumps(key_of(found[limit - 1], ordering), salt=salt) if more else ""


def key_of(row: dict[str, Any], ordering: tuple[str, ...]) -> list[Any]:
    return [plain(row["id" if name.lstrip("-") == "pk" else name.lstrip("-")]) for name in ordering]


def opened(cursor: str, salt: str) -> Any:
    try:
        return signing.loads(cursor, salt=salt)
    except signing.BadSignature:
        raise BadParameter(cursor="This cursor is not one of this list.") from None
