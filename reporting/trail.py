"""The trail in words: what each entry says to a reader who never saw the code."""

import json
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.models import User
from audit.models import TrailEntry

WORDS = {
    "act.refused": "Was refused",
    "application.amended": "Began a further version of the application",
    "application.authorised": "Authorised the application",
    "application.refused": "Refused the application",
    "application.returned": "Returned the application for more",
    "application.started": "Started the application",
    "application.submitted": "Submitted the application",
    "application.supplemented": "Added to the application what was still outstanding",
    "application.with_conditions": "Authorised the application with conditions",
    "application.withdrawn": "Withdrew the application",
    "assessment.reviewed": "Reviewed an assessment for this operation",
    "authority.cancelled": "Cancelled the authority or reported on its end",
    "authority.considered": "Saved answers of the Written Authority Document",
    "authority.given_verbally": "Recorded a verbal authority",
    "authority.lapsed": "The authority lapsed",
    "authority.verbal_confirmed": "Confirmed the note of a verbal authority",
    "chain.opened": "Opened a trail",
    "clock.discharged": "Something due was done",
    "clock.lifted": "Something due is no longer needed",
    "clock.moved": "The time by which something is due was reckoned anew",
    "clock.opened": "Something became due",
    "clocks.reminded": "Reminders were sent",
    "day.put": "Entered a place, date and time",
    "day.removed": "Removed a place, date and time",
    "deletion.attested": "Certified a deletion",
    "deletion.confirmed": "Confirmed a deletion",
    "deletion.disputed": "Did not confirm a deletion",
    "deviation.added": "Added a deviation from the procedures",
    "deviation.removed": "Removed a deviation from the procedures",
    "document.registered": "Registered a governance document",
    "document.version_adopted": "Adopted a version of a governance document",
    "document.version_approved": "Approved a version of a governance document",
    "erasure.begun": "Deletion began",
    "erasure.certified": "Deletion was done and certified",
    "erasure.failed": "Deletion failed and will be tried again",
    "hold.asked": "Asked for footage to be kept",
    "hold.placed": "Decided that footage is kept",
    "hold.refused": "Decided that footage is not kept",
    "hold.released": "Released footage to deletion",
    "hold.reviewed": "Reviewed why footage is kept",
    "local_cia.completed": "Completed the local Community Impact Assessment",
    "operation.appointed": "Appointed a person",
    "operation.appointment_ended": "Ended a person’s part",
    "operation.opened": "Opened the operation",
    "paper.made": "A document was made as PDF",
    "person.deactivated": "Closed a person’s account",
    "person.founded": "Registered one of the first administrators",
    "person.password_chosen": "Chose a password",
    "person.rank_recorded": "Recorded a rank",
    "person.reactivated": "Opened a person’s account again",
    "person.registered": "Registered a person",
    "person.sign_in_reset": "Reset how a person signs in",
    "person.signed_in": "Signed in",
    "person.signed_out": "Signed out",
    "place.added": "Added a place",
    "record.seen": "Opened a restricted record",
    "role.confirmed": "Confirmed a role",
    "role.ended": "Ended a role",
    "role.granted": "Granted a role",
    "section.handed": "Handed a section to its author",
    "section.saved": "Saved a section of the application",
    "sign_in.failed": "Failed to sign in",
    "trail.exported": "Exported the trail",
    "training.recorded": "Recorded a course",
    "watchlist.attested": "Attested the steps taken to be sure of the images",
    "watchlist.child_justified": "Justified an under-18 on the watchlist",
    "watchlist.child_removed": "Removed an under-18 from the watchlist",
    "watchlist.imported": "Imported watchlist counts",
    "watchlist.line_put": "Entered a watchlist category",
    "watchlist.line_removed": "Removed a watchlist category",
}
SYSTEM = "This service"


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
            [(key.replace("_", " ").capitalize(), names.get(value, value)) for key, value in flat(facts)],
        )
        for entry, facts in rows
    ]


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
