"""Deployments are made from authorised days: once each, whoever calls; a later authority takes them over or stands them down (O-1, A-17)."""

import pytest
from django.db import IntegrityError, transaction

from audit.models import TrailEntry
from authorisations.models import Authority
from authorisations.services import applying, content, ending
from authorisations.states import Outcome
from deployments import services as acts
from deployments.models import Deployment
from deployments.states import Move, Reason, State
from deployments.tasks import plan_due
from lfr_governance.demonstration import texts
from lfr_governance.demonstration.people import Cast
from lfr_governance.demonstration.stories import LASTS, Story
from tests.deployments.stages import BEFORE, DAY, HOUR, NOON, stage
from tests.races import race

PLANNED_AT = NOON - 2 * DAY


def reauthorised(cast: Cast, deployment: Deployment, *, at: object, drop: bool = False, add: bool = False) -> Authority:
    """A second version of the application, authorised: with its days as they were, one fewer, or one more."""
    application = applying.amend(deployment.authority.application, by=cast.applicant, at=at)
    days = list(application.days.order_by("starts_at"))
    if drop:
        content.remove_day(days[-1], by=cast.applicant, at=at)
    if add:
        place, starts_at = cast.places["English Street"], days[-1].starts_at
        content.put_day(application, place=place, starts_at=starts_at, ends_at=starts_at + LASTS, by=cast.applicant, at=at)
        section = application.sections.get(name="why")
        answers = {**section.answers, f"place_{place.pk}": texts.PLACE}
        content.save_section(section, answers=answers, by=cast.applicant, at=at)
    application = applying.submit(application.again(), by=cast.applicant, at=at)
    Story(cast).considered(application, at=at)
    return Story(cast).decided(application, Outcome.AUTHORISED, at=at).authority


def test_o1_one_for_each_authorised_day_numbered_within_the_operation(cast: Cast):
    stage(cast, "planned", days=2)
    rows = list(Deployment.objects.order_by("number"))
    assert [(row.number, row.starts_at, row.state) for row in rows] == [(1, NOON, State.PLANNED), (2, NOON + DAY, State.PLANNED)]
    assert [row.register_id for row in rows] == ["cumbria-2026-0001-1", "cumbria-2026-0001-2"]
    assert (rows[0].review_minutes, rows[0].changes.get().move) == (60, Move.PLANNED)


def test_o1_planned_again_nothing_more_comes_of_it(cast: Cast):
    deployment = stage(cast, "planned")
    assert acts.is_planned(deployment.authority)
    for by in (None, cast.silver):
        assert acts.plan(deployment.authority, by=by, at=PLANNED_AT) == [deployment]
    assert list(plan_due(at=PLANNED_AT)) == []


def test_o1_the_sweep_finds_what_is_not_planned(cast: Cast):
    deployment = stage(cast, "planned")
    other = Story(cast, "Kendal", "Kendal town centre").authorised(starts_at=NOON + DAY, at=NOON - 3 * DAY)
    assert not acts.is_planned(other)
    assert set(plan_due(at=PLANNED_AT)) == {""}
    assert Deployment.objects.exclude(pk=deployment.pk).get().authority == other


def test_the_database_keeps_one_deployment_a_day(cast: Cast):
    deployment = stage(cast, "planned")
    twin = Deployment.objects.get(pk=deployment.pk)
    twin.pk, twin.number, twin._state.adding = None, 2, True
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()


@pytest.mark.django_db(transaction=True)
def test_planned_by_several_at_once_it_is_planned_once(cast: Cast):
    deployment = stage(cast, "planned")
    other = Story(cast, "Kendal", "Kendal town centre").authorised(starts_at=NOON + DAY, at=NOON - 3 * DAY)
    came = race(*[lambda: acts.plan(other, by=None, at=PLANNED_AT)] * 3)
    assert all(isinstance(rows, list) for rows in came), came
    assert Deployment.objects.exclude(pk=deployment.pk).count() == 1


def test_a17_under_a_later_authority_a_day_that_stays_keeps_its_deployment(cast: Cast):
    deployment = stage(cast, "readied")
    authority = reauthorised(cast, deployment, at=BEFORE - HOUR)
    acts.plan(authority, by=None, at=BEFORE)
    moved = deployment.again()
    assert (moved.authority, moved.state, Deployment.objects.count()) == (authority, State.PLANNED, 1)
    assert moved.changes.last().move == Move.REPLANNED
    acts.go_live(moved, by=cast.silver, at=NOON)


def test_a17_a_day_left_out_is_stood_down_and_one_added_is_planned(cast: Cast):
    deployment = stage(cast, "planned", days=2)
    acts.plan(reauthorised(cast, deployment, at=PLANNED_AT, drop=True, add=True), by=None, at=PLANNED_AT + HOUR)
    rows = list(Deployment.objects.order_by("number"))
    assert [(row.number, row.state) for row in rows] == [(1, State.PLANNED), (2, State.STOOD_DOWN), (3, State.PLANNED)]
    assert rows[1].changes.last().reason == Reason.SUPERSEDED
    assert rows[2].place == cast.places["English Street"]


def test_under_an_authority_that_has_ended_nothing_is_planned(cast: Cast):
    deployment = stage(cast, "planned")
    other = Story(cast, "Kendal", "Kendal town centre").authorised(starts_at=NOON + DAY, at=NOON - 3 * DAY)
    ending.cancel(other, reason=texts.NO_LONGER, done_under="Nothing.", by=cast.ao, at=PLANNED_AT)
    assert list(plan_due(at=PLANNED_AT)) == []
    assert acts.plan(other.again(), by=None, at=PLANNED_AT) == []
    assert Deployment.objects.get() == deployment


def test_planning_stands_in_the_trail(cast: Cast):
    deployment = stage(cast, "planned")
    assert TrailEntry.objects.filter(action="deployments.planned", chain=deployment.operation_id).count() == 1
