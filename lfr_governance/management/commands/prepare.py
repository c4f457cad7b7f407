"""Makes a checkout fit to serve: static files, database, and in the demonstration its people. Safe to run at every start."""

import fcntl
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser


class Command(BaseCommand):
    help = __doc__
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--static", action="store_true", help="only the static files: while an image is built there is no database")

    def handle(self, *args: Any, static: bool, **options: Any) -> None:
        collect_static()
        if static:
            return
        call_command("migrate", interactive=False, verbosity=0)
        if settings.DEMO:
            there = get_user_model().objects.exists()
            if not there:
                self.stderr.write("First start: the demonstration is being made …")
            call_command("demo", people=there, stdout=self.stdout)


def collect_static() -> None:
    """Copied, named by content and compressed: some seconds, so only when a file has changed; and by one process at a time."""
    with open(__file__) as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        collect_changed()


def collect_changed() -> None:
    stamp = Path(settings.STATIC_ROOT) / ".stamp"
    files = sorted(path for folder in settings.STATICFILES_DIRS for path in Path(folder).rglob("*") if path.is_file())
    lines = [f"{path} {path.stat().st_size} {int(path.stat().st_mtime)}" for path in files]
    now = sha256("\n".join([*settings.INSTALLED_APPS, *lines]).encode()).hexdigest()
    if not stamp.exists() or stamp.read_text() != now:
        call_command("collectstatic", interactive=False, verbosity=0, clear=True, ignore_patterns=["src"])
        stamp.write_text(now)
