"""Who asks: a token that its person made, kept hashed, good for some days, taken back at once (reliability F1, P-1)."""

import json
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.models import ApiToken, User
from accounts.services import deactivate, reactivate, reset_sign_in, revoke_token
from audit.models import TrailEntry
from lfr_governance.demonstration.people import Cast
from policy.refusals import NotVisible
from tests.api.asking import API, Program, in_session, problem, program, token_of
from tests.cast import PASSWORD
from tests.clients import signed_in
from tests.refusals import refused


def asks_as(token: str) -> Program:
    return Program(Client(), Authorization=f"Bearer {token}")


def test_a_token_asks_as_its_person(cast: Cast) -> None:
    answer = asks_as(token_of(cast.silver)).get("/me/")
    told = answer.json()
    assert answer.status_code == 200
    assert (told["username"], told["token"]["name"]) == ("silver", "the rota system")
    assert told["token"]["expires_at"].endswith("Z") and "silver" in told["offices"]


def test_a_session_asks_too(cast: Cast) -> None:
    told = in_session(cast.silver).get("/me/").json()
    assert (told["username"], told["token"]) == ("silver", None)


def test_the_database_holds_a_hash_alone(cast: Cast) -> None:
    token = token_of(cast.silver)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM accounts_apitoken")
        row = " ".join(map(str, cursor.fetchone()))
    assert token.startswith("lfr_") and token not in row and token[ApiToken.SHOWN :] not in row
    assert token not in " ".join(TrailEntry.objects.values_list("payload", flat=True))


@pytest.mark.parametrize("life", ["1", "30", "90"])
def test_a_token_is_good_until_its_moment_and_not_at_it(cast: Cast, life: str) -> None:
    made = timezone.now()
    asker = asks_as(token_of(cast.silver, life=life, at=made))
    end = made + timedelta(days=int(life))
    with time_machine.travel(end - timedelta(seconds=1), tick=False):
        assert asker.get("/me/").status_code == 200
    with time_machine.travel(end, tick=False):
        problem(asker.get("/me/"), 401, "unknown-person")
    assert ApiToken.objects.count() == 1, "what has expired stays on record"


def test_a_revoked_token_opens_nothing_and_can_be_named_again(cast: Cast) -> None:
    asker = program(cast.silver)
    revoke_token(ApiToken.objects.get(), by=cast.silver, at=timezone.now())
    answer = asker.get("/me/")
    problem(answer, 401, "unknown-person")
    assert answer["WWW-Authenticate"] == "Bearer"
    assert program(cast.silver).get("/me/").status_code == 200


def test_nobody_revokes_the_token_of_another(cast: Cast) -> None:
    token_of(cast.silver)
    with refused("access", kind=NotVisible):
        revoke_token(ApiToken.objects.get(), by=cast.gold, at=timezone.now())
    assert signed_in(cast.gold).post(f"/account/tokens/{ApiToken.objects.get().pk}/revoke/").status_code == 404


@pytest.mark.parametrize("text", ["", "x", "lfr_", "a b", "lfr_" + "0" * 64, "é", "%00", "\x00", "🂡"[:1].encode().decode("latin-1"), "y" * 5000])
def test_what_is_no_token_is_nobody(cast: Cast, text: str) -> None:
    problem(Client().get(f"{API}/me/", headers={"Authorization": f"Bearer {text}"}), 401, "unknown-person")


def test_a_password_is_no_way_in(cast: Cast) -> None:
    problem(Client().get(f"{API}/me/", headers={"Authorization": "Basic c2lsdmVyOm9uZQ=="}), 401, "unknown-person")


@pytest.mark.parametrize("by_admin", [deactivate, reset_sign_in])
def test_after_deactivation_or_a_reset_no_token_is_left(cast: Cast, by_admin: Any, settings: Any) -> None:
    settings.DEMO_PASSWORD = "another"
    asker = program(cast.silver)
    by_admin(User.objects.get(pk=cast.silver.pk), by=cast.sysadmin, at=timezone.now())
    problem(asker.get("/me/"), 401, "unknown-person")
    if by_admin is deactivate:
        reactivate(User.objects.get(pk=cast.silver.pk), by=cast.sysadmin, at=timezone.now())
        problem(asker.get("/me/"), 401, "unknown-person")


def test_outside_the_demonstration_its_people_are_nobody(cast: Cast, settings: Any) -> None:
    asker = program(cast.silver)
    settings.DEMO = False
    problem(asker.get("/me/"), 401, "unknown-person")


def test_who_has_not_finished_signing_in_is_told_so(cast: Cast) -> None:
    asker = in_session(cast.silver)
    User.objects.filter(pk=cast.silver.pk).update(password_is_temporary=True)
    assert "signing in" in problem(asker.get("/me/"), 403, "not-permitted")["detail"]


def test_a_session_that_is_over_is_nobody_and_is_led_nowhere(cast: Cast) -> None:
    asker = in_session(cast.applicant)
    asker.get("/me/")
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        problem(asker.get("/me/"), 401, "unknown-person")
        problem(asker.post("/applications/00000000-0000-0000-0000-000000000000/submit/"), 401, "unknown-person")


def test_a_session_needs_the_csrf_token_to_change_anything(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.applicant)
    problem(Program(client).post("/applications/00000000-0000-0000-0000-000000000000/submit/"), 403, "not-permitted")


def test_making_using_and_revoking_stand_in_the_trail_the_use_once_a_day(cast: Cast) -> None:
    asker = program(cast.silver)
    for _ in range(3):
        asker.get("/me/")
    revoke_token(ApiToken.objects.get(), by=cast.silver, at=timezone.now())
    told = TrailEntry.objects.filter(thing_id=str(ApiToken.objects.get().pk)).order_by("pk")
    assert list(told.values_list("action", flat=True)) == ["token.made", "token.used", "token.revoked"]
    assert set(told.values_list("actor_id", flat=True)) == {cast.silver.pk}


def test_the_page_makes_a_token_with_the_password_and_shows_it_once(cast: Cast) -> None:
    client = signed_in(cast.silver)
    sent = {"name": "rota", "life": "30", "password": PASSWORD}
    answer = client.post("/account/tokens/", sent)
    page = answer.content.decode()
    token = page.partition("lfr_")[2][:64]
    assert (answer.status_code, answer["Cache-Control"], len(token)) == (200, "no-store", 64)
    assert asks_as(f"lfr_{token}").get("/me/").status_code == 200
    again = client.get("/account/tokens/").content.decode()
    assert "rota" in again and token[20:] not in again
    assert client.post(f"/account/tokens/{ApiToken.objects.get().pk}/revoke/").status_code == 302
    assert "Revoked" in client.get("/account/tokens/").content.decode()


def test_no_token_without_the_password_nor_two_of_one_name(cast: Cast) -> None:
    client = signed_in(cast.silver)
    wrong = client.post("/account/tokens/", {"name": "rota", "life": "30", "password": "wrong"})
    assert (wrong.status_code, ApiToken.objects.count()) == (409, 0)
    token_of(cast.silver, "rota")
    assert client.post("/account/tokens/", {"name": "rota", "life": "30", "password": PASSWORD}).status_code == 409
    assert client.post("/account/tokens/", {"name": "other", "life": "3650", "password": PASSWORD}).status_code == 200
    assert ApiToken.objects.count() == 1


def test_the_password_is_in_no_refusal_of_the_trail(cast: Cast) -> None:
    signed_in(cast.silver).post("/account/tokens/", {"name": "rota", "life": "30", "password": "a-wrong-password"})
    assert "a-wrong-password" not in json.dumps(list(TrailEntry.objects.values_list("payload", flat=True)))
