"""Whatever is sent: deny unless the table says otherwise, and a problem in JSON, never a page, never a fault of ours for somebody's slip."""

import re
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import path
from redis.exceptions import ConnectionError as NoRedis
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api.throttles import Pace
from accounts.api.views import ApiView
from accounts.permissions import OWN_ACCOUNT
from lfr_governance import access
from lfr_governance.demonstration.people import Cast
from tests.api.asking import API, Program, in_session, problem, program
from tests.clients import signed_in

NOWHERE = "00000000-0000-4000-8000-000000000000"


class Forgotten(ApiView):
    """Declares no row."""

    def get(self, request: Any) -> Response:
        return Response({})


class Plain(APIView):
    """DRF's own view, as somebody would write it who does not know the house."""

    access = OWN_ACCOUNT

    def get(self, request: Any) -> Response:
        return Response({})


urlpatterns = [path("api/v1/forgotten/", Forgotten.as_view()), path("api/v1/plain/", Plain.as_view())]


class TestDenyAll:
    @pytest.mark.urls(__name__)
    @pytest.mark.parametrize("name", ["forgotten", "plain"])
    def test_a_view_without_row_is_closed_to_everybody(self, cast: Cast, name: str) -> None:
        for asker in (program(cast.sysadmin), in_session(cast.ao)):
            problem(asker.get(f"/{name}/"), 403, "not-permitted")
        assert Client().get(f"{API}/{name}/").status_code in (401, 403)

    @pytest.mark.urls(__name__)
    def test_and_stops_the_start(self) -> None:
        found = {(error.id, error.msg) for error in access.every_page_declares_access(None)}
        assert found == {("lfr.E001", "/api/v1/forgotten/ does not declare `access`"), ("lfr.E002", "/api/v1/plain/ is not an ApiView")}

    def test_every_address_asks_who_it_is(self, cast: Cast) -> None:
        addresses = [path for path, _, view in access.pages() if access.is_api(view)]
        assert len(addresses) > 25
        for address in addresses:
            url = "/" + re.sub("<slug:.*?>", "why", re.sub("<uuid:.*?>", NOWHERE, address))
            for method in ("get", "post", "put", "patch", "delete", "options"):
                problem(getattr(Client(), method)(url), 401, "unknown-person")


class TestShapes:
    @pytest.fixture
    def asker(self, cast: Cast) -> Program:
        return program(cast.applicant)

    @pytest.mark.parametrize("address", ["/", "/nothing/", "/me", "/applications/5/", "/me/me/", "/applications/%00/"])
    def test_404_for_every_other_address(self, asker: Program, address: str) -> None:
        problem(asker.get(address), 404, "not-visible")

    @pytest.mark.parametrize(("method", "address"), [("POST", "/me/"), ("DELETE", "/operations/"), ("GET", f"/applications/{NOWHERE}/submit/")])
    def test_405_says_which_methods_there_are(self, asker: Program, method: str, address: str) -> None:
        answer = asker.send(method, address, {})
        assert problem(answer, 405, "method") and answer["Allow"]

    @pytest.mark.parametrize("sent", ["", "{", "[]", "null", "7", '{"reason": NaN}', "[" * 100_000, '{"reason": 1e999999}', "\ufeff{", "\ud800"])
    def test_400_for_what_is_no_object(self, asker: Program, sent: str) -> None:
        body = sent.encode("utf-8", "surrogatepass")
        answer = asker.client.generic("POST", f"{API}/applications/{NOWHERE}/withdraw/", body, "application/json", headers=asker.headers)
        problem(answer, 400, "malformed")

    @pytest.mark.parametrize(
        ("body", "pointer"),
        [
            ({}, "#/reason"),
            ({"reason": None}, "#/reason"),
            ({"reason": ""}, "#/reason"),
            ({"reason": "\x00"}, "#/reason"),
            ({"reason": "\ud800"}, "#/reason"),
            ({"reason": "x" * 20_001}, "#/reason"),
            ({"reason": "ok", "version": 0}, "#/version"),
            ({"reason": "ok", "version": 10**40}, "#/version"),
            ({"reason": "ok", "resaon": "slip"}, "#/resaon"),
        ],
    )
    def test_400_points_at_the_value(self, asker: Program, body: dict[str, Any], pointer: str) -> None:
        errors = problem(asker.post(f"/applications/{NOWHERE}/withdraw/", body), 400, "malformed")["errors"]
        assert [(error["pointer"], bool(error["sentence"])) for error in errors] == [(pointer, True)]

    @pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/xml"])
    def test_415_for_what_is_not_json(self, asker: Program, kind: str) -> None:
        answer = asker.client.generic("POST", f"{API}/applications/{NOWHERE}/withdraw/", b"reason=x", kind, headers=asker.headers)
        problem(answer, 415, "media-type")

    def test_413_for_what_is_too_large(self, asker: Program) -> None:
        problem(asker.post(f"/applications/{NOWHERE}/withdraw/", {"reason": "x" * 3_000_000}), 413, "too-large")

    @pytest.mark.parametrize("accepted", ["text/html", "application/xml", "*/*;q=0", "nonsense"])
    def test_json_whatever_is_accepted(self, asker: Program, accepted: str) -> None:
        assert asker.get("/me/", Accept=accepted)["Content-Type"] == "application/json"
        problem(asker.get("/nothing/", Accept=accepted), 404, "not-visible")

    def test_429_says_when_to_try_again(self, asker: Program, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(Pace, "THROTTLE_RATES", {"user": "2/min"})
        assert [asker.get("/me/").status_code for _ in range(2)] == [200, 200]
        answer = asker.get("/me/")
        assert problem(answer, 429, "too-many") and int(answer["Retry-After"]) <= 61

    def test_without_a_cache_work_goes_on(self, asker: Program, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(cache, "get", unreachable)
        assert asker.get("/me/").status_code == 200

    def test_500_is_a_problem_too_and_tells_nothing(self, asker: Program, monkeypatch: pytest.MonkeyPatch) -> None:
        asker.client.raise_request_exception = False
        monkeypatch.setattr("accounts.api.me.Me.body", broken)
        assert "secret" not in str(problem(asker.get("/me/"), 500, "fault"))

    def test_a_strange_host_is_a_problem(self, asker: Program) -> None:
        problem(asker.client.get(f"{API}/me/", headers=asker.headers | {"Host": "evil.example"}), 400, "malformed")

    def test_pages_still_answer_with_pages(self, cast: Cast) -> None:
        assert "text/html" in signed_in(cast.applicant).get("/nothing/")["Content-Type"]


def unreachable(*args: Any, **kwargs: Any) -> Any:
    raise NoRedis("no")


def broken(self: Any) -> Any:
    raise RuntimeError("secret")
