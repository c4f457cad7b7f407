"""The trail in words: what each entry says to a reader who never saw the code."""

import json
import re
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.models import User
from audit.models import TrailEntry
from govuk.times import log_time
from reporting.words import WORDS

SYSTEM = "This service"
LEGIBLE, MOST = 60, 2
MOMENT, CODE = re.compile(r"\d{4}-\d\d-\d\dT[0-9:.]+Z"), re.compile(r"[a-z]+(_[a-z]+)+")
NUMBER = re.compile(r"[0-9a-f-]{32,}|v?\d+|True|False|None")  # hashes, ids, counts


@dataclass(frozen=True)
class Said:
    """An entry as the page shows it. `facts`: what else it holds, label and value."""

    seq: int
    words: str
    actor: str
    thing: str
    at: datetime
    entered_at: datetime
    hash: str
    facts: list[tuple[str, str]]

    @property
    def gist(self) -> list[tuple[str, str]]:
        """What a reader sees without opening the entry: the first facts that are short and mean something to them."""
        return [(label, value) for label, value in self.facts if len(value) <= LEGIBLE and not NUMBER.fullmatch(value)][:MOST]


def told(entries: Iterable[TrailEntry]) -> list[Said]:
    """Entries in words; every person in them by name, in one query."""
    rows = [(entry, json.loads(entry.payload).get("facts", {})) for entry in entries]
    names = names_in(rows)
    return [
        Said(
            entry.seq,
            WORDS.get(entry.action, entry.action),
            names.get(str(entry.actor_id), str(entry.actor_id)) if entry.actor_id else SYSTEM,
            entry.thing_type.partition(".")[2],
            entry.at,
            entry.entered_at,
            entry.hash,
            [(key.replace("_", " ").capitalize(), names.get(value) or legible(value)) for key, value in flat(facts)],
        )
        for entry, facts in rows
    ]


def legible(value: str) -> str:
    """A moment as a log shows it, a code as words; anything else as it stands."""
    if MOMENT.fullmatch(value):
        return log_time(datetime.fromisoformat(value.replace("Z", "+00:00")))
    return value.replace("_", " ") if CODE.fullmatch(value) else value


def names_in(rows: list[tuple[TrailEntry, dict[str, Any]]]) -> dict[str, str]:
    ids = {str(entry.actor_id) for entry, _ in rows if entry.actor_id}
    ids |= {value for _, facts in rows for _, value in flat(facts) if is_id(value)}
    return {str(pk): name for pk, name in User.objects.filter(pk__in=ids).values_list("pk", "name")} if ids else {}


def is_id(value: str) -> bool:
    try:
        return str(uuid.UUID(value)) == value
    except ValueError:
        return False


def flat(facts: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for key, value in facts.items():
        if isinstance(value, dict):
            yield from flat({f"{key} {inner}": item for inner, item in value.items()})
        elif isinstance(value, list):
            if value:
                yield key, ", ".join(map(str, value))
        elif value not in ("", None):
            yield key, str(value)
