"""A certificate of deletion as a document, from what was certified and nothing else (D-6, X-8)."""

import hashlib
from datetime import datetime
from typing import Any

from audit.chain import canonical
from audit.models import TrailEntry
from govuk.times import log_time
from obligations.models import Certificate
from obligations.services.certificates import facts
from obligations.states import Basis, Manner
from policy import edition

MARKING = "OFFICIAL"


def certificate(one: Certificate) -> dict[str, Any]:
    """What the page and the PDF say. The reckoning of the clock may be corrected later; what was certified is not."""
    clock = one.obligation
    said = {"schema": "lfr-certificate/1", "certificate": one.pk, "what": one.what, "item": one.item, **facts(one), "certified_at": one.certified_at}
    text = canonical(said)
    return {
        "marking": MARKING,
        "force": clock.force.name,
        "reference": clock.operation.reference if clock.operation else "Whole force",
        "version": None,
        "subject": one.what,
        "certificate": one,
        "attested": clock.manner == Manner.ATTESTED,
        "attestation": clock.attestations.filter(disputed_at=None).first(),
        "holds": [f"{Basis(hold['basis']).label}: {moment(hold['placed_at'])} to {moment(hold['released_at'])}" for hold in one.holds],
        "entry": TrailEntry.objects.filter(thing_id=str(one.pk)).order_by("pk").first(),
        "text": text,
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "hashed": "text certified",
        "dated": f"{one.certified_at:%Y-%m-%dT%H:%M:%SZ}",
        "policy": edition(one.edition),
    }


def moment(written: str) -> str:
    return log_time(datetime.fromisoformat(written))
