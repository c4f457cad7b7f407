"""Deployments in every state, each brought there by acts: `stage(cast, "live")`. A day of six and a half hours from NOON."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from deployments import services as acts
from deployments.models import Alert, Deployment
from deployments.states import Reason
from lfr_governance.demonstration import texts
from lfr_governance.demonstration.documents import make_library
from lfr_governance.demonstration.people import Cast
from lfr_governance.demonstration.stage_two import Day
from lfr_governance.demonstration.stories import LASTS
from tests.cast import FOUNDED, NOON
from tests.worlds import world

SECOND, MINUTE, HOUR, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
BEFORE = NOON - 10 * MINUTE  # readied, not yet begun
DURING = NOON + 3 * HOUR  # live since noon; suspended since two hours after
ENDS = NOON + LASTS
AFTER = ENDS + HOUR


def counted(day: Day) -> Deployment:
    return acts.count_as_concluded(day.live(), by=None, at=AFTER)


STAGES: dict[str, Callable[[Day], Deployment]] = {
    "planned": Day.planned,
    "readied": Day.readied,
    "live": Day.live,
    "suspended": Day.suspended,
    "stood_down": Day.stood_down,
    "concluded": lambda day: acts.conclude(day.live(), by=day.cast.silver, at=ENDS),
    "terminated": lambda day: acts.terminate(day.live(), reason=Reason.RESOURCES, by=day.cast.silver, at=DURING),
    "counted": counted,
    "full day": Day.concluded,
}


def stage(cast: Cast, name: str, starts_at: datetime = NOON, **more: Any) -> Deployment:
    """The deployment in that stage; the library stands behind it."""

    def make() -> Deployment:
        make_library(cast, FOUNDED)
        return STAGES[name](Day(cast, starts_at, **more))

    if not connection.in_atomic_block:
        return make()  # a test that commits: the rows of a world refer to permissions that its flush has made anew
    return world(f"stage two: {name} {starts_at} {sorted(more.items())}", make)


def with_conditions(cast: Cast, name: str = "readied") -> Deployment:
    return stage(cast, name, conditions=texts.CONDITIONS)


def day_of(cast: Cast) -> Day:
    """The same day's storyteller, to go on with a deployment."""
    return Day(cast, NOON)


def again(thing: Any) -> Any:
    return thing.again()


def kinds(deployment: Deployment) -> list[str]:
    """The breaches that stand."""
    return sorted(deployment.breaches.values_list("kind", flat=True))


def alert_in(cast: Cast, deployment: Deployment, state: str, *, at: Any = DURING) -> Alert:
    """An alert in that state."""
    day = day_of(cast)
    if state == "raised":
        return day.raised(deployment, at=at)
    if state == "passed_on":
        return day.passed_on(deployment, at=at)
    if state == "engaging":
        alert = day.passed_on(deployment, at=at)
        return acts.decide_engagement(alert, engage=True, by=cast.engagement, at=at + 2 * MINUTE)
    return day.dismissed(deployment, at=at)
