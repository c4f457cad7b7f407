"""Worlds: things brought by acts to the state with which a test begins. Made once a run, photographed, and put back for every further test that asks.

A world stands on the cast alone, so it is the first thing a test makes, and a test has one. The operations of Stage 1 are in
tests/authorisations/stages.py. Rows are read and written as the database holds them: a thousand tests do this, and Django's way takes longer.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction

from audit.models import TrailEntry
from tests.cast import MADE_BY_DJANGO

Model = type[models.Model]
Row = tuple[Any, ...]
Rows = dict[Model, dict[Any, Row]]  # by primary key
Maker = Callable[[], models.Model]


@dataclass(frozen=True)
class Link:
    """A foreign key to a row that Django itself makes (a permission), and makes anew with another id after a test that commits."""

    place: int
    model: Any
    natural_key: tuple[str, ...]

    def now(self) -> Any:
        return self.model.objects.get_by_natural_key(*self.natural_key).pk


@dataclass(frozen=True)
class World:
    """What the acts left behind: new rows, rows of the cast that they changed (the end of the system's chain), and the thing it is all about."""

    thing: tuple[Model, Any]
    new: Rows
    changed: Rows
    links: dict[tuple[Model, Any], list[Link]]

    @transaction.atomic
    def put_back(self) -> None:
        with connection.cursor() as cursor:
            for model, rows in self.new.items():
                sql = f"INSERT INTO {name(model)} ({columns(model)}) VALUES ({', '.join(['%s'] * len(fields(model)))})"
                cursor.executemany(sql, [self.as_of_now(model, pk, row) for pk, row in rows.items()])
            for model, rows in self.changed.items():
                sql = f"UPDATE {name(model)} SET {', '.join(f'{quoted(field.column)} = %s' for field in fields(model))} WHERE {pk_of(model)} = %s"
                cursor.executemany(sql, [(*row, pk) for pk, row in rows.items()])

    def as_of_now(self, model: Model, pk: Any, row: Row) -> Row:
        found = {link.place: link.now() for link in self.links.get((model, pk), ())}
        return tuple(found.get(place, value) for place, value in enumerate(row)) if found else row


remembered: dict[str, World] = {}
began: dict[str, Any] = {}  # where the trail of the cast alone ends


def world(name: str, make: Maker) -> Any:
    """The thing that `make` brings about, fresh from the database."""
    end = TrailEntry.objects.order_by("-pk").values_list("pk", flat=True).first()
    assert began.setdefault("end", end) == end, "a world is the first thing that a test makes"
    if name not in remembered:
        remembered[name] = made(make)
    else:
        remembered[name].put_back()
    model, pk = remembered[name].thing
    return model._base_manager.get(pk=pk)


def made(make: Maker) -> World:
    before = contents()
    thing = make()
    after = contents()
    new = {model: {pk: row for pk, row in rows.items() if pk not in before[model]} for model, rows in after.items()}
    changed = {model: {pk: row for pk, row in rows.items() if before[model].get(pk, row) != row} for model, rows in after.items()}
    links = {(model, pk): found for model, rows in new.items() for pk, row in rows.items() if (found := list(links_of(model, row)))}
    return World((type(thing), thing.pk), without_empty(new), without_empty(changed), links)


def without_empty(rows_of: Rows) -> Rows:
    return {model: rows for model, rows in rows_of.items() if rows}


def links_of(model: Model, row: Row) -> Iterator[Link]:
    for place, field in enumerate(fields(model)):
        target = field.remote_field and field.remote_field.model
        if target and target._meta.app_label in MADE_BY_DJANGO and row[place] is not None:
            yield Link(place, target, target._base_manager.get(pk=row[place]).natural_key())


def contents(*but: Model) -> Rows:
    """Everything the database holds, for a test that nothing was changed; some tables may be left out."""
    found = {}
    with connection.cursor() as cursor:
        for model in all_models():
            if model not in but:
                at = fields(model).index(model._meta.pk)
                found[model] = {row[at]: row for row in cursor.execute(f"SELECT {columns(model)} FROM {name(model)}").fetchall()}
    return found


def differences(one: Rows, other: Rows) -> Iterator[str]:
    for model in one:
        for pk in sorted({*one[model], *other[model]}, key=str):
            if one[model].get(pk) != other[model].get(pk):
                yield f"{model.__name__} {pk}"


@cache
def all_models() -> list[Model]:
    return [model for model in apps.get_models() if model._meta.app_label not in MADE_BY_DJANGO]


@cache
def fields(model: Model) -> list[Any]:
    return list(model._meta.concrete_fields)


@cache
def columns(model: Model) -> str:
    return ", ".join(quoted(field.column) for field in fields(model))


def pk_of(model: Model) -> str:
    return quoted(model._meta.pk.column)


def name(model: Model) -> str:
    return quoted(model._meta.db_table)


def quoted(word: str) -> str:
    return connection.ops.quote_name(word)
