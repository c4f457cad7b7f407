"""References are consecutive for each force and year; a place is one row (5.8)."""

from datetime import UTC, datetime

import pytest

from accounts.models import Force
from accounts.services import register_person
from accounts.states import Rank
from operations.models import Operation, Place, ReferenceBook
from operations.services import add_place, open_operation
from policy.refusals import NotPermitted
from tests.cast import NOON, Cast, Role, grant_confirmed, opened
from tests.races import race


def test_references_are_consecutive(cast: Cast):
    assert [opened(cast).reference for _ in range(3)] == ["LFR/2026/0001", "LFR/2026/0002", "LFR/2026/0003"]


def test_each_year_begins_anew_and_each_force_counts_for_itself(cast: Cast):
    other = Force.objects.create(code="other", name="Another Force")
    stranger = register_person(force=other, username="other_applicant", name="Ada", rank=Rank.INSPECTOR, by=cast.sysadmin, at=NOON)
    grant_confirmed(cast, stranger, Role.APPLICANT)
    opened(cast)
    assert opened(cast, at=datetime(2027, 1, 1, tzinfo=UTC)).reference == "LFR/2027/0001"
    assert open_operation(title="Theirs", by=stranger, at=NOON).reference == "LFR/2026/0001"
    assert opened(cast).reference == "LFR/2026/0002"


def test_a_refused_opening_takes_no_reference(cast: Cast):
    opened(cast)
    with pytest.raises(NotPermitted):
        open_operation(title="Mine", by=cast.stranger, at=NOON)
    assert opened(cast).reference == "LFR/2026/0002"


@pytest.mark.django_db(transaction=True)
def test_references_opened_at_once_are_consecutive_from_the_first_of_the_year_on(cast: Cast):
    results = race(*[lambda: [opened(cast).reference for _ in range(5)]] * 4)
    found = sorted(reference for result in results for reference in result)
    assert found == [f"LFR/2026/{number:04d}" for number in range(1, 21)]
    assert ReferenceBook.objects.get().last == 20
    assert Operation.objects.count() == 20


def test_5_8_the_same_place_is_one_row(cast: Cast):
    before = Place.objects.count()
    first = add_place(force=cast.force, name="Market Place", town="Wigton", by=cast.applicant, at=NOON)
    assert add_place(force=cast.force, name=" Market Place ", town="Wigton ", by=cast.applicant, at=NOON) == first
    assert Place.objects.count() == before + 1
    assert str(first) == "Market Place, Wigton"


@pytest.mark.parametrize("username", ["stranger", "sysadmin", "ao", "gmp_operator"])
def test_5_8_places_are_added_by_those_who_may_write_an_application(cast: Cast, username: str):
    with pytest.raises(NotPermitted):
        add_place(force=cast.force, name="Market Place", town="Wigton", by=cast.people[username], at=NOON)
    assert not Place.objects.filter(town="Wigton").exists()


def test_5_8_of_their_own_force(cast: Cast):
    with pytest.raises(NotPermitted):
        add_place(force=cast.host, name="Piccadilly", town="Manchester", by=cast.applicant, at=NOON)


@pytest.mark.django_db(transaction=True)
def test_5_8_a_place_added_twice_at_once_is_one_row(cast: Cast):
    results = race(*[lambda: add_place(force=cast.force, name="Market Place", town="Wigton", by=cast.applicant, at=NOON)] * 3)
    assert len({place.pk for place in results}) == 1
