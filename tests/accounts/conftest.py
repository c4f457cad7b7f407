"""What the tests of people and sign-in share."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from lfr_governance.demonstration.people import Cast

Visit = Callable[[User], Client]


@pytest.fixture
def visit(cast: Cast) -> Visit:
    """A browser in which this person is signed in."""

    def visit(person: User) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return visit


@pytest.fixture
def outside_demonstration(settings: Any) -> None:
    settings.DEMO = False
