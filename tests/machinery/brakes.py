"""Put into a process under test, to hold it where a test wants to kill it, and to write down what it really deletes.

Loaded by an app of the tests (see process_settings.py), so that the product needs no switch for this.
"""

import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from celery.signals import worker_ready

from deployments.services.erasing import HOW
from lfr_governance import sweep
from obligations.models import Obligation
from obligations.services import erasure


def put_on(said: dict[str, Any]) -> None:
    sweep.STEPS = tuple(step for step in sweep.STEPS if step.name not in said["without"])
    if said["lease"]:
        erasure.LEASE = timedelta(seconds=said["lease"])
    brake = Brake(Path(said["journal"]), said["hold_at"], Path(said["held"]))
    for kind, (destroy, verify) in HOW.items():
        HOW[kind] = (brake.put_on(destroy, verify), verify)
    worker_ready.connect(lambda **_: Path(said["is_ready"]).touch(), weak=False)


class Brake:
    """`hold_at`: ["before" | "after", 3] holds the process before or after its third deletion, and every later one, until it is killed."""

    def __init__(self, journal: Path, hold_at: tuple[str, int] | None, held: Path):
        self.journal, self.held = journal, held
        self.where, self.number = hold_at or ("", 0)
        self.deletions = 0

    def put_on(self, destroy: Callable[..., Any], verify: Callable[..., Any]) -> Callable[..., Any]:
        def braked(clock: Obligation) -> Any:
            self.deletions += 1
            self.hold("before")
            there = verify(clock)
            counts = destroy(clock)
            if there:
                with self.journal.open("a") as journal:
                    journal.write(f"{clock.pk}\n")
            self.hold("after")
            return counts

        return braked

    def hold(self, where: str) -> None:
        if where == self.where and self.deletions >= self.number:
            self.held.touch()
            time.sleep(600)
