"""The pages of a deployment: who sees which, who is told before typing that they have no hand, and that no page grows with the day (access table)."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from deployments.models import Deployment
from deployments.services import log
from deployments.states import LogKind
from lfr_governance.demonstration.people import Cast
from lfr_governance.demonstration.stage_two import Day
from tests.clients import signed_in
from tests.deployments.pages import HOUR, MINUTE, address, page, today

READ = ("deployment", "go_live", "log", "alerts", "reviews", "figures", "data", "breaches")
ALL = "silver operator engagement loggist comms gold npt"
READY = "silver operator engagement loggist comms gold"
COUNT = "silver operator loggist"
WRITTEN = {
    **dict.fromkeys(("suspend", "terminate", "add_entry", "concern"), ALL),
    **dict.fromkeys(("conclude", "correct_times", "went_live", "stand_down"), "silver"),
    **dict.fromkeys(("asset", "notice", "watchlist", "threshold", "consent"), READY),
    **dict.fromkeys(("faces", "medium", "elsewhere", "store"), COUNT),
    "new_alert": "operator loggist engagement",
}


@pytest.fixture
def day(cast: Cast) -> Day:
    return today(cast)


@pytest.fixture
def live(day: Day) -> Deployment:
    return day.live()


def of(name: str, deployment: Deployment) -> str:
    return address(name, deployment, *([1] if name == "asset" else []))


@pytest.mark.parametrize("name", READ)
def test_O_everyone_appointed_and_the_ao_read_it_and_to_a_stranger_it_does_not_exist(name: str, live: Deployment, cast: Cast) -> None:
    for reader in (cast.silver, cast.gold, cast.operator, cast.engagement, cast.loggist, cast.applicant, cast.ao):
        page(reader, address(name, live))
    for stranger in (cast.stranger, cast.sysadmin, cast.scrutiny, cast.training):
        page(stranger, address(name, live), 404)


@pytest.mark.parametrize("name", WRITTEN)
def test_O_who_has_no_hand_in_it_is_told_before_they_type(name: str, live: Deployment, cast: Cast) -> None:
    may = WRITTEN[name].split()
    for username in ALL.split():
        page(cast.people[username], of(name, live), 200 if username in may else 403)
    page(cast.ao, of(name, live), 403)
    page(cast.stranger, of(name, live), 404)


@pytest.mark.parametrize(
    ("username", "sees", "hidden"),
    [("sro", ("figures", "breaches"), ("log", "alerts", "data")), ("infomgmt", ("data", "breaches"), ("log", "alerts", "figures"))],
)
def test_access_an_office_sees_its_part_and_is_led_there(username: str, sees: Any, hidden: Any, live: Deployment, cast: Cast) -> None:
    person = cast.people[username]
    for name in sees:
        assert address("log", live) not in page(person, address(name, live))
    for name in hidden:
        page(person, address(name, live), 404)
    assert signed_in(person).get(live.get_absolute_url()).url == address(sees[0], live)


def test_O_who_is_not_signed_in_is_asked_to(live: Deployment, client: Any) -> None:
    for name in (*READ, *WRITTEN):
        assert client.get(of(name, live)).status_code == 302


@pytest.mark.parametrize("state", ["planned", "readied", "live", "suspended", "stood_down", "terminated", "concluded"])
def test_O_the_first_page_in_every_state(state: str, cast: Cast) -> None:
    deployment = getattr(today(cast, began=8 * HOUR if state == "concluded" else 2 * HOUR), state)()
    for person in (cast.silver, cast.operator, cast.ao, cast.gold):
        assert "Botchergate" in page(person, deployment.get_absolute_url())
        for name in READ[1:]:
            if not (name == "go_live" and deployment.state == "suspended"):
                page(person, address(name, deployment))


def test_pages_ask_as_many_questions_of_the_database_with_one_alert_and_entry_as_with_fifty(day: Day, live: Deployment, cast: Cast) -> None:
    def more(number: int, first: int) -> None:
        for n in range(first, first + number):
            at = live.starts_at + n * MINUTE
            log(live, kind=LogKind.OBSERVATION, note="Somebody asked", about_person=True, by=cast.engagement, at=at)
            day.raised(live, at=at)
            day.unengaged(live, "true_unconfirmed", at=at)

    def statements(name: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert reader.get(address(name, live)).status_code == 200
        return len(seen)

    more(1, 1)
    reader = signed_in(cast.silver)
    for name in READ:
        reader.get(address(name, live))  # the first look at personal notes is noted
    before = {name: statements(name) for name in READ}
    more(49, 2)
    assert {name: statements(name) for name in READ} == before


def test_O4_reading_again_by_itself_keeps_no_session_alive_and_is_never_cached(live: Deployment, cast: Cast) -> None:
    answer = signed_in(cast.silver).get(address("now", live))
    assert answer["Cache-Control"] == "no-store" and b"<h1" not in answer.content
    page(cast.stranger, address("now", live), 404)
    assert signed_in(cast.sro).get(address("now", live)).status_code == 404
