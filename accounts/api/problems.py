"""Why a request cannot be answered, as problem details (RFC 9457): the same rule, clause and remedy that a page shows."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, JsonResponse
from rest_framework import exceptions, serializers
from rest_framework.response import Response
from rest_framework.views import set_rollback

from policy.refusals import Finding, Refusal, Stale

MEDIA_TYPE = "application/problem+json"
EXPLAINED_AT = "/api/v1/docs/"
READ_AGAIN = "Read it again, then send the version that you have read."


@dataclass(frozen=True)
class Kind:
    """One kind of problem: its status, its title, the place in the documentation that its `type` leads to."""

    status: int
    name: str
    title: str

    @property
    def type(self) -> str:
        return f"{EXPLAINED_AT}#{self.name}"


MALFORMED = Kind(400, "malformed", "The request is not in the right form")
UNKNOWN_PERSON = Kind(401, "unknown-person", "It is not known who asks")
NOT_PERMITTED = Kind(403, "not-permitted", "You may not do this")
NOT_VISIBLE = Kind(404, "not-visible", "There is nothing here that you can see")
METHOD = Kind(405, "method", "This address does not take that method")
RULE_BROKEN = Kind(409, "rule-broken", "A rule does not allow it")
STALE = Kind(409, "stale", "Somebody else changed it meanwhile")
TOO_LARGE = Kind(413, "too-large", "The request is too large")
MEDIA = Kind(415, "media-type", "The request is not JSON")
KEY_REUSED = Kind(422, "key-reused", "This Idempotency-Key belongs to another request")
TOO_MANY = Kind(429, "too-many", "Too many requests")
FAULT = Kind(500, "fault", "Something has gone wrong on our side")
KINDS = (MALFORMED, UNKNOWN_PERSON, NOT_PERMITTED, NOT_VISIBLE, METHOD, RULE_BROKEN, STALE, TOO_LARGE, MEDIA, KEY_REUSED, TOO_MANY, FAULT)


class FindingShown(serializers.Serializer):
    """One thing that is missing or wrong: the rule, why, its clause, and the key of the question."""

    rule = serializers.CharField()
    sentence = serializers.CharField()
    clause = serializers.CharField()
    where = serializers.CharField()


class ErrorShown(serializers.Serializer):
    """One value that is not in the right form: a JSON pointer into the body, or the name of a parameter or header."""

    sentence = serializers.CharField()
    pointer = serializers.CharField()
    parameter = serializers.CharField()


class Problem(serializers.Serializer):
    """RFC 9457. `rule` is the requirement, `clause` the policy's; both are empty where no rule of the policy is meant."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    rule = serializers.CharField()
    clause = serializers.CharField()
    remedy = serializers.CharField()
    findings = FindingShown(many=True)
    errors = ErrorShown(many=True)  # type: ignore[assignment]


def finding_shown(finding: Finding) -> dict[str, str]:
    return {"rule": finding.code, "sentence": finding.sentence, "clause": finding.clause, "where": finding.where}


def problem(kind: Kind, detail: str = "", *, errors: Any = ()) -> dict[str, Any]:
    told = {"type": kind.type, "title": kind.title, "status": kind.status, "detail": detail or f"{kind.title}."}
    return told | {"rule": "", "clause": "", "remedy": "", "findings": [], "errors": list(errors)}


def kind_of(refusal: Refusal) -> Kind:
    if isinstance(refusal, Stale):
        return STALE
    return next(kind for kind in KINDS if kind.status == refusal.status)


def problem_of_refusal(refusal: Refusal) -> dict[str, Any]:
    remedy = READ_AGAIN if isinstance(refusal, Stale) else refusal.remedy
    about = {"rule": refusal.code, "clause": refusal.clause, "remedy": remedy}
    return problem(kind_of(refusal), refusal.sentence) | about | {"findings": list(map(finding_shown, refusal.findings))}


def errors_in(detail: Any, pointer: str = "#") -> list[dict[str, str]]:
    """What the serializers found wrong, each with where it stands in the body."""
    if isinstance(detail, dict):
        return [error for name, one in detail.items() for error in errors_in(one, pointer if name == "non_field_errors" else f"{pointer}/{name}")]
    if isinstance(detail, list) and any(isinstance(one, dict | list) for one in detail):
        return [error for number, one in enumerate(detail) if one for error in errors_in(one, f"{pointer}/{number}")]
    said = detail if isinstance(detail, list) else [detail]
    return [{"sentence": str(one), "pointer": pointer, "parameter": ""} for one in said]


class BadParameter(exceptions.APIException):
    """A parameter of the address, or a header, that is not in the right form."""

    status_code = 400

    def __init__(self, **found: str):
        super().__init__()
        self.errors = [{"sentence": sentence, "pointer": "", "parameter": name} for name, sentence in found.items()]


def problem_of_exception(error: Exception) -> dict[str, Any] | None:
    match error:
        case Refusal():
            return problem_of_refusal(error)
        case Http404() | exceptions.NotFound():
            return problem(NOT_VISIBLE)
        case BadParameter():
            return problem(MALFORMED, errors=error.errors)
        case exceptions.ValidationError():
            return problem(MALFORMED, errors=errors_in(error.detail))
        case RequestDataTooBig():
            return problem(TOO_LARGE)
        case SuspiciousOperation():
            return problem(MALFORMED)
        case PermissionDenied():
            return problem(NOT_PERMITTED)
        case exceptions.APIException():
            kind = next((kind for kind in KINDS if kind.status == error.status_code), None)
            return problem(kind, str(error.detail)) if kind else None
    return None


def answered(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's `EXCEPTION_HANDLER`: every refusal and every misshapen request is told as a problem; what is our own fault goes on to be a 500."""
    told = problem_of_exception(error)
    if told is None:
        return None
    set_rollback()
    headers = {}
    if getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = error.auth_header  # type: ignore[attr-defined]
    if getattr(error, "wait", None):
        headers["Retry-After"] = str(int(error.wait) + 1)  # type: ignore[attr-defined]
    return Response(told, status=told["status"], headers=headers, content_type=MEDIA_TYPE)


def plain_answer(kind: Kind) -> JsonResponse:
    """For what goes wrong before or outside the API's own views."""
    return JsonResponse(problem(kind), status=kind.status, content_type=MEDIA_TYPE)
