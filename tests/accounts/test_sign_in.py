"""Signing in: the first form that anyone meets. Wrong passwords are counted, demonstration people exist in the demonstration alone."""

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from django.contrib.auth import SESSION_KEY
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import User
from accounts.services import deactivate, register_person, reset_sign_in
from accounts.signing import TRIES, check_password_again
from accounts.states import Rank
from audit.models import TrailEntry
from lfr_governance.demonstration.people import Cast
from policy.refusals import RuleBroken
from tests.cast import NOON, PASSWORD

WRONG = "The user name or the password is wrong"
LOCKED = "There have been too many tries"


def sign_in(client: Client, username: str, password: str = PASSWORD, **more: str) -> Any:
    return client.post("/sign-in/", {"login": username, "password": password, **more})


def is_signed_in(client: Client) -> bool:
    return SESSION_KEY in client.session


def last_entry() -> TrailEntry:
    return TrailEntry.objects.latest("id")


class Forms(HTMLParser):
    """The forms of a page, each with its method and the names of its visible fields."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[str, str, list[str]]] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        said = dict(attrs)
        if tag == "form":
            self.forms.append((said.get("method", "get"), said.get("action", ""), []))
        elif tag == "input" and self.forms and said.get("type") != "hidden":
            self.forms[-1][2].append(said["name"])


def test_P1_the_first_form_that_a_stranger_reaches_from_the_root_is_the_sign_in_form(cast: Cast) -> None:
    client = Client()
    page = client.get("/", follow=True)
    forms = Forms()
    forms.feed(page.content.decode())
    assert page.redirect_chain == [("/sign-in/?next=%2F", 302)]
    assert forms.forms == [("post", "/sign-in/", ["login", "password"])]


def test_P1_a_person_signs_in_and_comes_to_where_they_wanted_to_go(cast: Cast) -> None:
    client = Client()
    answer = sign_in(client, "ao", next="/training/")
    assert (answer.status_code, answer["Location"], is_signed_in(client)) == (302, "/training/", True)
    assert (last_entry().action, last_entry().actor_id) == ("person.signed_in", cast.ao.pk)


def test_P1_nobody_is_led_to_another_site(cast: Cast) -> None:
    assert sign_in(Client(), "ao", next="https://elsewhere.example/")["Location"] == "/"


def test_P1_a_telephone_may_write_the_user_name_large(cast: Cast) -> None:
    client = Client()
    sign_in(client, " Ao ")
    assert is_signed_in(client)


def test_P1_a_wrong_password_says_so_and_keeps_the_user_name(cast: Cast) -> None:
    client = Client()
    page = sign_in(client, "ao", "guess").content.decode()
    assert WRONG in page and 'value="ao"' in page and "guess" not in page
    assert not is_signed_in(client)


def test_P1_an_unknown_user_name_gets_the_same_answer(cast: Cast) -> None:
    answers = [re.sub(r'(value|nonce)="[^"]*"', "", sign_in(Client(), name, "guess").content.decode()) for name in ("ao", "nobody")]
    assert answers[0] == answers[1]


def test_G5_a_failed_sign_in_stands_in_the_trail_without_what_was_typed(cast: Cast) -> None:
    sign_in(Client(), "ao", "my-guess")
    known = last_entry()
    sign_in(Client(), "typed-password-here", "my-guess")
    unknown = last_entry()
    assert (known.action, known.thing_id, known.actor_id) == ("sign_in.failed", str(cast.ao.pk), None)
    assert (unknown.action, unknown.thing_type, unknown.actor_id) == ("sign_in.failed", "audit.chainhead", None)
    assert "my-guess" not in known.payload + unknown.payload and "typed-password-here" not in unknown.payload


def test_G5_a_sign_out_stands_in_the_trail(cast: Cast) -> None:
    client = Client()
    sign_in(client, "ao")
    assert client.get("/sign-out/").status_code == 200  # a link followed by mistake signs nobody out
    assert is_signed_in(client)
    client.post("/sign-out/")
    assert not is_signed_in(client)
    assert (last_entry().action, last_entry().actor_id) == ("person.signed_out", cast.ao.pk)


def test_P1_after_five_wrong_passwords_the_right_one_waits_too(cast: Cast) -> None:
    for _ in range(5):
        assert WRONG in sign_in(Client(), "ao", "guess").content.decode()
    client = Client()
    assert LOCKED in sign_in(client, "ao").content.decode()
    assert not is_signed_in(client)
    sign_in(client, "ao2")
    assert is_signed_in(client)


def test_P1_too_many_tries_from_one_address_get_a_page_that_says_so(cast: Cast, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    sign_in(Client(), "ao", "guess")
    page = sign_in(Client(), "ao")
    assert (page.status_code, "Too many tries" in page.content.decode()) == (429, True)


def test_P1_signing_in_often_is_no_wrong_try(cast: Cast) -> None:
    for _ in range(7):
        client = Client()
        sign_in(client, "ao")
        assert is_signed_in(client)


def test_P1_demonstration_people_cannot_sign_in_outside_the_demonstration(cast: Cast, outside_demonstration: None) -> None:
    client = Client()
    assert WRONG in sign_in(client, "ao").content.decode()
    assert not is_signed_in(client)


def test_P1_and_whoever_is_signed_in_when_it_ends_is_nobody_at_the_next_request(cast: Cast, settings: Any) -> None:
    client = Client()
    sign_in(client, "ao")
    assert client.get("/training/").status_code == 200
    settings.DEMO = False
    assert client.get("/training/").status_code == 302


def test_P1_a_deactivated_person_is_nobody_at_the_next_request_and_cannot_come_back(cast: Cast) -> None:
    client = Client()
    sign_in(client, "ao")
    deactivate(cast.ao, by=cast.sysadmin, at=NOON)
    assert client.get("/training/").status_code == 302
    assert WRONG in sign_in(Client(), "ao").content.decode()


def test_P1_an_office_that_ends_closes_its_pages_at_the_next_request(cast: Cast) -> None:
    client = Client()
    sign_in(client, "training")
    assert client.get("/training/register/").status_code == 200
    cast.training.grants.get().ended_at = NOON
    grant = cast.training.grants.get()
    grant.ended_at, grant.ended_by = NOON, cast.sysadmin
    grant.save()
    assert client.get("/training/register/").status_code == 403


def test_P1_the_demonstration_names_its_people_and_nothing_else_does(cast: Cast, settings: Any) -> None:
    page = Client().get("/sign-in/").content.decode()
    assert all(text in page for text in ("sysadmin2", "Stephen Tyson", "Authorising Officer", "gmp_operator"))
    assert PASSWORD not in page
    settings.DEMO = False
    assert "Stephen Tyson" not in Client().get("/sign-in/").content.decode()


@pytest.mark.parametrize("path", ["/signup/", "/accounts/signup/", "/sign-in/signup/", "/password/reset/"])
def test_P1_nobody_signs_up(cast: Cast, path: str) -> None:
    assert Client().get(path).status_code == 404


def one_time(cast: Cast) -> tuple[User, str]:
    person = register_person(force=cast.force, username="new", name="New Person", rank=Rank.STAFF, demonstration=True, by=cast.sysadmin, at=NOON)
    return person, reset_sign_in(person, by=cast.sysadmin, at=NOON)


def test_P1_a_new_person_cannot_sign_in_before_they_have_a_password(cast: Cast) -> None:
    register_person(force=cast.force, username="new", name="New Person", rank=Rank.STAFF, demonstration=True, by=cast.sysadmin, at=NOON)
    for guess in ("", "None", PASSWORD):
        client = Client()
        sign_in(client, "new", guess)
        assert not is_signed_in(client)


def test_P1_with_a_one_time_password_a_person_first_chooses_their_own(cast: Cast) -> None:
    person, password = one_time(cast)
    client = Client()
    sign_in(client, "new", password)
    assert client.get("/training/")["Location"] == "/account/password/"
    new = "thermos gantry otter"
    assert client.post("/account/password/", {"old": password, "new_password": new})["Location"] == "/"
    assert client.get("/training/").status_code == 200
    person.refresh_from_db()
    assert person.check_password(new)
    assert new not in last_entry().payload


@pytest.mark.parametrize(
    ("new", "said"),
    [
        ("short", "at least 12 characters"),
        ("password1234", "too common"),
        ("New Person!!", "too similar to the name"),
        ("847364856473", "entirely numeric"),
    ],
)
def test_P1_a_password_that_is_soon_guessed_is_refused(cast: Cast, new: str, said: str) -> None:
    _, password = one_time(cast)
    client = Client()
    sign_in(client, "new", password)
    assert said in client.post("/account/password/", {"old": password, "new_password": new}).content.decode()


def test_P1_the_wrong_old_password_and_the_same_password_are_refused(cast: Cast) -> None:
    _, password = one_time(cast)
    client = Client()
    sign_in(client, "new", password)
    wrong = client.post("/account/password/", {"old": "guess", "new_password": "thermos gantry otter"})
    assert (wrong.status_code, "not your password" in wrong.content.decode()) == (409, True)
    assert client.post("/account/password/", {"old": password, "new_password": password}).status_code == 409


def test_P1_the_first_administrator_is_founded_by_a_command_and_chooses_their_own_password(cast: Cast, capsys: Any) -> None:
    with pytest.raises(CommandError, match="already has two System Administrators"):
        call_command("found_administrator", "first", "The First")
    deactivate(cast.sysadmin2, by=cast.sysadmin, at=NOON)
    call_command("found_administrator", "first", "The First")
    client = Client()
    sign_in(client, "first", capsys.readouterr().out.removeprefix("One-time password: ").strip())
    assert client.get("/people/")["Location"] == "/account/password/"


def test_P1_resetting_how_somebody_signs_in_ends_their_sessions(cast: Cast) -> None:
    person, password = one_time(cast)
    client = Client()
    sign_in(client, "new", password)
    reset_sign_in(person, by=cast.sysadmin2, at=NOON)
    assert client.get("/account/password/").status_code == 302


def test_P1_visitors_do_not_change_the_password_of_the_demonstration(cast: Cast) -> None:
    client = Client()
    sign_in(client, "ao")
    assert client.post("/account/password/", {"old": PASSWORD, "new_password": "thermos gantry otter"}).status_code == 409
    with pytest.raises(RuleBroken, match="share one password"):
        reset_sign_in(cast.ao, by=cast.sysadmin, at=NOON)


def test_A15_signing_asks_for_the_password_again(cast: Cast) -> None:
    assert check_password_again(cast.ao, PASSWORD) == "password"
    with pytest.raises(RuleBroken, match="not your password") as told:
        check_password_again(cast.ao, "guess")
    assert (told.value.code, told.value.clause) == ("A-15", ""), "a slip of the hand breaks no clause of the policy"


def test_A15_wrong_passwords_at_signing_are_counted_for_each_person_and_a_right_one_clears_the_count(cast: Cast) -> None:
    for _ in range(TRIES - 1):
        with pytest.raises(RuleBroken, match="not your password"):
            check_password_again(cast.ao, "guess")
    check_password_again(cast.ao, PASSWORD)
    for _ in range(TRIES):
        with pytest.raises(RuleBroken, match="not your password"):
            check_password_again(cast.ao, "guess")
    with pytest.raises(RuleBroken, match="too often"):
        check_password_again(cast.ao, PASSWORD)
    check_password_again(cast.ao2, PASSWORD)
