"""Prints who may open and do what: every page × every person of the demonstration, as the tests hold it against the real answers."""

import csv
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.states import Role
from lfr_governance.demonstration.people import ADMINISTRATORS, LENT, PARTS
from lfr_governance.matrix import EVERYBODY, NO_OPERATION, TABLE, Line, addresses, cells, read


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--csv", action="store_true", help="one row for each page, state and person")

    def handle(self, *args: Any, **options: Any) -> None:
        if not TABLE.exists():
            raise CommandError("The table stands beside the tests that hold it against the real answers, and these are not installed here.")
        self.lines = read()
        self.tell_rows() if options["csv"] else self.tell_lines()

    def tell_rows(self) -> None:
        rows = csv.writer(self.stdout)
        rows.writerow(["address", "page", "state", "person", "roles", "opens", "sends"])
        paths = {name: f"/{path}" for name, (path, _) in addresses().items()}
        for line, state, person, opens, sends in cells(self.lines):
            rows.writerow([paths.get(line.page, ""), line.name, state, person, roles(person), opens, sends])

    def tell_lines(self) -> None:
        self.stdout.write("200 opens · 403 is told it is not theirs · 404 does not exist for them · acts: may send its form\n\nThe people:")
        for person in EVERYBODY:
            self.stdout.write(f"  {person:14}{roles(person)}")
        for name, (path, _) in addresses().items():
            self.stdout.write(f"\n/{path}")
            for line in self.lines:
                if line.page == name:
                    self.stdout.write(told(line))


def told(line: Line) -> str:
    where = "" if line.states == (NO_OPERATION,) else f"{' '.join(line.states)}: "
    said = [f"200 {' '.join(line.opens)}"] if line.opens else []
    said += [f"403 {' '.join(line.told)}"] if line.told else []
    said += [f"everyone else {line.others}"] if set(line.opens + line.told) != set(EVERYBODY) else []
    said += [f"acts {' '.join(line.acts) or 'nobody'}"] if line.acts is not None else []
    return f"  {f'({line.variant}) ' if line.variant else ''}{where}{'; '.join(said)}"


def roles(person: str) -> str:
    if person in ADMINISTRATORS:
        return Role.SYSTEM_ADMINISTRATOR.label
    return ", ".join(role.label for role in (PARTS | LENT)[person].roles)
