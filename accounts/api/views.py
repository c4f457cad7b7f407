"""What every view of the API is: it stands under a row of the access table, shows what its serializer names, refuses in problem details."""

import json
import re
from datetime import datetime
from typing import Any, ClassVar, cast

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.http import urlencode
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api import keyset
from accounts.api.fields import Whole
from accounts.api.permissions import StandsInTable
from accounts.api.problems import MEDIA_TYPE, BadParameter, problem_of_refusal
from accounts.api.wire import Encoder
from accounts.models import User
from accounts.permissions import Row, check_page
from accounts.services.answers import Answer, once
from accounts.views.staff import READING
from audit.chain import canonical
from policy.refusals import Refusal

KEY = re.compile(r"[!-~]{1,100}")
BIGGEST = 2**31 - 1


class ApiView(APIView):
    """`access` is the row; `shown` describes the answer. The clock is read once, as `at`."""

    access: ClassVar[Row]
    shown: type[serializers.Serializer]
    permission_classes = (StandsInTable,)
    metadata_class = None
    at: datetime

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        self.at = timezone.now()
        super().initial(request, *args, **kwargs)

    def check_standing(self, row: Row) -> None:
        """Whether the person may come in at all; where a thing's own row decides, the view asks about the thing instead."""
        writing = self.request.method in self.allowed_methods and self.request.method not in READING
        check_page(row, self.request.user, self.at, writing=writing)

    @property
    def person(self) -> User:
        """Who asks: whoever comes past the permission is known."""
        return cast(User, self.request.user)


class ListView(ApiView):
    """`GET`: a page of what `get_queryset` finds, in `ordering` (never-empty columns that are shown, then `pk`)."""

    ordering: tuple[str, ...] = ("pk",)
    asked: type[keyset.Asked] = keyset.Asked

    def get_queryset(self) -> QuerySet:
        raise NotImplementedError

    def narrowed(self, queryset: QuerySet, said: dict[str, Any]) -> QuerySet:
        """With the list's own filters applied."""
        return queryset

    def get(self, request: Request, **kwargs: Any) -> Response:
        said = keyset.asked(self.asked, request.query_params)
        shown = self.shown(context={"view": self})
        salt = f"{type(self).__module__}.{type(self).__qualname__}"
        found, cursor = keyset.page(self.narrowed(self.get_queryset(), said), shown, self.ordering, said["limit"], said.get("cursor", ""), salt)
        return Response({"items": found, "next": self.next_url(request, cursor) if cursor else None})

    def next_url(self, request: Request, cursor: str) -> str:
        return request.build_absolute_uri(f"{request.path}?{urlencode({**request.query_params.dict(), 'cursor': cursor})}")


class DetailView(ApiView):
    """`GET`: one thing. Its version is the ETag, which a later act sends back as `If-Match`."""

    def body(self) -> dict[str, Any]:
        raise NotImplementedError

    def get(self, request: Request, **kwargs: Any) -> Response:
        return tagged(Response(self.body()))


class Input(serializers.Serializer):
    """What an act is told. A name that it does not know is refused: a word with a slip in it would be left out unseen."""

    def to_internal_value(self, data: Any) -> Any:
        found = super().to_internal_value(data)
        unknown = {name: ["There is no such field."] for name in data if name not in self.fields}
        if unknown:
            raise ValidationError(unknown)
        return found


class Versioned(Input):
    """For a thing that may change meanwhile."""

    version = Whole(required=False, min_value=1, max_value=BIGGEST, help_text="The version that you have read; or send If-Match.")


class ActView(ApiView):
    """A body and the one act behind it. A subclass gives `input` and `act(said)`, which returns what is told of the thing afterwards.

    With an `Idempotency-Key` a second try is not a second act. The answer holds states and versions, never words about anybody: it is kept.
    `erasable` names what must be gone before a kept answer is: it is no part of what two requests are compared by.
    """

    input: type[Input] = Input
    done = 200
    takes_key = True
    erasable: tuple[str, ...] = ()

    def act(self, said: dict[str, Any]) -> dict[str, Any]:
        raise NotImplementedError

    def post(self, request: Request, **kwargs: Any) -> Response:
        said = self.said(request)
        key = request.headers.get("Idempotency-Key") if self.takes_key else None
        if key is None:
            return tagged(Response(self.act(said), status=self.done))
        if not KEY.fullmatch(key):
            raise BadParameter(**{"Idempotency-Key": "Send 1 to 100 characters, without spaces."})
        return response_of(once(self.person, key=key, fingerprint=self.print_of(said), at=self.at, do=lambda: self.outcome(said)))

    def said(self, request: Request) -> dict[str, Any]:
        request._request.body  # noqa: B018  read whole here, within Django's limit: the parser would read on without one
        form = self.input(data=request.data, context={"view": self})
        form.is_valid(raise_exception=True)
        said = dict(form.validated_data)
        if "version" in form.fields:
            said["version"] = version_sent(request, said.get("version"))
        return said

    def print_of(self, said: dict[str, Any]) -> str:
        """What was asked, as a keyed hash, so that nothing can be guessed from what the database keeps."""
        asked = {"method": self.request.method, "path": self.request.path, "said": {name: said[name] for name in said if name not in self.erasable}}
        return salted_hmac("accounts.api.answers", canonical(asked), algorithm="sha256").hexdigest()

    def outcome(self, said: dict[str, Any]) -> tuple[int, str]:
        """What is kept: how it went, a refusal included."""
        try:
            status, body = self.done, self.act(said)
        except Refusal as refusal:
            body = problem_of_refusal(refusal)
            status = body["status"]
        return status, json.dumps(body, cls=Encoder, ensure_ascii=False)


class PutView(ActView):
    """The same by `PUT`, which by its nature can be sent twice."""

    http_method_names = ["put"]
    takes_key = False

    def put(self, request: Request, **kwargs: Any) -> Response:
        return tagged(Response(self.act(self.said(request))))


def version_sent(request: Request, version: int | None) -> int | None:
    """The version that the person has read: in the body, or as the ETag in `If-Match`."""
    tag = request.headers.get("If-Match")
    if tag is None or tag.strip() == "*":
        return version
    number = tag.strip().strip('"')
    if not number.isascii() or not number.isdigit() or len(number) > 10:
        raise BadParameter(**{"If-Match": "Send the ETag of the thing as it was read."})
    if version is not None and version != int(number):
        raise BadParameter(**{"If-Match": "The body speaks of another version."})
    return int(number)


def response_of(answer: Answer) -> Response:
    response = Response(json.loads(answer.body), status=answer.status, content_type=MEDIA_TYPE if answer.status >= 400 else None)
    if answer.is_replay:
        response["Idempotent-Replay"] = "true"
    return tagged(response)


def tagged(response: Response) -> Response:
    version = response.data.get("version")
    if version is not None:
        response["ETag"] = f'"{version}"'
    return response
