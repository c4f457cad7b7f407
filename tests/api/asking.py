"""A program that asks for somebody of the cast: with a token of theirs, or in their session."""

import json
from itertools import count
from typing import Any

from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.services import make_token
from tests.cast import PASSWORD
from tests.clients import signed_in

API = "/api/v1"
numbers = count(1)  # nobody has two tokens of one name


def token_of(person: User, name: str = "the rota system", life: str = "30", at: Any = None) -> str:
    return make_token(person, name=name, life=life, password=PASSWORD, by=person, at=at or timezone.now())


class Program:
    """`program.get("/me/")`; what is sent is JSON."""

    def __init__(self, client: Client, **headers: str):
        self.client, self.headers = client, headers

    def get(self, path: str, **headers: str) -> Any:
        return self.client.get(path if path.startswith("http") else API + path, headers=self.headers | headers)

    def send(self, method: str, path: str, body: Any, **headers: str) -> Any:
        sent = {**self.headers, **{name.replace("_", "-"): value for name, value in headers.items()}}
        return self.client.generic(method, API + path, json.dumps(body), "application/json", headers=sent)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.send("POST", path, {} if body is None else body, **headers)

    def put(self, path: str, body: Any, **headers: str) -> Any:
        return self.send("PUT", path, body, **headers)


def program(person: User) -> Program:
    return Program(Client(), Authorization=f"Bearer {token_of(person, name=f'program {next(numbers)}')}")


def in_session(person: User) -> Program:
    return Program(signed_in(person))


def problem(answer: Any, status: int, name: str) -> dict[str, Any]:
    """The problem that the answer tells; every member of it is there."""
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json"), answer.content
    told = answer.json()
    assert set(told) == {"type", "title", "status", "detail", "rule", "clause", "remedy", "findings", "errors"}
    assert (told["status"], told["type"]) == (status, f"/api/v1/docs/#{name}")
    assert told["title"] and told["detail"]
    return told
