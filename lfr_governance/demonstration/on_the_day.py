"""Stage 2 of the demonstration: a deployment in each state that a visitor should see, each told by its acts at their own times before `now`."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from deployments.tasks import erase_due
from lfr_governance.demonstration import texts_two as texts
from lfr_governance.demonstration.people import Cast
from lfr_governance.demonstration.stage_three import Aftermath
from lfr_governance.demonstration.stage_two import HOUR, MINUTE, Day
from lfr_governance.demonstration.year import looked_at_again
from obligations.models import Obligation
from obligations.services import ask_hold, place_hold
from obligations.states import Basis

DAY = timedelta(days=1)
PAST = (60, 10, 8)  # days ago, the oldest first


def at_ten(moment: datetime) -> datetime:
    return timezone.localtime(moment).replace(hour=10, minute=0, second=0, microsecond=0)


def stage_two(cast: Cast, now: datetime) -> None:
    """Live with a review overdue, live with a warning to answer, suspended, stood down, terminated, concluded in three ways.

    What this product has to delete is deleted on the day after each, in two sweeps, so that nothing is late; outside a transaction.
    """
    with transaction.atomic():
        live(cast, now)
        over(cast, now)
    for days in PAST:
        for hours in (24, 29):
            list(erase_due(at=at_ten(now - days * DAY) + hours * HOUR))


def over(cast: Cast, now: datetime) -> None:
    Day(cast, at_ten(now - 6 * DAY), "Penrith station, commuters", "Penrith station").stood_down()
    terminated = Day(cast, at_ten(now - 8 * DAY), "Whitehaven harbour, Saturday", "Whitehaven harbour").terminated()
    Aftermath(cast).wiped(terminated, until=now)
    Day(cast, now - 9 * HOUR, "Kendal town centre, this morning", "Kendal town centre").concluded()
    held(Day(cast, at_ten(now - 10 * DAY), "Carlisle, English Street evening", "English Street"))
    long_ago(Day(cast, at_ten(now - 60 * DAY), "Barrow, late summer", "Dalton Road"), now)


def live(cast: Cast, now: datetime) -> None:
    Day(cast, now - 150 * MINUTE, "Carlisle city centre, today", "Botchergate").live()
    warned = Day(cast, now - 2 * HOUR, "Appleby, winter fair", "Appleby Horse Fair site", asset="LFR-03")
    deployment = warned.live()
    warned.faces(deployment, 1900, at=now - 70 * MINUTE)
    warned.reviewed(deployment, at=now - 65 * MINUTE)
    for number in range(3):
        warned.dismissed(deployment, at=now - (25 - 5 * number) * MINUTE)
    Day(cast, now - 3 * HOUR, "Barrow, Dalton Road today", "Dalton Road", asset="LFR-04").suspended()


def held(day: Day) -> None:
    """Its footage is held for a complaint; all the rest was wiped in time."""
    cast, deployment = day.cast, day.concluded()
    Aftermath(cast).wiped(deployment, until=day.ends_at + DAY)
    footage = deployment.footage.first()
    assert footage
    clock = Obligation.objects.running().get(subject_id=footage.pk)
    hold = ask_hold(clock, basis=Basis.COMPLAINT, footage=footage.name, reason=texts.COMPLAINT, by=cast.silver, at=day.ends_at + 2 * DAY)
    place_hold(hold, review_date=(day.ends_at + 40 * DAY).date(), by=cast.infomgmt, at=day.ends_at + 3 * DAY)


def long_ago(day: Day, now: datetime) -> None:
    """Everything erased, each with its certificate; the alerts looked at again before."""
    deployment = day.concluded()
    looked_at_again(day.cast, deployment, now)
    Aftermath(day.cast).wiped(deployment)
