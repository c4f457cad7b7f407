"""D-5, D-6: each step once, to each person once; after an outage the latest alone speaks; one bad row never stops the others."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from accounts.models import Notice, User
from accounts.services import deactivate
from accounts.states import Role
from audit.models import TrailEntry
from lfr_governance import awaiting
from lfr_governance.demonstration.people import Cast
from obligations.models import Obligation, Step
from obligations.services import discharge, place_hold, rearm, release_hold, reminding
from obligations.states import Kind
from obligations.tasks import remind_due
from operations.models import Operation, Tie
from operations.services import end_appointment, tie
from tests.clients import signed_in
from tests.obligations.duties import ALERT, DAY, HOUR, SECOND, again, alert_data, duty, footage, record
from tests.obligations.test_holds import asked


def swept(at: datetime) -> list[str]:
    return list(remind_due(at=at))


def told(*, since: datetime = ALERT) -> dict[str, int]:
    """How many reminders each person has had."""
    counts: dict[str, int] = {}
    for username in Notice.objects.filter(key__startswith="step", created_at__gte=since).values_list("person__username", flat=True):
        counts[username] = counts.get(username, 0) + 1
    return counts


OWNERS = {"operator": 1, "silver": 1}
SENIORS = {**OWNERS, "ao": 1, "ao2": 1, "sro": 1, "dpo": 1}


def test_the_owners_are_told_when_the_target_has_passed_D3(operation: Operation) -> None:
    clock = alert_data(operation)
    assert swept(clock.target_at) == [] and told() == {}
    assert swept(clock.target_at + SECOND) == [""] and told() == OWNERS
    assert not Notice.objects.filter(key__startswith="step", urgent=True).exists()


def test_silver_before_the_limit_seniors_after_it_D6(operation: Operation) -> None:
    clock = alert_data(operation, owner=Role.OPERATOR)
    swept(clock.target_at + SECOND)
    assert told() == {"operator": 1}
    swept(clock.due_at - 2 * HOUR)
    assert told() == {"operator": 2, "silver": 1}
    swept(clock.due_at)
    assert told() == {"operator": 2, "silver": 1}
    swept(clock.due_at + SECOND)
    assert told() == {"operator": 3, "silver": 2, "ao": 1, "ao2": 1, "sro": 1, "dpo": 1}


def test_each_step_once_however_often_it_is_swept_D6(operation: Operation) -> None:
    clock = alert_data(operation)
    for second in range(5):
        swept(clock.due_at + SECOND * (1 + second))
    assert told() == SENIORS
    assert TrailEntry.objects.filter(action="clocks.reminded").count() == 1


def test_after_three_days_of_outage_one_notice_each_D6(operation: Operation) -> None:
    clock = alert_data(operation)
    swept(clock.due_at + 3 * DAY)
    assert told() == SENIORS
    assert not Step.objects.due(clock.due_at + 3 * DAY).exists()
    swept(clock.due_at + 3 * DAY + 5 * HOUR)
    swept(clock.due_at + 3 * DAY + 6 * HOUR + SECOND)
    assert told() == dict.fromkeys(SENIORS, 2)


def test_several_things_of_one_operation_are_one_notice_each_person_D6(operation: Operation) -> None:
    late = [alert_data(operation, basis_at=ALERT + SECOND * n) for n in range(12)]
    swept(late[-1].due_at + SECOND)
    assert told() == SENIORS
    notice = Notice.objects.get(person__username="dpo", key__startswith="steps:")
    assert (notice.text, notice.link) == (
        f"{operation.reference}: 12 things wait to be done, 12 of them overdue",
        f"/clocks/operations/{operation.pk}/",
    )


def test_a_notice_says_reference_moment_and_duty_D6(operation: Operation) -> None:
    clock = alert_data(operation, sentence="Delete the personal data of an alert")
    swept(clock.due_at + SECOND)
    notice = Notice.objects.get(person__username="silver", key__startswith="step")
    assert notice.text == f"{operation.reference}: overdue since 8 Oct 2026 14:31 BST: Delete the personal data of an alert"
    assert (notice.link, notice.urgent) == (f"/clocks/{clock.pk}/", True)


def test_reminders_of_the_record_before_on_the_day_and_daily_after_D5(operation: Operation) -> None:
    clock = record(operation, owner=Role.SILVER)
    told_on = []
    for day in range(36):
        before = told().get("silver", 0), told().get("sro", 0)
        swept(ALERT + DAY * day)
        told_on.append((told().get("silver", 0) - before[0], told().get("sro", 0) - before[1]))
    assert [day for day, (silver, _) in enumerate(told_on) if silver] == [14, 24, 28, 30, 31, 32, 33, 34, 35]
    assert [day for day, (_, sro) in enumerate(told_on) if sro] == [28, 30, 31, 32, 33, 34, 35]
    assert "dpo" not in told() and again(clock).is_overdue(ALERT + 35 * DAY)


def test_of_the_authorising_officers_the_one_who_decided_is_told_D5(operation: Operation, cast: Cast) -> None:
    tie(operation, cast.ao2, Tie.Kind.DECIDED, at=ALERT)
    swept(record(operation).due_at + SECOND)
    assert "ao2" in told() and "ao" not in told()


def test_what_is_escalated_is_theirs_to_see_D6(operation: Operation, cast: Cast) -> None:
    clock = record(operation, owner=Role.SILVER)
    assert not Obligation.objects.visible_to(cast.ao, ALERT).exists()
    swept(clock.due_at + SECOND)
    assert Obligation.objects.visible_to(cast.ao, clock.due_at + SECOND).get() == clock
    assert Obligation.objects.owed_by(cast.sro, clock.due_at + SECOND).get() == clock


def test_what_is_late_with_somebody_else_does_not_stand_among_what_is_ones_own_to_do_D6(operation: Operation, cast: Cast) -> None:
    clock = record(operation, owner=Role.SILVER, link="/records/")
    at = clock.due_at + SECOND
    swept(at)
    hers, (sros,) = awaiting.mine(cast.silver, at), awaiting.mine(cast.sro, at)
    assert [(item.href, item.with_others) for item in hers] == [("/records/", False)]
    assert (sros.href, sros.with_others) == (clock.get_absolute_url(), True)
    page = signed_in(cast.sro).get("/").content.decode()
    assert "Nothing awaits you" in page and page.index("Late with others") < page.index(sros.text)
    assert "Late with others" not in signed_in(cast.silver).get("/").content.decode()


def test_other_seniors_than_usual_and_no_repetition_where_the_duty_says_so(operation: Operation) -> None:
    clock = duty(operation, Kind.SILVER_REVIEW, "go-live", ALERT, owner=Role.SILVER, seniors=(Role.GOLD,), repeats=False)
    swept(clock.due_at + DAY)
    swept(clock.due_at + 9 * DAY)
    assert told() == {"silver": 1, "gold": 1}


def test_a_reminder_never_falls_into_a_void_D6(operation: Operation, cast: Cast) -> None:
    clock = alert_data(operation, owner=Role.BRONZE)
    swept(clock.target_at + SECOND)
    assert told() == {"silver": 1}
    end_appointment(operation.appointments.get(role=Role.SILVER), reason="Ill", by=cast.gold, at=ALERT)
    other = footage(operation, owner=Role.BRONZE)
    swept(other.target_at + SECOND)
    assert {"dpo", "sro"} <= set(told(since=other.target_at))


def test_nobody_who_has_left_is_told(operation: Operation, cast: Cast) -> None:
    deactivate(cast.operator, by=cast.sysadmin, at=ALERT)
    swept(alert_data(operation).target_at + SECOND)
    assert told() == {"silver": 1}


@pytest.mark.parametrize("end", ["discharge", "hold"])
def test_no_reminder_of_what_is_done_or_held_D4_D5(operation: Operation, cast: Cast, end: str) -> None:
    if end == "discharge":
        clock = discharge(record(operation), proof="Submitted", by=None, at=ALERT)
        assert swept(clock.due_at + DAY) == []
        return
    clock = footage(operation)
    hold = place_hold(asked(clock, cast.silver), by=cast.infomgmt, at=ALERT + DAY)
    hold_review = Obligation.objects.get(kind=Kind.HOLD_REVIEW)
    Step.objects.filter(obligation=hold_review).delete()
    assert swept(clock.due_at + DAY) == []
    release_hold(hold, reason="Closed", by=cast.dpo, at=clock.due_at + 2 * DAY)
    assert swept(clock.due_at + 2 * DAY) == [""] and told() == SENIORS


def test_a_moved_clock_reminds_by_its_new_moments_D5(operation: Operation) -> None:
    clock = alert_data(operation)
    rearm(clock, basis_at=ALERT + 2 * HOUR, reason="corrected", by=None, at=ALERT)
    assert swept(clock.target_at + HOUR) == []
    assert swept(clock.target_at + 2 * HOUR + SECOND) == [""]


def test_one_bad_row_is_noted_put_off_and_stops_no_other_D6(operation: Operation, monkeypatch: pytest.MonkeyPatch, caplog: Any) -> None:
    bad, good = alert_data(operation), alert_data(operation, owner=Role.OPERATOR)
    real = reminding.reached

    def reached(obligation: Obligation, *rest: Any) -> set[User]:
        if obligation.pk == bad.pk:
            raise ZeroDivisionError
        return real(obligation, *rest)

    monkeypatch.setattr(reminding, "reached", reached)
    at = good.target_at + SECOND
    assert swept(at) == [""] and told() == {"operator": 1}
    assert again(bad).last_error == "reminder: ZeroDivisionError"
    assert swept(at + SECOND) == []
    monkeypatch.undo()
    assert swept(at + timedelta(minutes=15)) == [""] and told() == {"operator": 2, "silver": 1}


def test_the_trail_says_what_was_fired_and_what_it_stood_for_D6(operation: Operation) -> None:
    clock = alert_data(operation)
    swept(clock.due_at + SECOND)
    entry = TrailEntry.objects.get(action="clocks.reminded")
    assert entry.chain == operation.pk and '"skipped":2' in entry.payload and f'"told":{len(SENIORS)}' in entry.payload
