"""The long proofs of D-3, D-4, D-6 and O-3: run by script/prove, which keeps what they say in docs/proofs/."""

import os
import signal
import sqlite3
import subprocess
import traceback
from collections.abc import Callable, Iterator
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from platform import python_version
from time import monotonic
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from audit.verify import verify as verify_trail
from deployments import services as acts
from deployments.models import LogEntry, Residue
from deployments.services.erasing import HOW
from deployments.states import LogKind, State
from lfr_governance import parts
from lfr_governance.demonstration.people import Cast
from lfr_governance.sweep import STEPS, run
from obligations.models import Certificate, Heartbeat
from obligations.services.erasure import LEASE
from tests.cast import NOON
from tests.deployments.stages import DAY, DURING, SECOND, stage
from tests.deployments.test_files_erased import files, no_old_segments
from tests.machinery.brakes import Brake
from tests.machinery.dues import clocks, concluded, faults
from tests.machinery.processes import Processes, processes_in

pytestmark = pytest.mark.django_db(transaction=True)
ALL_DUE = NOON + 33 * DAY
MANY = {"alerts": 12, "notes": 12, "footage": 6}
WRITERS = ("silver", "gold", "bronze", "operator", "engagement", "loggist", "npt", "comms")


@pytest.fixture(autouse=True)
def a_store_of_its_own(settings: LazySettings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def processes(tmp_path: Path) -> Iterator[Processes]:
    with processes_in(tmp_path) as found:
        yield found


def say(sentence: str) -> None:
    with Path(os.environ.get("LFR_PROOF", os.devnull)).open("a") as proof:
        proof.write(f"{sentence}\n")


def test_what_it_runs_on():
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version" if connection.vendor == "postgresql" else "SELECT sqlite_version()")
        (number,) = cursor.fetchone()
    packages = ", ".join(f"{name} {version(name)}" for name in ("django", "celery", "redis"))
    say(f"{connection.display_name} {number}, Python {python_version()}, {packages}\n")


def forked(do: Callable[[], Any]) -> int:
    """A process of its own, with a connection of its own."""
    connection.close()
    child = os.fork()
    if child:
        return child
    try:
        do()
        connection.close()
        os._exit(0)
    except BaseException:
        traceback.print_exc()
        os._exit(1)


def ended(child: int) -> int:
    """The signal that ended it; 0 where it came to its own end."""
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0


class KillAt:
    """-9 just before the numbered statement."""

    def __init__(self, number: int):
        self.left = number

    def __call__(self, execute: Any, *args: Any) -> Any:
        self.left -= 1
        if not self.left:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(*args)


def killed_at(number: int, at: datetime) -> bool:
    def sweep() -> None:
        with connection.execute_wrapper(KillAt(number)):
            run(at=at, source="proof", steps=[step for step in STEPS if step.erases])

    return bool(ended(forked(sweep)))


def test_d6_killed_before_every_statement_of_the_sweep(cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Before its first statement, its second, its third … until one comes to its end."""
    for month in range(3):
        concluded(cast, NOON - month * DAY, **MANY)
    brake = Brake(tmp_path / "journal", None, tmp_path / "held")
    for kind, (destroy, verify) in HOW.items():
        monkeypatch.setitem(HOW, kind, (brake.put_on(destroy, verify), verify))
    kills, at = 0, ALL_DUE
    while killed_at(kills + 1, at):
        kills, at = kills + 1, at + LEASE + SECOND
    deleted = (tmp_path / "journal").read_text().split()
    assert faults(deleted) == [] and len(deleted) == clocks().count() == Certificate.objects.count()
    again = sum(proof.attempts > 1 for proof in Certificate.objects.all())
    assert kills > 60 and again > 20
    call_command("audit_verify")
    say(f"PROVED D-6 a sweep killed -9 before each of its first {kills} statements: {len(deleted)} things due, 0 lost, 0 twice, 1 certificate each,")
    say(f"       {again} taken up again after a kill, trail sound ({verify_trail()[0]} entries)")


def test_d6_five_sweeps_at_once_two_of_them_killed(cast: Cast, processes: Processes):
    concluded(cast, NOON, **MANY)
    killed = []
    for hold_at in (("before", 3), ("after", 5)):
        killed.append(processes.sweep(ALL_DUE, hold_at=hold_at))
        processes.until_held()
    for sweep in [processes.sweep(ALL_DUE) for _ in range(3)]:
        processes.finished(sweep)
    for sweep in killed:
        processes.kill(sweep)
    assert Certificate.objects.count() == clocks().count() - 2
    for sweep in [processes.sweep(ALL_DUE + LEASE + SECOND) for _ in range(3)]:
        processes.finished(sweep)
    deleted = processes.deleted()
    assert faults(deleted) == [] and len(deleted) == clocks().count()
    say(f"PROVED D-6 five sweeps at once, two killed -9 in the middle, three more: {len(deleted)} things due, 0 lost, 0 twice, 1 certificate each")


def test_d6_the_queue_killed_and_started_again(cast: Cast, tmp_path: Path):
    """Worker and beat live on, and go on by themselves."""
    folder = tmp_path / "q"
    command, socket = parts.valkey(folder), parts.valkey_socket(folder)

    def started() -> subprocess.Popen[bytes]:
        process = subprocess.Popen(command, preexec_fn=parts.die_with_parent(signal.SIGKILL))
        while not parts.valkey_answers(socket):
            assert process.poll() is None
        return process

    queue = started()
    with processes_in(tmp_path, f"unix://{socket}") as processes:
        processes.worker(), processes.beat()
        processes.until(Heartbeat.last)
        queue.kill()
        queue.wait()
        concluded(cast, timezone.now().replace(microsecond=0) - 33 * DAY)
        queue, began = started(), monotonic()
        processes.until(lambda: Certificate.objects.count() == 6)
        took = monotonic() - began
        processes.until(lambda: not Residue.objects.exists())
    queue.kill()
    queue.wait()
    assert faults() == []
    say(f"PROVED D-6 the queue’s server killed -9 under worker and beat, and started again: what fell due meanwhile erased {took:.1f} s later,")
    say("       everything once, 1 certificate each (beat ticked each second)")


def test_o3_twenty_processes_write_to_one_log_and_stop_is_pressed(cast: Cast):
    live = stage(cast, "live")
    before = LogEntry.objects.count()

    def write(number: int) -> None:
        for turn in range(5):
            by = cast.people[WRITERS[number % len(WRITERS)]]
            acts.log(live, kind=LogKind.OBSERVATION, note=f"{number}.{turn}", about_person=number % 4 == 0, by=by, at=DURING)

    children = [forked(lambda number=number: write(number)) for number in range(20)]
    began = monotonic()
    acts.terminate(live, by=cast.operator, at=DURING)
    took = monotonic() - began
    assert not any(ended(child) for child in children)
    assert LogEntry.objects.count() - before == 100 and live.again().state == State.TERMINATED
    read, broken = verify_trail()
    assert broken == []
    say(f"PROVED O-3 20 processes, 100 log entries in one deployment: 100 stored, trail sound ({read} entries);")
    say(f"       stop pressed meanwhile done in {took:.2f} s")


def test_d3_what_the_files_hold_and_for_how_long(cast: Cast):
    """Straight after erasure, and PostgreSQL’s write-ahead log as it comes: its window is stated, not hidden."""
    concluded(cast, NOON, words="zqwindow", **MANY)
    checkpoint()
    before = in_files("zqwindow")
    run(at=ALL_DUE, source="proof", steps=[step for step in STEPS if step.erases])
    checkpoint()
    after = in_files("zqwindow")
    assert sum(before.values()) > 30 and after["data"] == 0
    say(f"PROVED D-3 markers in the database’s files before erasure: {before['data']}, after: {after['data']}")
    if connection.vendor == "postgresql":
        with no_old_segments():
            checkpoint()
            checkpoint()
            assert in_files("zqwindow")["log"] == 0
        say(f"       PostgreSQL’s write-ahead log still held {after['log']}; gone with its old segments, at the next checkpoint with wal_recycle off")


def in_files(word: str) -> dict[str, int]:
    counted = {"data": 0, "log": 0}
    for path in files():
        counted["log" if "pg_wal" in path.parts else "data"] += path.read_bytes().count(word.encode())
    return counted


def checkpoint() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_switch_wal()")
            cursor.execute("CHECKPOINT")


def test_the_search_finds_what_is_not_overwritten(tmp_path: Path):
    """Negative control: SQLite without secure_delete."""
    with sqlite3.connect(tmp_path / "control") as plain:
        plain.execute("PRAGMA secure_delete = OFF")
        plain.execute("CREATE TABLE t (words)")
        plain.execute("INSERT INTO t VALUES (?)", ["zqwindow " * 200])
        plain.commit()
        plain.execute("DELETE FROM t")
        plain.commit()
    assert b"zqwindow" in (tmp_path / "control").read_bytes()
