"""Keeping the logs: append-only, own hand or by a loggist for a named person, event time beside entry time (O-2, O-7, O-8)."""

import uuid
from datetime import datetime

from django.db import IntegrityError, transaction

from accounts.models import User
from accounts.states import OPERATION_ROLES, Role
from audit.acts import Entry, act
from deployments.commitment import commitment
from deployments.models import Alert, Deployment, LogEntry, LogNote
from deployments.permissions import LOGS, check_named, check_own_hand
from deployments.rules.moments import event_time
from deployments.services.clocks import owe_note
from deployments.states import LogKind
from operations.permissions import check_writes
from policy.refusals import RuleBroken

# Whose log it is where a person has several parts.
KEEPERS = (Role.GOLD, Role.SILVER, Role.BRONZE, Role.OPERATOR, Role.ENGAGEMENT_OFFICER)
PARTS = (*KEEPERS, *sorted(OPERATION_ROLES - set(KEEPERS)))


@act
def log(
    deployment: Deployment,
    *,
    kind: str,
    note: str = "",
    about_person: bool = False,
    person: User | None = None,
    happened_at: datetime | None = None,
    place: str = "",
    corrects: LogEntry | None = None,
    entry_id: uuid.UUID | None = None,
    by: User,
    at: datetime,
) -> Entry:
    """One entry in somebody's log, whatever the state of the deployment (O-2, O-11). `entry_id`: sent twice by a device, it is kept once.

    The deployment's row is not locked: whoever logs never keeps anyone from stopping.
    """
    found = check_writes(LOGS, by, deployment.operation, at)
    person = person or by
    check_own_hand(by, person, found)
    part = check_named(person, deployment.operation, *PARTS)
    if known := LogEntry.objects.filter(pk=entry_id, deployment=deployment).first():
        return Entry("log.sent_again", known, {"kind": known.kind})
    check_corrects(deployment, corrects, kind)
    entry = LogEntry(
        **({"pk": entry_id} if entry_id else {}),
        deployment=deployment,
        kind=LogKind.CORRECTION if corrects else LogKind(kind),
        log_of=part,
        person=person,
        happened_at=event_time(happened_at, at),
        entered_at=at,
        entered_by=by,
        place=place,
        corrects=corrects,
    )
    if not stored_first(entry):
        return Entry("log.sent_again", entry, {"kind": entry.kind})
    facts = {"kind": entry.kind, "log_of": entry.log_of, "person": person.pk, "corrects": corrects.pk if corrects else None}
    facts |= noted(entry, note, about_person, by=by, at=at)
    return Entry("log.entered", entry, facts, happened_at=entry.happened_at)


def noted(entry: LogEntry, text: str, about_person: bool, *, by: User, at: datetime) -> dict[str, str]:
    """The words of the entry, apart from it; the trail has their salted digest (D-3)."""
    if not text.strip():
        return {}
    note = LogNote.objects.create(entry=entry, text=text, about_person=about_person)
    if about_person:
        owe_note(note, by=by, at=at)
    return {"note": commitment(note.salt, note.text)}


def stored_first(thing: LogEntry | Alert) -> bool:
    """Whether this is the first to arrive under its id; of two sent at the same moment the second finds the first one's row."""
    try:
        with transaction.atomic():
            thing.save(force_insert=True)
    except IntegrityError:
        if not type(thing).objects.filter(pk=thing.pk, deployment=thing.deployment_id).exists():
            raise
        return False
    return True


def check_corrects(deployment: Deployment, corrects: LogEntry | None, kind: str) -> None:
    """A correction points at an entry of the same deployment (O-2)."""
    if corrects is None and kind == LogKind.CORRECTION:
        raise RuleBroken("O-2", "A correction says which entry it corrects.", clause="7.1", remedy="Open that entry and correct it there.")
    if corrects is not None and corrects.deployment_id != deployment.pk:
        raise RuleBroken("O-2", "The entry to be corrected belongs to another deployment.", clause="7.1", remedy="Choose an entry of this log.")


@act
def mark_about_person(entry: LogEntry, *, by: User, at: datetime) -> Entry:
    """Words that turn out to be about a person are deleted in time too (D-3, 7.10)."""
    found = check_writes(LOGS, by, entry.deployment.operation, at)
    check_own_hand(by, entry.person, found)
    note = LogNote.objects.select_for_update().filter(entry=entry).first()
    if note is None:
        raise RuleBroken("D-3", "This entry has no note.", clause="7.10", remedy="Nothing more is needed.")
    if not note.about_person:
        note.about_person = True
        note.save()
        owe_note(note, by=by, at=at)
    return Entry("log.marked_about_person", entry)
