"""The first pages of Stages 2 and 3: small, and true (R-6, X-6, 8.1, 9.4)."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from authorisations.services import applying
from govuk.times import public_date
from lfr_governance.demonstration.documents import make_library
from lfr_governance.demonstration.people import Cast
from lfr_governance.demonstration.stage_two import Day
from lfr_governance.demonstration.stories import Story
from reporting.figures import outcomes
from reporting.register import announced
from tests.cast import NOON
from tests.clients import signed_in
from tests.reporting.conftest import DAYS_AHEAD


@pytest.fixture
def now(cast: Cast) -> datetime:
    """The pages read the clock, so these operations lie around today."""
    now = timezone.now()
    make_library(cast, now - timedelta(days=60))
    return now


def told(story: Story, now: datetime) -> None:
    story.authorised(starts_at=now + timedelta(days=3), at=now - timedelta(days=1))


def test_R6_the_register_tells_the_public_force_place_and_times_and_nothing_else(cast: Cast, now: datetime) -> None:
    story = Story(cast, title="Title that stays inside")
    told(story, now)
    page = Client().get(reverse("reporting:register"))
    shown = page.content.decode()
    assert page.status_code == 200
    assert "Botchergate, Carlisle" in shown and "Cumbria Constabulary" in shown
    assert [word for word in ("Title that stays inside", "LFR/20", "Tyson", "Braithwaite", "450") if word in shown] == []


def test_94_only_days_under_a_written_authority_are_announced(story: Story, cast: Cast) -> None:
    at = NOON + timedelta(days=1)
    story.submitted(starts_at=NOON + DAYS_AHEAD, at=NOON)
    assert announced(at) == []
    story.authorised(starts_at=NOON + DAYS_AHEAD, at=NOON, days=2)
    assert [day.starts_at for day in announced(at)] == [NOON + DAYS_AHEAD, NOON + DAYS_AHEAD + timedelta(days=1)]
    assert len(announced(NOON + DAYS_AHEAD + timedelta(days=1))) == 1
    assert announced(NOON + timedelta(days=30)) == []


def test_94_what_is_told_by_other_means_alone_is_not_announced_here(story: Story) -> None:
    application = story.completed(starts_at=NOON + DAYS_AHEAD, at=NOON)
    story.section(application, "public", at=NOON, measures=["signs", "cards"])
    applying.submit(application, by=story.cast.applicant, at=NOON + timedelta(hours=1))
    story.considered(application, at=NOON + timedelta(hours=2))
    story.decided(application, "authorised", at=NOON + timedelta(hours=4))
    assert announced(NOON + timedelta(days=1)) == []


def test_X6_oversight_counts_what_was_not_given(story: Story, cast: Cast) -> None:
    for play in (story.returned, story.refused, story.authorised, story.cancelled, story.lapsed):
        play(starts_at=NOON + DAYS_AHEAD, at=NOON)
    story.withdrawn(at=NOON)
    assert {figure.label: (figure.number, figure.of) for figure in outcomes(cast.force)} == {
        "Authorised": (3, 5),
        "Authorised with conditions": (0, 5),
        "Returned for more": (1, 5),
        "Refused": (1, 5),
        "Waiting for a decision": (0, 5),
        "Withdrawn": (1, 6),
        "Cancelled": (1, 3),
        "Lapsed by themselves": (1, 3),
    }


@pytest.mark.parametrize(
    ("username", "status"),
    [("sro", 200), ("infomgmt", 200), ("scrutiny", 200), ("ao", 403), ("applicant", 403), ("sysadmin", 403), ("stranger", 403)],
)
def test_R7_oversight_opens_to_those_who_oversee(cast: Cast, username: str, status: int) -> None:
    assert signed_in(cast.people[username]).get(reverse("reporting:oversight")).status_code == status


def test_R7_oversight_names_nobody(cast: Cast, now: datetime) -> None:
    told(Story(cast), now)
    shown = signed_in(cast.scrutiny).get(reverse("reporting:oversight")).content.decode()
    assert "Authorised with conditions" in shown
    assert [word for word in ("Tyson", "Braithwaite", "Botchergate") if word in shown] == []


def test_D5_records_says_when_each_is_due(cast: Cast, now: datetime) -> None:
    started = now.replace(hour=10, minute=0) - timedelta(days=5)
    Day(cast, started).concluded()
    shown = signed_in(cast.silver).get(reverse("reporting:records")).content.decode()
    assert shown.count("Botchergate, Carlisle") == 1 and "Clause 7.7" in shown
    assert public_date(started + timedelta(days=31))[:6] in shown
    assert "Botchergate" not in signed_in(cast.stranger).get(reverse("reporting:records")).content.decode()
