"""A small machine for tests of the base of governed records: nothing of the product, so that the floors above cannot bend what is tested here."""

import uuid
from collections.abc import Iterator
from datetime import datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection, models
from django_fsm import FSMField, transition

from audit.acts import Entry, act
from audit.models import Governed
from audit.triggers import guard_state
from policy.refusals import NotPermitted, NotVisible, RuleBroken

STATES = [("cold", "Cold"), ("hot", "Hot"), ("empty", "Empty")]
EDGES = {("cold", "hot"), ("hot", "empty")}


class Kettle(Governed):
    state = FSMField(default="cold", choices=STATES, protected=True)
    note = models.CharField(max_length=40, default="")

    class Meta:
        app_label = "tests"
        verbose_name = "kettle"

    @property
    def chain_id(self) -> uuid.UUID:
        return self.pk

    @transition(state, "cold", "hot", custom={"done": "heated", "code": "K-1", "clause": "1.1"})
    def heat(self) -> None: ...

    @transition(state, "hot", "empty", custom={"done": "emptied", "code": "K-2", "clause": "1.2"})
    def pour(self) -> None: ...


@pytest.fixture
def kettle(db: None) -> Iterator[Kettle]:
    """Cold, in a table of its own that is gone with the test's transaction."""
    key = "char(32)" if connection.vendor == "sqlite" else "uuid"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE tests_kettle (id {key} PRIMARY KEY, version integer, state varchar(50), note varchar(40))")
    guard_state("tests_kettle", EDGES).code(None, SimpleNamespace(connection=connection))  # type: ignore[arg-type]
    yield Kettle.objects.create()


@act
def heat(kettle: Kettle, *, version: int | None = None, by: Any, at: datetime) -> Entry:
    kettle = kettle.locked(version)
    kettle.step("heat")
    kettle.save()
    return Entry("kettle.heated", kettle)


@act
def write_and_refuse(kettle: Kettle, *, by: Any, at: datetime) -> Entry:
    """Has already written when it finds out that it must not."""
    kettle = kettle.locked()
    kettle.note = "never to be seen"
    kettle.save()
    raise RuleBroken("K-3", "Kettles take no notes.", clause="1.3", remedy="Write elsewhere.")


@act
def heat_within(kettle: Kettle, *, by: Any, at: datetime) -> Entry:
    """An act that performs another."""
    heat(kettle, by=by, at=at)
    return Entry("kettle.watched", kettle)


@act
def refused_within(kettle: Kettle, *, by: Any, at: datetime) -> Entry:
    heat(kettle, by=by, at=at)
    write_and_refuse(kettle, by=by, at=at)
    raise AssertionError("not reached")


@act
def seen_by_no_stranger(kettle: Kettle, *, by: Any, at: datetime) -> Entry:
    raise NotVisible()


@act
def permitted_to_nobody(*, by: Any, at: datetime) -> Entry:
    raise NotPermitted("K-4", "Nobody can make a kettle.")
