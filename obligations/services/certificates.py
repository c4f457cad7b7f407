"""Writing the certificate: once for each duty, in the transaction that ends it."""

from datetime import datetime, timedelta
from typing import Any

from accounts.models import User
from audit.acts import Entry, act
from obligations.models import Certificate, Obligation
from obligations.rules import check_manner
from obligations.services.duties import end
from obligations.states import HoldState, Manner


def certify(
    obligation: Obligation,
    *,
    method: str,
    counts: dict[str, int],
    done_at: datetime,
    at: datetime,
    item: str = "",
    attested_by: User | None = None,
    confirmed_by: User | None = None,
) -> Certificate:
    """The proof (X-8): what, how, how many, due, done, how late, which holds applied, who answers for it."""
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
        item=item,
        attested_by=attested_by,
        confirmed_by=confirmed_by,
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


@act
def discharge_certified(
    obligation: Obligation, *, method: str, item: str, counts: dict[str, int], proposed_by: User, by: User, at: datetime
) -> Entry:
    """A review ends with a disposal, proved by its certificate: one person proposed it, another confirms it now (A-19, X-8)."""
    obligation = obligation.locked()
    check_manner(obligation, Manner.ACT)
    obligation.step("discharge")
    certificate = certify(obligation, method=method, counts=counts, done_at=at, at=at, item=item, attested_by=proposed_by, confirmed_by=by)
    end(obligation, proof="Certificate of deletion", done_at=at, by=by)
    return Entry("disposal.certified", certificate, facts(certificate))
