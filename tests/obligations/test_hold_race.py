"""D-4: whoever places a hold and whoever deletes meet at the same row. One is first, the other is told. Each belt holds alone; without any: red."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, Self

import pytest
from django.db import connection

from audit.models import Governed
from audit.triggers import lift_state
from audit.verify import verify as verify_trail
from lfr_governance.demonstration.people import Cast
from obligations.models import Certificate, Hold, Obligation
from obligations.services import ask_hold, carry_out, place_hold
from obligations.states import Basis, HoldState, State
from operations.models import Operation
from policy.refusals import RuleBroken, Stale
from tests.obligations.duties import ALERT, DAY, again, footage
from tests.races import race

ROUNDS = 12


def asked(operation: Operation, cast: Cast) -> Hold:
    clock = footage(operation)
    return ask_hold(clock, basis=Basis.CPIA, footage="Camera 2", reason="Evidence", by=cast.silver, at=ALERT + DAY)


def delete(clock: Obligation, gone: list[Any], at: Any) -> Certificate | None:
    return carry_out(clock, destroy=lambda item: gone.append(item.pk), verify=lambda _: None, at=at)


@pytest.mark.django_db(transaction=True)
def test_a_hold_and_a_deletion_at_the_same_moment_one_wins_and_one_is_told_D4(operation: Operation, cast: Cast) -> None:
    gone: list[Any] = []
    outcomes = set()
    for _ in range(ROUNDS):
        hold = asked(operation, cast)
        clock, at = hold.obligation, hold.obligation.target_at
        placing, deleting = race(
            lambda hold=hold, at=at: place_hold(hold, by=cast.infomgmt, at=at), lambda clock=clock, at=at: delete(clock, gone, at)
        )
        held = again(clock).state == State.HELD
        outcomes.add(held)
        assert held == isinstance(placing, Hold) == (Hold.objects.get(pk=hold.pk).state == HoldState.PLACED)
        assert held != (clock.pk in gone) and held != isinstance(deleting, Certificate)
        if not held:
            assert isinstance(placing, RuleBroken | Stale)
    assert verify_trail()[1] == []


@pytest.mark.django_db(transaction=True)
def test_two_sweepers_at_the_same_moment_delete_once_and_certify_once_D6(operation: Operation, cast: Cast) -> None:
    gone: list[Any] = []
    for _ in range(ROUNDS):
        clock = footage(operation)
        race(*[lambda clock=clock: delete(clock, gone, clock.due_at)] * 3)
        assert gone.count(clock.pk) == 1 and Certificate.objects.filter(obligation=clock).count() == 1


@contextmanager
def belts_off(monkeypatch: pytest.MonkeyPatch, *, lock: bool = False, version: bool = False, database: bool = False) -> Iterator[None]:
    """Takes off the re-reading under the lock, the comparison of versions, the database's guard of states."""
    with monkeypatch.context() as patched:
        if lock:
            patched.setattr(Governed, "locked", as_first_read)
        if version:
            patched.setattr(Governed, "_do_update", super(Governed, Governed)._do_update)
        if database:
            with connection.cursor() as cursor:
                lift_state(cursor, connection.vendor, "obligations_obligation")
        yield


def as_first_read(thing: Governed, version: int | None = None) -> Self:  # type: ignore[misc]
    return thing  # type: ignore[return-value]


def overlapped(operation: Operation, cast: Cast) -> tuple[bool, bool]:
    """Both have read the clock before either writes: whether it is held in the end, and whether it is gone."""
    hold = asked(operation, cast)
    clock = again(hold.obligation)
    gone: list[Any] = []

    def place() -> None:
        try:
            place_hold(hold, by=cast.infomgmt, at=clock.target_at)
        except (RuleBroken, Stale):
            pass

    seen_before = Obligation.objects.get(pk=clock.pk)
    place()
    try:
        delete(seen_before, gone, clock.target_at + timedelta(seconds=1))
    except Exception:
        pass
    return Hold.objects.get(pk=hold.pk).state == HoldState.PLACED, bool(gone)


@pytest.mark.parametrize("kept", ["lock", "version", "database"])
def test_each_belt_alone_keeps_a_held_thing_D4(operation: Operation, cast: Cast, monkeypatch: pytest.MonkeyPatch, kept: str) -> None:
    monkeypatch.setattr("obligations.rules.is_held", lambda _: False)
    with belts_off(monkeypatch, **{belt: belt != kept for belt in ("lock", "version", "database")}):
        assert overlapped(operation, cast) == (True, False)


def test_the_question_under_the_lock_alone_keeps_it_too_D4(operation: Operation, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    with belts_off(monkeypatch, lock=True, version=True, database=True):
        assert overlapped(operation, cast) == (True, False)


def test_without_any_belt_a_held_thing_is_deleted_negative_control_D4(operation: Operation, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("obligations.rules.is_held", lambda _: False)
    with belts_off(monkeypatch, lock=True, version=True, database=True):
        assert overlapped(operation, cast) == (True, True)
