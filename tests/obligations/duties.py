"""Clocks for the tests, opened as the upper floors open them."""

from datetime import UTC, datetime, timedelta
from typing import Any

from accounts.states import Role
from obligations.models import Obligation
from obligations.services import open_duty
from obligations.states import Kind, Manner
from operations.models import Operation, Place
from policy import current

ALERT = datetime(2026, 10, 7, 13, 31, tzinfo=UTC)
SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
MANY = timedelta(days=40)


def alert_data(operation: Operation, *, basis_at: datetime = ALERT, **more: Any) -> Obligation:
    """The personal data of an alert, held and deleted by the product."""
    return duty(operation, Kind.ALERT_DATA, "alert", basis_at, target="alert_data_target", manner=Manner.ERASURE, **more)


def footage(operation: Operation, *, basis_at: datetime = ALERT, **more: Any) -> Obligation:
    """Footage; deleted by the product unless `manner` says otherwise."""
    return duty(operation, Kind.CCTV, "recording", basis_at, target="cctv_target", **{"manner": Manner.ERASURE, "may_be_held": True, **more})


def media(operation: Operation, *, basis_at: datetime = ALERT, **more: Any) -> Obligation:
    """An encrypted stick, wiped by its custodian."""
    return duty(operation, Kind.WATCHLIST_MEDIA, "deployment concluded", basis_at, manner=Manner.ATTESTED, **more)


def record(operation: Operation, *, basis_at: datetime = ALERT, **more: Any) -> Obligation:
    """The deployment record, due to the Authorising Officer."""
    ladder = current().reminder("record_to_ao")
    return duty(operation, Kind.RECORD_TO_AO, "deployment", basis_at, **{"reminder": ladder, "seniors": (Role.AO, Role.SRO), **more})


def duty(operation: Operation, kind: str, basis_event: str, basis_at: datetime, *, target: str = "", **more: Any) -> Obligation:
    policy = current()
    said: dict[str, Any] = {
        "subject": Place(),
        "owner": (Role.OPERATOR, Role.SILVER),
        "sentence": f"Deal with {kind}",
        "limit": policy.limit(kind),
        "target": policy.limit(target) if target else None,
        "by": None,
        "at": basis_at,
    }
    return open_duty(kind=kind, operation=operation, basis_event=basis_event, basis_at=basis_at, **{**said, **more})


def again(obligation: Obligation) -> Obligation:
    """As it stands now."""
    return Obligation.objects.get(pk=obligation.pk)
