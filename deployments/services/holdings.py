"""What is held: media that carried the watchlist (W-6), footage of the day (D-4)."""

import hashlib
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from accounts.models import User
from audit.acts import Entry, act
from deployments.models import Deployment, Footage, Media
from deployments.permissions import HOLDINGS
from deployments.rules.moments import event_time
from deployments.rules.saying import check_said
from deployments.services.clocks import ENDED, owe_footage, owe_medium
from deployments.states import MediaKind
from obligations.models import Obligation
from obligations.states import Kind, State
from operations.permissions import check_writes
from policy.refusals import RuleBroken

# One small upload, so that deletion by this product is real; footage is normally held elsewhere.
LARGEST = 20 * 1024 * 1024


@act
def record_medium(
    deployment: Deployment, *, kind: str, serial: str, custodian: User, loaded_at: datetime | None = None, by: User, at: datetime
) -> Entry:
    """A medium that carried the watchlist: serial number, custodian, when it was loaded (W-6, 7.9b). Recorded after the end, its clock has begun."""
    check_writes(HOLDINGS, by, deployment.operation, at)
    check_said(serial, "W-6", "7.9b", "The serial or asset number")
    if deployment.media.filter(kind=kind, serial=serial.strip()).exists():
        raise RuleBroken("W-6", "This medium has been recorded.", clause="7.9b", remedy="Nothing more is needed.")
    medium = Media.objects.create(
        deployment=deployment,
        kind=MediaKind(kind),
        serial=serial.strip(),
        custodian=custodian,
        loaded_at=event_time(loaded_at, at),
        recorded_at=at,
        recorded_by=by,
    )
    if deployment.ended_at:
        owe_medium(medium, basis_at=deployment.ended_at, basis_event=ENDED, by=by, at=at)
    return Entry("medium.recorded", medium, {"kind": kind, "serial": medium.serial, "custodian": custodian.pk}, happened_at=medium.loaded_at)


@act
def record_footage(deployment: Deployment, *, name: str, held_by: str, recorded_at: datetime, by: User, at: datetime) -> Entry:
    """Footage that somebody else holds; its deletion is certified by people (D-4, 7.11)."""
    check_writes(HOLDINGS, by, deployment.operation, at)
    check_said(held_by, "D-4", "7.11", "Who holds it")
    footage = new_footage(deployment, name, held_by=held_by, recorded_at=event_time(recorded_at, at), added_at=at, added_by=by)
    owe_footage(footage, by=by, at=at)
    return Entry("footage.recorded", footage, {"name": footage.name, "held_by": held_by}, happened_at=footage.recorded_at)


def new_footage(deployment: Deployment, name: str, **said: Any) -> Footage:
    check_said(name, "D-4", "7.11", "The name of the footage")
    if deployment.footage.filter(name=name.strip()).exists():
        raise RuleBroken("D-4", "Footage of this name has been recorded.", clause="7.11", remedy="Give it another name.")
    return Footage.objects.create(deployment=deployment, name=name.strip(), **said)


@act
def store_footage(deployment: Deployment, *, name: str, content: bytes, recorded_at: datetime, by: User, at: datetime) -> Entry:
    """Keep a small piece of footage here. Its row and its clock come first: no file is ever without the clock that deletes it (D-4, 7.11)."""
    check_writes(HOLDINGS, by, deployment.operation, at)
    if not 0 < len(content) <= LARGEST:
        most = f"{LARGEST // 1024 // 1024} MB"
        raise RuleBroken(
            "D-4", f"A file stored here has at most {most}.", clause="7.11", remedy="Leave larger footage where it is; say who holds it."
        )
    sha256 = hashlib.sha256(content).hexdigest()
    moment = event_time(recorded_at, at)
    footage = new_footage(deployment, name, recorded_at=moment, stored=True, size=len(content), sha256=sha256, added_at=at, added_by=by)
    owe_footage(footage, by=by, at=at)
    transaction.on_commit(lambda: write_file(footage, content))
    return Entry("footage.stored", footage, {"name": footage.name, "size": footage.size, "sha256": sha256}, happened_at=moment)


def write_file(footage: Footage, content: bytes) -> None:
    """Footage so old that its deletion has begun meanwhile is not kept: nothing would ever delete it again (D-4)."""
    if not default_storage.exists(footage.path):
        default_storage.save(footage.path, ContentFile(content))
    if Obligation.objects.about(footage, Kind.CCTV).exclude(state__in=(State.OPEN, State.HELD)).exists():
        default_storage.delete(footage.path)
