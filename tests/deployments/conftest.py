"""The force's library, and a day of deployment, at an ordinary moment far from a change of the clocks."""

from datetime import timedelta

import pytest

from lfr_governance.demonstration.documents import make_library
from lfr_governance.demonstration.people import Cast
from lfr_governance.demonstration.stage_two import Day
from tests.cast import FOUNDED, NOON


@pytest.fixture
def force(cast: Cast) -> Cast:
    """The cast, with the governance documents in force."""
    make_library(cast, FOUNDED + timedelta(days=1))
    return cast


@pytest.fixture
def day(force: Cast) -> Day:
    """One deployment, from noon."""
    return Day(force, NOON)
