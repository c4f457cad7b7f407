"""Starts the product on one machine and keeps it running: the queue's server, worker, beat and web server. Started by `script/server`."""

import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import environ

from lfr_governance import parts

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("LFR_VAR", BASE_DIR / "var")).resolve()
LONGEST_PAUSE = 30.0  # seconds between two attempts to start what keeps dying
STEADY = 60.0  # seconds after which a part counts as sound again


class Part:
    """One process of the set. It has its own process group: Ctrl-C reaches the supervisor alone, which stops the parts in order."""

    def __init__(self, name: str, command: list[str], patience: float = 10.0) -> None:
        self.name, self.command, self.patience = name, command, patience
        self.process: subprocess.Popen[bytes] | None = None
        self.deaths, self.started, self.due = 0, 0.0, 0.0

    def start(self) -> None:
        self.process = subprocess.Popen(self.command, cwd=BASE_DIR, process_group=0, preexec_fn=parts.die_with_parent())
        self.started = time.monotonic()

    def tend(self) -> None:
        """Start it again when it has died, each time a little later."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.due:
                self.start()
        elif (code := self.process.poll()) is not None:
            self.deaths = self.deaths + 1 if now - self.started < STEADY else 1
            pause = min(0.25 * 2**self.deaths, LONGEST_PAUSE)
            self.process, self.due = None, now + pause
            say(f"{self.name} ended ({code}); starting it again in {pause:g} s.")

    def stop(self) -> None:
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(self.patience)
        except subprocess.TimeoutExpired:
            say(f"{self.name} did not stop in {self.patience:g} s: killed.")
        try:
            os.killpg(self.process.pid, signal.SIGKILL)  # also a grandchild that its parent left behind
        except ProcessLookupError:
            pass
        self.process.wait()


class Supervisor:
    def __init__(self) -> None:
        self.parts: list[Part] = []
        self.stopping = False
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:  # nohup is respected
                signal.signal(number, self.stop_soon)

    def stop_soon(self, number: int, frame: object) -> None:
        self.stopping = True

    def add(self, part: Part) -> None:
        part.start()
        self.parts.append(part)

    def watch(self, until: Callable[[], bool], seconds: float = float("inf")) -> bool:
        """Tend the parts until the thing is so. False: it was told to stop, or the time is up."""
        end = time.monotonic() + seconds
        while not self.stopping and time.monotonic() < end:
            for part in self.parts:
                part.tend()
            if until():
                return True
            time.sleep(0.1)
        return False

    def close(self) -> None:
        for part in reversed(self.parts):
            part.stop()


def say(sentence: str) -> None:
    print(sentence, flush=True)


def sole_copy(port: int) -> int:
    """Hold the lock file for as long as this process lives. A second copy would fight over the socket and the port."""
    VAR.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = os.open(VAR / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise SystemExit(f"It is running already: {os.read(lock, 200).decode().strip()}. Stop that first.") from None
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise SystemExit(f"Port {port} is taken. Choose another: PORT={port + 1} script/server") from None
    os.ftruncate(lock, 0)
    os.write(lock, f"http://127.0.0.1:{port}/ (process {os.getpid()})\n".encode())
    return lock


def settle_environment() -> tuple[int, bool]:
    """What was told now, else what was told before, else the defaults. Answers with the port, and whether the queue's server is ours to run."""
    if (VAR / "env").exists():
        environ.Env.read_env(VAR / "env")
    own = f"unix://{parts.valkey_socket(VAR / 'valkey')}"
    for name, default in {"LFR_DEMO": "1", "PORT": "8000", "REDIS_URL": own, "LFR_VAR": str(VAR)}.items():
        os.environ[name] = os.environ.get(name) or default
    if os.environ.get("DATABASE_URL") == "":
        del os.environ["DATABASE_URL"]
    return int(os.environ["PORT"]), os.environ["REDIS_URL"] == own


def ready(port: int) -> bool:
    try:
        line = HTTPConnection("127.0.0.1", port, timeout=5)
        line.request("GET", "/readyz")
        return line.getresponse().status == 200
    except (OSError, HTTPException):
        return False


def prepare(supervisor: Supervisor) -> str | None:
    """Static files, database, demonstration: one short process. Answers with what to tell the person at the end, or None where it failed."""
    command = [sys.executable, "manage.py", "prepare"]
    with subprocess.Popen(command, cwd=BASE_DIR, stdout=subprocess.PIPE, text=True, process_group=0, preexec_fn=parts.die_with_parent()) as process:
        while True:
            try:
                words = process.communicate(timeout=0.2)[0]
                return words if process.returncode == 0 and not supervisor.stopping else None
            except subprocess.TimeoutExpired:
                if supervisor.stopping:
                    process.terminate()


def run(port: int, with_valkey: bool) -> int:
    supervisor = Supervisor()
    try:
        if with_valkey:
            folder = VAR / "valkey"
            supervisor.add(Part("valkey", parts.valkey(folder)))
            if not supervisor.watch(lambda: parts.valkey_answers(parts.valkey_socket(folder)), 20):
                return 1
        if (words := prepare(supervisor)) is None:
            return 1
        supervisor.add(Part("web", parts.python(parts.WEB, f"--bind=127.0.0.1:{port}")))
        if not supervisor.watch(lambda: ready(port), 60) and not supervisor.stopping:
            say(f"It did not become ready in 60 s: see what http://127.0.0.1:{port}/readyz says.")
            return 1
        supervisor.add(Part("worker", parts.python(parts.WORKER)))
        supervisor.add(Part("beat", parts.python(parts.BEAT)))
        started = float(os.environ.get("LFR_STARTED", time.time()))
        say(f"\nReady in {time.time() - started:.1f} s: http://127.0.0.1:{port}/   (Ctrl-C stops it)\n{words.rstrip()}")
        supervisor.watch(lambda: False)
        return 0
    finally:
        supervisor.close()


def main() -> int:
    os.umask(0o077)
    port, with_valkey = settle_environment()
    lock = sole_copy(port)
    parts.remember(VAR / "env", os.environ | {"REDIS_URL": ""} if with_valkey else os.environ)
    try:
        return run(port, with_valkey)
    finally:
        os.close(lock)


if __name__ == "__main__":
    sys.exit(main())
