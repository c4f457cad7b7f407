"""Draws every state machine into docs/diagrams/, as the help page shows it. A test fails when they differ."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from lfr_governance.diagrams import svg
from lfr_governance.machines import machines


class Command(BaseCommand):
    help = __doc__
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(settings.BASE_DIR) / "docs" / "diagrams"
        folder.mkdir(parents=True, exist_ok=True)
        drawn = {f"{machine.name}.svg": svg(machine) for machine in machines()}
        for old in folder.glob("*.svg"):
            if old.name not in drawn:
                old.unlink()
        for name, text in drawn.items():
            (folder / name).write_text(text, encoding="utf-8")
            self.stdout.write(f"docs/diagrams/{name}")
