"""What awaits a person once a deployment is over (Stage 3). Each question is one statement."""

from datetime import datetime
from typing import Any

from django.urls import reverse

from accounts.states import Role
from lfr_governance.items import MOST, Item
from obligations.states import Kind
from reporting.models import Debrief, DeploymentRecord, Publication
from reporting.states import PublicationState

TO_AGREE = (PublicationState.CHECKED, PublicationState.APPROVED)


def afterwards(user: Any, at: datetime) -> list[Item]:
    """A debrief to chair, records to receive, figures to approve as the second analyst."""
    offices = user.offices(at)
    chairs = Debrief.objects.filter(chair=user, held_at=None).select_related("record__deployment__operation").order_by("arranged_at")[:MOST]
    items = [Item(f"Hold the debrief of {row.record}", reverse("reporting:debrief", args=[row.record_id])) for row in chairs]
    if Role.AO in offices:
        given = DeploymentRecord.objects.submitted().filter(deployment__authority__ao=user)
        rows = given.select_related("deployment__operation").order_by("compiled_at", "pk")[:MOST]
        items += [Item(f"Receive the deployment record {row}", row.get_absolute_url()) for row in rows]
    if Role.ANALYST in offices:
        waiting = Publication.objects.of_analyst(user, at).filter(state__in=TO_AGREE).exclude(drafted_by=user, state=PublicationState.CHECKED)
        words = {PublicationState.CHECKED: "Approve", PublicationState.APPROVED: "Publish"}
        figures = waiting.order_by("checked_at", "pk")[:MOST]
        items += [Item(f"{words[row.state]} the figures {row}", row.get_absolute_url(), serves=(Kind.PUBLICATION, row.record_id)) for row in figures]
    return items
