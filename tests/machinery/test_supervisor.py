"""`script/server` starts everything, keeps it running, refuses a second copy, and leaves nothing behind, however it ends."""

import os
import signal
import socket
import sqlite3
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from lfr_governance import parts, supervisor

COMMAND = [sys.executable, "-m", "lfr_governance.supervisor"]


def eventually(what: Callable[[], object], seconds: float = 180) -> None:
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.1)


def running(number: int) -> bool:
    try:
        return "(zombie)" not in Path(f"/proc/{number}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False


def live_and_die(part: supervisor.Part) -> None:
    part.start()
    assert part.process
    part.process.wait()


class Machine:
    """A machine of its own to run the product on: a folder, a free port, and the environment of a person who says nothing."""

    def __init__(self, var: Path) -> None:
        with socket.socket() as line:
            line.bind(("127.0.0.1", 0))
            self.port = line.getsockname()[1]
        self.var, self.log = var, var.parent / "log"
        self.environment = {name: value for name, value in os.environ.items() if name not in (*parts.TOLD, "DJANGO_SETTINGS_MODULE")}
        self.environment["LFR_VAR"] = str(var)

    def start(self, **told: str) -> None:
        with self.log.open("wb") as output:
            self.process = subprocess.Popen(COMMAND, cwd=settings.BASE_DIR, stdout=output, stderr=output, env=self.environment | told)
        eventually(lambda: "Ready in " in self.log.read_text() or self.process.poll() is not None)
        assert self.process.poll() is None, self.log.read_text()

    def parts(self) -> dict[str, int]:
        """What runs under the supervisor, by a word of its command."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        commands = {number: Path(f"/proc/{number}/cmdline").read_text().replace("\0", " ") for number in children}
        words = ("valkey-server", " worker ", " beat ", "gunicorn")
        return {word.strip(): int(number) for number, command in commands.items() for word in words if word in command}


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    machine = Machine(tmp_path / "var")
    yield machine
    machine.process.kill()
    machine.process.wait()


@pytest.fixture
def database() -> dict[str, str]:
    """On PostgreSQL the supervisor is told its address; otherwise nothing."""
    address = os.environ["DATABASE_URL"]
    if not address.startswith("postgres"):
        return {}
    with psycopg.connect(address.replace("/lfr?", "/postgres?"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE supervised")
    return {"DATABASE_URL": address.replace("/lfr?", "/supervised?")}


def clocks_ran(machine: Machine, database: dict[str, str]) -> bool:
    asked = "SELECT count(*) FROM obligations_heartbeat WHERE succeeded_at IS NOT NULL"
    with psycopg.connect(database["DATABASE_URL"]) if database else sqlite3.connect(machine.var / "lfr.sqlite3") as connection:
        return connection.execute(asked).fetchone()[0] == 1


def test_it_starts_mends_remembers_and_stops(machine, database):
    machine.start(PORT=str(machine.port), **database)
    said = machine.log.read_text()
    assert f"http://127.0.0.1:{machine.port}/" in said
    assert "Password: " in said
    assert supervisor.ready(machine.port)
    assert clocks_ran(machine, database), "a first page that says the clocks do not run would be untrue (D-6)"
    first = machine.parts()
    assert first.keys() == {"valkey-server", "worker", "beat", "gunicorn"}

    queue = machine.var / "valkey"
    assert stat.S_IMODE(queue.stat().st_mode) == 0o700
    assert stat.S_IMODE(parts.valkey_socket(queue).stat().st_mode) == 0o700
    kept = machine.var / "env"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert set(kept.read_text().split()) == {"LFR_DEMO='1'", f"PORT='{machine.port}'", *(f"{name}='{value}'" for name, value in database.items())}
    assert (machine.var / "lfr.sqlite3").exists() is not bool(database)

    second = subprocess.run(COMMAND, cwd=settings.BASE_DIR, capture_output=True, text=True, env=machine.environment)
    assert (second.returncode, "running already" in second.stderr) == (1, True)

    for word in ("gunicorn", "valkey-server", "worker"):
        os.kill(first[word], signal.SIGKILL)
    eventually(lambda: machine.parts().keys() == first.keys() and supervisor.ready(machine.port) and parts.valkey_answers(parts.valkey_socket(queue)))
    now = machine.parts()
    assert now["beat"] == first["beat"] and now["gunicorn"] != first["gunicorn"]

    machine.process.terminate()
    assert machine.process.wait(20) == 0
    assert not any(running(number) for number in now.values())
    assert "Traceback" not in machine.log.read_text()

    machine.start()  # told nothing: the port and the database are remembered
    assert supervisor.ready(machine.port)
    left = machine.parts()
    machine.process.kill()
    eventually(lambda: not any(running(number) for number in left.values()), 60)


def test_a_taken_port_is_said_before_anything_starts(tmp_path):
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        line.listen()
        environment = os.environ | {"LFR_VAR": str(tmp_path), "PORT": str(line.getsockname()[1])}
        answer = subprocess.run(COMMAND, cwd=settings.BASE_DIR, capture_output=True, text=True, env=environment)
    assert (answer.returncode, "is taken" in answer.stderr) == (1, True)


def test_what_dies_again_and_again_is_started_ever_later(monkeypatch):
    now = [1000.0]
    monkeypatch.setattr(supervisor.time, "monotonic", lambda: now[0])
    part, pauses = supervisor.Part("brief", [sys.executable, "-c", ""]), []
    for _ in range(9):
        live_and_die(part)
        part.tend()
        pauses.append(part.due - now[0])
        now[0] = part.due
    assert pauses == [0.5, 1, 2, 4, 8, 16, 30, 30, 30]
    now[0] += supervisor.STEADY
    live_and_die(part)
    now[0] += supervisor.STEADY
    part.tend()
    assert part.due - now[0] == 0.5


def test_a_part_that_will_not_stop_is_killed():
    stubborn = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True); time.sleep(60)"
    part = supervisor.Part("stubborn", [sys.executable, "-c", stubborn], patience=1)
    part.start()
    time.sleep(0.5)
    part.stop()
    assert part.process and part.process.returncode == -signal.SIGKILL


def test_a_long_path_does_not_break_the_socket(tmp_path):
    deep = tmp_path / ("d" * 120)
    path = parts.valkey_socket(deep)
    assert len(str(path)) < 100
    assert path == parts.valkey_socket(deep) != parts.valkey_socket(deep / "other")
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    for made in (deep, deep / "other"):
        parts.valkey_socket(made).parent.rmdir()
