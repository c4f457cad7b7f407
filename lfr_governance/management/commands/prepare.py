"""Makes a checkout fit to serve: static files, database, and in the demonstration its people. Safe to run at every start."""

from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = __doc__
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        collect_static()
        call_command("migrate", interactive=False, verbosity=0)
        # Until the demonstration is written, there is none to load.
        if settings.DEMO and "demo" in get_commands():
            if not get_user_model().objects.exists():
                self.stderr.write("First start: the demonstration is being made …")
                call_command("demo", stdout=self.stderr)
            call_command("demo", people=True, stdout=self.stdout)
        if settings.DEMO:
            self.stdout.write(f"Password: {settings.DEMO_PASSWORD}")


def collect_static() -> None:
    """Copied, named by content and compressed: some seconds, so only when a file has changed."""
    stamp = Path(settings.STATIC_ROOT) / ".stamp"
    files = sorted(path for folder in settings.STATICFILES_DIRS for path in Path(folder).rglob("*") if path.is_file())
    lines = [f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in files]
    now = sha256("\n".join([*settings.INSTALLED_APPS, *lines]).encode()).hexdigest()
    if not stamp.exists() or stamp.read_text() != now:
        call_command("collectstatic", interactive=False, verbosity=0, clear=True, ignore_patterns=["src"])
        stamp.write_text(now)
