"""The product's processes on the database and queue of the tests: started, held in the middle of a deletion, killed with -9."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from redis import Redis

from lfr_governance import parts

PATIENCE = 300  # seconds: long, for a machine that has much else to do
QUEUE = "celery"


class Processes:
    def __init__(self, folder: Path, queue: str):
        self.running, self.address = list[subprocess.Popen[bytes]](), queue
        self.held, self.is_ready, self.journal, self.log = (folder / name for name in ("held", "ready", "journal", "log"))
        self.journal.touch()
        self.queue: Any = Redis.from_url(queue)

    def start(self, command: list[str], *, hold_at: tuple[str, int] | None = None, lease: float = 0, without: tuple[str, ...] = ("papers",)) -> Any:
        """`lease`: in seconds, instead of the product's. `without`: steps of the sweep that are left out; papers take their time."""
        said = {"hold_at": hold_at, "lease": lease, "without": without, "media": str(settings.MEDIA_ROOT)}
        said |= {name: str(getattr(self, name)) for name in ("held", "is_ready", "journal")}
        environment = {"DJANGO_SETTINGS_MODULE": "tests.machinery.process_settings", "LFR_TEST_PROCESS": json.dumps(said)}
        environment |= {"DATABASE_URL": database(), "REDIS_URL": self.address}
        with self.log.open("ab") as output:
            process = subprocess.Popen(
                command,
                cwd=settings.BASE_DIR,
                env=os.environ | environment,
                stdout=output,
                stderr=output,
                process_group=0,
                preexec_fn=parts.die_with_parent(signal.SIGKILL),
            )
        self.running.append(process)
        return process

    def sweep(self, at: datetime, **said: Any) -> subprocess.Popen[bytes]:
        return self.start([sys.executable, "manage.py", "sweep", "--at", at.isoformat()], **said)

    def worker(self, **said: Any) -> subprocess.Popen[bytes]:
        """As the product starts it, and up when this returns."""
        self.is_ready.unlink(missing_ok=True)
        worker = self.start(parts.python(parts.WORKER), **said)
        self.until(self.is_ready.exists)
        return worker

    def beat(self) -> subprocess.Popen[bytes]:
        return self.start(parts.python(parts.BEAT))

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """-9, to it and to all its children."""
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        self.running.remove(process)

    def finished(self, process: subprocess.Popen[bytes]) -> None:
        assert process.wait(PATIENCE) == 0, self.log.read_text()
        self.running.remove(process)

    def until(self, it: Callable[[], Any]) -> None:
        end = time.monotonic() + PATIENCE
        while not it():
            assert time.monotonic() < end and all(process.poll() is None for process in self.running), self.log.read_text()
            time.sleep(0.2)

    def until_held(self) -> None:
        self.until(self.held.exists)
        self.held.unlink()

    def deleted(self) -> list[str]:
        """The clock of each thing that was there, and was not there afterwards."""
        return self.journal.read_text().split()


@contextmanager
def processes_in(folder: Path, queue: str = "") -> Iterator[Processes]:
    """Nothing is left running, and nothing in the queue."""
    processes = Processes(folder, queue or os.environ["REDIS_URL"])
    processes.queue.flushall()
    try:
        yield processes
    finally:
        for process in list(processes.running):
            processes.kill(process)
        processes.queue.flushall()


def database() -> str:
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return os.environ["DATABASE_URL"].replace("/lfr?", f"/{name}?")
