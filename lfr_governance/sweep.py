"""The sweep: everything the clocks ask for, step by step. The database is the truth; whoever calls this (beat, cron, a person) only wakes it up."""

import logging
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from accounts.models import User
from accounts.notices import send_due_mail, tell
from accounts.services.answers import forget_answers
from accounts.states import Role
from authorisations.tasks import lapse_due
from deployments.tasks import conclude_due, erase_due, notify_due, plan_due
from obligations.models import Heartbeat
from obligations.tasks import remind_due, watch_training
from reporting.tasks import compile_due, make_papers

log = logging.getLogger(__name__)
BUDGET = 50.0  # seconds: it is called each minute
SKEW = timedelta(seconds=60)
TOLD_OF_SKEW = (Role.INFORMATION_MANAGEMENT, Role.DPO, Role.SYSTEM_ADMINISTRATOR)


@dataclass(frozen=True)
class Step:
    """A part of the sweep. `run(at=…)` returns how many things it did, or yields "" for each thing done and an error's name for each that failed."""

    name: str
    run: Callable[..., int | Iterable[str]]
    erases: bool = False


# In this order: what lapses, what is deleted, what is made, then who is told of it.
STEPS: tuple[Step, ...] = (
    Step("lapse", lapse_due),
    Step("conclude", conclude_due),
    Step("erase", erase_due, erases=True),
    Step("plan", plan_due),
    Step("records", compile_due),
    Step("papers", make_papers),
    Step("notices", notify_due),
    Step("training", watch_training),
    Step("reminders", remind_due),
    Step("mail", send_due_mail),
    Step("answers", forget_answers),
)


@dataclass
class Outcome:
    """How a step went. `state`: done, braked, failed, or out of time (the next sweep goes on)."""

    name: str
    state: str = "done"
    done: int = 0
    failed: int = 0
    took: float = 0.0
    error: str = ""

    def __str__(self) -> str:
        failed = f", {self.failed} failed" if self.failed else ""
        return f"{self.name}: {self.state}, {self.done} done{failed} in {self.took:.2f} s{f' ({self.error})' if self.error else ''}"


def run(*, at: datetime, source: str, steps: Iterable[Step] | None = None, budget: float = BUDGET) -> list[Outcome]:
    """Every step once. One that fails stops no other; a clock that cannot be trusted stops deletions alone (D-6). Leaves a heartbeat."""
    began = time.monotonic()
    skew = clock_skew()
    outcomes = []
    for step in STEPS if steps is None else steps:
        left = budget - (time.monotonic() - began)
        outcomes.append(Outcome(step.name, "braked") if skew and step.erases else one_step(step, at, left / 2))
    if skew:
        alarm(skew)
    beat(outcomes, source=source, took=time.monotonic() - began, braked=bool(skew))
    return outcomes


def one_step(step: Step, at: datetime, seconds: float) -> Outcome:
    """At most half of what is left of the budget, so that no step starves those after it."""
    outcome, began = Outcome(step.name), time.monotonic()
    try:
        came = step.run(at=at)
        if isinstance(came, int):
            outcome.done = came
        else:
            count(came, outcome, began + seconds)
    except Exception as error:
        log.exception("step %s of the sweep failed", step.name)
        outcome.state, outcome.error = "failed", type(error).__name__
    outcome.took = time.monotonic() - began
    return outcome


def count(came: Iterable[str], outcome: Outcome, stop: float) -> None:
    for error in came:
        outcome.done += not error
        outcome.failed += bool(error)
        outcome.error = error or outcome.error
        if time.monotonic() > stop:
            outcome.state = "out of time"
            break


def clock_skew() -> str:
    """Why this machine's clock cannot be trusted; "" where it can: it agrees with the database's, and has not gone back since the last sweep."""
    now = timezone.now()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            theirs = cursor.fetchone()[0]
        if abs(theirs - now) > SKEW:
            return f"this machine’s clock and the database’s differ by {abs(theirs - now).total_seconds():.0f} seconds"
    last = Heartbeat.last()
    if last and last.ran_at - now > SKEW:
        return f"this machine’s clock has gone back by {(last.ran_at - now).total_seconds():.0f} seconds"
    return ""


def alarm(skew: str) -> None:
    """Nothing is deleted early by a wrong clock: those who can put it right are told, once an hour."""
    log.error("deletions wait: %s", skew)
    now = timezone.now()
    people = User.objects.filter(is_active=True, grants__role__in=TOLD_OF_SKEW, grants__ended_at=None).distinct()
    tell(people, key=f"clock-skew:{now:%Y-%m-%dT%H}", text=f"Deletions wait: {skew}", link="/clocks/", at=now, urgent=True)


def beat(outcomes: list[Outcome], *, source: str, took: float, braked: bool) -> None:
    """When the clocks last ran, by this machine's clock. A sweep counts as good when no step failed and nothing was braked."""
    now = timezone.now()
    values: dict[str, Any] = {
        "ran_at": now,
        "source": source,
        "took": timedelta(seconds=took),
        "braked": braked,
        "steps": [{"name": one.name, "state": one.state, "done": one.done, "failed": one.failed, "ms": round(one.took * 1000)} for one in outcomes],
    }
    if not braked and all(one.state != "failed" for one in outcomes):
        values["succeeded_at"] = now
    Heartbeat.objects.update_or_create(pk=1, defaults=values)
