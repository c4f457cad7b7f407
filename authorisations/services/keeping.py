"""What was signed is kept for inspection; whether it still has to be is reviewed under MOPI, and what need not be is disposed of (A-19, 7.1)."""

from datetime import datetime
from typing import Any

from accounts.models import User
from accounts.states import Role
from audit.acts import Entry, act
from authorisations.models import Authority, Disposal
from authorisations.permissions import KEEPING
from authorisations.rules.deciding import check_reason
from obligations.models import Obligation
from obligations.services import open_duty, rearm
from obligations.states import Kind
from operations.models import Operation
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
    check_not_proposed(authority.operation)
    keep_on(kept, reason=reason, by=by, at=at)
    return Entry("authority.kept", authority, {"reason": reason, "from": kept.due_at, "until": kept.again().due_at})


def keep_on(kept: Obligation, *, reason: str, by: User, at: datetime) -> None:
    """The next review runs from now. Part of reviewing, and of turning a disposal down (A-19)."""
    rearm(kept, basis_at=at, basis_event="last review", reason=reason, by=by, at=at)


def check_not_proposed(operation: Operation) -> None:
    """What awaits a second person is not answered by a review (A-19, 7.1)."""
    if waiting_disposal(operation):
        raise RuleBroken("A-19", "Disposal has been proposed.", clause="7.1", remedy="Ask a second person to confirm it or to turn it down.")


def waiting_disposal(operation: Operation) -> Disposal | None:
    """What was proposed and nobody has answered yet."""
    return Disposal.objects.filter(operation=operation, confirmed_at=None, turned_down_at=None).select_related("proposed_by").first()


def kept_reviews(operation: Operation) -> Any:
    """The clocks of all that was signed in the operation."""
    return Obligation.objects.filter(operation=operation, kind=Kind.KEPT_REVIEW).order_by("opened_at", "pk")


def kept_review(authority: Authority) -> Obligation | None:
    """The clock of the next review; None while nothing has been signed."""
    return Obligation.objects.about(authority, Kind.KEPT_REVIEW).first()
