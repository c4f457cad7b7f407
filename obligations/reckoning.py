"""The arithmetic of a clock: due and target moments, the steps on the way, the sum as people read it. UTC; calendar days are Europe/London's."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from govuk.times import clock_time, local, public_date
from obligations.states import AGAIN_DAYS, AGAIN_HOURS, Reach
from policy import Limit, Reminder
from policy.edition import LONDON

# A limit is met at the exact instant and broken after it: nothing is called late before this much later.
INSTANT = timedelta(microseconds=1)
# Silver is told half-way between target and limit; without a target when this part of a limit in hours is left: 2 of 24.
LAST_CALL = 12


@dataclass(frozen=True)
class Pinned:
    """What the policy said when the clock was set: later editions do not move it (X-11)."""

    limit: Limit | None = None
    target: Limit | None = None
    reminder: Reminder | None = None

    def as_json(self) -> dict[str, Any]:
        return {name: value and asdict(value) for name, value in vars(self).items()}

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Pinned":
        limit, target, reminder = kept.get("limit"), kept.get("target"), kept.get("reminder")
        ladder = Reminder(**{**reminder, "steps": tuple(reminder["steps"])}) if reminder else None
        return cls(Limit(**limit) if limit else None, Limit(**target) if target else None, ladder)

    @property
    def again_every(self) -> timedelta:
        return AGAIN_HOURS if self.limit and not self.limit.is_calendar else AGAIN_DAYS


def length_in_words(limit: Limit) -> str:
    if limit.unit == "hours" and limit.length > 48 and limit.length % 24 == 0:
        return f"{limit.length // 24} × 24 hours"
    return f"{limit.length} {limit.unit if limit.length != 1 else limit.unit.removesuffix('s')}"


def printed_sum(basis_event: str, basis_at: datetime, limit: Limit) -> str:
    """How the due moment was reckoned: alert at 2:31pm on 24 October 2026 + 24 hours, clause 7.10."""
    moment = "" if limit.is_calendar else f" at {clock_time(basis_at)}"
    decided = "" if limit.source == "policy" else ", force decision"
    return f"{basis_event}{moment} on {public_date(basis_at)} + {length_in_words(limit)}, clause {limit.clause}{decided}"


def clocks_change_between(first: datetime, last: datetime) -> bool:
    """Then hours on the wall and hours that pass differ, and the page says so."""
    return local(first).utcoffset() != local(last).utcoffset()


def start_of_london_day(moment: datetime, days: int) -> datetime:
    """The first instant of the London day so many days after (or before) the moment's own."""
    return datetime.combine(local(moment).date() + timedelta(days=days), time.min, LONDON).astimezone(UTC)


@dataclass(frozen=True)
class Rung:
    name: str
    due_at: datetime
    reach: Reach


def rungs(basis_at: datetime, target_at: datetime | None, due_at: datetime, pinned: Pinned) -> Iterator[Rung]:
    """The ladder (D-5, D-6): reminders, the target passed, the last call, the limit passed."""
    if pinned.reminder:
        yield from reminder_rungs(pinned.reminder, basis_at, due_at)
    if target_at:
        yield Rung("target passed", target_at + INSTANT, Reach.OWNERS)
    if pinned.limit and pinned.limit.unit == "hours" and pinned.limit.length >= LAST_CALL:
        left = (due_at - target_at) / 2 if target_at else pinned.limit.elapsed / LAST_CALL
        yield Rung("last call", due_at - left, Reach.SILVER)
    yield overdue_rung(due_at + INSTANT)


def overdue_rung(at: datetime) -> Rung:
    return Rung(f"overdue {at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}", at, Reach.SENIORS)


def reminder_rungs(reminder: Reminder, basis_at: datetime, due_at: datetime) -> Iterator[Rung]:
    """A reminder counted in days comes when that London day begins."""
    after = reminder.direction == "at"
    origin, sign = (basis_at, 1) if after else (due_at, -1)
    for step in reminder.steps:
        moment = start_of_london_day(origin, sign * step) if reminder.unit == "calendar days" else origin + sign * timedelta(**{reminder.unit: step})
        high = reminder.seniors_from is not None and (step >= reminder.seniors_from if after else step <= reminder.seniors_from)
        yield Rung(f"{step} {reminder.unit} {'after' if after else 'before'}", moment, Reach.SENIORS if high else Reach.OWNERS)


def next_overdue(due_at: datetime, every: timedelta, at: datetime) -> datetime:
    """When an overdue duty is called to mind again: at its next moment that is not just now. What an outage missed is not made up for."""
    first = due_at + INSTANT
    return first + every * ((at - first + every / 24) // every + 1)
