from typing import Any

from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from accounts.models import User
from lfr_governance.demonstration.telling import tell
from lfr_governance.sweep import run


class Command(BaseCommand):
    help = "Load the demonstration: a force, its people, operations in every state, made by performing the acts. Only where LFR_DEMO=1."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--reset", action="store_true", help="empty the database first")
        parser.add_argument("--people", action="store_true", help="only print who can sign in")

    def handle(self, *, reset: bool, people: bool, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("The demonstration is refused outside demonstration mode. Set LFR_DEMO=1 on a database that holds nothing real.")
        if not people:
            self.load(reset)
        self.tell_people()

    def load(self, reset: bool) -> None:
        if User.objects.filter(is_demonstration=False).exists():
            raise CommandError("This database holds people who are not of the demonstration; it is left alone.")
        if reset:
            self.empty()
        if User.objects.exists():
            self.stdout.write("The demonstration is already there (--reset makes it anew).")
            return
        tell(settings.DEMO_PASSWORD, now=timezone.now())
        # The clocks have run up to now; what takes long is left to the first sweep of the service.
        run(at=timezone.now(), source="demonstration", budget=0)

    def empty(self) -> None:
        """The trail cannot be emptied, so the tables are made anew."""
        for app in (
            "reporting",
            "authorisations",
            "library",
            "watchlists",
            "obligations",
            "operations",
            "guardian",
            "mfa",
            "account",
            "accounts",
            "audit",
        ):
            call_command("migrate", app, "zero", verbosity=0)
        call_command("migrate", verbosity=0)

    def tell_people(self) -> None:
        for person in User.objects.filter(is_demonstration=True).prefetch_related("grants").order_by("username"):
            roles = ", ".join(grant.get_role_display() for grant in person.grants.all() if not grant.ended_at)
            self.stdout.write(f"{person.username:14}{person.name:24}{roles}")
        self.stdout.write(f"Password: {settings.DEMO_PASSWORD}")
