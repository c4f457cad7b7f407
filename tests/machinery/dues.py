"""What has to be deleted, made by acts; and what is wrong with how it was."""

import json
from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from django.core.files.storage import default_storage

from accounts.models import Notice
from audit.models import TrailEntry
from audit.verify import verify as verify_trail
from deployments import services as acts
from deployments.models import Alert, AlertPersonal, Deployment, Footage, LogNote, Residue
from deployments.states import LogKind
from lfr_governance.demonstration.documents import make_library
from lfr_governance.demonstration.people import Cast
from lfr_governance.demonstration.stage_two import Day
from library.models import Document
from obligations.models import Certificate, Obligation
from obligations.services.erasure import LEASE
from obligations.states import Manner, State
from tests.cast import FOUNDED
from tests.deployments.stages import MINUTE


def concluded(cast: Cast, starts_at: datetime, *, alerts: int = 3, notes: int = 2, footage: int = 1, words: str = "somebody") -> Deployment:
    """A day with alerts, notes about people and stored footage, all with their clocks running."""
    if not Document.objects.exists():
        make_library(cast, FOUNDED)
    day = Day(cast, starts_at)
    live = day.live()
    for number in range(alerts):
        day.dismissed(live, at=starts_at + (31 * number + 5) * MINUTE, subject_reference=f"{words}-{number}", note=f"{words} {number}")
    at = starts_at + 6 * MINUTE
    for number in range(notes):
        acts.log(live, kind=LogKind.ENGAGEMENT, note=f"Spoke to {words} {number}", about_person=True, by=cast.engagement, at=at + number * MINUTE)
    for number in range(footage):
        acts.store_footage(live, name=f"Camera {number}", content=words.encode(), recorded_at=starts_at, by=cast.operator, at=at)
    return acts.conclude(live, by=cast.silver, at=day.ends_at)


def clocks() -> Any:
    return Obligation.objects.filter(manner=Manner.ERASURE)


def faults(deleted: list[str] | None = None, *, lease: timedelta = LEASE) -> list[str]:
    """What is not as it must be once all is over: lost, left behind, done twice, unproved. `deleted`: from the journal of the processes."""
    return [*lost(), *left_behind(), *twice(deleted), *taken_from_others(lease), *(f"trail: {fault}" for fault in verify_trail()[1])]


def lost() -> list[str]:
    unproved = clocks().filter(certificate=None).count()
    return [f"lost: {clock.kind} is {clock.state}" for clock in clocks().exclude(state=State.DISCHARGED)] + [f"{unproved} unproved"] * bool(unproved)


def left_behind() -> list[str]:
    left = {
        "personal data of alerts": AlertPersonal.objects.count(),
        "notes": LogNote.objects.filter(about_person=True).count(),
        "files": sum(footage.is_there for footage in Footage.objects.all()),
        "files of nobody": len(default_storage.listdir("footage")[1]) if default_storage.exists("footage") else 0,
        "alerts that can be linked": Alert.objects.filter(is_unlinked=False).count(),
        "traces in tables": Residue.objects.count(),
    }
    return [f"left behind: {number} {what}" for what, number in left.items() if number]


def twice(deleted: list[str] | None) -> list[str]:
    """Each thing deleted once, certified once, told once; and each certificate says how many."""
    found = [f"deleted {number} times: {clock}" for clock, number in Counter(deleted or ()).items() if number > 1]
    certified = Counter(facts(entry)["clock"] for entry in TrailEntry.objects.filter(action="erasure.certified"))
    found += [f"certified {certified[str(clock.pk)]} times" for clock in clocks().filter(state=State.DISCHARGED) if certified[str(clock.pk)] != 1]
    told = Counter(Notice.objects.filter(key__startswith="step").values_list("person", "key"))
    found += [f"told {number} times" for number in told.values() if number > 1]
    wrong = [proof for proof in Certificate.objects.select_related("obligation") if sum(proof.counts.values()) != 1]
    return found + [f"a certificate of {proof.obligation.kind} says {proof.counts}" for proof in wrong]


def taken_from_others(lease: timedelta) -> list[str]:
    """A deletion that somebody was at was begun by another, before that one's time was up."""
    begun: dict[str, datetime] = {}
    found = []
    for entry in TrailEntry.objects.filter(action="erasure.begun").order_by("pk"):
        before = begun.get(entry.thing_id)
        if before is not None and entry.at - before < lease:
            found.append(f"begun again after {entry.at - before}, while somebody was at it")
        begun[entry.thing_id] = entry.at
    return found


def facts(entry: TrailEntry) -> dict[str, Any]:
    return json.loads(entry.payload)["facts"]
