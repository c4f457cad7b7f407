"""Do what the clocks ask for, now: from cron, a timer, or by hand. Prints a line for each step."""

from argparse import ArgumentParser
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from govuk.times import log_time
from lfr_governance.sweep import run


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--at", metavar="ISO", help="as at this moment (UTC where no zone is given); a future one only in the demonstration and in tests"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        at = moment(options["at"]) if options["at"] else timezone.now()
        if at > timezone.now() and not (settings.DEMO or getattr(settings, "TESTING", False)):
            raise CommandError("That moment lies in the future. Deleting before the time is refused outside the demonstration.")
        self.stdout.write(f"As at {log_time(at)} ({at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ})")
        outcomes = run(at=at, source="command")
        for outcome in outcomes:
            self.stdout.write(str(outcome))
        if any(outcome.state == "failed" for outcome in outcomes):
            raise CommandError("A step failed; the log says why. The others were done.")


def moment(text: str) -> datetime:
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        raise CommandError(f"{text} is no moment. Write it like 2026-10-24T20:00:00Z.") from None
    return read if read.tzinfo else read.replace(tzinfo=UTC)
