"""14, R-3, W-5: what is counted is what happened; in the same number of statements however much that was."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from deployments import services as acts
from deployments.checklist import items
from deployments.counts import figures_of, figures_of_many
from deployments.models import Deployment
from deployments.rules.window import durations
from deployments.seeing import notes_of, personal_of
from deployments.states import LogKind, Method, Result
from lfr_governance.demonstration.people import Cast
from tests.deployments.stages import AFTER, DURING, ENDS, HOUR, MINUTE, NOON, day_of, stage


def test_a_full_day_adds_up(cast: Cast):
    figures = figures_of(stage(cast, "full day"))
    by_result = [getattr(figures, result.value) for result in Result]
    assert (figures.alerts, figures.open, sum(by_result)) == (6, 0, 6)
    assert (figures.false, figures.positive, figures.not_determined, figures.dismissed, figures.engaged) == (2, 3, 1, 1, 3)
    assert (figures.outcomes["arrest"], figures.policing_outcomes, figures.faces) == (1, 3, 18230)


def test_144_both_rates_and_their_parts(cast: Cast):
    figures = figures_of(stage(cast, "full day"))
    assert (figures.system_rate.numerator, figures.system_rate.denominator) == (2, 18230)
    assert (figures.operational_rate.numerator, figures.operational_rate.denominator) == (1, 18230)


def test_w5_volunteers_count_in_the_recognition_rate_alone(cast: Cast):
    figures = figures_of(stage(cast, "full day"))
    assert (figures.recognition_rate.numerator, figures.recognition_rate.denominator) == (9, 10)
    assert figures.alerts == 6


def test_r3_not_measured_without_a_run_and_not_calculable_without_faces(cast: Cast, live: Deployment):
    day_of(cast).dismissed(live, at=DURING)
    figures = figures_of(live)
    assert (figures.recognition_rate.is_calculable, figures.system_rate.is_calculable, figures.faces) == (False, False, None)


def test_147_mean_recognition_time(cast: Cast, live: Deployment):
    for seconds in ("1.00", "2.01"):
        day_of(cast).raised(live, at=DURING, recognition_seconds=seconds)
    day_of(cast).raised(live, at=DURING, recognition_seconds=None)
    assert str(figures_of(live).recognition_seconds) == "1.51"


def test_duration_net_of_suspensions_with_the_gross_beside(cast: Cast):
    deployment = stage(cast, "suspended")  # from two hours on
    assert durations(deployment, DURING) == (3 * HOUR, 2 * HOUR)
    for point in ("camera", "signs"):
        acts.answer_point(deployment, point=point, met=True, by=cast.operator if point == "camera" else cast.silver, at=DURING)
    acts.resume(deployment, reason="Dry", by=cast.silver, at=DURING)
    acts.suspend(deployment, by=cast.silver, at=DURING + HOUR)
    acts.conclude(deployment, by=cast.silver, at=ENDS)
    assert durations(deployment.again(), AFTER) == (ENDS - NOON, (ENDS - NOON) - HOUR - (ENDS - DURING - HOUR))


def test_not_begun_it_has_no_duration(cast: Cast):
    assert durations(stage(cast, "planned"), DURING) == (0 * HOUR, 0 * HOUR)


READS = {
    "figures": lambda cast, it: figures_of(it),
    "figures of many": lambda cast, it: figures_of_many(Deployment.objects.all()),
    "check": lambda cast, it: items(it, DURING),
    "durations": lambda cast, it: durations(it, DURING),
    "personal": lambda cast, it: personal_of(it, by=cast.silver, at=DURING),
    "notes": lambda cast, it: notes_of(it, list(it.log_entries.in_order()), by=cast.silver, at=DURING),
}


@pytest.mark.parametrize("read", READS)
def test_reading_costs_the_same_however_much_happened(cast: Cast, live: Deployment, read: str, django_assert_num_queries: Any):
    fill(cast, live, 1)
    READS[read](cast, live)  # the first look is noted
    number = statements(lambda: READS[read](cast, live))
    fill(cast, live, 6)
    with django_assert_num_queries(number):
        READS[read](cast, live)


def fill(cast: Cast, live: Deployment, times: int) -> None:
    for n in range(times):
        day_of(cast).engaged(live, Result.TRUE_CONFIRMED, at=DURING + n * 8 * MINUTE, note="Grey jacket")
        acts.log(live, kind=LogKind.OBSERVATION, note="Quiet", about_person=True, by=cast.silver, at=DURING)
        acts.read_faces(live, count=1000, method=Method.COMPARED, by=cast.operator, at=DURING)
        acts.answer_point(live, point="signs", met=True, by=cast.silver, at=DURING)


def statements(read: Any) -> int:
    with CaptureQueriesContext(connection) as caught:
        read()
    return len(caught)


ACTS = {
    "log": lambda cast, it: acts.log(it, kind=LogKind.OBSERVATION, note="Quiet", by=cast.silver, at=DURING + 2 * HOUR),
    "raise_alert": lambda cast, it: day_of(cast).raised(it, at=DURING + 2 * HOUR),
    "read_faces": lambda cast, it: acts.read_faces(it, count=2000, method=Method.COMPARED, by=cast.operator, at=DURING + 2 * HOUR),
}


@pytest.mark.parametrize("act", ACTS)
def test_acting_costs_the_same_however_much_happened(cast: Cast, live: Deployment, act: str):
    fill(cast, live, 1)
    before = statements(lambda: ACTS[act](cast, live))
    fill(cast, live, 6)
    assert statements(lambda: ACTS[act](cast, live)) == before
