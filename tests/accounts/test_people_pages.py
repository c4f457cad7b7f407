"""The administrators' and the training unit's pages: one form, one act; a refusal comes back on the same page with what was typed."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import RoleGrant, TrainingRecord, User
from accounts.services import grant_role
from accounts.states import Rank, Role, Tenure
from lfr_governance.demonstration.people import Cast
from tests.accounts.conftest import Visit
from tests.accounts.test_sign_in import is_signed_in, sign_in


def day(name: str, when: date) -> dict[str, str]:
    return {f"{name}_day": str(when.day), f"{name}_month": str(when.month), f"{name}_year": str(when.year)}


def text(page: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


@pytest.fixture
def admin(cast: Cast, visit: Visit) -> Client:
    return visit(cast.sysadmin)


NEW = {"name": "Ruth Askew", "username": "ruth.askew", "email": "ruth@cumbria.example", "force": "cumbria", "rank": "sergeant"}


def test_P1_from_registered_to_at_work_by_the_pages_alone(cast: Cast, admin: Client, visit: Visit) -> None:
    page = admin.post("/people/register/", NEW)
    person = User.objects.get(username="ruth.askew")
    assert (page["Location"], person.rank_at(timezone.now())) == (f"/people/{person.pk}/", Rank.SERGEANT)
    answer = admin.post(f"/people/{person.pk}/sign-in/")
    password = re.search(r"\w{4}-\w{4}-\w{4}", text(answer))
    assert password and answer["Cache-Control"] == "no-store"
    admin.post(f"/people/{person.pk}/role/", {"role": "loggist"})
    grant = person.grants.get()
    assert visit(cast.sysadmin2).post(f"/people/roles/{grant.pk}/confirm/")["Location"] == f"/people/{person.pk}/"
    hers = Client()
    sign_in(hers, "ruth.askew", password[0])
    hers.post("/account/password/", {"old": password[0], "new_password": "thermos gantry otter"})
    assert "Loggist" in text(hers.get("/account/"))


def test_P1_a_taken_user_name_is_refused_on_the_page_with_what_was_typed(admin: Client) -> None:
    page = admin.post("/people/register/", NEW | {"username": "AO"})
    assert page.status_code == 409
    assert "There is already a person with the user name “ao”" in text(page)
    assert 'value="Ruth Askew"' in page.content.decode()


def test_P1_what_is_missing_is_named(admin: Client) -> None:
    page = text(admin.post("/people/register/", {}))
    for said in ("Enter the person’s name", "Enter a user name", "Select the person’s force", "Select the person’s rank"):
        assert said in page, said


def test_P2_acting_rank_without_its_last_day_is_refused_on_the_page(cast: Cast, admin: Client) -> None:
    typed = {"rank": "superintendent", "tenure": "acting", **day("from_date", date(2026, 10, 1))}
    page = admin.post(f"/people/{cast.stranger.pk}/rank/", typed)
    assert (page.status_code, "Acting and temporary rank need the day on which they end" in text(page)) == (409, True)
    admin.post(f"/people/{cast.stranger.pk}/rank/", typed | day("until_date", date(2026, 10, 31)))
    assert cast.stranger.ranks.filter(tenure=Tenure.ACTING, until_date=date(2026, 10, 31)).exists()


def test_P1_a_role_for_oneself_is_refused_on_the_page_and_not_offered(cast: Cast, admin: Client) -> None:
    page = admin.post(f"/people/{cast.sysadmin.pk}/role/", {"role": "authorising_officer"})
    assert (page.status_code, "Nobody can grant a role to themselves" in text(page)) == (409, True)
    own = admin.get(f"/people/{cast.sysadmin.pk}/").content.decode()
    assert f"/people/{cast.sysadmin.pk}/role/" not in own and "Nobody grants a role to themselves" in own


def waiting(cast: Cast) -> RoleGrant:
    return grant_role(cast.stranger, role=Role.LOGGIST, by=cast.sysadmin, at=timezone.now())


def test_P1_the_granter_is_told_why_they_cannot_confirm(cast: Cast, admin: Client, visit: Visit) -> None:
    confirm = reverse("accounts:confirm_grant", args=[waiting(cast).pk])
    page = admin.get(f"/people/{cast.stranger.pk}/").content.decode()
    assert confirm not in page and "You granted it, so another System Administrator confirms it" in page
    refused = admin.post(confirm)
    assert (refused.status_code, "confirmed by a second person" in text(refused)) == (409, True)
    assert confirm in visit(cast.sysadmin2).get(f"/people/{cast.stranger.pk}/").content.decode()


def test_P1_a_grant_can_be_declined_and_a_role_taken_away(cast: Cast, admin: Client, visit: Visit) -> None:
    grant = waiting(cast)
    assert "Decline the role Loggist" in text(admin.get(f"/people/roles/{grant.pk}/end/"))
    visit(cast.sysadmin2).post(f"/people/roles/{grant.pk}/end/")
    held = cast.stranger.grants.get(role=Role.BRONZE)
    assert "Take away the role Bronze Commander" in text(admin.get(f"/people/roles/{held.pk}/end/"))
    admin.post(f"/people/roles/{held.pk}/end/")
    assert not cast.stranger.grants.filter(ended_at=None).exists()
    assert "Roles of the past" in text(admin.get(f"/people/{cast.stranger.pk}/"))


def test_P1_deactivated_by_the_page_a_person_is_out_at_once_and_can_be_brought_back(cast: Cast, admin: Client) -> None:
    theirs = Client()
    sign_in(theirs, "stranger")
    admin.post(f"/people/{cast.stranger.pk}/deactivate/")
    assert theirs.get("/account/").status_code == 302
    assert "Gemma Strickland" in text(admin.get("/people/?show=inactive"))
    admin.post(f"/people/{cast.stranger.pk}/reactivate/")
    again = Client()
    sign_in(again, "stranger")
    assert is_signed_in(again) and "You have no role yet" in text(again.get("/account/"))


def test_P1_people_are_found_by_name_and_by_what_waits(cast: Cast, admin: Client) -> None:
    waiting(cast)
    assert "Gemma Strickland" in text(admin.get("/people/?words=strick")) and "Stephen Tyson" not in text(admin.get("/people/?words=strick"))
    page = text(admin.get("/people/?show=waiting"))
    assert "Loggist (waits for confirmation)" in page and "Stephen Tyson" not in page


def questions(client: Client, path: str) -> int:
    """How often a page asks the database, the session being known."""
    client.get("/account/")
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


def test_P1_the_list_of_people_asks_the_database_as_often_for_many_as_for_one(cast: Cast, admin: Client) -> None:
    assert questions(admin, "/people/") == questions(admin, "/people/?words=gemma+strickland")


def test_P1_who_was_registered_in_the_demonstration_stays_in_it(admin: Client) -> None:
    admin.post("/people/register/", NEW)
    assert User.objects.get(username="ruth.askew").is_demonstration


def test_P4_the_training_unit_records_a_course_by_the_page(cast: Cast, visit: Visit) -> None:
    client, path = visit(cast.training), f"/training/people/{cast.stranger.pk}/record/"
    today = timezone.localdate()
    assert client.post(path, {"course": "data_protection", **day("completed_date", today)})["Location"] == f"/training/people/{cast.stranger.pk}/"
    assert cast.stranger.training.get(course="data_protection").completed_date == today
    tomorrow = client.post(path, {"course": "data_protection", **day("completed_date", today + timedelta(days=1))})
    assert (tomorrow.status_code, "cannot have been completed in the future" in text(tomorrow)) == (409, True)


def test_P4_the_page_asks_who_attests_for_the_host_force_alone(cast: Cast, visit: Visit) -> None:
    client = visit(cast.training)
    assert "Attested by" not in text(client.get(f"/training/people/{cast.stranger.pk}/record/"))
    page = client.post(f"/training/people/{cast.gmp_operator.pk}/record/", {"course": "lfr_role", **day("completed_date", date(2026, 10, 1))})
    assert "Enter who attested it" in text(page)


@pytest.fixture
def lapsed(cast: Cast) -> None:
    today = timezone.localdate()
    TrainingRecord.objects.filter(person=cast.operator, course="data_protection").update(expires_date=today - timedelta(days=1))
    TrainingRecord.objects.filter(person=cast.silver, course="lfr_command").update(expires_date=today + timedelta(days=60))


@pytest.mark.parametrize(("state", "shown"), [("lapsed", "Tracey Nixon"), ("lapsing", "Carol Dacre")])
def test_P4_the_register_is_filtered_by_what_has_lapsed_or_will(cast: Cast, lapsed: None, visit: Visit, state: str, shown: str) -> None:
    for reader in (cast.training, cast.ao):
        page = text(visit(reader).get(f"/training/register/?state={state}"))
        assert shown in page
        assert {"Tracey Nixon": "Carol Dacre", "Carol Dacre": "Tracey Nixon"}[shown] not in page


def test_P4_a_person_sees_their_own_courses_and_what_their_roles_need(cast: Cast, lapsed: None, visit: Visit) -> None:
    page = text(visit(cast.operator).get("/training/"))
    assert "Lapsed" in page and "Needed as LFR Operator" in page and "Everybody’s training" not in page


def test_P4_the_register_asks_the_database_as_often_for_many_as_for_one(cast: Cast, visit: Visit) -> None:
    client = visit(cast.training)
    assert questions(client, "/training/register/") == questions(client, "/training/register/?words=gemma+strickland")
