"""Outside the demonstration nobody gets anywhere without a second factor, and its secret is not in the database as it is."""

import re
import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from accounts.models import User
from accounts.sealing import seal, unseal
from accounts.services import reset_sign_in
from audit.models import TrailEntry
from lfr_governance.demonstration.people import Cast
from tests.accounts.test_sign_in import is_signed_in, sign_in
from tests.cast import NOON, PASSWORD

SET_UP = "/account/second-factor/set-up/"
CODES = "/account/second-factor/codes/"


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


@pytest.fixture
def officer(cast: Cast, outside_demonstration: None) -> User:
    """A real person: an Authorising Officer who is not of the demonstration."""
    User.objects.filter(pk=cast.ao.pk).update(is_demonstration=False)
    return User.objects.get(pk=cast.ao.pk)


def set_up(client: Client) -> str:
    """Sign in for the first time and set up the app. Returns its secret."""
    sign_in(client, "ao")
    page = client.get(SET_UP).content.decode()
    secret = re.search(r"<strong>([A-Z2-7]{32})</strong>", page)
    assert secret
    assert client.post(SET_UP, {"code": code_of(secret[1])})["Location"] == CODES
    return secret[1]


@pytest.fixture
def secret(officer: User) -> str:
    return set_up(Client())


def test_P1_a_person_without_a_second_factor_is_led_to_set_it_up_before_anything_else(officer: User) -> None:
    client = Client()
    sign_in(client, "ao")
    for path in ("/", "/training/", "/account/", "/notices/"):
        assert client.get(path)["Location"] == SET_UP, path
    assert client.post("/notices/read/")["Location"] == SET_UP


def test_P1_and_is_then_shown_recovery_codes_and_may_go_on(officer: User) -> None:
    client = Client()
    set_up(client)
    page = client.get(CODES)
    assert len(re.findall(r"<strong>\d{8}</strong>", page.content.decode())) == 10
    assert client.get("/training/").status_code == 200
    for path in (CODES + "download/", CODES + "new/", "/account/second-factor/", "/account/second-factor/remove/"):
        assert client.get(path).status_code == 200, path


def test_P1_a_wrong_code_sets_nothing_up(officer: User) -> None:
    client = Client()
    sign_in(client, "ao")
    client.get(SET_UP)
    assert "That code is wrong" in client.post(SET_UP, {"code": "000000"}).content.decode()
    assert not Authenticator.objects.exists()


def test_P1_from_then_on_the_password_alone_signs_nobody_in(secret: str) -> None:
    client = Client()
    assert sign_in(client, "ao", next="/training/")["Location"] == "/sign-in/code/"
    assert not is_signed_in(client)
    assert client.get("/training/").status_code == 302


def test_P1_the_code_does_and_leads_to_where_the_person_wanted_to_go(secret: str) -> None:
    client = Client()
    sign_in(client, "ao", next="/training/")
    assert client.get("/sign-in/code/").status_code == 200
    assert client.post("/sign-in/code/", {"code": code_of(secret)})["Location"] == "/training/"
    assert is_signed_in(client)
    assert '"second_factor":true' in TrailEntry.objects.latest("id").payload


def test_P1_a_code_is_good_for_one_sign_in(secret: str) -> None:
    code = code_of(secret)
    for works in (True, False):
        client = Client()
        sign_in(client, "ao")
        client.post("/sign-in/code/", {"code": code})
        assert is_signed_in(client) == works


def test_P1_a_recovery_code_works_once(secret: str) -> None:
    code = Authenticator.objects.get(type=Authenticator.Type.RECOVERY_CODES).wrap().get_unused_codes()[0]
    for works in (True, False):
        client = Client()
        sign_in(client, "ao")
        client.post("/sign-in/code/", {"code": code})
        assert is_signed_in(client) == works


def test_G5_a_wrong_code_stands_in_the_trail_and_five_close_the_account_for_a_while(secret: str) -> None:
    client = Client()
    sign_in(client, "ao")
    for _ in range(5):
        client.post("/sign-in/code/", {"code": "000000"})
    entry = TrailEntry.objects.latest("id")
    assert (entry.action, '"step":"second factor"' in entry.payload) == ("sign_in.failed", True)
    assert "There have been too many tries" in client.post("/sign-in/code/", {"code": code_of(secret)}).content.decode()
    assert not is_signed_in(client)


def test_P1_a_post_without_a_code_signs_nobody_in(secret: str) -> None:
    client = Client()
    sign_in(client, "ao")
    client.post("/sign-in/code/", {"credential": "{}"})
    assert not is_signed_in(client)


def test_P1_who_removes_the_app_sets_up_another_before_anything_else(officer: User) -> None:
    client = Client()
    set_up(client)
    assert client.post("/account/second-factor/remove/")["Location"] == SET_UP
    for path in ("/training/", "/account/second-factor/", CODES):
        assert client.get(path)["Location"] == SET_UP, path


def test_P1_an_open_session_shows_recovery_codes_only_to_who_knows_the_password(officer: User) -> None:
    client = Client()
    set_up(client)
    session = client.session
    session["account_authentication_methods"] = [record | {"at": 0} for record in session["account_authentication_methods"]]
    session.save()
    assert client.get(CODES)["Location"].startswith("/account/confirm/")
    assert client.get("/account/confirm/").status_code == 200
    assert "not your password" in client.post("/account/confirm/", {"password": "guess"}).content.decode()
    client.post("/account/confirm/", {"password": PASSWORD})
    assert client.get(CODES).status_code == 200


def test_P1_an_administrator_resets_it_and_the_person_sets_it_up_anew(cast: Cast, secret: str, settings: Any) -> None:
    officer = User.objects.get(username="ao")
    password = reset_sign_in(officer, by=cast.sysadmin, at=NOON)
    client = Client()
    sign_in(client, "ao", password)
    assert client.get("/training/")["Location"] == "/account/password/"
    client.post("/account/password/", {"old": password, "new_password": "thermos gantry otter"})
    assert client.get("/training/")["Location"] == SET_UP


def test_P1_the_demonstration_has_no_second_factor(cast: Cast) -> None:
    client = Client()
    sign_in(client, "ao")
    assert client.get("/training/").status_code == 200
    for path in (SET_UP, CODES, "/account/second-factor/", "/sign-in/code/", "/account/confirm/"):
        assert client.get(path).status_code == 404, path


def test_P1_the_secret_in_the_database_is_sealed(secret: str) -> None:
    kept = Authenticator.objects.get(type=Authenticator.Type.TOTP).data["secret"]
    assert kept != secret and secret not in str(list(Authenticator.objects.values_list("data", flat=True)))
    assert unseal(kept) == secret


def test_P1_what_was_sealed_with_a_former_key_still_opens(settings: Any) -> None:
    sealed = seal("words")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another key altogether", [settings.SECRET_KEY]
    assert unseal(sealed) == "words"
