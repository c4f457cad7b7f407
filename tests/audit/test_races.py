"""Two at the same moment: one wins, one is told (issue 2, shown by 4). Each race has its negative control: with the belts out it must go wrong."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from threading import Barrier, get_ident
from time import sleep
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, OperationalError, connection, models, transaction

from accounts.models import RoleGrant
from accounts.services import confirm_grant, grant_role
from audit import acts
from audit.acts import Entry, act, append_to
from audit.models import ChainHead, Governed, TrailEntry
from audit.verify import verify
from authorisations.models import Application
from authorisations.services.applying import start, withdraw
from operations.models import Operation
from policy.refusals import RuleBroken, Stale
from tests.cast import NOON, Cast, Role, grant_confirmed, opened
from tests.races import race

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS, EACH = 4, 25
PATIENCE = 20  # seconds for both to come to the same point, where nothing hinders them
A_MOMENT = 0.3  # seconds for which a lock is held, so that the other one meets it


@act
def touch(operation: Operation, *, by: Any, at: datetime) -> Entry:
    return Entry("operation.touched", operation)


class TestOneChain:
    def test_g5_four_writers_keep_it_whole(self, cast: Cast):
        operation = opened(cast)
        before = TrailEntry.objects.filter(chain=operation.pk).count()

        def write() -> None:
            for _ in range(EACH):
                touch(operation, by=cast.silver, at=NOON)

        assert race(*[write] * WRITERS) == [None] * WRITERS
        seqs = list(TrailEntry.objects.filter(chain=operation.pk).order_by("seq").values_list("seq", flat=True))
        assert seqs == list(range(1, before + WRITERS * EACH + 1))
        assert verify()[1] == []

    def test_g5_several_may_open_it_at_once(self, cast: Cast):
        thing = Operation(force=cast.force)  # never saved: all that is needed is a chain that nobody has written to

        def write() -> None:
            with transaction.atomic():
                append_to(thing.pk, Entry("operation.touched", thing), by=cast.silver, at=NOON)

        assert race(*[write] * WRITERS) == [None] * WRITERS
        assert TrailEntry.objects.filter(action="chain.opened", thing_id=str(thing.pk)).count() == 1
        assert verify()[1] == []

    def test_g5_without_the_lock_on_its_head_it_breaks_or_is_refused(self, cast: Cast, monkeypatch: pytest.MonkeyPatch):
        """Negative control: both read the same head. The unique place, or SQLite's own snapshot, then refuses the second one."""
        operation, both = opened(cast), Barrier(2)

        def head_without_lock(chain: object, **options: object) -> ChainHead:
            head = ChainHead.objects.get(chain=chain)
            both.wait(PATIENCE)
            return head

        def write() -> None:
            without_sqlites_lock()
            touch(operation, by=cast.silver, at=NOON)

        monkeypatch.setattr(acts, "head_of", head_without_lock)
        errors = [result for result in race(write, write) if isinstance(result, Exception)]
        assert len(errors) == 1
        assert isinstance(errors[0], IntegrityError | OperationalError)
        assert verify()[1] == []


def without_sqlites_lock() -> None:
    """On SQLite the immediate transaction stands for the row lock."""
    connection.transaction_mode = "DEFERRED"  # type: ignore[attr-defined]


def linger(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever has the row's lock keeps it for a moment: without it, the other one would read now."""
    lock = Governed.locked

    def slowly(self: Governed, version: int | None = None) -> Governed:
        fresh = lock(self, version)
        sleep(A_MOMENT)
        return fresh

    monkeypatch.setattr(Governed, "locked", slowly)


def take_out_the_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both read the row before either writes. SQLite: before the transaction, for within it the second one would meet a locked database."""
    both, met = Barrier(2), set[int]()

    def read(self: Governed, version: int | None = None) -> Governed:
        if connection.vendor == "sqlite":
            return self
        fresh = type(self)._default_manager.get(pk=self.pk)
        if get_ident() not in met:  # the rows that an act reads after its first are read by one who may be waiting for the other
            met.add(get_ident())
            both.wait(PATIENCE)
        return fresh

    monkeypatch.setattr(Governed, "locked", read)


def take_out_the_version(monkeypatch: pytest.MonkeyPatch) -> None:
    """A save no longer looks at the version that was read."""
    monkeypatch.setattr(Governed, "_do_update", models.Model._do_update)  # type: ignore[attr-defined]


BELTS = [
    pytest.param((linger,), 1, RuleBroken, id="both belts"),
    pytest.param((linger, take_out_the_version), 1, RuleBroken, id="the lock alone"),
    pytest.param((take_out_the_lock,), 1, Stale, id="the version alone"),
    pytest.param((take_out_the_lock, take_out_the_version), 2, None, id="RED: no belt, both win"),
]


@pytest.mark.parametrize(("sabotage", "wins", "told"), BELTS)
class TestTwoIdenticalSteps:
    def test_p1_two_administrators_confirm_one_role(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch, sabotage: tuple[Callable, ...], wins: int, told: type[Exception] | None
    ):
        grant_confirmed(cast, cast.dpo, Role.SYSTEM_ADMINISTRATOR)
        grant = grant_role(cast.stranger, role=Role.GOLD, by=cast.sysadmin, at=NOON)
        copies = [RoleGrant.objects.get(pk=grant.pk) for _ in range(2)]
        for take_out in sabotage:
            take_out(monkeypatch)
        results = race(
            *[lambda copy=copy, by=by: confirm_grant(copy, by=by, at=NOON) for copy, by in zip(copies, (cast.sysadmin2, cast.dpo), strict=True)]
        )
        assert_told(results, wins, told)
        assert TrailEntry.objects.filter(action="role.confirmed", thing_id=str(grant.pk)).count() == wins

    def test_a1_one_application_withdrawn_in_two_windows(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch, sabotage: tuple[Callable, ...], wins: int, told: type[Exception] | None
    ):
        application = start(title="Market", overt=True, live=True, own_system=True, by=cast.applicant, at=NOON)
        copies = [Application.objects.select_related("operation").get(pk=application.pk) for _ in range(2)]
        for take_out in sabotage:
            take_out(monkeypatch)
        results = race(*[partial(withdraw, copy, reason="No longer needed", by=cast.applicant, at=NOON) for copy in copies])
        assert_told(results, wins, told)
        assert TrailEntry.objects.filter(action="application.withdrawn", thing_id=str(application.pk)).count() == wins


def assert_told(results: list[Any], wins: int, told: type[Exception] | None) -> None:
    refused = [result for result in results if isinstance(result, Exception)]
    assert not [error for error in refused if isinstance(error, DatabaseError)], "a refusal, not an error of the database"
    assert [type(error) for error in refused] == [told] * (len(results) - wins)
    assert TrailEntry.objects.filter(action="act.refused").count() == len(refused)
    assert verify()[1] == []


def test_both_windows_show_the_same_version_and_one_is_told_that_it_is_stale(cast: Cast):
    """What a door does: it hands over the version that the person saw."""
    application = start(title="Market", overt=True, live=True, own_system=True, by=cast.applicant, at=NOON)
    version = application.version
    results = race(*[lambda: withdraw(application, reason="No longer needed", version=version, by=cast.applicant, at=NOON)] * 2)
    assert_told(results, 1, Stale)
