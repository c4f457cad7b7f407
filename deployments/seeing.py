"""Reading what identifies people: who may, and that they did, once a person and day (access table, G-5)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from accounts.models import User
from audit.reading import note_sight
from deployments.models import AlertPersonal, Deployment, LogEntry, LogNote
from deployments.permissions import ALERT_PERSONAL, LOGS, PERSONAL_NOTES
from operations.permissions import check_sees, standings


def personal_of(deployment: Deployment, *, by: User, at: datetime) -> dict[UUID, AlertPersonal]:
    """The personal data of its alerts, by alert, as long as they are there; that they were looked at is noted."""
    check_sees(ALERT_PERSONAL, by, deployment.operation, at)
    rows = {row.alert_id: row for row in AlertPersonal.objects.filter(alert__deployment=deployment)}
    if rows:
        note_sight(deployment, by=by, at=at)
    return rows


def may_see_personal(deployment: Deployment, user: Any, at: datetime) -> bool:
    return bool(standings(user, deployment.operation, at) & ALERT_PERSONAL.sees)


def notes_of(deployment: Deployment, entries: list[LogEntry], *, by: User, at: datetime) -> dict[UUID, LogNote]:
    """The words of these entries that the reader may see: those about a person only as the personal data of alerts, or where they are their own."""
    found = check_sees(LOGS, by, deployment.operation, at)
    own = {entry.pk for entry in entries if by.pk in (entry.person_id, entry.entered_by_id)}
    notes = LogNote.objects.filter(entry__in=entries)
    readable = {note.entry_id: note for note in notes if not note.about_person or note.entry_id in own or found & PERSONAL_NOTES.sees}
    if any(note.about_person for note in readable.values()):
        note_sight(deployment, by=by, at=at)
    return readable
