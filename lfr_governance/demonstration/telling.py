"""The demonstration: one force, its people, and an operation in each state that a visitor should see."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.notices import mark_read
from lfr_governance.demonstration import texts
from lfr_governance.demonstration.documents import make_library, review_library
from lfr_governance.demonstration.on_the_day import stage_two
from lfr_governance.demonstration.people import Cast, make_people, train
from lfr_governance.demonstration.stories import Story
from lfr_governance.demonstration.year import stage_three

FOUNDED, RENEWED = timedelta(days=350), timedelta(days=150)


def at_ten(day: datetime) -> datetime:
    """Ten in the morning of that day, local time."""
    return timezone.localtime(day).replace(hour=10, minute=0, second=0, microsecond=0)


def tell(password: str, *, now: datetime) -> Cast:
    """Perform every act of the demonstration, each at its own time before `now`."""
    cast = make_people(now - FOUNDED, password)
    make_library(cast, now - FOUNDED + timedelta(days=1))
    with transaction.atomic():
        train(cast, now - RENEWED)
        review_library(cast, now - RENEWED)
    stage_three(cast, now)
    for person in cast.people.values():
        mark_read(person, at=now)  # of a year that is over
    with transaction.atomic():  # a commit for each act would wait for the disk each time
        stage_one(cast, now)
    stage_two(cast, now)
    return cast


def stage_one(cast: Cast, now: datetime) -> None:
    def ago(days: float) -> datetime:
        return now - timedelta(days=days)

    def ahead(days: int) -> datetime:
        return at_ten(now + timedelta(days=days))

    draft = Story(cast, "Dalton Road, winter Saturdays", "Dalton Road").drafted(at=ago(2))
    teller = Story(cast, "Dalton Road, winter Saturdays", "Dalton Road")
    teller.day(draft, ahead(18), at=ago(2))
    teller.section(draft, "operation", at=ago(1))
    teller.section(draft, "equipment", threshold="0.62", at=ago(1))
    Story(cast, "Kendal town centre, market days", "Kendal town centre").submitted(starts_at=ahead(9), at=ago(1))
    Story(cast, "Penrith station, evening trains", "Penrith station").returned(starts_at=ahead(12), at=ago(3))
    Story(cast, "Whitehaven harbour festival", "Whitehaven harbour", ao="ao2").refused(starts_at=ahead(20), at=ago(6))
    Story(cast, "Carlisle city centre, Saturday", "Botchergate").authorised(starts_at=ahead(5), at=ago(4))
    Story(cast, "Carlisle, English Street", "English Street", ao="ao2").authorised(starts_at=ahead(7), at=ago(5), days=2, conditions=texts.CONDITIONS)
    Story(cast, "Appleby, spring gathering", "Appleby Horse Fair site").cancelled(starts_at=at_ten(ago(40)), at=ago(50))
    Story(cast, "Carlisle city centre, autumn", "Botchergate").lapsed(starts_at=at_ten(ago(12)), at=ago(20))
    Story(cast, "Carlisle, threats at the market", "English Street").verbal(
        starts_at=now - timedelta(hours=2), said_at=now - timedelta(hours=3), confirmed=False
    )
    Story(cast, "Whitehaven, disorder after the match", "Whitehaven harbour", ao="ao2").verbal_lapsed(
        starts_at=at_ten(ago(15)), said_at=at_ten(ago(15)) - timedelta(hours=8)
    )
    Story(cast, "Barrow, concert in the park", "Dalton Road").withdrawn(at=ago(9))
