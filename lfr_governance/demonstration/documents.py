"""The governance documents of the demonstration's force, registered and adopted by acts."""

from datetime import datetime, timedelta

from lfr_governance.demonstration.people import Cast
from library.models import Document
from library.services import adopt_version, approve_version, register_document
from library.states import NEEDS_APPROVAL, Kind

REVIEWED_AFTER = timedelta(days=365)


def make_library(cast: Cast, at: datetime) -> None:
    """One document of each kind with its first version in force."""
    for kind in Kind:
        document = register_document(kind=kind, title=f"{kind.label}: live facial recognition", owner=cast.infomgmt, by=cast.infomgmt, at=at)
        adopted(cast, document, 1, at)


def review_library(cast: Cast, at: datetime) -> None:
    """Each document was looked at again before its review was due: its second version is in force."""
    for document in Document.objects.filter(force=cast.force):
        adopted(cast, document, 2, at)


def adopted(cast: Cast, document: Document, number: int, at: datetime) -> None:
    version = adopt_version(
        document,
        adopted_date=at.date(),
        review_date=(at + REVIEWED_AFTER).date(),
        reference=f"Force library, LFR/{document.kind}/{number}",
        issues="Accuracy for people under 20; trust of some communities.",
        mitigations="The policy's threshold, two human stages, openness.",
        by=cast.infomgmt,
        at=at,
    )
    if document.kind in NEEDS_APPROVAL:
        approve_version(version, by=cast.chair, at=at)
