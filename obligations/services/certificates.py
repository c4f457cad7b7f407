"""Writing the certificate: once for each duty, in the transaction that ends it."""

from datetime import datetime, timedelta
from typing import Any

from obligations.models import Attestation, Certificate, Obligation
from obligations.states import HoldState


def certify(
    obligation: Obligation, *, method: str, counts: dict[str, int], done_at: datetime, at: datetime, attestation: Attestation | None = None
) -> Certificate:
    """The proof (X-8): what, how, how many, due, done, how late, which holds applied, who answers for it."""
    said: dict[str, Any] = {}
    if attestation:
        said = {"item": attestation.item, "attested_by": attestation.attested_by, "confirmed_by": attestation.confirmed_by}
    return Certificate.objects.create(
        obligation=obligation,
        what=obligation.sentence,
        method=method,
        counts=counts,
        sum=obligation.sum,
        edition=obligation.edition,
        due_at=obligation.due_at,
        done_at=done_at,
        lateness=max(done_at - obligation.due_at, timedelta()),
        attempts=max(obligation.attempts, 1),
        holds=holds_that_applied(obligation),
        certified_at=at,
        **said,
    )


def holds_that_applied(obligation: Obligation) -> list[dict[str, str]]:
    """Ground and dates only; the reason stays with the hold."""
    released = obligation.holds.filter(state=HoldState.RELEASED).order_by("answered_at").values_list("basis", "answered_at", "released_at")
    return [{"basis": basis, "placed_at": placed.isoformat(), "released_at": free.isoformat()} for basis, placed, free in released if placed and free]


def facts(certificate: Certificate) -> dict[str, Any]:
    return {
        "clock": certificate.obligation_id,
        "kind": certificate.obligation.kind,
        "method": certificate.method,
        "counts": certificate.counts,
        "due_at": certificate.due_at,
        "done_at": certificate.done_at,
        "late_seconds": int(certificate.lateness.total_seconds()),
        "holds": [hold["basis"] for hold in certificate.holds],
    }
