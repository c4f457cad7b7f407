"""A clock as pages show it: one word with its colour, the words of its steps, what this reader can do with it now."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from obligations import permissions
from obligations.models import Obligation, Step
from obligations.states import Manner, State

COLOURS = {
    State.OPEN: "blue",
    State.HELD: "purple",
    State.ERASING: "yellow",
    State.ATTESTED: "orange",
    State.DISCHARGED: "green",
    State.LIFTED: "grey",
}


def word_of(clock: Obligation, at: datetime) -> tuple[str, str]:
    """Where it stands, in a word, and the word's colour."""
    if clock.is_overdue(at):
        return "Overdue", "red"
    if clock.lateness:
        return "Done late", "orange"
    return State(clock.state).label, COLOURS[State(clock.state)]


@dataclass(frozen=True)
class Line:
    """One clock in a list."""

    clock: Obligation
    word: str
    colour: str
    is_late: bool
    who: str


def who_has_to(clock: Obligation) -> str:
    """Those whose it is of old; escalation is told on the clock's own page."""
    return ", ".join(str(owner) for owner in clock.owners.all() if not owner.escalated_at)


def lines(clocks: Any, at: datetime) -> list[Line]:
    return [Line(clock, *word_of(clock, at), clock.is_overdue(at), "" if clock.done_at else who_has_to(clock)) for clock in clocks]


RUNGS = {"target passed": "Should have been done by now", "last call": "The limit is near", "deletion fails": "Deletion fails"}


def step_words(step: Step) -> str:
    if step.rung.startswith("overdue"):
        return "Overdue"
    return RUNGS.get(step.rung, f"Reminder, {step.rung}")


@dataclass(frozen=True)
class Possible:
    """What this reader can do with the clock now. Where they cannot, the page says who can."""

    go: bool
    attest: bool
    confirm: bool
    ask_hold: bool
    keeps_holds: bool
    decides_holds: bool
    is_attester: bool

    @classmethod
    def to(cls, clock: Obligation, person: Any, at: datetime) -> "Possible":
        owner, keeper = permissions.is_owner(clock, person, at), permissions.is_keeper(clock, person, at)
        standing = clock.attestations.filter(disputed_at=None).first() if clock.state == State.ATTESTED else None
        is_attester = bool(standing and standing.attested_by_id == person.pk)
        open_ = clock.state == State.OPEN
        return cls(
            go=bool(clock.link) and open_ and clock.manner == Manner.ACT and bool(permissions.own([clock], person, at)),
            attest=open_ and owner and clock.manner == Manner.ATTESTED,
            confirm=bool(standing) and (owner or keeper) and not is_attester,
            ask_hold=clock.may_be_held and clock.state in (State.OPEN, State.HELD) and permissions.is_appointed(clock, person),
            keeps_holds=keeper,
            decides_holds=permissions.decides_holds(clock, person, at),
            is_attester=is_attester,
        )
