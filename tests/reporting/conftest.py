"""An operation with a signed authority, made by performing the acts."""

from datetime import timedelta

import pytest

from authorisations.models import Authority, Cancellation
from lfr_governance.demonstration.documents import make_library
from lfr_governance.demonstration.people import Cast
from lfr_governance.demonstration.stories import Story
from tests.cast import NOON

DAYS_AHEAD = timedelta(days=3)
CONDITIONS = "Two Engagement Officers with each van.\nSigns stand fifty metres out, on every way in."


@pytest.fixture
def story(cast: Cast) -> Story:
    make_library(cast, NOON - timedelta(days=30))
    return Story(cast)


@pytest.fixture
def authority(story: Story) -> Authority:
    """In force, for two days, with conditions."""
    return story.authorised(starts_at=NOON + DAYS_AHEAD, at=NOON, days=2, conditions=CONDITIONS)


@pytest.fixture
def report(story: Story) -> Cancellation:
    """The cancellation report of an authority of two days, cancelled after the first."""
    return story.cancelled(starts_at=NOON + DAYS_AHEAD, at=NOON).cancellation
