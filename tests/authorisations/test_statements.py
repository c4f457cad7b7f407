"""Pages of Stage 1 ask the database as often for many as for one."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from lfr_governance.demonstration.documents import make_library
from lfr_governance.demonstration.people import Cast
from lfr_governance.demonstration.stories import Story
from tests.clients import signed_in


def statements(person: User, address: str) -> int:
    client = signed_in(person)
    client.get(address)  # the first look at a record is noted in the trail
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


@pytest.fixture
def told(cast: Cast) -> Cast:
    make_library(cast, timezone.now() - timedelta(days=20))
    return cast


def test_a1_lists_ask_as_often_for_six_operations_as_for_two(told: Cast) -> None:
    now = timezone.now()

    def tell(number: int) -> None:
        for _ in range(number):
            Story(told).submitted(starts_at=now + timedelta(days=6), at=now - timedelta(days=2))
            Story(told).authorised(starts_at=now + timedelta(days=5), at=now - timedelta(days=2))

    def asked() -> dict[tuple[str, str], int]:
        lists = ("home", "authorisations:applications", "authorisations:authorities")
        return {(username, name): statements(told.people[username], reverse(name)) for username in ("applicant", "ao2") for name in lists}

    tell(1)
    before = asked()
    tell(2)
    assert asked() == before


def test_a1_an_application_asks_as_often_for_seven_days_as_for_two(told: Cast) -> None:
    now = timezone.now()
    few = Story(told).completed(starts_at=now + timedelta(days=6), at=now - timedelta(days=2), days=2)
    many = Story(told).completed(starts_at=now + timedelta(days=6), at=now - timedelta(days=2), days=6)
    for name in ("application", "check"):
        asked = [statements(told.applicant, reverse(f"authorisations:{name}", args=[one.pk])) for one in (few, many)]
        assert asked[0] == asked[1], name
