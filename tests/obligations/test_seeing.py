"""D-7, access table: one's own; footage of one's operations; all to Information Management and the DPO; what is overdue to the SRO; else none."""

from datetime import datetime

import pytest

from accounts.services import deactivate
from lfr_governance.demonstration.people import Cast
from obligations.models import Obligation
from obligations.permissions import check_sees_clock
from obligations.states import Kind
from operations.models import Operation
from policy.refusals import NotVisible
from tests.obligations.duties import ALERT, SECOND, alert_data, footage, media, record


@pytest.fixture
def clocks(operation: Operation) -> dict[str, Obligation]:
    return {"alert": alert_data(operation), "footage": footage(operation), "media": media(operation), "record": record(operation)}


ALL = {"alert", "footage", "media", "record"}
SEES = {
    "operator": ALL,
    "silver": ALL,
    "gold": {"footage"},
    "engagement": {"footage"},
    "applicant": {"footage"},
    "infomgmt": ALL,
    "infomgmt2": ALL,
    "dpo": ALL,
}
NOTHING = [
    "stranger",
    "bronze",
    "ao",
    "ao2",
    "sro",
    "loggist",
    "npt",
    "comms",
    "engineer",
    "technician",
    "analyst",
    "analyst2",
    "chair",
    "scrutiny",
    "inspector",
    "training",
    "sysadmin",
    "sysadmin2",
    "gmp_operator",
]


def seen(clocks: dict[str, Obligation], person: object, at: datetime = ALERT) -> set[str]:
    visible = set(Obligation.objects.visible_to(person, at).values_list("pk", flat=True))
    return {name for name, clock in clocks.items() if clock.pk in visible}


@pytest.mark.parametrize("username", [*SEES, *NOTHING])
def test_who_sees_which_clock_D7(clocks: dict[str, Obligation], cast: Cast, username: str) -> None:
    person = cast.people[username]
    assert seen(clocks, person) == SEES.get(username, set())
    for name, clock in clocks.items():
        if name in SEES.get(username, set()):
            check_sees_clock(clock, person, ALERT)
        else:
            with pytest.raises(NotVisible):
                check_sees_clock(clock, person, ALERT)


def test_everybody_of_the_cast_is_in_this_test(cast: Cast) -> None:
    assert set(cast.people) == {*SEES, *NOTHING}


def test_the_sro_sees_what_is_overdue_D7(clocks: dict[str, Obligation], cast: Cast) -> None:
    assert seen(clocks, cast.sro, clocks["alert"].due_at) == set()
    assert seen(clocks, cast.sro, clocks["alert"].due_at + SECOND) == {"alert", "media"}


def test_who_is_deactivated_sees_nothing_at_the_next_request(clocks: dict[str, Obligation], cast: Cast) -> None:
    deactivate(cast.silver, by=cast.sysadmin, at=ALERT)
    assert seen(clocks, cast.people["silver"]) == set()


def test_counts_by_kind_D7(clocks: dict[str, Obligation]) -> None:
    rows = {row["kind"]: row for row in Obligation.objects.counts(clocks["alert"].due_at + SECOND)}
    assert [rows[Kind.ALERT_DATA][word] for word in ("running", "overdue", "held", "done", "late")] == [1, 1, 0, 0, 0]
    assert rows[Kind.CCTV]["overdue"] == 0
