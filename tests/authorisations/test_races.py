"""Two at the same moment: one wins, one is told (design 6). The row’s lock and the comparison of versions each suffice; with both out: red."""

from collections.abc import Callable
from functools import partial
from threading import Barrier, get_ident
from time import sleep
from typing import Any

import pytest
from django.db import DatabaseError, connection, models

from accounts.states import Role
from audit import acts
from audit.models import Governed, TrailEntry
from audit.verify import verify
from authorisations.models import Application, Authority
from authorisations.services import applying, deciding, ending
from authorisations.states import Outcome
from lfr_governance.demonstration.people import Cast
from operations.models import Appointment, Operation, Tie
from operations.services import appoint
from policy.refusals import Refusal, RuleBroken, Stale
from tests.authorisations.stages import LATER, stage
from tests.cast import grant_confirmed
from tests.races import race

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 20  # seconds for both to come to the same point, where nothing hinders them
A_MOMENT = 0.3  # seconds for which a lock is held, so that the other one meets it


def keep_both(monkeypatch: pytest.MonkeyPatch, model: type[Governed]) -> None:
    """Whoever has the row's lock keeps it for a moment: without it, the other one would read now."""
    lock = Governed.locked

    def slowly(self: Governed, version: int | None = None) -> Governed:
        fresh = lock(self, version)
        sleep(A_MOMENT)
        return fresh

    monkeypatch.setattr(model, "locked", slowly)


def keep_the_lock(monkeypatch: pytest.MonkeyPatch, model: type[Governed]) -> None:
    keep_both(monkeypatch, model)
    monkeypatch.setattr(model, "_do_update", models.Model._do_update)  # type: ignore[attr-defined]


def keep_the_version(monkeypatch: pytest.MonkeyPatch, model: type[Governed]) -> None:
    """Both read the row before either writes. SQLite: before the transaction, for within it the second one would meet a locked database."""
    both = Barrier(2)

    def read(self: Governed, version: int | None = None) -> Governed:
        if connection.vendor == "sqlite":
            return self
        fresh = type(self)._default_manager.get(pk=self.pk)
        both.wait(PATIENCE)
        return fresh

    monkeypatch.setattr(model, "locked", read)


def keep_neither(monkeypatch: pytest.MonkeyPatch, model: type[Governed]) -> None:
    keep_the_version(monkeypatch, model)
    monkeypatch.setattr(model, "_do_update", models.Model._do_update)  # type: ignore[attr-defined]


BELTS = [
    pytest.param(keep_both, RuleBroken, id="both belts"),
    pytest.param(keep_the_lock, RuleBroken, id="the lock alone"),
    pytest.param(keep_the_version, Stale, id="the version alone"),
    pytest.param(keep_neither, None, id="RED: no belt"),
]
Told = type[Refusal] | None


def run(monkeypatch: pytest.MonkeyPatch, belts: Callable, thing: Any, *acts: Callable[[Any], Any]) -> list[Any]:
    """Each act in a thread of its own, on a copy of the thing that was read before either of them began."""
    copies = [type(thing).objects.select_related("operation").get(pk=thing.pk) for _ in acts]
    belts(monkeypatch, type(thing))
    return race(*[partial(act, copy) for act, copy in zip(acts, copies, strict=True)])


def assert_one_wins(results: list[Any], told: Told, action: str) -> None:
    """`told` None, the negative control: both have won, or the loser met an error of the database instead of being told."""
    losers = [result for result in results if isinstance(result, Exception)]
    if told is None:
        assert not losers or isinstance(losers[0], DatabaseError)
        return
    assert [type(loser) for loser in losers] == [told]
    assert TrailEntry.objects.filter(action=action).count() == 1
    assert TrailEntry.objects.filter(action="act.refused").count() == 1
    assert verify()[1] == []


@pytest.mark.parametrize(("belts", "told"), BELTS)
class TestTwoIdenticalSteps:
    def test_a17_submitted_in_two_windows(self, cast: Cast, monkeypatch: pytest.MonkeyPatch, belts: Callable, told: Told):
        application = stage(cast, "complete")
        submit = partial(applying.submit, by=cast.applicant, at=LATER)
        assert_one_wins(run(monkeypatch, belts, application, submit, submit), told, "application.submitted")
        assert told is None or application.submissions.count() == 1

    def test_a15_returned_by_two_officers(self, cast: Cast, monkeypatch: pytest.MonkeyPatch, belts: Callable, told: Told):
        application = stage(cast, "submitted")
        returns = [partial(deciding.decide, outcome=Outcome.RETURNED, reasons="Say more.", by=by, at=LATER) for by in (cast.ao, cast.ao2)]
        assert_one_wins(run(monkeypatch, belts, application, *returns), told, "application.returned")

    def test_a15_authorised_in_two_windows(self, cast: Cast, monkeypatch: pytest.MonkeyPatch, belts: Callable, told: Told):
        application = stage(cast, "considered")
        authorise = partial(deciding.decide, outcome=Outcome.AUTHORISED, by=cast.ao, at=LATER)
        assert_one_wins(run(monkeypatch, belts, application, authorise, authorise), told, "application.authorised")
        assert Authority.objects.filter(application=application).count() == 1

    def test_a18_cancelled_by_two_officers(self, cast: Cast, monkeypatch: pytest.MonkeyPatch, belts: Callable, told: Told):
        authority = stage(cast, "authorised").authorities.get()
        if belts in (keep_the_version, keep_neither):
            monkeypatch.setattr(ending, "check_reportable", lambda *_: None)  # it looks for the other's report: a third belt on SQLite
        cancels = [partial(ending.cancel, reason="Done.", done_under="One deployment.", by=by, at=LATER) for by in (cast.ao, cast.ao2)]
        assert_one_wins(run(monkeypatch, belts, authority, *cancels), told, "authority.cancelled")


class TestTheVersionThatWasSeen:
    """What a door hands over: the second of two windows is told that it is stale, whichever came first."""

    @pytest.mark.parametrize("state", ["complete", "considered", "authorised"])
    def test_both_windows_show_the_same_version_and_one_is_told(self, cast: Cast, state: str):
        application = stage(cast, state)
        thing: Any = application.authorities.get() if state == "authorised" else application
        act: Callable[..., Any] = {
            "complete": partial(applying.submit, by=cast.applicant),
            "considered": partial(deciding.decide, outcome=Outcome.AUTHORISED, by=cast.ao),
            "authorised": partial(ending.cancel, reason="Done.", done_under="Nothing.", by=cast.ao),
        }[state]
        results = race(*[lambda: act(thing, version=thing.version, at=LATER)] * 2)
        assert [type(one) for one in results if isinstance(one, Exception)] == [Stale]


def on_both_sides(cast: Cast, application: Application) -> bool:
    """Whether the officer who decided has a part in the operation."""
    decided = Tie.objects.filter(operation=application.operation, person=cast.ao, kind=Tie.Kind.DECIDED).exists()
    return decided and Appointment.objects.filter(operation=application.operation, person=cast.ao).exists()


def meet_before_the_first_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both have asked whether they may and have written before either can commit, however slow the machine."""
    both, met, append = Barrier(2), {get_ident()}, acts.append  # the test itself is none of the two

    def together(*args: Any, **kwargs: Any) -> TrailEntry:
        if get_ident() not in met:
            met.add(get_ident())
            both.wait(PATIENCE)
        return append(*args, **kwargs)

    monkeypatch.setattr(acts, "append", together)


class TestTheWall:
    """P-3, 4.1: a decision and an appointment of one person at the same moment. Each locks the operation before it looks for the other."""

    def both(self, cast: Cast, application: Application) -> list[Any]:
        grant_confirmed(cast, cast.ao, Role.BRONZE, at=LATER)
        operation = Operation.objects.select_related("force").get(pk=application.operation_id)
        return race(
            lambda: deciding.decide(application, outcome=Outcome.RETURNED, reasons="Say more.", by=cast.ao, at=LATER),
            lambda: appoint(operation, person=cast.ao, role=Role.BRONZE, by=cast.applicant, at=LATER),
        )

    def test_p3_one_wins_and_the_other_is_told(self, cast: Cast, monkeypatch: pytest.MonkeyPatch):
        application = stage(cast, "submitted")
        keep_both(monkeypatch, Operation)
        refused = [one for one in self.both(cast, application) if isinstance(one, Exception)]
        assert [(type(one), one.code) for one in refused] == [(RuleBroken, "P-3")]
        assert not on_both_sides(cast, application)

    def test_p3_without_that_lock_both_win_negative_control(self, cast: Cast, monkeypatch: pytest.MonkeyPatch):
        """On SQLite the immediate transaction stands for the lock, and cannot be taken out."""
        application = stage(cast, "submitted")
        if connection.vendor == "postgresql":
            keep_the_version(monkeypatch, Operation)
            meet_before_the_first_entry(monkeypatch)
        results = self.both(cast, application)
        assert on_both_sides(cast, application) == (connection.vendor == "postgresql") == all(not isinstance(one, Exception) for one in results)
