"""The deployment that most tests begin with: live since noon."""

import pytest

from deployments.models import Deployment
from lfr_governance.demonstration.people import Cast
from tests.deployments.stages import stage


@pytest.fixture
def live(cast: Cast) -> Deployment:
    return stage(cast, "live")
