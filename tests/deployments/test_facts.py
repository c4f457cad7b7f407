"""O-11: what has happened is accepted in every state and flagged; it stands until the Authorising Officer has dealt with it."""

from decimal import Decimal
from typing import Any

import pytest

from accounts.models import Notice, User
from accounts.services import deactivate
from authorisations.services import ending
from deployments import services as acts
from deployments.models import Deployment
from deployments.rules.window import has_lost_authority, is_covered, is_without_authority
from deployments.states import BreachKind, LogKind, Method, Reason, Result, State
from deployments.tasks import notify_due
from lfr_governance.awaiting_on_the_day import breaches
from lfr_governance.demonstration import texts
from lfr_governance.demonstration.people import Cast
from policy.refusals import NotPermitted, NotVisible
from tests.deployments.stages import AFTER, BEFORE, DURING, ENDS, HOUR, MINUTE, NOON, SECOND, day_of, kinds, stage
from tests.refusals import refused

EVERY = ["planned", "readied", "live", "suspended", "stood_down", "concluded", "terminated", "counted"]


def raised(cast: Cast, deployment: Deployment, at: Any = DURING, **more: Any) -> Any:
    return day_of(cast).raised(deployment, at=at, **more)


ALERT_IS = {
    "planned": ["alert_outside"], "readied": ["alert_outside"], "live": [], "suspended": ["alert_suspended"], "stood_down": ["alert_outside"],
    "concluded": [], "terminated": [], "counted": [],
}  # fmt: skip


@pytest.mark.parametrize("name", EVERY)
def test_o11_an_alert_is_accepted_in_every_state_and_flagged(cast: Cast, name: str):
    deployment = stage(cast, name)
    alert = raised(cast, deployment, raised_at=DURING, at=AFTER if name in ("concluded", "counted") else DURING)
    assert kinds(deployment) == ALERT_IS[name]
    assert all(breach.alert_id == alert.pk for breach in deployment.breaches.all())


@pytest.mark.parametrize(
    ("moment", "flagged"),
    [(NOON - SECOND, ["alert_outside"]), (NOON, []), (ENDS, []), (ENDS + SECOND, ["alert_outside"])],
)
def test_o11_before_go_live_and_after_the_end(cast: Cast, moment: Any, flagged: list[str]):
    deployment = stage(cast, "concluded")
    raised(cast, deployment, raised_at=moment, at=AFTER)
    assert kinds(deployment) == flagged


def test_o11_between_suspension_and_resuming_and_not_beside_them(cast: Cast):
    deployment = stage(cast, "suspended")  # from two o'clock
    for moment in (NOON + 2 * HOUR - SECOND, NOON + 2 * HOUR, DURING):
        raised(cast, deployment, raised_at=moment, at=DURING + MINUTE)
    assert kinds(deployment) == ["alert_suspended", "alert_suspended"]
    assert Notice.objects.filter(person=cast.silver, key=f"breach:{deployment.pk}:alert_suspended").count() == 1


@pytest.mark.parametrize(("score", "flagged"), [("0.659", ["similarity"]), ("0.660", []), ("0.661", [])])
def test_o5_below_the_threshold_in_use_is_flagged_equal_to_it_is_a_rounding_case(cast: Cast, live: Deployment, score: str, flagged: list[str]):
    alert = raised(cast, live, similarity=Decimal(score))
    assert kinds(live) == flagged
    assert alert.is_rounding_case == (score == "0.660")


def test_o5_the_threshold_that_counts_is_the_one_in_use_when_it_was_raised(cast: Cast, live: Deployment):
    acts.change_threshold(live, threshold=Decimal("0.720"), changed_at=DURING, by=cast.operator, at=DURING)
    early = raised(cast, live, raised_at=DURING - MINUTE, at=DURING + MINUTE)
    late = raised(cast, live, raised_at=DURING, at=DURING + MINUTE)
    assert (early.threshold, late.threshold) == (Decimal("0.660"), Decimal("0.720"))
    assert [breach.alert_id for breach in live.breaches.all()] == [late.pk]


def test_o10_a_threshold_below_the_minimum_is_accepted_flagged_and_told(cast: Cast, live: Deployment):
    acts.change_threshold(live, threshold=Decimal("0.62"), reason="Too few alerts", by=cast.operator, at=DURING)
    assert live.again().threshold == Decimal("0.62")
    breach = live.breaches.get(kind=BreachKind.THRESHOLD)
    assert (breach.clause, "0.66" in breach.sentence) == ("11.11", True)
    assert set(Notice.objects.filter(key=f"breach:{breach.pk}", urgent=True).values_list("person__username", flat=True)) == {"silver", "ao"}
    change = live.threshold_changes.last()
    assert (change.old, change.new, change.reason, change.entered_by) == (Decimal("0.660"), Decimal("0.620"), "Too few alerts", cast.operator)


@pytest.mark.parametrize(("score", "flagged"), [("0.66", []), ("0.659", ["threshold"]), ("0.9", [])])
def test_o10_the_minimum_is_the_authorised_one(cast: Cast, live: Deployment, score: str, flagged: list[str]):
    acts.change_threshold(live, threshold=Decimal(score), by=cast.operator, at=DURING)
    assert kinds(live) == flagged


@pytest.mark.parametrize("score", ["0", "-0.5", "1.2"])
def test_a_threshold_lies_between_nothing_and_one(cast: Cast, live: Deployment, score: str):
    with refused("O-5", "2"):
        acts.change_threshold(live, threshold=Decimal(score), by=cast.operator, at=DURING)


def test_o11_faces_fewer_than_before(cast: Cast, live: Deployment):
    for count in (1000, 1000, 900):
        acts.read_faces(live, count=count, method=Method.COMPARED, by=cast.operator, at=DURING)
    assert (kinds(live), live.again().faces_counted) == (["faces_fewer"], 900)


def test_o6_a_reading_entered_late_does_not_replace_a_later_one(cast: Cast, live: Deployment):
    acts.read_faces(live, count=1000, method=Method.COMPARED, by=cast.operator, at=DURING)
    acts.read_faces(live, count=400, method=Method.COMPARED, read_at=DURING - HOUR, by=cast.operator, at=DURING)
    assert (kinds(live), live.again().faces_counted, live.face_readings.count()) == ([], 1000, 2)


def test_o11_it_went_live_without_the_check(cast: Cast):
    deployment = stage(cast, "planned")
    acts.went_live(deployment, live_at=NOON - HOUR, reason="The line was down.", by=cast.silver, at=DURING)
    live = deployment.again()
    assert (live.state, live.live_at) == (State.LIVE, NOON - HOUR)
    assert kinds(live) == ["no_authority", "outside_window", "unchecked"]


def test_o11_it_ran_on_while_suspended(cast: Cast):
    deployment = stage(cast, "suspended")
    acts.went_live(deployment, reason="Somebody switched it on.", by=cast.silver, at=DURING)
    assert (deployment.again().state, kinds(deployment)) == (State.LIVE, ["unchecked"])


@pytest.mark.parametrize(
    ("late", "note", "flagged"),
    [
        (0 * SECOND, "", []),
        (SECOND, "", ["overrun"]),
        (SECOND, "A last alert", []),
        (30 * MINUTE, "A last alert", []),
        (30 * MINUTE + SECOND, "A last alert", ["no_authority", "overrun"]),
    ],
)
def test_a17_going_on_beyond_the_authorised_end(cast: Cast, live: Deployment, late: Any, note: str, flagged: list[str]):
    acts.conclude(live, note=note, by=cast.silver, at=ENDS + late)
    assert kinds(live) == flagged


def test_o11_running_without_authority_is_computed_and_told_once(cast: Cast, live: Deployment):
    assert not is_without_authority(live, DURING)
    ending.cancel(live.authority, reason=texts.NO_LONGER, done_under="Half a day.", by=cast.ao, at=DURING)
    live = Deployment.objects.get(pk=live.pk)
    assert is_without_authority(live, DURING) and is_without_authority(live, ENDS + MINUTE)
    for minute in range(2):
        assert set(notify_due(at=DURING + MINUTE * minute)) <= {""}
    told = Notice.objects.filter(key__startswith="no-authority:")
    assert sorted(told.values_list("person__username", flat=True)) == ["ao", "gold", "silver"]
    raised(cast, live)
    assert kinds(live) == ["no_authority"]
    acts.terminate(live, by=cast.operator, at=DURING)
    assert not is_without_authority(Deployment.objects.get(pk=live.pk), DURING)


@pytest.mark.parametrize(
    ("ended_at", "at", "lost"),
    [
        (None, ENDS, False), (None, AFTER, False),  # lived out: not lost
        (BEFORE, BEFORE, False), (BEFORE, BEFORE + SECOND, True), (BEFORE, AFTER, True),
        (ENDS - SECOND, ENDS, True), (ENDS, AFTER, False),
    ],
)  # fmt: skip
def test_a18_an_authority_is_lost_when_it_ends_before_the_times_it_covered(cast: Cast, ended_at: Any, at: Any, lost: bool):
    deployment = stage(cast, "readied")
    deployment.authority.ended_at = ended_at
    assert has_lost_authority(deployment, at) is lost


@pytest.mark.parametrize(
    ("at", "covered"), [(NOON - 31 * MINUTE, False), (NOON - 30 * MINUTE, True), (ENDS + 30 * MINUTE, True), (ENDS + 31 * MINUTE, False)]
)
def test_a17_the_slip_is_covered_and_no_more_even_after_the_authority_has_lapsed(cast: Cast, live: Deployment, at: Any, covered: bool):
    assert is_covered(live, at) == covered
    ending.lapse(live.authority, by=None, at=ENDS + SECOND)
    assert is_covered(Deployment.objects.get(pk=live.pk), at) == covered


@pytest.mark.parametrize("name", EVERY)
def test_o2_logs_are_kept_in_every_state(cast: Cast, name: str):
    deployment = stage(cast, name)
    acts.log(deployment, kind=LogKind.OBSERVATION, note="The street is quiet.", by=cast.silver, at=BEFORE)
    assert deployment.log_entries.count() == 1


def test_w4_a_watchlist_beyond_the_ceiling_while_live_is_flagged(cast: Cast, live: Deployment):
    acts.compile_watchlist(live, compiled_at=DURING, lines={"wanted_by_courts": (451, 460)}, by=cast.operator, at=DURING)
    assert kinds(live) == ["watchlist"]


def test_w5_a_volunteer_used_before_consenting(cast: Cast, live: Deployment):
    volunteer = acts.record_consent(live, label="B1", consented_at=DURING, by=cast.operator, at=DURING)
    acts.record_blue(volunteer, passes=5, correct=5, ran_at=DURING - MINUTE, by=cast.operator, at=DURING)
    assert kinds(live) == ["blue_consent"]


def test_510_one_person_in_both_stages_is_a_fact_and_flagged(cast: Cast, live: Deployment):
    alert = day_of(cast).passed_on(live, at=DURING)
    acts.decide_engagement(alert, engage=True, by=cast.operator, at=DURING + 2 * MINUTE)
    assert kinds(live) == ["one_person"]


def test_510_who_judged_the_alert_and_engaged_in_the_street_is_flagged_too_and_once(cast: Cast, live: Deployment):
    for number, engaged in enumerate((cast.engagement, cast.operator)):
        alert = day_of(cast).passed_on(live, at=DURING + number * 9 * MINUTE)
        at = DURING + number * 9 * MINUTE
        acts.decide_engagement(alert, engage=True, person=engaged, by=cast.operator, at=at + 2 * MINUTE)
        acts.record_result(alert, result=Result.FALSE_CONFIRMED, person=cast.operator, by=cast.operator, at=at + 5 * MINUTE)
        assert kinds(live) == ["one_person"] * (number + 1)


def test_what_lies_in_the_future_has_not_happened(cast: Cast, live: Deployment):
    with refused("O-2", "7.3"):
        raised(cast, live, raised_at=DURING + 6 * MINUTE)
    assert raised(cast, live, raised_at=DURING + 5 * MINUTE).raised_at == DURING  # a telephone's clock runs ahead


def test_o11_a_breach_stands_until_the_ao_has_dealt_with_it(cast: Cast, live: Deployment):
    acts.change_threshold(live, threshold=Decimal("0.62"), by=cast.operator, at=DURING)
    breach = live.breaches.get()
    acts.conclude(live, by=cast.silver, at=ENDS)
    assert list(live.breaches.open()) == [breach]
    for person, kind in ((cast.silver, NotPermitted), (cast.ao2, NotPermitted), (cast.stranger, NotVisible)):
        with pytest.raises(kind):
            acts.answer_breach(breach, answer="Noted.", by=person, at=AFTER)
    with refused("O-11"):
        acts.answer_breach(breach, answer=" ", by=cast.ao, at=AFTER)
    acts.answer_breach(breach, answer="The Operator is to be trained anew.", by=cast.ao, at=AFTER)
    assert not live.breaches.open().exists()
    with refused("O-11"):
        acts.answer_breach(breach, answer="Again.", by=cast.ao, at=AFTER)


def test_o11_whose_authority_it_was_deals_with_it_and_another_only_where_they_are_no_officer_any_more(cast: Cast, live: Deployment):
    acts.change_threshold(live, threshold=Decimal("0.62"), by=cast.operator, at=DURING)
    breach = live.breaches.get()
    with refused("O-11", "5.1", kind=NotPermitted) as told:
        acts.answer_breach(breach, answer="Noted.", by=cast.ao2, at=AFTER)
    assert told.value.remedy == f"Ask {cast.ao.name}."
    assert (len(breaches(cast.ao, AFTER)), len(breaches(cast.ao2, AFTER))) == (1, 0)
    deactivate(cast.ao, by=cast.sysadmin, at=AFTER)
    assert (len(breaches(User.objects.get(pk=cast.ao.pk), AFTER)), len(breaches(cast.ao2, AFTER))) == (0, 1)
    acts.answer_breach(breach, answer="The Operator is to be trained anew.", by=cast.ao2, at=AFTER)
    assert not live.breaches.open().exists()


def test_o11_reasons_of_stops_are_facts_too(cast: Cast, live: Deployment):
    acts.suspend(live, reason=Reason.OTHER, happened_at=DURING - HOUR, by=cast.operator, at=DURING)
    assert live.changes.last().happened_at == DURING - HOUR
