"""O-1: nothing goes live while a point of the check fails; each failing point is named with its clause. One list guards, draws and answers."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from accounts.models import TrainingRecord
from accounts.states import Role
from authorisations.services import ending
from deployments import services as acts
from deployments.checklist import CHECKLIST, items
from deployments.models import Deployment, PublicNotice
from deployments.states import Move, State, Style
from lfr_governance.demonstration import texts
from lfr_governance.demonstration.people import Cast
from operations.services import appoint, end_appointment
from policy.refusals import NotPermitted
from tests.deployments.stages import BEFORE, ENDS, HOUR, MINUTE, NOON, SECOND, stage, with_conditions
from tests.refusals import finding, found, refused


def van(cast: Cast, deployment: Deployment, **more: Any) -> None:
    said = {
        "number": 1,
        "style": Style.VAN,
        "identifier": "LFR-02",
        "operator": cast.operator,
        "engagement_officer": cast.engagement,
        "briefed": True,
    }
    acts.confirm_asset(deployment, **{**said, **more}, by=cast.silver, at=BEFORE)


def compiled(cast: Cast, deployment: Deployment, **more: Any) -> None:
    said = {"compiled_at": BEFORE - HOUR, "lines": {"wanted_by_courts": (100, 120)}, **more}
    acts.compile_watchlist(deployment, **said, by=cast.operator, at=BEFORE)


def cancelled(cast: Cast, deployment: Deployment) -> None:
    ending.cancel(deployment.authority, reason=texts.NO_LONGER, done_under="Nothing.", by=cast.ao, at=BEFORE)


def end_part(cast: Cast, deployment: Deployment, role: Role) -> None:
    end_appointment(deployment.operation.appointments.get(role=role), reason="Ill", by=cast.gold, at=BEFORE)


def untrained(cast: Cast, deployment: Deployment) -> None:
    TrainingRecord.objects.filter(person=cast.engagement, course="lfr_role").update(expires_date=BEFORE.date().replace(day=1))


BREAKS: dict[str, tuple[str, str, Callable[[Cast, Deployment], Any]]] = {
    "authority cancelled": ("authority", "not in force", cancelled),
    "condition not met": ("conditions", "Not met", lambda cast, it: answer(cast, it, "conditions", {texts.CONDITIONS.splitlines()[0]: False})),
    "no asset": ("assets", "0 of 1 asset", lambda cast, it: acts.remove_asset(it.assets.get(), reason="Broken down", by=cast.silver, at=BEFORE)),
    "an asset too many": ("assets", "only 1 authorised", lambda cast, it: van(cast, it, number=2)),
    "not briefed": ("staff", "have not been briefed", lambda cast, it: van(cast, it, briefed=False)),
    "not appointed": ("staff", "is not appointed", lambda cast, it: van(cast, it, engagement_officer=cast.gmp_operator)),
    "no longer there": ("staff", "is not appointed", lambda cast, it: end_part(cast, it, Role.ENGAGEMENT_OFFICER)),
    "training run out": ("staff", "runs out on", untrained),
    "one crew for two": ("staff", "named for two assets", lambda cast, it: van(cast, it, number=2)),
    "informing": ("informing", "Not met", lambda cast, it: answer(cast, it, "informing", False)),
    "signs": ("signs", "Not met", lambda cast, it: answer(cast, it, "signs", False)),
    "no notice": ("notice", "Nothing is recorded", lambda cast, it: PublicNotice.objects.filter(deployment=it).delete()),
    "short notice": ("notice", "give the reason", lambda cast, it: notice(cast, it, NOON - HOUR)),
    "stale watchlist": ("watchlist", "refresh it", lambda cast, it: compiled(cast, it, compiled_at=NOON - 24 * HOUR - SECOND)),
    "watchlist too large": ("watchlist", "450 are authorised", lambda cast, it: compiled(cast, it, lines={"wanted_by_courts": (451, 451)})),
    "category beyond": ("watchlist", "not authorised", lambda cast, it: compiled(cast, it, lines={"suspected": (10, 10)})),
    "under-18s beyond": ("watchlist", "under-18", lambda cast, it: compiled(cast, it, children=1)),
    "threshold": ("threshold", "at least 0.66", lambda cast, it: threshold(cast, it, "0.65")),
    "camera": ("camera", "Not met", lambda cast, it: answer(cast, it, "camera", False)),
    "deletion setting": ("deletion_setting", "Not met", lambda cast, it: answer(cast, it, "deletion_setting", False)),
    "no media": ("media", "Nothing is recorded", lambda cast, it: it.media.all().delete()),
}  # fmt: skip


def answer(cast: Cast, deployment: Deployment, point: str, met: bool | dict[str, bool], **more: Any) -> None:
    by = cast.operator if point in ("camera", "deletion_setting") else cast.silver
    acts.answer_point(deployment, point=point, met=met, by=by, at=BEFORE, **more)


def notice(cast: Cast, deployment: Deployment, given_at: Any, **more: Any) -> None:
    acts.record_notice(deployment, given_at=given_at, where="Website", by=cast.comms, at=BEFORE, **more)


def threshold(cast: Cast, deployment: Deployment, value: str) -> None:
    acts.change_threshold(deployment, threshold=Decimal(value), by=cast.operator, at=BEFORE)


def test_o1_ready_goes_live_and_the_clocks_of_the_day_start(cast: Cast):
    deployment = with_conditions(cast)
    assert all(item.is_met for item in items(deployment, NOON))
    acts.go_live(deployment, by=cast.silver, at=NOON)
    live = deployment.again()
    assert (live.state, live.live_at, live.review_due_at) == (State.LIVE, NOON, NOON + HOUR)
    assert live.changes.get(move=Move.WENT_LIVE).entered_by == cast.silver
    assert not live.breaches.exists()


@pytest.mark.parametrize("what", BREAKS)
def test_o1_each_failing_point_refuses_and_is_named(cast: Cast, what: str):
    deployment = with_conditions(cast)
    point, sentence, break_it = BREAKS[what]
    break_it(cast, deployment)
    with refused("O-1", "5.1", chain=deployment.operation_id) as told:
        acts.go_live(deployment, by=cast.silver, at=NOON)
    assert f"go_live.{point}" in {where for _, where in found(told)}
    named = [one for one in told.value.findings if one.where == f"go_live.{point}"]
    assert any(sentence in one.sentence for one in named) and all(one.clause for one in named), named
    assert deployment.again().state == State.PLANNED


def test_every_point_of_the_check_is_tried():
    assert {point for point, *_ in BREAKS.values()} | {"window"} == {point.key for point in CHECKLIST}


def test_o1_nothing_answered_names_every_point_but_those_of_the_clock(cast: Cast):
    deployment = stage(cast, "planned", conditions=texts.CONDITIONS)
    with refused("O-1") as told:
        acts.go_live(deployment, by=cast.silver, at=NOON)
    asked = {point.key for point in CHECKLIST} - {"authority", "window", "staff"}
    assert {where.removeprefix("go_live.") for _, where in found(told)} == asked
    assert len([one for one in told.value.findings if one.where == "go_live.conditions"]) == 2


@pytest.mark.parametrize(
    ("at", "reason", "goes"),
    [
        (NOON - 30 * MINUTE - SECOND, "The crowd came early.", False),
        (NOON - 30 * MINUTE, "The crowd came early.", True),
        (NOON - 30 * MINUTE, "", False),
        (NOON - SECOND, "", False),
        (NOON, "", True),
        (NOON + 2 * HOUR, "", True),
        (ENDS, "", True),
        (ENDS + SECOND, "", False),
        (ENDS + 30 * MINUTE, "The match went on.", True),
        (ENDS + 30 * MINUTE + SECOND, "The match went on.", False),
    ],
)
def test_a17_half_an_hour_at_either_end_is_silvers_with_a_reason(cast: Cast, at: Any, reason: str, goes: bool):
    deployment = stage(cast, "readied")
    compiled(cast, deployment)
    if goes:
        acts.go_live(deployment, reason=reason, by=cast.silver, at=at)
        assert deployment.again().state == State.LIVE and not deployment.breaches.exists()
        return
    with refused("O-1", "5.1") as told:
        acts.go_live(deployment, reason=reason, by=cast.silver, at=at)
    assert finding(told, "go_live.window").clause == "7.1"


def test_w4_a_refreshed_watchlist_within_what_was_authorised_is_the_next_edition(cast: Cast):
    deployment = stage(cast, "readied")
    compiled(cast, deployment, compiled_at=NOON - 24 * HOUR)
    acts.go_live(deployment, by=cast.silver, at=NOON)
    assert [row.number for row in deployment.compilations.all()] == [1, 2]


def test_x9_short_notice_with_its_reason_and_none_at_all_in_urgency(cast: Cast):
    deployment = stage(cast, "readied")
    notice(cast, deployment, NOON - HOUR, reason="Intelligence came this morning.")
    assert all(item.is_met for item in items(deployment, NOON))
    with refused("X-9") as told:
        acts.record_notice(deployment, given_at=None, by=cast.comms, at=BEFORE)
    assert "not told" in told.value.sentence
    acts.record_notice(deployment, given_at=None, reason="A threat to life.", by=cast.comms, at=BEFORE)
    acts.go_live(deployment, by=cast.silver, at=NOON)


@pytest.mark.parametrize(("early", "met"), [(24 * HOUR, True), (24 * HOUR - SECOND, False)])
def test_x9_the_target_of_the_notice_is_met_at_its_exact_instant(cast: Cast, early: Any, met: bool):
    deployment = stage(cast, "readied")
    notice(cast, deployment, NOON - early)
    assert next(item for item in items(deployment, NOON) if item.point.key == "notice").is_met == met


def test_d1_points_are_answered_by_whose_part_they_are(cast: Cast):
    deployment = stage(cast, "planned")
    with pytest.raises(NotPermitted):
        acts.answer_point(deployment, point="deletion_setting", met=True, by=cast.silver, at=BEFORE)
    acts.answer_point(deployment, point="deletion_setting", met=True, by=cast.operator, at=BEFORE)
    with refused("O-1"):
        acts.answer_point(deployment, point="authority", met=True, by=cast.silver, at=BEFORE)


def test_p4_silver_whose_training_has_lapsed_takes_nothing_live(cast: Cast):
    deployment = stage(cast, "readied")
    TrainingRecord.objects.filter(person=cast.silver, course="lfr_command").update(expires_date=BEFORE.date().replace(day=1))
    with refused("P-4"):
        acts.go_live(deployment, by=cast.silver, at=NOON)


def test_a_host_force_operator_may_be_named_once_appointed(cast: Cast):
    deployment = stage(cast, "readied")
    appoint(deployment.operation, person=cast.gmp_operator, role=Role.OPERATOR, by=cast.silver, at=BEFORE)
    van(cast, deployment, operator=cast.gmp_operator)
    acts.go_live(deployment, by=cast.silver, at=NOON)


def test_510_an_assets_two_people_are_two(cast: Cast):
    deployment = stage(cast, "planned")
    with refused("O-5", "5.10"):
        van(cast, deployment, engagement_officer=cast.operator)


@pytest.mark.parametrize("lines", [{}, {"everyone": (1, 1)}])
def test_w4_a_watchlist_is_counted_by_the_policys_categories(cast: Cast, lines: Any):
    deployment = stage(cast, "planned")
    with refused("W-4", "10.3"):
        compiled(cast, deployment, lines=lines)
