"""The components are tried alone: their own pages, and nothing of the product around them."""

import pytest
from pytest_django.fixtures import Settings

from tests.govuk.alone import stand_alone


@pytest.fixture(autouse=True)
def alone(settings: Settings) -> None:
    stand_alone(settings)
