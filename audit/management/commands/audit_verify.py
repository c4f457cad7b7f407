import json
import sys
import uuid
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError

from audit.verify import is_known, verify


class Command(BaseCommand):
    help = "Check the trail (G-5, clauses 7.1e and 10.9). Exit 0 sound, 1 tampered (the first bad entry of each chain is named), 2 cannot tell."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--chain", help="only this chain (the operation's id)")
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *, chain: str | None, json: bool, **options: Any) -> None:
        try:
            wanted = uuid.UUID(chain) if chain else None
            if wanted and not is_known(wanted):
                self.cannot_tell(f"there is no chain {wanted}", json)
            read, faults = verify(wanted)
        except (ValueError, DatabaseError) as error:
            self.cannot_tell(str(error), json)
        if not read and not faults:
            self.cannot_tell("the trail is empty", json)
        if json:
            self.tell({"sound": not faults, "entries": read, "faults": [vars(fault) for fault in faults]})
        else:
            for fault in faults:
                self.stdout.write(f"TAMPERED {fault}")
            self.stdout.write(f"{read} entries read, {'the trail is sound' if not faults else f'{len(faults)} chains broken'}")
        if faults:
            sys.exit(1)

    def cannot_tell(self, why: str, as_json: bool) -> None:
        self.tell({"sound": None, "why": why}) if as_json else self.stdout.write(f"cannot tell: {why}")
        sys.exit(2)

    def tell(self, answer: dict[str, Any]) -> None:
        self.stdout.write(json.dumps(answer, default=str))
