"""Alert data preserved beyond their limit: how they stand as a deviation, and who reads them (D-3, G-4, 7.10, 10.16)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from audit.reading import note_sight
from deployments.models import AlertPersonal, Deployment
from deployments.permissions import PRESERVED
from govuk.times import log_time
from obligations.models import Hold, Obligation
from obligations.states import Kind


@dataclass(frozen=True)
class Preservation:
    """A deviation, read off the hold and stored nowhere else. Why: ground and dates alone; the reason stays with the hold (D-3, G-4)."""

    hold: Hold
    clause = "7.10 and 10.16"
    what = "Personal data of an alert preserved beyond their limit"

    @property
    def pk(self) -> UUID:
        return self.hold.pk

    @property
    def why(self) -> str:
        hold = self.hold
        assert hold.answered_at
        released = f"; released {log_time(hold.released_at)}" if hold.released_at else ""
        return f"{hold.get_basis_display()}; authorised by the Data Protection Officer, {log_time(hold.answered_at)}{released}."  # type: ignore[attr-defined]


def preservations(*which: Q, most: int | None = None, **of: Any) -> list[Preservation]:
    """Placed, released since or not; the latest first (D-3, G-4)."""
    holds = Hold.objects.preservations().filter(*which, **of).select_related("obligation__operation")
    return [Preservation(hold) for hold in holds.order_by("-answered_at", "pk")[:most]]


def preservations_of(deployment: Deployment) -> list[Preservation]:
    """By the clock's link: once the data are gone, nothing else leads from their clock to the deployment."""
    return preservations(obligation__operation=deployment.operation_id, obligation__link=deployment.get_absolute_url())


def preserved_data(deployment: Deployment, standings: frozenset[str], *, by: Any, at: datetime) -> list[tuple[Obligation, AlertPersonal]]:
    """Past their limit preserved data are read by those who keep holds, and by them alone; each look is noted (D-3, G-5)."""
    if not standings & PRESERVED.sees:
        return []
    held = Obligation.objects.held().filter(kind=Kind.ALERT_DATA, due_at__lt=at)
    late = {clock.subject_id: clock for clock in held.filter(operation=deployment.operation_id, link=deployment.get_absolute_url())}
    rows = list(AlertPersonal.objects.filter(pk__in=late).select_related("alert__deployment"))
    for row in rows:
        note_sight(row, by=by, at=at)
    return [(late[row.pk], row) for row in rows]
