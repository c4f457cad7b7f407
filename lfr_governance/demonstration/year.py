"""A year of live facial recognition that is over: what was published of it, and what still waits. Told by acts, each at its own time."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from accounts.states import Role
from deployments import services as acts
from deployments.models import Deployment
from deployments.states import Decision, Method, Outcome, Result
from deployments.tasks import erase_due
from govuk.times import local
from lfr_governance.demonstration import texts_three as texts
from lfr_governance.demonstration import texts_two
from lfr_governance.demonstration.people import Cast
from lfr_governance.demonstration.stage_three import DAY, HOUR, Aftermath
from lfr_governance.demonstration.stage_two import MINUTE
from lfr_governance.demonstration.stage_two import Day as Session
from operations.services import appoint
from reporting import services as afterwards
from reporting.figures import said_with
from reporting.states import Body

# Weeks before now, title, place: each an operation of three days.
WEEKENDS = (
    (47, "Carlisle, shopping days", "English Street"),
    (41, "Barrow, evening trade", "Dalton Road"),
    (35, "Carlisle city centre, early", "Botchergate"),
    (29, "Appleby, gathering", "Appleby Horse Fair site"),
    (23, "Kendal, market square", "Kendal town centre"),
    (18, "Whitehaven, harbour days", "Whitehaven harbour"),
    (13, "Carlisle city centre, again", "Botchergate"),
    (9, "Penrith, station and square", "Penrith station"),
)
UNDONE = 5  # the operation whose learning nobody has acted on
COUNTED_OTHERWISE_BEFORE = 40  # weeks: until then the system gave the faces it detected
TRUE, UNSURE = (Result.TRUE_CONFIRMED, True), (Result.TRUE_UNCONFIRMED, False)
WRONG, DISMISSED, OPEN_ENDED = (Result.FALSE_CONFIRMED, True), (Result.FALSE_UNCONFIRMED, None), (Result.NOT_DETERMINED, False)
# What came of the alerts of a day: eight kinds of day, taken in turn.
DAYS = (
    (TRUE, DISMISSED, TRUE, UNSURE),
    (TRUE, TRUE, WRONG),
    (DISMISSED, TRUE),
    (TRUE, OPEN_ENDED, DISMISSED, TRUE, TRUE),
    (TRUE,),
    (WRONG, DISMISSED, TRUE, UNSURE),
    (),
    (TRUE, TRUE, DISMISSED, OPEN_ENDED),
)
KINDS = (Outcome.ARREST, Outcome.ARREST, Outcome.VOLUNTARY, Outcome.ARREST, Outcome.SAFEGUARDING)


def at_ten(moment: datetime) -> datetime:
    return timezone.localtime(moment).replace(hour=10, minute=0, second=0, microsecond=0)


@transaction.atomic  # a commit for each act would wait for the disk each time
def ordinary(session: Session, deployment: Deployment, number: int, *, method: str = Method.COMPARED) -> Deployment:
    """A day told shortly: ready, live, its alerts each entered whole, faces read, concluded."""
    cast, live = session.cast, session.live(deployment)
    outcomes = iter(KINDS[number % len(KINDS) :] + KINDS)
    for place, (result, engaged) in enumerate(DAYS[number % len(DAYS)]):
        acts.enter_alert(
            live,
            alert={
                "similarity": Decimal("0.68") + Decimal(number % 7) / 100,
                "category": "wanted_by_courts",
                "camera": "Van, front",
                "recognition_seconds": Decimal("1.2") + Decimal(place) / 10,
            },
            passed_on=engaged is not None,
            operator=cast.operator,
            engaged=engaged,
            engagement_officer=cast.engagement,
            result=result if engaged is not None else "",
            outcomes=(next(outcomes),) if result == Result.TRUE_CONFIRMED else (),
            by=cast.operator,
            at=live.starts_at + (20 + 40 * place) * MINUTE,
        )
    faces = (6200 + number * 3571 % 14000) * (3 if method == Method.DETECTED else 1)
    acts.read_faces(live, count=faces, method=method, by=cast.operator, at=live.ends_at - MINUTE)
    return acts.conclude(live, by=cast.silver, at=live.ends_at - (number % 4) * 10 * MINUTE)


def days_of(session: Session, first: int, *, method: str = Method.COMPARED) -> Iterator[Deployment]:
    """All days of the operation, and what this product has to delete after each."""
    with transaction.atomic():
        authority = session.authorised()
        planned = acts.plan(authority, by=None, at=authority.given_at + HOUR)
    for place, deployment in enumerate(planned):
        ended = ordinary(replace(session, starts_at=deployment.starts_at), deployment, first + place, method=method)
        list(erase_due(at=deployment.starts_at + DAY + 10 * MINUTE))
        yield ended


def looked_at_again(cast: Cast, deployment: Deployment, now: datetime) -> None:
    """The Technical Analyst's review of the day's alerts, a fortnight later (O-12)."""
    at, operation = deployment.starts_at + 14 * DAY, deployment.operation
    if at > now or not deployment.alerts.exists():
        return
    if not operation.appointments.filter(person=cast.technician).exists():
        appoint(operation, person=cast.technician, role=Role.TECHNICAL_ANALYST, by=cast.applicant, at=at)
    acts.review(deployment, answers=texts_two.TECHNICAL_REVIEW, decision=Decision.NO_CONCERN, by=cast.technician, at=at)


def a_year(cast: Cast, now: datetime) -> None:
    """Eight operations of three days, all of them published; the deletions of one day were late."""
    for place, (weeks, title, where) in enumerate(WEEKENDS):
        starts_at = at_ten(now - timedelta(weeks=weeks))
        session, method = Session(cast, starts_at, title, where, days=3), Method.DETECTED if weeks > COUNTED_OTHERWISE_BEFORE else Method.COMPARED
        ended = list(days_of(session, place * 3, method=method))
        with transaction.atomic():
            for number, deployment in enumerate(ended):
                after = Aftermath(cast)
                after.published(deployment, act_on=number == 0)
                if number == 0 and place != UNDONE:
                    after.acted_on(deployment)
                after.wiped(deployment, hours=26 if (place, number) == (3, 1) else 3)
                looked_at_again(cast, deployment, now)


def what_waits(cast: Cast, now: datetime) -> None:
    """A record in each state, a publication in each: the newest weeks."""
    after = Aftermath(cast)
    told: tuple[tuple[int, str, str, Callable[[Deployment], object]], ...] = (
        (52, "Barrow, docks day", "Dalton Road", after.corrected),
        (48, "Kendal, food festival", "Kendal town centre", after.withdrawn),
        (38, "Penrith, evening trains", "Penrith station", after.compiled),
        (33, "Carlisle, half-term", "English Street", lambda one: after.checked(one, notes=texts.NOTES)),
        (26, "Whitehaven, autumn fair", "Whitehaven harbour", after.accepted),
        (20, "Carlisle city centre, October", "Botchergate", after.returned),
        (12, "Kendal, late shopping", "Kendal town centre", after.submitted),
    )
    for number, (days, title, place, become) in enumerate(told, 24):
        deployment = next(days_of(Session(cast, at_ten(now - timedelta(days=days)), title, place), number))
        with transaction.atomic():
            after.wiped(deployment, until=now)
            looked_at_again(cast, deployment, now)
            become(deployment)


def reviewed(cast: Cast, now: datetime) -> None:
    """The Ops Board has looked at a quarter."""
    day = (now - 30 * DAY).date()
    review = afterwards.record_review(
        body=Body.OPS_BOARD,
        held_date=day,
        from_date=day - timedelta(days=92),
        to_date=day - timedelta(days=1),
        considered=texts.REVIEW,
        decisions=texts.DECISIONS,
        figures=said_with(cast.force, day - timedelta(days=92), day - timedelta(days=1)),
        by=cast.sro,
        at=now - 29 * DAY,
    )
    afterwards.add_decision(review, what=texts.FOLLOW_UP, person=cast.applicant, due_at=now + 20 * DAY, by=cast.sro, at=now - 29 * DAY)


def heard(cast: Cast, now: datetime) -> None:
    """What reached the force in a quarter, what is on the risk register, and the pack for the board's next meeting."""
    for days, kind, about, answer in texts.HEARD:
        at = now - days * DAY
        one = afterwards.record_feedback(kind=kind, day=local(at).date(), about=about, by=cast.sro, at=at)
        if answer:
            afterwards.answer_feedback(one, answer=answer, by=cast.infomgmt, at=at + 6 * DAY)
    for what, likelihood, impact, measures in texts.RISKS:
        afterwards.open_risk(
            what=what, likelihood=likelihood, impact=impact, measures=measures, review_due_at=now + 60 * DAY, by=cast.sro, at=now - 30 * DAY
        )
    day = local(now).date()
    afterwards.prepare_pack(from_date=day - timedelta(days=92), to_date=day - DAY, by=cast.sro, at=now)


def stage_three(cast: Cast, now: datetime) -> None:
    """The year that is over, what waits of it, and what the board made of it."""
    a_year(cast, now)
    what_waits(cast, now)
    reviewed(cast, now)
    heard(cast, now)
