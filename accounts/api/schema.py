"""How the API describes itself (OpenAPI 3.1): drf-spectacular told what our views are, and every answer they can give, refusals included."""

import re
from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension, OpenApiSerializerFieldExtension
from drf_spectacular.openapi import AutoSchema as Described
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, inline_serializer
from rest_framework import serializers

from accounts.api import problems
from accounts.api.views import ActView, ListView

REPLAYS = OpenApiParameter(
    "Idempotency-Key",
    {"type": "string", "pattern": "^[!-~]{1,100}$"},
    OpenApiParameter.HEADER,
    description="A second request with the same key and the same body is not done again: for 48 hours it gets the first one’s answer, "
    "with the header Idempotent-Replay: true. Refusals are kept too: try again with a new key. Another body with the same key is refused (422). "
    "What is deleted in time (a note, a subject reference) is no part of what is compared, and is not written by a second request.",
)
IF_MATCH = OpenApiParameter(
    "If-Match",
    {"type": "string", "pattern": '^"[0-9]{1,10}"$'},
    OpenApiParameter.HEADER,
    description="The ETag of the thing as you have read it. Where somebody has changed it since, the answer is 409.",
)
ETAG = OpenApiParameter("ETag", OpenApiTypes.STR, OpenApiParameter.HEADER, description="The version, for If-Match.", response=[200, 201])
REPLAYED = OpenApiParameter(
    "Idempotent-Replay", OpenApiTypes.STR, OpenApiParameter.HEADER, description="“true” the second time.", response=[200, 201]
)
BLANK = {"type": "string", "maxLength": 0}
ALWAYS = (problems.UNKNOWN_PERSON, problems.NOT_PERMITTED, problems.TOO_MANY)
SENT = (problems.MALFORMED, problems.RULE_BROKEN, problems.TOO_LARGE, problems.MEDIA)


class AutoSchema(Described):
    view: Any

    @property
    def is_list(self) -> bool:
        return isinstance(self.view, ListView)

    @property
    def is_act(self) -> bool:
        return isinstance(self.view, ActView)

    @property
    def takes_key(self) -> bool:
        return self.is_act and self.view.takes_key

    @property
    def takes_version(self) -> bool:
        return self.is_act and "version" in self.view.input().fields

    def get_operation_id(self) -> str:
        return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", type(self.view).__name__).lower()

    def get_summary(self) -> str:
        return (type(self.view).__doc__ or "").strip().partition("\n")[0]

    def get_description(self) -> str:  # type: ignore[override]
        return " ".join((type(self.view).__doc__ or "").split())

    def get_override_parameters(self) -> list[Any]:
        asked = [self.view.asked] if self.is_list else []
        headers = [(self.takes_key, REPLAYS), (self.takes_key, REPLAYED), (self.takes_version, IF_MATCH), (self.has_version, ETAG)]
        return [*asked, *(header for wanted, header in headers if wanted)]

    @property
    def has_version(self) -> bool:
        return not self.is_list and "version" in self.view.shown().fields

    def get_request_serializer(self) -> Any:
        return self.view.input if self.is_act else None

    def get_response_serializers(self) -> Any:
        done = self.view.done if self.is_act else 200
        return {done: self.page_of(self.view.shown) if self.is_list else self.view.shown} | {
            (kind.status, problems.MEDIA_TYPE): OpenApiResponse(problems.Problem, description=kind.title) for kind in self.kinds()
        }

    def page_of(self, shown: Any) -> Any:
        next_ = serializers.URLField(allow_null=True, help_text="The next page; null after the last.")
        return inline_serializer(f"{shown.__name__}Page", {"items": shown(many=True), "next": next_})

    def kinds(self) -> list[problems.Kind]:
        found = [*ALWAYS]
        if "{" in self.path:
            found.append(problems.NOT_VISIBLE)
        if self.is_list:
            found.append(problems.MALFORMED)
        if self.is_act:
            found += SENT
        if self.takes_key:
            found.append(problems.KEY_REUSED)
        return sorted(found, key=lambda kind: kind.status)


class TokenDescribed(OpenApiAuthenticationExtension):
    target_class = "accounts.api.authentication.Token"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "description": "A token that you make on the page “Your tokens” of your account."}


class ExactDescribed(OpenApiSerializerFieldExtension):
    target_class = "accounts.api.fields.Exact"

    def map_serializer_field(self, auto_schema: Any, direction: Any) -> dict[str, str]:
        field = self.target
        return {"type": "string", "pattern": rf"^[0-9]{{1,{field.max_digits - field.decimal_places}}}(\.[0-9]{{1,{field.decimal_places}}})?$"}


class TextDescribed(OpenApiSerializerFieldExtension):
    target_class = "accounts.api.fields.Text"

    def map_serializer_field(self, auto_schema: Any, direction: Any) -> dict[str, Any]:
        pattern = r"^[^\u0000]*$" if self.target.allow_blank else r"^[^\u0000]*\S[^\u0000]*$"
        return {"type": "string", "maxLength": self.target.max_length, "pattern": pattern}


def without_more(result: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
    """Bodies take the fields that they name and no others."""
    named = {content["schema"]["$ref"].rpartition("/")[2] for content in bodies(result) if "$ref" in content["schema"]}
    for name in named:
        body = result["components"]["schemas"][name]
        body["additionalProperties"] = False
        body["properties"] = {field: without_blank(one) for field, one in body["properties"].items()}
    return result


def without_blank(one: dict[str, Any]) -> dict[str, Any]:
    """An empty text fits the pattern already; the library adds it once more, and of two that fit `oneOf` takes neither."""
    either = one.get("oneOf", ())
    return {**either[0], **{name: one[name] for name in one if name != "oneOf"}} if BLANK in either else one


def bodies(result: dict[str, Any]) -> list[Any]:
    operations = [operation for path in result["paths"].values() for operation in path.values()]
    return [content for operation in operations for content in operation.get("requestBody", {}).get("content", {}).values()]
