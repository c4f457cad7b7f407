"""Rules on what an application asks for: its scope, its threshold, its days."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from policy import Edition
from policy.refusals import Finding, RuleBroken

OUT_OF_SCOPE = {
    "overt": "Only overt use is covered. Covert use needs another authority and cannot be applied for here.",
    "live": "Only live facial recognition is covered: not retrospective searches, and not images taken by an officer and submitted for a search.",
    "own_system": "Only the force’s own or the host force’s system is covered, not one owned by a private third party.",
}


def check_scope(*, overt: bool, live: bool, own_system: bool) -> None:
    """An application is for overt, live use of the force's own or the host force's system (A-2, 1.5, 1.6, 5.5)."""
    said = {"overt": overt, "live": live, "own_system": own_system}
    for name, sentence in OUT_OF_SCOPE.items():
        if not said[name]:
            raise RuleBroken(
                "A-2", sentence, clause="5.5" if name == "overt" else "1.6", remedy="Ask the force’s legal services which procedure applies."
            )


def check_threshold(threshold: Decimal, edition: Edition, where: str = "") -> None:
    """The threshold is the policy's minimum or higher (A-14, 11.11). `where`: the question that asked for it."""
    least = edition.value("minimum_threshold")
    wrong: tuple[str, str] | None = None
    if threshold < edition.number("minimum_threshold"):
        wrong = (f"The threshold must be {least.value} or higher.", f"Set it to at least {least.value}.")
    elif threshold >= 1:
        wrong = ("A threshold lies below 1.", "Enter it as a decimal, for example 0.66.")
    if wrong:
        sentence, remedy = wrong
        findings = (Finding("A-14", f"{sentence} {remedy}", least.clause, where),) if where else ()
        raise RuleBroken("A-14", sentence, clause=least.clause, remedy=remedy, findings=findings)


def check_series(days: Sequence[Any], edition: Edition) -> None:
    """A series ends within seven times 24 hours of the start of its first deployment (A-9, 6.1)."""
    if not days:
        return
    limit = edition.limit("series")
    first, last = min(day.starts_at for day in days), max(day.ends_at for day in days)
    if last > limit.due_at(first):
        raise RuleBroken(
            "A-9",
            f"The last deployment ends more than {limit.words} after the start of the first.",
            clause=limit.clause,
            remedy="Shorten the series. A further period needs a review of this one and a new authority.",
        )


def check_day(*, starts_at: datetime, ends_at: datetime, at: datetime) -> None:
    """A day asked for ends after it starts, and lies ahead (A-1, 6.1)."""
    if ends_at <= starts_at:
        raise RuleBroken("A-1", "The deployment must end after it starts.", clause="6.1", remedy="Correct the times.")
    if starts_at <= at:
        raise RuleBroken(
            "A-1", "The deployment must lie ahead: authority is asked for before it begins.", clause="6.1", remedy="Choose a later start."
        )


def check_place(place: Any, application: Any) -> None:
    """A force deploys in its own area (A-1, 5.8)."""
    if place.force_id != application.operation.force_id:
        raise RuleBroken("A-1", f"{place} is not a place of this force.", clause="5.8", remedy="Choose a place of the force, or add it.")


def check_days_apart(days: Sequence[Any]) -> None:
    """Two deployments at one place cannot overlap (A-1)."""
    ordered = sorted(days, key=lambda day: (str(day.place_id), day.starts_at))
    for one, next_ in zip(ordered, ordered[1:], strict=False):
        if one.place_id == next_.place_id and next_.starts_at < one.ends_at:
            raise RuleBroken("A-1", f"Two deployments at {one.place} overlap.", clause="6.1", remedy="Correct the times, or remove one.")
