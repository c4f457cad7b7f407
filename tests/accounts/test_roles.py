"""P-1: what a person may be. Granted by one administrator, confirmed by another, neither of them the person; lost at once."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.models import Notice, RoleGrant, User
from accounts.services import confirm_grant, deactivate, end_grant, found_administrator, grant_role, reactivate, register_person
from accounts.states import Rank, Role
from audit.models import TrailEntry
from lfr_governance.demonstration.people import Cast
from policy.refusals import NotPermitted, RuleBroken
from tests.cast import NOON, grant_confirmed


def refused(code: str, act: Callable[..., Any], *args: Any, **kwargs: Any) -> RuleBroken:
    """The act is refused under that rule, with a way out, and the attempt stands in the trail."""
    with pytest.raises(RuleBroken) as caught:
        act(*args, **kwargs)
    assert (caught.value.code, bool(caught.value.remedy)) == (code, True)
    last = TrailEntry.objects.latest("id")
    assert (last.action, last.actor_id) == ("act.refused", kwargs["by"].pk)
    return caught.value


def third_administrator(cast: Cast) -> User:
    grant_confirmed(cast, cast.chair, Role.SYSTEM_ADMINISTRATOR)
    return cast.chair


def test_P1_a_role_counts_only_once_a_second_administrator_has_confirmed_it(cast: Cast) -> None:
    grant = grant_role(cast.stranger, role=Role.LOGGIST, by=cast.sysadmin, at=NOON)
    assert Role.LOGGIST not in cast.stranger.offices(NOON)
    confirm_grant(grant, by=cast.sysadmin2, at=NOON)
    assert Role.LOGGIST in cast.stranger.offices(NOON)


def test_P1_nobody_grants_a_role_to_themselves(cast: Cast) -> None:
    refused("P-1", grant_role, cast.sysadmin, role=Role.AO, by=cast.sysadmin, at=NOON)


def test_P1_the_granter_does_not_confirm(cast: Cast) -> None:
    grant = grant_role(cast.stranger, role=Role.LOGGIST, by=cast.sysadmin, at=NOON)
    refused("P-1", confirm_grant, grant, by=cast.sysadmin, at=NOON)


def test_P1_the_grantee_does_not_confirm(cast: Cast) -> None:
    third = third_administrator(cast)
    grant = grant_role(third, role=Role.LOGGIST, by=cast.sysadmin, at=NOON)
    refused("P-1", confirm_grant, grant, by=third, at=NOON)


def write(sql: str, *params: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)


@pytest.mark.parametrize("column", ["granted_by_id", "confirmed_by_id"])
def test_P1_the_database_refuses_a_grant_whose_hands_are_not_three(cast: Cast, column: str) -> None:
    """Raw SQL, past every act."""
    grant = grant_confirmed(cast, cast.stranger, Role.LOGGIST)
    with connection.cursor() as cursor:
        cursor.execute("SELECT person_id FROM accounts_rolegrant WHERE role = 'loggist' ORDER BY granted_at DESC LIMIT 1")
        person = cursor.fetchone()[0]
    with pytest.raises(IntegrityError):
        write(f"UPDATE accounts_rolegrant SET {column} = %s WHERE role = 'loggist' AND person_id = %s", person, person)
    with pytest.raises(IntegrityError):
        write("UPDATE accounts_rolegrant SET confirmed_by_id = granted_by_id WHERE role = 'loggist' AND person_id = %s", person)
    grant.refresh_from_db()
    assert (grant.granted_by, grant.confirmed_by) == (cast.sysadmin, cast.sysadmin2)


def test_P1_the_database_refuses_a_second_open_grant_of_a_role(cast: Cast) -> None:
    grant_role(cast.stranger, role=Role.LOGGIST, by=cast.sysadmin, at=NOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleGrant.objects.create(person=cast.stranger, role=Role.LOGGIST, granted_at=NOON, granted_by=cast.sysadmin2)


def test_P1_a_role_that_is_held_or_waits_is_not_granted_again(cast: Cast) -> None:
    grant = grant_role(cast.stranger, role=Role.LOGGIST, by=cast.sysadmin, at=NOON)
    refused("P-1", grant_role, cast.stranger, role=Role.LOGGIST, by=cast.sysadmin, at=NOON)
    confirm_grant(grant, by=cast.sysadmin2, at=NOON)
    refused("P-1", grant_role, cast.stranger, role=Role.LOGGIST, by=cast.sysadmin, at=NOON)


def test_P1_a_grant_is_confirmed_once(cast: Cast) -> None:
    refused("P-1", confirm_grant, grant_confirmed(cast, cast.stranger, Role.LOGGIST), by=cast.sysadmin2, at=NOON)


def test_P1_a_role_lasts_to_the_end_of_its_last_london_day_and_can_then_be_granted_anew(cast: Cast) -> None:
    grant_confirmed(cast, cast.stranger, Role.LOGGIST, until_date=date(2026, 10, 9))
    last_instant, next_instant = datetime(2026, 10, 9, 22, 59, 59, tzinfo=UTC), datetime(2026, 10, 9, 23, tzinfo=UTC)
    assert Role.LOGGIST in cast.stranger.offices(last_instant)
    assert Role.LOGGIST not in cast.stranger.offices(next_instant)
    assert Role.LOGGIST in grant_confirmed(cast, cast.stranger, Role.LOGGIST, at=next_instant).person.offices(next_instant)


def test_P1_a_last_day_in_the_past_is_refused(cast: Cast) -> None:
    refused("P-1", grant_role, cast.stranger, role=Role.LOGGIST, until_date=date(2026, 10, 6), by=cast.sysadmin, at=NOON)


def test_P1_an_independent_inspector_has_access_for_a_stated_time(cast: Cast) -> None:
    refused("P-1", grant_role, cast.stranger, role=Role.INSPECTOR, by=cast.sysadmin, at=NOON)


def test_P1_a_role_ends_at_once_and_once(cast: Cast) -> None:
    grant = grant_confirmed(cast, cast.stranger, Role.LOGGIST)
    end_grant(grant, by=cast.sysadmin2, at=NOON)
    assert Role.LOGGIST not in cast.stranger.offices(NOON)
    refused("P-1", end_grant, grant, by=cast.sysadmin, at=NOON)


def test_P1_a_declined_grant_is_not_confirmed_afterwards(cast: Cast) -> None:
    grant = grant_role(cast.stranger, role=Role.LOGGIST, by=cast.sysadmin, at=NOON)
    end_grant(grant, by=cast.sysadmin2, at=NOON)
    refused("P-1", confirm_grant, grant, by=cast.sysadmin2, at=NOON)


def test_P1_who_is_deactivated_holds_nothing_even_after_coming_back(cast: Cast) -> None:
    deactivate(cast.ao, by=cast.sysadmin, at=NOON)
    assert cast.ao.offices(NOON) == frozenset()
    reactivate(cast.ao, by=cast.sysadmin, at=NOON)
    assert User.objects.get(pk=cast.ao.pk).offices(NOON) == frozenset()
    assert Role.AO in grant_confirmed(cast, cast.ao, Role.AO).person.offices(NOON)


def test_P1_deactivating_is_done_once_and_to_others(cast: Cast) -> None:
    refused("P-1", deactivate, cast.sysadmin, by=cast.sysadmin, at=NOON)
    refused("P-1", reactivate, cast.stranger, by=cast.sysadmin, at=NOON)
    deactivate(cast.stranger, by=cast.sysadmin, at=NOON)
    refused("P-1", deactivate, cast.stranger, by=cast.sysadmin, at=NOON)
    refused("P-1", grant_role, cast.stranger, role=Role.LOGGIST, by=cast.sysadmin, at=NOON)


def test_P1_one_person_has_one_account_however_the_name_is_written(cast: Cast) -> None:
    new = {"force": cast.force, "name": "Alan Tarn", "rank": Rank.SERGEANT, "by": cast.sysadmin, "at": NOON}
    assert register_person(username=" A.Tarn ", **new).username == "a.tarn"
    refused("P-1", register_person, username="A.TARN", **new)


def test_P1_the_system_founds_two_administrators_and_no_third(cast: Cast) -> None:
    with pytest.raises(RuleBroken):
        found_administrator(force=cast.force, username="third", name="A Third", password="", by=None, at=NOON)
    deactivate(cast.sysadmin2, by=cast.sysadmin, at=NOON)
    found_administrator(force=cast.force, username="third", name="A Third", password="", by=None, at=NOON)


def test_P1_only_a_system_administrator_acts_on_people(cast: Cast) -> None:
    grant = grant_role(cast.stranger, role=Role.LOGGIST, by=cast.sysadmin, at=NOON)
    for attempt in (
        lambda by: grant_role(cast.stranger, role=Role.GOLD, by=by, at=NOON),
        lambda by: confirm_grant(grant, by=by, at=NOON),
        lambda by: end_grant(grant, by=by, at=NOON),
        lambda by: deactivate(cast.stranger, by=by, at=NOON),
        lambda by: reactivate(cast.stranger, by=by, at=NOON),
        lambda by: register_person(force=cast.force, username="new", name="New", rank=Rank.STAFF, by=by, at=NOON),
    ):
        with pytest.raises(NotPermitted):
            attempt(cast.ao)


def test_P1_the_other_administrators_are_asked_to_confirm_and_the_person_is_told(cast: Cast) -> None:
    third = third_administrator(cast)
    Notice.objects.all().delete()
    grant = grant_role(cast.stranger, role=Role.LOGGIST, by=cast.sysadmin, at=NOON)
    assert set(Notice.objects.values_list("person__username", flat=True)) == {"sysadmin2", third.username}
    confirm_grant(grant, by=cast.sysadmin2, at=NOON)
    assert Notice.objects.get(person=cast.stranger).text == "You now have the role Loggist"
    assert not Notice.objects.unread().exclude(person=cast.stranger).exists()


def test_P1_every_act_on_people_stands_in_the_trail(cast: Cast) -> None:
    before = TrailEntry.objects.latest("id").pk
    person = register_person(force=cast.force, username="new", name="New", rank=Rank.STAFF, by=cast.sysadmin, at=NOON)
    end_grant(grant_confirmed(cast, person, Role.LOGGIST), by=cast.sysadmin, at=NOON)
    deactivate(person, by=cast.sysadmin, at=NOON + timedelta(hours=1))
    actions = TrailEntry.objects.filter(pk__gt=before).order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["person.registered", "role.granted", "role.confirmed", "role.ended", "person.deactivated"]
