"""Every state × every step of the two machines, as acts and as the database's guard sees them (D-4, D-6)."""

from collections.abc import Callable
from itertools import product

import pytest
from django.db import DatabaseError, models, transaction
from django_fsm import TransitionNotAllowed

from audit.models import Governed
from obligations.models import Hold, Obligation
from obligations.states import Basis, HoldState, Manner, State
from operations.models import Operation
from policy.refusals import RuleBroken
from tests.obligations.duties import ALERT, again, footage

CLOCK = {
    "hold": ({"open"}, "held"),
    "release": ({"held"}, "open"),
    "begin": ({"open", "erasing"}, "erasing"),
    "attest": ({"open"}, "attested"),
    "dispute": ({"attested"}, "open"),
    "discharge": ({"open", "erasing", "attested"}, "discharged"),
    "lift": ({"open"}, "lifted"),
}
HOLD = {"place": ({"asked"}, "placed"), "refuse": ({"asked"}, "refused"), "release": ({"placed"}, "released")}


def edges(steps: dict[str, tuple[set[str], str]]) -> set[tuple[str, str]]:
    return {(source, target) for sources, target in steps.values() for source in sources if source != target}


@pytest.mark.parametrize(
    ("model", "steps", "state", "step"),
    [
        (model, steps, state, step)
        for model, steps, states in ((Obligation, CLOCK, State), (Hold, HOLD, HoldState))
        for state, step in product(states, steps)
    ],
    ids=lambda value: getattr(value, "__name__", str(value)) if not isinstance(value, dict) else "",
)
def test_every_state_and_every_step_D6(model: type[Governed], steps: dict[str, tuple[set[str], str]], state: str, step: str) -> None:
    thing = model(state=state)
    sources, target = steps[step]
    if state in sources:
        thing.step(step)
        assert thing.state == target  # type: ignore[attr-defined]
    else:
        with pytest.raises(TransitionNotAllowed):
            getattr(thing, step)()
        with pytest.raises(RuleBroken) as refusal:
            thing.step(step)
        assert refusal.value.code.startswith("D-") and thing.state == state  # type: ignore[attr-defined]


def test_the_steps_written_here_are_those_of_the_machines() -> None:
    for model, steps in ((Obligation, CLOCK), (Hold, HOLD)):
        field = model._meta.get_field("state")
        assert {(str(t.source), str(t.target)) for t in field.get_all_transitions(model) if t.source != t.target} == edges(steps)


def clock_in(operation: Operation, state: str) -> Obligation:
    """A row in that state, put there as no act could."""
    clock = footage(operation, manner=Manner.ERASURE)
    done = ALERT if state in (State.DISCHARGED, State.LIFTED) else None
    Obligation.objects.filter(pk=clock.pk).delete()
    fresh = Obligation(
        **{f.attname: getattr(clock, f.attname) for f in Obligation._meta.concrete_fields if f.name not in ("state", "version")}, state=state
    )
    fresh.begun_at, fresh.done_at = ALERT, done
    models.Model.save(fresh, force_insert=True)
    return fresh


def hold_in(operation: Operation, state: str, asker: Callable[[], object] | None = None) -> Hold:
    clock = footage(operation)
    hold = Hold(obligation=clock, basis=Basis.CPIA, footage="camera 1", reason="r", asked_at=ALERT, asked_by=operation.opened_by, state=state)
    hold.review_due_at = ALERT
    hold.save()
    return hold


def moves(thing: Governed, new: str) -> bool:
    """Whether the database lets the state be changed by an UPDATE that goes round every act."""
    ended = {"done_at": ALERT if new in (State.DISCHARGED, State.LIFTED) else None} if isinstance(thing, Obligation) else {}
    try:
        with transaction.atomic():
            type(thing)._base_manager.filter(pk=thing.pk).update(state=new, version=thing.version + 1, **ended)
    except DatabaseError:
        return False
    return True


@pytest.mark.parametrize("old", State)
def test_the_database_refuses_what_the_machine_does_not_know_D6(operation: Operation, old: State) -> None:
    for new in State:
        if new != old:
            assert moves(clock_in(operation, old), new) == ((old, new) in edges(CLOCK)), (old, new)


@pytest.mark.parametrize("old", HoldState)
def test_the_database_guards_holds_too_D4(operation: Operation, old: HoldState) -> None:
    for new in HoldState:
        if new != old:
            assert moves(hold_in(operation, old), new) == ((old, new) in edges(HOLD)), (old, new)


def test_a_step_without_a_new_version_is_refused_by_the_database_D6(operation: Operation) -> None:
    clock = footage(operation)
    with pytest.raises(DatabaseError), transaction.atomic():
        Obligation.objects.filter(pk=clock.pk).update(state=State.HELD)
    assert again(clock).state == State.OPEN
