"""Founds one of the first two System Administrators of the force; everybody else is registered by them. Prints a one-time password."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.text import slugify

from accounts.models import Force
from accounts.services import found_administrator, one_time_password
from policy import current
from policy.refusals import RuleBroken


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("name")

    def handle(self, *args: Any, username: str, name: str, **options: Any) -> None:
        force = Force.objects.filter(is_host=False).first() or Force.objects.create(code=slugify(current().force)[:30], name=current().force)
        password = one_time_password()
        person = {"force": force, "username": username, "name": name, "password": password, "is_temporary": True, "demonstration": settings.DEMO}
        try:
            found_administrator(**person, by=None, at=timezone.now())
        except RuleBroken as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"One-time password: {password}")
