"""D-6: a limit is met at its exact instant and broken after it, in hours that pass and in London's calendar days, over both changes of the clocks."""

from datetime import UTC, datetime, timedelta

import pytest

from obligations.models import Obligation
from obligations.reckoning import Pinned, clocks_change_between, length_in_words, next_overdue, printed_sum, rungs
from obligations.states import Reach, State
from policy import Limit, Reminder, current
from policy.edition import LONDON

SPRING, AUTUMN = (2026, 3, 28), (2026, 10, 24)
HOURS = Limit("alert_data", 24, "hours", "the alert", "7.10", "policy")
DAYS = Limit("record_to_ao", 31, "calendar days", "date of the deployment", "7.7", "policy")


def london(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=LONDON).astimezone(UTC)  # type: ignore[misc]


@pytest.mark.parametrize("day", [SPRING, AUTUMN, (2026, 7, 1)])
def test_24_hours_are_86400_seconds_whatever_the_clocks_do_D6(day: tuple[int, int, int]) -> None:
    basis = london(*day, 20)
    assert HOURS.due_at(basis) - basis == timedelta(seconds=86_400)


def test_the_wall_shows_an_hour_more_or_less_when_the_clocks_change_D6() -> None:
    assert HOURS.due_at(london(*AUTUMN, 20)).astimezone(LONDON).hour == 19
    assert HOURS.due_at(london(*SPRING, 20)).astimezone(LONDON).hour == 21
    assert clocks_change_between(london(*AUTUMN, 20), HOURS.due_at(london(*AUTUMN, 20)))
    assert not clocks_change_between(london(2026, 7, 1, 20), HOURS.due_at(london(2026, 7, 1, 20)))


@pytest.mark.parametrize(("deployed", "last_day"), [((2026, 10, 1, 23, 30), (2026, 11, 1)), ((2026, 3, 1, 0, 30), (2026, 4, 1))])
def test_calendar_days_end_with_the_london_day_D5(deployed: tuple[int, ...], last_day: tuple[int, int, int]) -> None:
    due = DAYS.due_at(london(*deployed))
    assert due.astimezone(LONDON).date() == datetime(*last_day, tzinfo=UTC).date()
    assert due + timedelta(microseconds=1) == london(*last_day) + timedelta(days=1)


@pytest.mark.parametrize("limit", [HOURS, DAYS, current().limit("cctv"), current().limit("silver_review")], ids=lambda limit: limit.name)
@pytest.mark.parametrize("day", [SPRING, AUTUMN])
def test_met_a_second_before_and_at_the_limit_and_broken_a_second_after_D6(limit: Limit, day: tuple[int, int, int]) -> None:
    due = limit.due_at(london(*day, 14, 31))
    obligation = Obligation(state=State.OPEN, due_at=due)
    assert [obligation.is_overdue(due + timedelta(seconds=s)) for s in (-1, 0, 1)] == [False, False, True]


@pytest.mark.parametrize("state", State)
def test_overdue_is_what_runs_and_is_past_its_limit_D6(state: State) -> None:
    obligation = Obligation(state=state, due_at=london(2026, 7, 1, 12))
    assert obligation.is_overdue(london(2026, 7, 2, 12)) == (state in (State.OPEN, State.ERASING, State.ATTESTED))


def test_the_sum_is_printed_D7() -> None:
    assert printed_sum("alert", london(2026, 10, 24, 14, 31), HOURS) == "alert at 2:31pm on 24 October 2026 + 24 hours, clause 7.10"
    assert printed_sum("deployment", london(2026, 10, 24, 14, 31), DAYS) == "deployment on 24 October 2026 + 31 calendar days, clause 7.7"
    assert length_in_words(current().limit("cctv")) == "31 × 24 hours"
    assert printed_sum("words", london(2026, 7, 1), current().limit("written_after_verbal")).endswith("clause 6.1, force decision")


def ladder(basis: datetime, pinned: Pinned, target: datetime | None = None) -> dict[str, tuple[datetime, Reach]]:
    assert pinned.limit
    return {rung.name: (rung.due_at, rung.reach) for rung in rungs(basis, target, pinned.limit.due_at(basis), pinned)}


def test_reminders_of_the_record_come_as_each_day_begins_seniors_from_day_28_D5() -> None:
    steps = ladder(london(2026, 10, 10, 15), Pinned(DAYS, None, current().reminder("record_to_ao")))
    days = {name: at.astimezone(LONDON) for name, (at, _) in steps.items() if "after" in name}
    assert [(day.day, day.month, day.hour) for day in days.values()] == [(24, 10, 0), (3, 11, 0), (7, 11, 0), (9, 11, 0), (10, 11, 0)]
    assert [steps[f"{n} calendar days after"][1] for n in (14, 24, 28, 30, 31)] == [Reach.OWNERS] * 2 + [Reach.SENIORS] * 3


def test_reminders_of_the_written_authority_are_elapsed_hours_A16() -> None:
    basis = london(*AUTUMN, 20)
    steps = ladder(basis, Pinned(current().limit("written_after_verbal"), None, current().reminder("written_after_verbal")))
    assert [steps[f"{n} hours after"][0] - basis for n in (2, 12, 20)] == [timedelta(hours=n) for n in (2, 12, 20)]


def test_the_ladder_of_alert_data_target_last_call_and_limit_D3() -> None:
    basis = london(*AUTUMN, 20)
    steps = ladder(basis, Pinned(HOURS), basis + timedelta(hours=20))
    assert [(at - basis - timedelta(hours=hours), reach) for hours, (at, reach) in zip((20, 22, 24), steps.values(), strict=True)] == [
        (timedelta(microseconds=1), Reach.OWNERS),
        (timedelta(), Reach.SILVER),
        (timedelta(microseconds=1), Reach.SENIORS),
    ]


def test_the_last_call_comes_between_target_and_limit_D4() -> None:
    basis = london(*AUTUMN, 20)
    steps = ladder(basis, Pinned(current().limit("cctv")), current().limit("cctv_target").due_at(basis))
    assert list(steps)[:2] == ["target passed", "last call"] and steps["target passed"][0] < steps["last call"][0] < steps[list(steps)[2]][0]
    assert ladder(basis, Pinned(HOURS))["last call"][0] == basis + timedelta(hours=22)


def test_reminders_before_count_back_in_london_days() -> None:
    steps = list(
        rungs(
            london(2026, 1, 1), None, london(2026, 4, 1, 12), Pinned(None, None, Reminder("training", (60, 7), "before", "calendar days", "10.8", ""))
        )
    )
    assert [step.due_at for step in steps[:2]] == [london(2026, 1, 31), london(2026, 3, 25)]


def test_missed_repetitions_are_not_made_up_for_D6() -> None:
    due = london(2026, 7, 1, 12)
    for late in (timedelta(), timedelta(minutes=1), timedelta(days=3), timedelta(days=3, hours=4)):
        later = next_overdue(due, timedelta(hours=6), due + late) - timedelta(microseconds=1)
        assert timedelta(minutes=15) <= later - (due + late) <= timedelta(hours=6, minutes=15)
        assert (later - due) % timedelta(hours=6) == timedelta()


def test_what_the_policy_said_is_kept_with_the_clock_X11() -> None:
    pinned = Pinned(HOURS, current().limit("alert_data_target"), current().reminder("record_to_ao"))
    assert Pinned.from_json(pinned.as_json() | {}) == pinned
