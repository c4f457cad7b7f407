"""What the product really answers: every page and every door of the API in the table, opened and sent, as the people of the demonstration."""

import json
import logging
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.db import connection, transaction
from django.template import base
from django.test import Client, override_settings
from django.utils import timezone

from accounts.backends import PasswordBackend
from accounts.middleware import is_api
from accounts.models import User
from lfr_governance.demonstration.people import Cast
from lfr_governance.matrix import EVERYBODY, NOWHERE, Line, addresses, is_button, sends
from operations import permissions
from operations.models import Operation
from tests.access.things import Words
from tests.clients import signed_in

NOBODY = "nobody"  # who is not signed in
STRANGER = "stranger"
SIGN_IN = "/sign-in/"
ASKS_EVERYBODY = connection.vendor == "sqlite"
OPENED = {200, 201, 302, 405, 409}
WORD = re.compile(r"<(?:\w+:)?(\w+)>")
# What a door of the API is sent, where it takes more than nothing.
SENT: dict[str, dict[str, Any]] = {
    "api:withdraw": {"reason": "Called off."},
    "api:section": {"answers": {}},
    "api:reason": {"reason": "weather"},
    "api:resume": {"reason": "It has stopped raining."},
    "api:went_live": {"reason": "The line was down."},
    "api:stand_down": {"reason": "postponed"},
    "api:logs": {"kind": "observation"},
    "api:alerts": {"similarity": "0.7", "category": "missing"},
    "api:judge": {"passed_on": False},
    "api:decide": {"engage": True},
    "api:result": {"result": "not_determined"},
    "api:faces": {"count": 1, "method": "compared"},
    "api:threshold": {"threshold": "0.7"},
}


@dataclass(frozen=True)
class Answer:
    """What somebody got from a page in one state: "200" (it opens), "403", "404", "sign in" (at the API "401"), or what should never be."""

    method: str
    state: str
    person: str
    got: str


def address(line: Line, words: Words) -> str:
    """The page's address in that state."""
    path, _ = addresses()[line.page]

    def word(match: re.Match[str]) -> str:
        name = match.group(1)
        value = words.get(f"{line.page} {name}", words.get(name, line.variant or None))
        assert value is not None, f"{line}: nothing is known of {name} (tests/access/things.py)"
        return str(value)

    return "/" + WORD.sub(word, path)


class Asking:
    """Asks with a browser for each person. What is sent is undone each time, what opening notes once all have asked.

    For whoever opens a page first it is drawn, for the others not.
    """

    def __init__(self, cast: Cast, things: dict[str, Words]) -> None:
        self.clients = {name: signed_in(cast.people[name]) for name in EVERYBODY} | {NOBODY: Client()}
        self.things, self.met, self.drawn = things, dict[str, Line](), set[str]()
        for client in self.clients.values():
            client.get("/healthz")  # when a session began is written once, and not with every answer again

    def answers(self, line: Line) -> Iterator[Answer]:
        for number, state in enumerate(line.states):
            url = address(line, self.things[state])
            asked = self.people(line, number)
            with undone():
                yield from [Answer("GET", state, person, self.ask(line, "get", url, person)) for person in asked if not is_button(line.page)]
            for person in senders(line, number, asked):
                with undone():
                    got = self.ask(line, sends(line.page), url, person)
                yield Answer("POST", state, person, got)

    def people(self, line: Line, number: int) -> tuple[str, ...]:
        """Everybody, the first time that a page is met; then whoever gets something else than there, one who opens it, and a stranger.

        Who may see what does not depend on the database, so that PostgreSQL is asked of each line once, and by a few.
        """
        if not ASKS_EVERYBODY:
            return () if number else few(line)
        first = self.met.setdefault(line.page, line)
        if first is line and number == 0:
            return (*EVERYBODY, NOBODY)
        differ = [one for one in EVERYBODY if number == 0 and (line.get(one), line.post(one)) != (first.get(one), first.post(one))]
        return tuple(dict.fromkeys([*differ, *line.opens[:1], STRANGER]))

    def ask(self, line: Line, method: str, url: str, person: str) -> str:
        drawn = method == "get" and person in line.opens and line.name not in self.drawn
        if drawn:
            self.drawn.add(line.name)
        sent = {"data": json.dumps(SENT.get(line.page, {})), "content_type": "application/json"} if method != "get" and of_api(line) else {}
        with draw(drawn):
            response = getattr(self.clients[person], method)(url, **sent)
        if response.status_code in (301, 302) and response.url.startswith(SIGN_IN):
            return "sign in"
        if response.status_code == 405 and method == "post":
            return "takes no form"
        return "200" if response.status_code in OPENED else str(response.status_code)


def of_api(line: Line) -> bool:
    return is_api(addresses()[line.page][1])


def few(line: Line) -> tuple[str, ...]:
    """One who acts, one who opens it and does not, one who is told, and one of those for whom it is nothing."""
    acts = line.acts or ()
    reads = [one for one in line.opens if one not in acts]
    return (*acts[:1], *reads[:1], *line.told[-1:], STRANGER, NOBODY)


def senders(line: Line, number: int, asked: tuple[str, ...]) -> tuple[str, ...]:
    """A button is pressed by whoever is asked; a form is sent by a few, in one state."""
    if line.acts is None:
        return ()
    return asked if is_button(line.page) else () if number else few(line)


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def draw(drawn: bool) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        if not drawn:
            patched.setattr(base.Template, "render", lambda self, context: "")
        yield


@contextmanager
def in_one_go(moment: datetime) -> Iterator[None]:
    """Thousands of questions at one moment: nothing is logged, and sessions are kept in memory."""
    logging.disable(logging.WARNING)
    try:
        with time_machine.travel(moment, tick=False), override_settings(SESSION_ENGINE="django.contrib.sessions.backends.cache"):
            yield
    finally:
        logging.disable(logging.NOTSET)


@contextmanager
def remembering(people: Iterable[User]) -> Iterator[None]:
    """Who somebody is, what they may be and what they are to an operation is asked of the database once: whatever an answer changes is undone."""
    at, offices, standings, found = timezone.now(), User.offices, permissions.standings, {str(person.pk): person for person in people}
    known = {person.pk: offices(person, at) for person in found.values()}
    to_it: dict[Any, frozenset[str]] = {}

    def what_they_are(person: Any, operation: Operation, moment: datetime) -> frozenset[str]:
        key = (person.pk, operation.pk, moment)
        if key not in to_it:
            to_it[key] = standings(person, operation, moment)
        return to_it[key]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(User, "offices", lambda person, moment: known[person.pk] if moment == at else offices(person, moment))
        patched.setattr(permissions, "standings", what_they_are)
        patched.setattr(PasswordBackend, "get_user", lambda backend, pk: copy(found[str(pk)]))
        yield


def expected(line: Line, answer: Answer, public: bool) -> str:
    if answer.person == NOBODY:
        if of_api(line):
            return "401"
        return "404" if line.others == NOWHERE else answer.got if public and answer.got in ("200", "sign in") else "sign in"
    if answer.method == "GET":
        return line.get(answer.person)
    return "200" if line.post(answer.person) == "acts" else line.post(answer.person)
