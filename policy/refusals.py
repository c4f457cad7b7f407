"""Why something cannot be done, in the words a person is told. Plain Python: every floor raises these, every door shows them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Finding:
    """One thing that is missing or wrong. `where` is a stable key ("equipment.threshold") that a door turns into a link."""

    code: str
    sentence: str
    clause: str = ""
    where: str = ""


class Refusal(Exception):
    """Nothing was changed: which rule (`code`, the requirement's ID), why (`sentence`), its `clause`, how to put it right (`remedy`)."""

    status = 409

    def __init__(self, code: str, sentence: str, *, clause: str = "", remedy: str = "", findings: tuple[Finding, ...] = ()):
        super().__init__(code, sentence)
        self.code, self.sentence, self.clause, self.remedy, self.findings = code, sentence, clause, remedy, tuple(findings)

    def __str__(self) -> str:
        clause = f" (clause {self.clause})" if self.clause else ""
        return " ".join(part for part in (self.sentence, self.remedy) if part) + clause


class RuleBroken(Refusal):
    """The state of things does not allow it."""


def refusal_of(check: Callable[..., None], *args: Any) -> "RuleBroken | None":
    """What the check would refuse with; None where it passes."""
    try:
        check(*args)
    except RuleBroken as refusal:
        return refusal
    return None


class NotPermitted(Refusal):
    """This person may see the thing but may not do this to it."""

    status = 403


class NotVisible(Refusal):
    """To this person the thing does not exist."""

    status = 404

    def __init__(self, code: str = "access", sentence: str = "There is nothing at this address that you can see.", **kwargs):
        super().__init__(code, sentence, **kwargs)


class Stale(Refusal):
    """Somebody else changed the thing after this person read it."""

    def __init__(
        self,
        code: str = "stale",
        sentence: str = "Someone else changed this while you were working on it.",
        remedy: str = "Read what is there now, then decide. What you typed is still in the form.",
        **kwargs,
    ):
        super().__init__(code, sentence, remedy=remedy, **kwargs)
