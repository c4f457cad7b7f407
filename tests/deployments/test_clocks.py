"""D-1 to D-6: each clock is opened by its event and counted from that event's moment, over both changes of the clocks, corrected with it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from deployments import services as acts
from deployments.models import Alert, Deployment, Footage, Media
from deployments.states import MediaKind, Move, Reason, State
from deployments.tasks import conclude_due
from lfr_governance.demonstration.people import Cast
from obligations.models import Obligation
from obligations.services import attest, confirm
from obligations.states import Kind, Manner
from obligations.states import State as Clock
from policy.edition import LONDON
from tests.deployments.stages import AFTER, DAY, DURING, ENDS, HOUR, MINUTE, NOON, SECOND, day_of, kinds, stage
from tests.refusals import refused

MEDIA = (Kind.WATCHLIST_MEDIA, Kind.WATCHLIST_SYSTEM)
IN_DAYS = {Kind.WATCHLIST_MEDIA: 1, Kind.WATCHLIST_SYSTEM: 1, Kind.ALERT_DATA: 1, Kind.CCTV: 31}


def clocks(deployment: Deployment, *wanted: str) -> dict[str, Obligation]:
    return {clock.kind: clock for clock in Obligation.objects.filter(operation=deployment.operation_id, kind__in=wanted or list(Kind))}


def usb(deployment: Deployment) -> Media:
    return deployment.media.get(kind=MediaKind.USB)


def test_going_live_opens_the_clocks_of_the_record_and_of_the_days_recording(cast: Cast, live: Deployment):
    found = clocks(live)
    assert set(found) == {Kind.CCTV, Kind.RECORD_TO_AO, Kind.KEPT_REVIEW}  # the last one since the authority was signed
    assert (found[Kind.CCTV].basis_at, found[Kind.CCTV].manner, found[Kind.CCTV].may_be_held) == (NOON, Manner.ATTESTED, True)
    assert {owner.role for owner in found[Kind.RECORD_TO_AO].owners.all()} == {"silver", "applicant"}


@pytest.mark.parametrize("name", ["concluded", "terminated", "counted"])
def test_d2_the_end_opens_the_clocks_of_all_that_carried_the_watchlist(cast: Cast, name: str):
    deployment = stage(cast, name)
    found = clocks(deployment, *MEDIA)
    assert set(found) == set(MEDIA)
    for clock in found.values():
        assert (clock.basis_at, clock.due_at, clock.manner) == (deployment.ended_at, deployment.ended_at + 24 * HOUR, Manner.ATTESTED)
        assert {str(owner) for owner in clock.owners.all()} == {"Tracey Nixon", "LFR Operator", "Silver Commander"}


@pytest.mark.parametrize("late", [-SECOND, 0 * SECOND, SECOND])
@pytest.mark.parametrize("kind", IN_DAYS)
def test_a_limit_is_met_at_its_exact_instant_and_broken_after_it(cast: Cast, late: timedelta, kind: str):
    deployment = stage(cast, "concluded")
    day_of(cast).raised(deployment, raised_at=DURING, at=AFTER)
    clock = clocks(deployment, kind)[kind]
    limit = clock.basis_at + IN_DAYS[kind] * DAY
    assert clock.is_overdue(limit + late) == (late > timedelta())
    assert Obligation.objects.overdue(limit + late).filter(pk=clock.pk).exists() == (late > timedelta())


CHANGES = [datetime(2026, 10, 24, 12, tzinfo=UTC), datetime(2026, 3, 28, 12, tzinfo=UTC), datetime(2026, 10, 1, 12, tzinfo=UTC)]


@pytest.mark.parametrize("starts_at", CHANGES)
def test_hours_are_elapsed_hours_over_a_change_of_the_clocks_and_days_londons(cast: Cast, starts_at: datetime):
    deployment = stage(cast, "live", starts_at)
    deployment = acts.conclude(deployment, by=cast.silver, at=deployment.ends_at)
    day_of(cast).raised(deployment, raised_at=starts_at + HOUR, at=deployment.ended_at + MINUTE)
    found = clocks(deployment)
    assert found[Kind.WATCHLIST_MEDIA].due_at - deployment.ended_at == timedelta(hours=24)
    assert found[Kind.ALERT_DATA].due_at - (starts_at + HOUR) == timedelta(hours=24)
    assert found[Kind.CCTV].due_at - starts_at == timedelta(hours=31 * 24)
    due = found[Kind.RECORD_TO_AO].due_at
    assert due.astimezone(LONDON).date() == starts_at.astimezone(LONDON).date() + timedelta(days=31)
    assert (due + SECOND).astimezone(LONDON).date() > due.astimezone(LONDON).date()


def test_concluded_early_the_clocks_run_from_then(cast: Cast, live: Deployment):
    acts.conclude(live, by=cast.silver, at=DURING)
    assert clocks(live)[Kind.WATCHLIST_MEDIA].due_at == DURING + 24 * HOUR


def test_concluded_late_for_an_earlier_moment_the_clocks_run_from_that(cast: Cast, live: Deployment):
    acts.conclude(live, ended_at=ENDS - HOUR, by=cast.silver, at=ENDS + 20 * MINUTE)
    assert (live.again().ended_at, clocks(live)[Kind.WATCHLIST_MEDIA].due_at) == (ENDS - HOUR, ENDS + 23 * HOUR)
    assert kinds(live) == []


def test_it_does_not_end_before_it_began(cast: Cast, live: Deployment):
    with refused("O-5", "7.3"):
        acts.conclude(live, ended_at=NOON - SECOND, by=cast.silver, at=DURING)


def test_a_corrected_end_moves_the_clocks(cast: Cast):
    deployment = stage(cast, "concluded")
    acts.correct_times(deployment, ended_at=ENDS - HOUR, reason="Wrong hour", by=cast.silver, at=AFTER)
    assert {clock.due_at for clock in clocks(deployment, *MEDIA).values()} == {ENDS + 23 * HOUR}
    assert deployment.changes.filter(move=Move.CORRECTED).count() == 1


def test_a_corrected_start_moves_record_and_recording(cast: Cast):
    deployment = stage(cast, "concluded")
    acts.correct_times(deployment, live_at=NOON - HOUR, reason="Wrong hour", by=cast.silver, at=AFTER)
    found = clocks(deployment)
    assert (found[Kind.CCTV].basis_at, found[Kind.RECORD_TO_AO].basis_at) == (NOON - HOUR, NOON - HOUR)
    assert deployment.footage.get().recorded_at == NOON - HOUR


@pytest.mark.parametrize("said", [{}, {"ended_at": DURING}])
def test_what_has_not_happened_is_not_corrected(cast: Cast, live: Deployment, said: dict[str, Any]):
    with refused("D-6", "7.3"):
        acts.correct_times(live, reason="Wrong", by=cast.silver, at=AFTER, **said)


@pytest.mark.parametrize(("late", "counts"), [(30 * MINUTE, False), (30 * MINUTE + SECOND, True), (9 * DAY, True)])
@pytest.mark.parametrize("name", ["live", "suspended"])
def test_what_nobody_concludes_counts_as_concluded_at_the_end_authorised(cast: Cast, name: str, late: timedelta, counts: bool):
    deployment = stage(cast, name)
    assert set(conclude_due(at=ENDS + late)) <= {""}
    after = deployment.again()
    assert (after.state == State.CONCLUDED, after.counted_as_concluded) == (counts, counts)
    if counts:
        assert {clock.due_at for clock in clocks(deployment, *MEDIA).values()} == {ENDS + 24 * HOUR}
        assert list(conclude_due(at=ENDS + 2 * late)) == []


@pytest.mark.parametrize("end", ["conclude", "terminate", "correct_times"])
def test_counted_as_concluded_it_takes_the_true_end_when_somebody_says_it(cast: Cast, end: str):
    deployment = stage(cast, "counted")
    truly = ENDS + 45 * MINUTE
    if end == "correct_times":
        acts.correct_times(deployment, ended_at=truly, reason="A last alert", by=cast.silver, at=AFTER)
    elif end == "conclude":
        acts.conclude(deployment, ended_at=truly, by=cast.silver, at=AFTER)
    else:
        acts.terminate(deployment, happened_at=truly, by=cast.operator, at=AFTER)
    after = deployment.again()
    assert (after.ended_at, after.counted_as_concluded, after.state) == (truly, False, State.CONCLUDED)
    assert {clock.due_at for clock in clocks(deployment, *MEDIA).values()} == {truly + 24 * HOUR}
    assert "overrun" in kinds(deployment)


def test_stood_down_what_carried_the_watchlist_is_wiped_all_the_same(cast: Cast):
    deployment = stage(cast, "readied")
    acts.stand_down(deployment, reason=Reason.WEATHER, by=cast.silver, at=NOON)
    assert clocks(deployment, *MEDIA)[Kind.WATCHLIST_MEDIA].due_at == NOON + 24 * HOUR


def test_never_begun_and_never_stood_down_likewise_once(cast: Cast):
    deployment = stage(cast, "readied")
    assert set(conclude_due(at=ENDS + HOUR)) == {""}
    assert list(conclude_due(at=ENDS + 2 * HOUR)) == []
    assert clocks(deployment, *MEDIA)[Kind.WATCHLIST_MEDIA].due_at == ENDS + 24 * HOUR
    assert deployment.again().state == State.PLANNED


def test_w6_a_medium_recorded_after_the_end_has_its_clock_from_the_end(cast: Cast):
    deployment = stage(cast, "concluded")
    medium = acts.record_medium(deployment, kind=MediaKind.OTHER, serial="SD 3", custodian=cast.operator, by=cast.operator, at=AFTER)
    assert Obligation.objects.about(medium, Kind.WATCHLIST_MEDIA).get().due_at == ENDS + 24 * HOUR
    with refused("W-6", "7.9b"):
        acts.record_medium(deployment, kind=MediaKind.OTHER, serial="SD 3", custodian=cast.operator, by=cast.operator, at=AFTER)


def test_d2_attested_by_the_custodian_confirmed_by_another(cast: Cast):
    deployment = stage(cast, "concluded")
    clock = Obligation.objects.about(usb(deployment), Kind.WATCHLIST_MEDIA).get()
    attest(clock, wiped_at=AFTER, how="Overwritten", item="USB 0417", by=cast.operator, at=AFTER)
    certificate = confirm(clock, answer="Seen empty", by=cast.silver, at=AFTER + MINUTE)
    assert (certificate.attested_by, certificate.confirmed_by, certificate.lateness) == (cast.operator, cast.silver, timedelta())


@pytest.mark.parametrize("name", ["concluded", "terminated", "counted"])
def test_d2_a_stick_wiped_while_the_day_still_ran_can_be_certified(cast: Cast, name: str):
    """An early wipe is lawful; one before the watchlist was on the stick is none."""
    deployment = stage(cast, name)
    stick = usb(deployment)
    clock = Obligation.objects.about(stick, Kind.WATCHLIST_MEDIA).get()
    with refused("D-2", "7.9b"):
        attest(clock, wiped_at=stick.loaded_at - SECOND, how="Overwritten", item="USB 0417", by=cast.operator, at=AFTER)
    attest(clock, wiped_at=stick.loaded_at, how="Overwritten once the system had the list", item="USB 0417", by=cast.operator, at=AFTER)
    certificate = confirm(clock, answer="Seen empty", by=cast.silver, at=AFTER + MINUTE)
    assert (certificate.done_at, certificate.lateness) == (stick.loaded_at, timedelta())


def test_each_day_of_a_series_has_its_own_clocks(cast: Cast):
    first = stage(cast, "concluded", days=2)
    second = Deployment.objects.exclude(pk=first.pk).get()
    day_of(cast).live(second)
    assert second.again().live_at == NOON + DAY
    record = [clock.due_at for clock in Obligation.objects.filter(kind=Kind.RECORD_TO_AO).order_by("due_at")]
    assert record[1] - record[0] == DAY
    assert Footage.objects.count() == 2 and Obligation.objects.filter(kind=Kind.CCTV).count() == 2


def test_a_corrected_time_of_an_alert_moves_its_clock(cast: Cast, live: Deployment):
    alert: Alert = day_of(cast).raised(live, at=DURING)
    acts.correct_raised_at(alert, raised_at=DURING - HOUR, reason="Wrong hour", by=cast.operator, at=DURING + MINUTE)
    assert clocks(live)[Kind.ALERT_DATA].due_at == DURING + 23 * HOUR


def test_a_suspension_is_no_end(cast: Cast):
    deployment = stage(cast, "suspended")
    assert not clocks(deployment, *MEDIA)


def test_an_alert_entered_days_late_is_erased_at_once(cast: Cast):
    deployment = stage(cast, "concluded")
    day_of(cast).raised(deployment, raised_at=DURING, at=AFTER + 3 * DAY)
    clock = clocks(deployment)[Kind.ALERT_DATA]
    assert clock.is_overdue(AFTER + 3 * DAY) and clock.state == Clock.OPEN
    assert Obligation.objects.to_carry_out(AFTER + 3 * DAY).filter(pk=clock.pk).exists()
