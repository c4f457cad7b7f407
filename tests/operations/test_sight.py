"""Who sees an operation (access table): one rule, asked in two ways, that of the lists and that of the page."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from accounts.models import RoleGrant
from accounts.services import deactivate, end_grant
from operations.models import Operation, Sight
from operations.permissions import APPOINTED, INVITED, OPERATION, SEEING_OFFICES, Row, as_, check_sees, check_writes, office, standings
from operations.services import end_appointment, open_sight
from policy.refusals import NotPermitted, NotVisible
from tests.cast import NOON, Cast, Role, grant_confirmed, opened

EVERYBODY = [
    *("applicant", "ao", "ao2", "gold", "silver", "bronze", "operator", "engagement", "loggist", "npt", "comms", "engineer", "technician"),
    *("analyst", "analyst2", "chair", "sro", "scrutiny", "inspector", "infomgmt", "infomgmt2", "dpo", "training", "sysadmin", "sysadmin2"),
    *("gmp_operator", "stranger"),
]
OFFICE_HOLDERS = {
    Role.AO: {"ao", "ao2"},
    Role.SRO: {"sro"},
    Role.INSPECTOR: {"inspector"},
    Role.INFORMATION_MANAGEMENT: {"infomgmt", "infomgmt2"},
    Role.DPO: {"dpo"},
    Role.ANALYST: {"analyst", "analyst2"},
}
MINUTE = timedelta(minutes=1)


def seers(cast: Cast, operation: Operation, at: datetime = NOON) -> set[str]:
    """Everybody who sees it, after checking that list, page and standings agree for each."""
    found = set()
    for username, person in cast.people.items():
        listed = Operation.objects.visible_to(person, at).filter(pk=operation.pk).exists()
        held = standings(person, operation, at)
        assert listed == bool(held) == bool(held & OPERATION.sees), username
        if listed:
            found.add(username)
            assert check_sees(OPERATION, person, operation, at) == held
        else:
            with pytest.raises(NotVisible):
                check_sees(OPERATION, person, operation, at)
    return found


def test_the_cast_is_complete(cast: Cast):
    assert sorted(cast.people) == sorted(EVERYBODY)


def test_a_draft_is_seen_by_the_people_in_it_alone(cast: Cast):
    assert seers(cast, opened(cast)) == {"applicant"}
    assert seers(cast, opened(cast, ("silver", Role.SILVER), ("gmp_operator", Role.OPERATOR))) == {"applicant", "silver", "gmp_operator"}


def test_whose_part_has_ended_sees_nothing_any_more(cast: Cast):
    operation = opened(cast, ("silver", Role.SILVER))
    end_appointment(operation.appointments.get(person=cast.silver), reason="Ill", by=cast.applicant, at=NOON)
    assert seers(cast, operation) == {"applicant"}


@pytest.mark.parametrize("seeing", sorted(SEEING_OFFICES))
def test_an_act_opens_it_to_an_office(cast: Cast, seeing: Role):
    operation, other = opened(cast), opened(cast)
    open_sight(operation, office=seeing, at=NOON)
    assert seers(cast, operation) == {"applicant"} | OFFICE_HOLDERS[seeing]
    assert seers(cast, other) == {"applicant"}


def test_it_can_be_open_to_all_of_them(cast: Cast):
    operation = opened(cast)
    for seeing in SEEING_OFFICES:
        open_sight(operation, office=seeing, at=NOON)
    assert seers(cast, operation) == {"applicant"}.union(*OFFICE_HOLDERS.values())


@pytest.mark.parametrize("blind", sorted(set(Role) - SEEING_OFFICES))
def test_no_act_can_open_it_to_another_office(cast: Cast, blind: Role):
    """System Administrators, say, have no operational sight: the list would show what the page refuses."""
    with pytest.raises(ValueError, match="never sees"):
        open_sight(opened(cast), office=blind, at=NOON)


def test_an_office_of_another_force_sees_nothing(cast: Cast):
    grant_confirmed(cast, cast.gmp_operator, Role.AO)
    operation = opened(cast)
    open_sight(operation, office=Role.AO, at=NOON)
    assert "gmp_operator" not in seers(cast, operation)


def test_sight_for_a_stated_time_ends_after_its_last_instant(cast: Cast):
    operation = opened(cast)
    open_sight(operation, office=Role.INSPECTOR, until=NOON + MINUTE, at=NOON)
    assert "inspector" in seers(cast, operation, NOON + MINUTE)
    assert "inspector" not in seers(cast, operation, NOON + MINUTE + timedelta(microseconds=1))


@pytest.mark.parametrize(
    ("first", "second", "lasts"),
    [
        (NOON + MINUTE, NOON + 2 * MINUTE, NOON + 2 * MINUTE),
        (NOON + 2 * MINUTE, NOON + MINUTE, NOON + 2 * MINUTE),
        (NOON + MINUTE, None, None),
        (None, NOON + MINUTE, None),
    ],
)
@pytest.mark.parametrize("whom", ["office", "person"])
def test_opened_again_the_later_end_counts(cast: Cast, whom: str, first: datetime | None, second: datetime | None, lasts: datetime | None):
    operation = opened(cast)
    told: dict[str, Any] = {"office": Role.INSPECTOR} if whom == "office" else {"person": cast.inspector}
    for until in (first, second):
        open_sight(operation, until=until, at=NOON, **told)
    assert Sight.objects.get(operation=operation).until == lasts


def test_sight_of_one_person(cast: Cast):
    operation = opened(cast)
    open_sight(operation, person=cast.inspector, at=NOON)
    open_sight(operation, person=cast.gmp_operator, at=NOON)
    assert seers(cast, operation) == {"applicant", "inspector", "gmp_operator"}
    assert standings(cast.inspector, operation, NOON) == {office(Role.INSPECTOR)}
    assert standings(cast.gmp_operator, operation, NOON) == {INVITED}


def test_sight_is_of_an_office_or_of_a_person(cast: Cast):
    operation = opened(cast)
    for wrong in ({"office": Role.AO, "person": cast.ao}, {"office": "", "person": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Sight.objects.create(operation=operation, opened_at=NOON, **wrong)


LOSSES: list[tuple[str, Callable[[Cast], object]]] = [
    ("ao", lambda cast: end_grant(RoleGrant.objects.get(person=cast.ao), by=cast.sysadmin, at=NOON)),
    ("ao", lambda cast: deactivate(cast.ao, by=cast.sysadmin, at=NOON)),
    ("silver", lambda cast: deactivate(cast.silver, by=cast.sysadmin, at=NOON)),
]


@pytest.mark.parametrize(("username", "loss"), LOSSES)
def test_who_loses_the_office_or_leaves_sees_nothing_at_the_next_request(cast: Cast, username: str, loss: Callable[[Cast], object]):
    operation = opened(cast, ("silver", Role.SILVER))
    open_sight(operation, office=Role.AO, at=NOON)
    assert username in seers(cast, operation)
    loss(cast)
    assert username not in seers(Cast.gathered(), operation)


def test_nobody_in_particular_sees_nothing(cast: Cast):
    operation = opened(cast)
    assert not Operation.objects.visible_to(AnonymousUser(), NOON).exists()
    assert standings(AnonymousUser(), operation, NOON) == frozenset()


def test_standings_name_each_part_and_office(cast: Cast):
    operation = opened(cast, ("operator", Role.OPERATOR), ("operator", Role.WATCHLIST_COMPILER))
    assert standings(cast.operator, operation, NOON) == {APPOINTED, as_(Role.OPERATOR), as_(Role.WATCHLIST_COMPILER)}
    open_sight(operation, office=Role.AO, at=NOON)
    assert standings(cast.ao, operation, NOON) == {office(Role.AO)}


def test_a_stranger_is_told_404_a_seer_without_a_hand_403(cast: Cast):
    row = Row.of("thing", sees={APPOINTED}, writes={as_(Role.SILVER)})
    nobody = Row.of("thing", sees={APPOINTED})
    operation = opened(cast, ("silver", Role.SILVER), ("bronze", Role.BRONZE))
    assert check_writes(row, cast.silver, operation, NOON) == {APPOINTED, as_(Role.SILVER)}
    with pytest.raises(NotPermitted, match="change its thing"):
        check_writes(row, cast.bronze, operation, NOON)
    with pytest.raises(NotPermitted):
        check_writes(nobody, cast.silver, operation, NOON)
    with pytest.raises(NotVisible):
        check_writes(row, cast.stranger, operation, NOON)


@pytest.mark.parametrize("crowd", [1, 40])
def test_the_number_of_statements_does_not_grow(cast: Cast, crowd: int, django_assert_num_queries: Any):
    """Lists of 500, operations with many people: the statements stay the same."""
    operation = opened(cast, ("silver", Role.SILVER))
    for _ in range(crowd):
        other = opened(cast, ("silver", Role.SILVER), ("bronze", Role.BRONZE), ("operator", Role.OPERATOR))
        open_sight(other, office=Role.AO, at=NOON)
    for office_ in SEEING_OFFICES:
        open_sight(operation, office=office_, at=NOON)
    for person in (cast.silver, cast.ao, cast.stranger):
        with django_assert_num_queries(3):
            standings(person, operation, NOON)
        with django_assert_num_queries(2):
            list(Operation.objects.visible_to(person, NOON))
    assert Operation.objects.visible_to(cast.silver, NOON).count() == crowd + 1
    assert Operation.objects.visible_to(cast.ao, NOON).count() == crowd + 1
