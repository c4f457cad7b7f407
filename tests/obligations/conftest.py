"""One operation with its people, and the moment at which the tests of this floor play."""

import pytest

from accounts.states import Role
from lfr_governance.demonstration.people import Cast
from operations.models import Operation
from tests.cast import opened


@pytest.fixture
def operation(cast: Cast) -> Operation:
    return opened(cast, ("gold", Role.GOLD), ("silver", Role.SILVER), ("operator", Role.OPERATOR), ("engagement", Role.ENGAGEMENT_OFFICER))
