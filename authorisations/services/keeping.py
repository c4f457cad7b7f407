"""What was signed is kept for inspection; whether it still has to be is reviewed under MOPI. Nobody can dispose of it here (A-19, 7.1)."""

from datetime import datetime

from accounts.models import User
from accounts.states import Role
from audit.acts import Entry, act
from authorisations.models import Authority
from authorisations.permissions import KEEPING
from authorisations.rules.deciding import check_reason
from obligations.models import Obligation
from obligations.services import open_duty, rearm
from obligations.states import Kind
from operations.permissions import check_writes
from policy.refusals import RuleBroken


def keep(authority: Authority, *, by: User, at: datetime) -> None:
    """From its signing on Information Management owes a review by a stated date, under the edition that applies. Part of deciding (A-19)."""
    edition = authority.application.edition
    open_duty(
        kind=Kind.KEPT_REVIEW,
        subject=authority,
        operation=authority.operation,
        owner=Role.INFORMATION_MANAGEMENT,
        sentence="Review whether the Written Authority Document is still to be kept",
        basis_event="signing",
        basis_at=at,
        limit=edition.limit("kept_review"),
        reminder=edition.reminder("document_review"),
        edition=edition.name,
        link=f"/authorities/{authority.pk}/keep/",
        seniors=(Role.DPO,),
        by=by,
        at=at,
    )


@act
def review_kept(authority: Authority, *, reason: str, by: User, at: datetime) -> Entry:
    """Information Management finds that it is still to be kept, and why; the next review runs from now (A-19, 7.1)."""
    authority = authority.locked()
    check_writes(KEEPING, by, authority.operation, at)
    check_reason(reason, "Why it is still to be kept", "A-19", "7.1")
    kept = kept_review(authority)
    if kept is None:
        raise RuleBroken("A-19", "Nothing has been signed that is to be kept.", clause="7.1", remedy="Review it once it has been put in writing.")
    rearm(kept, basis_at=at, basis_event="last review", reason=reason, by=by, at=at)
    return Entry("authority.kept", authority, {"reason": reason, "from": kept.due_at, "until": kept.again().due_at})


def kept_review(authority: Authority) -> Obligation | None:
    """The clock of the next review; None while nothing has been signed."""
    return Obligation.objects.about(authority, Kind.KEPT_REVIEW).first()
