"""Documents and assessments for the tests, made by performing the acts."""

from datetime import date
from typing import Any

from accounts.states import Role
from lfr_governance.demonstration.people import Cast
from library.models import Document, Version
from library.services import adopt_version, approve_version, complete_local_cia, register_document, review_assessment
from library.states import ASSESSMENTS, Kind
from operations.models import Operation
from tests.cast import FOUNDED, NOON, grant_confirmed, opened

ADOPTED, REVIEW = date(2026, 1, 5), date(2027, 1, 5)
CIA = {
    "communities": "Shoppers and market traders; a place of worship in the next street.",
    "impact": "People going to prayers pass the cameras.",
    "consulted": "The traders’ association and the mosque’s committee, who asked for signs before the square.",
    "tension_indicators": "None are known.",
    "mitigations": "Signs at both ends of the street, and a way round the zone.",
}


def registered(cast: Cast, kind: Kind = Kind.DPIA, **more: Any) -> Document:
    return register_document(**{"kind": kind, "title": kind.label, "owner": cast.gold, **more}, by=cast.infomgmt, at=FOUNDED)


def adopted(cast: Cast, document: Document, **more: Any) -> Version:
    words = {
        "adopted_date": ADOPTED,
        "review_date": REVIEW,
        "reference": "RM/2026/17",
        "issues": "Many faces of passers-by.",
        "mitigations": "Deleted at once.",
    }
    return adopt_version(document, **{**words, **more}, by=cast.infomgmt, at=NOON)


def diversity(cast: Cast) -> Any:
    """Somebody of the Diversity Unit."""
    if Role.DIVERSITY_UNIT not in cast.comms.offices(NOON):
        grant_confirmed(cast, cast.comms, Role.DIVERSITY_UNIT)
    return cast.comms


def in_force(cast: Cast, kind: Kind = Kind.DPIA, **more: Any) -> Version:
    document = Document.objects.filter(kind=kind).first() or registered(cast, kind)
    version = adopted(cast, document, **more)
    return approve_version(version, by=diversity(cast), at=NOON) if version.awaits_approval else version


def started(cast: Cast) -> Operation:
    """Silver is appointed and has no hand in assessments; npt supervises the neighbourhood."""
    return opened(cast, ("silver", Role.SILVER), ("npt", Role.NPT_SUPERVISOR))


def reviewed(cast: Cast, operation: Operation, version: Version, **more: Any) -> Any:
    return review_assessment(
        operation, **{"document_version": version, "outcome": "It covers market days too.", "sufficient": True, **more}, by=cast.applicant, at=NOON
    )


def completed(cast: Cast, operation: Operation, **more: Any) -> Any:
    return complete_local_cia(operation, **{**CIA, **more}, by=cast.npt, at=NOON)


def considered(cast: Cast) -> Operation:
    """Everything that an application must have considered."""
    operation = started(cast)
    for kind in ASSESSMENTS:
        reviewed(cast, operation, in_force(cast, kind))
    completed(cast, operation)
    return operation
