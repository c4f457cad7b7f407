"""What the API says of itself is true: two programs send what the schema allows and what it does not; nothing fails, no answer is unknown."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
import time_machine
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, connection
from django.test import Client
from drf_spectacular.validation import validate_schema
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import ignored_auth, negative_data_rejection

from lfr_governance.demonstration.people import Cast
from lfr_governance.demonstration.stories import Story
from lfr_governance.views.api import schema
from tests.api.asking import API, numbers, problem, program, token_of
from tests.clients import signed_in
from tests.deployments.stages import DAY, DURING, HOUR, MINUTE, alert_in, stage

BOTH = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
EXAMPLES = 5  # of each kind, for each operation and person
# What only a database can stumble over, PostgreSQL does: there both are asked, on SQLite the one who may do most.
PROGRAMS = ["silver", "stranger"] if connection.vendor == "postgresql" else ["silver"]
STOPS = ("/suspend/", "/terminate/")  # these take whatever is sent (O-3)


def test_it_is_openapi_3_1_and_valid() -> None:
    validate_schema(schema())
    assert schema()["openapi"] == "3.1.1"


def test_it_is_open_to_staff_alone(cast: Cast) -> None:
    assert program(cast.stranger).get("/schema/").json() == schema()
    problem(Client().get(f"{API}/schema/"), 401, "unknown-person")
    assert Client().get(f"{API}/docs/").status_code == 302


def test_every_operation_names_each_answer_that_any_view_can_give() -> None:
    for path, methods in schema()["paths"].items():
        for method, operation in methods.items():
            wanted = {"401", "403", "429"} | ({"404"} if "{" in path else set()) | ({"400", "409", "413", "415"} if method != "get" else set())
            assert wanted <= set(operation["responses"]), (method, path)
            assert operation["summary"], path


def test_the_page_shows_every_operation_and_every_problem_without_a_script(cast: Cast) -> None:
    answer = signed_in(cast.stranger).get(f"{API}/docs/")
    page = answer.content.decode()
    for path, methods in schema()["paths"].items():
        for method in methods:
            assert f'{method.upper()} <span class="app-hash">{path}</span>' in page
    assert 'id="rule-broken"' in page and "Idempotency-Key" in page
    assert "unsafe" not in answer["Content-Security-Policy"]


@pytest.fixture
def one_connection() -> Iterator[None]:
    """The test's own, with its transaction: a WSGI request would close it when it ends."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.usefixtures("one_connection")
@time_machine.travel(DURING)
@pytest.mark.parametrize("username", PROGRAMS)
def test_nothing_fails_and_no_answer_is_unknown(cast: Cast, username: str) -> None:
    ids = of_a_live_deployment(cast)
    headers = {"Authorization": f"Bearer {token_of(cast.people[username])}"}
    described = schemathesis.openapi.from_wsgi(f"{API}/schema/", get_wsgi_application(), headers=headers)
    for found in described.get_all_operations():
        for mode in BOTH:
            ask(found.ok(), mode, headers, ids)


def of_a_live_deployment(cast: Cast) -> dict[str, str]:
    """What stands in addresses; and an application that is still open."""
    live = stage(cast, "live")
    alert = alert_in(cast, live, "raised", at=DURING - 5 * MINUTE)
    draft = Story(cast).completed(starts_at=DURING + DAY, at=DURING - HOUR)
    things = {"deployment_id": live, "alert_id": alert, "change_id": live.changes.last(), "authority_id": live.authority, "application_id": draft}
    return {name: str(thing.pk) for name, thing in things.items()} | {"name": "why"}


def ask(operation: Any, mode: GenerationMode, headers: dict[str, str], ids: dict[str, str]) -> None:
    @given(operation.as_strategy(generation_mode=mode), st.booleans())
    @settings(
        max_examples=EXAMPLES,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def asked(case: Any, exists: bool) -> None:
        if mode is GenerationMode.POSITIVE:
            make_sound(case, ids if exists else {})
        case.call_and_validate(
            headers=headers, excluded_checks=[ignored_auth, *([negative_data_rejection] if operation.path.endswith(STOPS) else [])]
        )

    asked()


def make_sound(case: Any, ids: dict[str, str]) -> None:
    """What no schema can say: a cursor is one that a list gave, an answer is one to a question of the section, a key is new,
    two versions in a request agree."""
    case.path_parameters = {**case.path_parameters, **{name: one for name, one in ids.items() if name in case.path_parameters}}
    (case.query or {}).pop("cursor", None)
    if "Idempotency-Key" in (case.headers or {}):
        case.headers["Idempotency-Key"] = f"key-{next(numbers)}"
    if isinstance(case.body, dict):
        make_body_sound(case.body)
        if "version" in case.body:
            (case.headers or {}).pop("If-Match", None)


def make_body_sound(body: dict[str, Any]) -> None:
    """Who and what is named is of this deployment, moments are of our time; whom nobody engages ends in some way."""
    (body.get("answers") or {}).clear()
    for name in [name for name in body if name in ("person_id", "corrects_id", "repeats_id") or name.endswith("_at")]:
        del body[name]
    if "engage" in body:
        body.setdefault("result", "not_determined")
