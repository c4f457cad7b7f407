"""How long a session lasts (policy file: idle 30 minutes, 12 hours in all), and what becomes of what was typed when it ends."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from accounts.models import Notice
from accounts.unsent import kept
from lfr_governance.demonstration.people import Cast
from policy import current
from tests.accounts.test_sign_in import is_signed_in, sign_in

START = datetime(2026, 11, 2, 9, tzinfo=UTC)
IDLE, ABSOLUTE = current().limit("session_idle").elapsed, current().limit("session_absolute").elapsed
SECOND = timedelta(seconds=1)


@pytest.fixture
def clock() -> Any:
    with time_machine.travel(START, tick=False) as clock:
        yield clock


@pytest.fixture
def client(cast: Cast, clock: Any) -> Client:
    client = Client()
    sign_in(client, "training")
    return client


def is_in(client: Client, path: str = "/training/") -> bool:
    return client.get(path).status_code == 200


def test_10_7_a_session_lasts_while_it_is_used_at_least_every_thirty_minutes(client: Client, clock: Any) -> None:
    for _ in range(4):
        clock.shift(IDLE)
        assert is_in(client)


def test_10_7_and_ends_after_thirty_minutes_without_a_request(client: Client, clock: Any) -> None:
    clock.shift(IDLE + SECOND)
    assert not is_in(client)


def test_10_7_it_ends_twelve_hours_after_sign_in_however_busy(client: Client, clock: Any) -> None:
    for _ in range(ABSOLUTE // IDLE):
        clock.shift(IDLE)
        assert is_in(client)
    clock.shift(SECOND)
    assert not is_in(client)


def test_10_7_after_signing_in_again_the_person_is_back_where_they_were(client: Client, clock: Any) -> None:
    clock.shift(IDLE + SECOND)
    asked = client.get("/training/register/?words=ao", follow=True)
    assert "You were signed out because" in asked.content.decode()
    answer = sign_in(client, "training", next=asked.context["redirect_field_value"])
    assert answer["Location"] == "/training/register/?words=ao"
    assert is_in(client)


def test_10_7_the_new_session_has_its_own_twelve_hours(client: Client, clock: Any) -> None:
    clock.shift(ABSOLUTE + SECOND)
    assert not is_in(client)
    sign_in(client, "training")
    clock.shift(IDLE)
    assert is_in(client)


def typed(cast: Cast) -> tuple[str, dict[str, str]]:
    day = {"completed_date_day": "1", "completed_date_month": "11", "completed_date_year": "2026"}
    return f"/training/people/{cast.stranger.pk}/record/", {
        "course": "data_protection",
        **day,
        "remark": "as two\nlines <b>",
        "password": "never kept",
    }


def test_10_7_what_was_sent_too_late_is_not_done_but_kept_and_offered(cast: Cast, client: Client, clock: Any) -> None:
    path, fields = typed(cast)
    clock.shift(IDLE + SECOND)
    assert client.post(path, fields)["Location"] == "/sign-in/?next=/account/unsent/"
    assert not cast.stranger.training.filter(course="data_protection").exists()
    assert sign_in(client, "training", next="/account/unsent/")["Location"] == "/account/unsent/"
    page = client.get("/account/unsent/").content.decode()
    assert f'action="{path}"' in page and 'value="data_protection"' in page and "as two<br>lines &lt;b&gt;" in page
    assert "never kept" not in page
    client.post(path, {name: value for name, value in fields.items() if name != "password"})
    assert cast.stranger.training.filter(course="data_protection").exists()


def test_10_7_and_to_nobody_else(cast: Cast, client: Client, clock: Any) -> None:
    clock.shift(IDLE + SECOND)
    client.post(*typed(cast))
    sign_in(client, "ao")
    assert client.get("/account/unsent/")["Location"] == "/"
    assert kept(client.session) is None


def test_10_7_what_a_stranger_sends_is_not_kept(cast: Cast) -> None:
    client = Client()
    answer = client.post("/notices/read/")
    assert (answer.status_code, answer["Location"].startswith("/sign-in/")) == (302, True)
    assert "unsent" not in client.session


def test_10_7_signing_out_after_the_limit_still_signs_out(client: Client, clock: Any) -> None:
    clock.shift(IDLE + SECOND)
    client.post("/sign-out/")
    assert not is_signed_in(client)


def test_10_7_a_notice_is_not_marked_read_by_a_session_that_is_over(cast: Cast, client: Client, clock: Any) -> None:
    Notice.objects.create(person=cast.training, key="k", text="LFR/2026/0001: something", created_at=START)
    clock.shift(IDLE + SECOND)
    client.post("/notices/read/")
    assert Notice.objects.get(key="k").read_at is None
