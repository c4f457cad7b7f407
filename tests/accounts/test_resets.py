"""P-1: who resets the sign-in of an administrator could act as that administrator, so it takes two others; of anybody else, one."""

import re

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.models import Notice, SignInReset, User
from accounts.services import ask_sign_in_reset, confirm_sign_in_reset, decline_sign_in_reset, register_person, reset_sign_in
from accounts.states import Rank, Role
from lfr_governance.awaiting import mine
from lfr_governance.demonstration.people import Cast
from tests.accounts.conftest import Visit
from tests.accounts.test_roles import refused
from tests.cast import NOON, grant_confirmed


@pytest.fixture
def locked_out(cast: Cast) -> User:
    """A third administrator, with a password of their own: those of the demonstration share one, which nobody resets."""
    person = register_person(
        force=cast.force, username="third", name="Third Administrator", rank=Rank.STAFF, password="thermos gantry otter", by=cast.sysadmin, at=NOON
    )
    grant_confirmed(cast, person, Role.SYSTEM_ADMINISTRATOR)
    return person


def works(person: User) -> bool:
    return User.objects.get(pk=person.pk).check_password("thermos gantry otter")


def test_P1_nobody_resets_the_sign_in_of_an_administrator_alone(cast: Cast, locked_out: User) -> None:
    refused("P-1", reset_sign_in, locked_out, by=cast.sysadmin, at=NOON)
    reset = ask_sign_in_reset(locked_out, by=cast.sysadmin, at=NOON)
    assert works(locked_out), "asking changes nothing"
    refused("P-1", confirm_sign_in_reset, reset, by=cast.sysadmin, at=NOON)
    refused("P-1", confirm_sign_in_reset, reset, by=locked_out, at=NOON)
    assert works(locked_out)
    password = confirm_sign_in_reset(reset, by=cast.sysadmin2, at=NOON)
    changed = User.objects.get(pk=locked_out.pk)
    assert changed.check_password(password) and changed.password_is_temporary
    refused("P-1", confirm_sign_in_reset, reset, by=cast.sysadmin2, at=NOON)


def test_P1_of_anybody_else_one_administrator_resets_it(cast: Cast) -> None:
    person = register_person(force=cast.force, username="new", name="New Person", rank=Rank.STAFF, by=cast.sysadmin, at=NOON)
    refused("P-1", ask_sign_in_reset, person, by=cast.sysadmin, at=NOON)
    assert reset_sign_in(person, by=cast.sysadmin, at=NOON)


def test_P1_a_reset_is_asked_for_once_and_by_another_and_can_be_declined_by_the_person(cast: Cast, locked_out: User) -> None:
    refused("P-1", ask_sign_in_reset, locked_out, by=locked_out, at=NOON)
    reset = ask_sign_in_reset(locked_out, by=cast.sysadmin, at=NOON)
    refused("P-1", ask_sign_in_reset, locked_out, by=cast.sysadmin2, at=NOON)
    told = Notice.objects.unread().filter(key=f"reset-asked:{reset.pk}")
    assert {notice.person for notice in told} == {locked_out, cast.sysadmin2}
    decline_sign_in_reset(reset, by=locked_out, at=NOON)
    assert works(locked_out) and not told.all().exists()
    refused("P-1", confirm_sign_in_reset, reset, by=cast.sysadmin2, at=NOON)
    assert ask_sign_in_reset(locked_out, by=cast.sysadmin2, at=NOON) != reset


def test_P1_the_database_too_wants_three_people(cast: Cast, locked_out: User) -> None:
    for asked_by, confirmed_by in ((locked_out, cast.sysadmin), (cast.sysadmin, cast.sysadmin), (cast.sysadmin, locked_out)):
        with pytest.raises(IntegrityError), transaction.atomic():
            SignInReset.objects.create(person=locked_out, asked_at=NOON, asked_by=asked_by, confirmed_at=NOON, confirmed_by=confirmed_by)


def test_P1_the_second_administrator_finds_it_at_home_and_sees_the_password_once(cast: Cast, locked_out: User, visit: Visit) -> None:
    page = f"/people/{locked_out.pk}/"
    asked = visit(cast.sysadmin).post(f"{page}sign-in/")
    reset = SignInReset.objects.get()
    assert (asked["Location"], works(locked_out)) == (page, True)
    hers, confirm = visit(cast.sysadmin).get(page).content.decode(), f"/people/resets/{reset.pk}/confirm/"
    assert "another System Administrator does it" in hers and confirm not in hers
    assert not any(item.href == page for item in mine(cast.sysadmin, NOON)) and any(item.href == page for item in mine(cast.sysadmin2, NOON))
    second: Client = visit(cast.sysadmin2)
    assert confirm in second.get(page).content.decode()
    assert f"{cast.sysadmin.name} asked for this" in second.get(confirm).content.decode()
    answer = second.post(confirm)
    assert re.search(r"\w{4}-\w{4}-\w{4}", answer.content.decode()) and answer["Cache-Control"] == "no-store"
    assert second.post(confirm).status_code == 409 and not works(locked_out)


def test_P1_declining_is_one_button(cast: Cast, locked_out: User, visit: Visit) -> None:
    reset = ask_sign_in_reset(locked_out, by=cast.sysadmin, at=NOON)
    assert visit(cast.sysadmin2).post(f"/people/resets/{reset.pk}/decline/")["Location"] == f"/people/{locked_out.pk}/"
    assert SignInReset.objects.get().declined_by == cast.sysadmin2
