"""What the product really answers: every page of the table, opened and sent, as the people of the demonstration."""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from django.db import connection, transaction
from django.template import base
from django.test import Client

from lfr_governance.demonstration.people import Cast
from lfr_governance.matrix import EVERYBODY, NOWHERE, Line, addresses, is_button
from tests.access.things import Words
from tests.clients import signed_in

NOBODY = "nobody"  # who is not signed in
SIGN_IN = "/sign-in/"
ASKS_EVERYBODY = connection.vendor == "sqlite"
OPENED = {200, 302, 405, 409}
WORD = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True)
class Answer:
    """What somebody got from a page in one state: "200" (it opens), "403", "404", "sign in", or what should never be."""

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
    """Asks with a browser for each person. What an answer changes is undone. For whoever opens a page first it is drawn, for the others not."""

    def __init__(self, cast: Cast, things: dict[str, Words]) -> None:
        self.clients = {name: signed_in(cast.people[name]) for name in EVERYBODY} | {NOBODY: Client()}
        self.things, self.met = things, set[str]()

    def answers(self, line: Line) -> Iterator[Answer]:
        for number, state in enumerate(line.states):
            url = address(line, self.things[state])
            everyone = self.people(line, number)
            for person in everyone if not is_button(line.page) else ():
                yield Answer("GET", state, person, self.ask("get", url, person, drawn=person in line.opens[:1]))
            senders = () if line.acts is None else everyone if is_button(line.page) else few(line) if number == 0 else ()
            for person in senders:
                yield Answer("POST", state, person, self.ask("post", url, person))

    def people(self, line: Line, number: int) -> tuple[str, ...]:
        """Everybody, the first time that a page is met; in its further lines whoever sees it there; in further states of a line a few.

        Who may see what does not depend on the database, so that PostgreSQL is asked the less.
        """
        if ASKS_EVERYBODY and line.page not in self.met:
            self.met.add(line.page)
            return (*EVERYBODY, NOBODY)
        return few(line) if number else tuple(dict.fromkeys([*line.opens, *line.told, *few(line)]))

    def ask(self, method: str, url: str, person: str, *, drawn: bool = False) -> str:
        with undone(), draw(drawn):
            response = getattr(self.clients[person], method)(url)
        if response.status_code in (301, 302) and response.url.startswith(SIGN_IN):
            return "sign in"
        if response.status_code == 405 and method == "post":
            return "takes no form"
        return "200" if response.status_code in OPENED else str(response.status_code)


def few(line: Line) -> tuple[str, ...]:
    """One who acts, one who opens it, two who are told, and one of those for whom it is nothing."""
    told = [line.told[at] for at in (0, -1)] if line.told else []
    return tuple(dict.fromkeys([*(line.acts or ())[:1], *line.opens[-1:], *told, "stranger", NOBODY]))


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
def quiet() -> Iterator[None]:
    logging.disable(logging.WARNING)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)


def expected(line: Line, answer: Answer, public: bool) -> str:
    if answer.person == NOBODY:
        return "404" if line.others == NOWHERE else answer.got if public and answer.got in ("200", "sign in") else "sign in"
    if answer.method == "GET":
        return line.get(answer.person)
    return "200" if line.post(answer.person) == "acts" else line.post(answer.person)
