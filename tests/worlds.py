"""Worlds: things brought by acts to the state with which a test begins. Made once a run, photographed, and put back for every further test that asks.

A world stands on the cast alone, so it is the first thing a test makes, and a test has one. The operations of Stage 1 are in
tests/authorisations/stages.py.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db import models, transaction

from tests.cast import MADE_BY_DJANGO, photograph

Key = tuple[type[models.Model], Any]
Maker = Callable[[], models.Model]


@dataclass(frozen=True)
class Link:
    """A foreign key to a row that Django itself makes (a permission), and makes anew with another id after a test that commits."""

    attname: str
    model: Any
    natural_key: tuple[str, ...]

    def now(self) -> Any:
        return self.model.objects.get_by_natural_key(*self.natural_key).pk


@dataclass(frozen=True)
class World:
    """What the acts left behind: new rows, rows of the cast that they changed (the end of the system's chain), and the thing it is all about."""

    thing: Key
    new: list[models.Model]
    changed: list[models.Model]
    links: list[tuple["Link", models.Model]]

    @transaction.atomic
    def put_back(self) -> None:
        for link, row in self.links:
            setattr(row, link.attname, link.now())
        for model, rows in groupby(self.new, key=type):
            model._base_manager.bulk_create(list(rows))
        for row in self.changed:
            type(row)._base_manager.filter(pk=row.pk).update(**values(row))


remembered: dict[str, World] = {}


def world(name: str, make: Maker) -> Any:
    """The thing that `make` brings about, fresh from the database."""
    if name not in remembered:
        remembered[name] = made(make)
    else:
        remembered[name].put_back()
    model, pk = remembered[name].thing
    return model._base_manager.get(pk=pk)


def made(make: Maker) -> World:
    before = rows()
    thing = make()
    after = rows()
    new = [row for key, row in after.items() if key not in before]
    changed = [row for key, row in after.items() if key in before and values(row) != values(before[key])]
    return World((type(thing), thing.pk), new, changed, [(link, row) for row in new for link in links_of(row)])


def links_of(row: models.Model) -> Iterator[Link]:
    for field in row._meta.concrete_fields:
        target = field.remote_field and field.remote_field.model
        if target and target._meta.app_label in MADE_BY_DJANGO and (linked := getattr(row, field.name)):
            yield Link(field.attname, target, linked.natural_key())


def rows() -> dict[Key, models.Model]:
    return {(model, row.pk): row for model, found in photograph() for row in found}


def values(row: models.Model) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def contents(*but: type[models.Model]) -> dict[Key, dict[str, Any]]:
    """Everything the database holds, for a test that nothing was changed; some tables may be left out."""
    return {key: values(row) for key, row in rows().items() if key[0] not in but}


def differences(one: dict[Key, Any], other: dict[Key, Any]) -> Iterator[str]:
    for model, pk in sorted({*one, *other}, key=str):
        if one.get((model, pk)) != other.get((model, pk)):
            yield f"{model.__name__} {pk}"
