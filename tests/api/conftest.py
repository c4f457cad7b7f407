"""The moment at which the API is asked in these tests: the operations of tests/authorisations/stages.py stand then, and no deployment has begun."""

from collections.abc import Iterator

import pytest
import time_machine

from tests.authorisations.stages import LATER


@pytest.fixture
def then() -> Iterator[None]:
    with time_machine.travel(LATER):
        yield
