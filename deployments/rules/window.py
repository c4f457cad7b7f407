"""Authority and times of a deployment: what was authorised, what a slip allows, what is live without authority."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from authorisations.states import AuthorityState
from deployments.models import Deployment, StateChange
from deployments.states import Move

LIVED_OUT = (AuthorityState.VERBAL, AuthorityState.WRITTEN, AuthorityState.LAPSED)


def slip(deployment: Deployment) -> timedelta:
    """How far Silver may go beyond either end of the authorised times, with a reason (A-17, 7.1)."""
    return deployment.edition.limit("slip").elapsed


def is_within_slip(deployment: Deployment, at: datetime) -> bool:
    return deployment.starts_at - slip(deployment) <= at <= deployment.ends_at + slip(deployment)


def is_within_window(deployment: Deployment, at: datetime) -> bool:
    return deployment.starts_at <= at <= deployment.ends_at


def is_covered(deployment: Deployment, at: datetime) -> bool:
    """Whether the authority permits deploying at that moment: in force, or within the slip beside times that it covers whole (A-17, 5.1)."""
    authority = deployment.authority
    if authority.is_in_force(at):
        return True
    if not is_within_slip(deployment, at) or is_within_window(deployment, at) or authority.state not in LIVED_OUT:
        return False
    ended_at = authority.ended_at or authority.permits_until
    return authority.valid_from <= max(at, deployment.starts_at) and ended_at >= min(at, deployment.ends_at)


def is_without_authority(deployment: Deployment, at: datetime) -> bool:
    """Live, or suspended, with nothing that permits it: computed at each look, never stored (O-11)."""
    return deployment.is_running and not is_covered(deployment, at)


def lost_authority_at(deployment: Deployment) -> datetime:
    """When the authority stopped to permit it."""
    authority = deployment.authority
    return authority.ended_at or authority.permits_until


def has_lost_authority(deployment: Deployment, at: datetime) -> bool:
    """Whether the authority ended before the times it had covered (A-18, 7.7).

    What has not begun stays planned all the same: a later authority may take it over, and that it ran must be sayable. Silver stands it down.
    """
    return lost_authority_at(deployment) < min(at, deployment.ends_at)


def suspended_for(changes: Iterable[StateChange], ended_at: datetime) -> timedelta:
    """How long it was suspended until then, for the net duration (R-4)."""
    total, since = timedelta(), None
    for change in sorted(changes, key=lambda one: (one.happened_at, one.entered_at)):
        if change.move == Move.SUSPENDED and since is None:
            since = change.happened_at
        elif change.move in (Move.RESUMED, Move.WENT_LIVE) and since is not None:
            total, since = total + (change.happened_at - since), None
    if since is not None:
        total += max(ended_at - since, timedelta())
    return total


def durations(deployment: Deployment, at: datetime) -> tuple[timedelta, timedelta]:
    """Gross, and net of suspensions; so far, where it has not ended (R-4, 9.6)."""
    if deployment.live_at is None:
        return timedelta(), timedelta()
    end = deployment.ended_at or at
    gross = max(end - deployment.live_at, timedelta())
    return gross, max(gross - suspended_for(deployment.changes.all(), end), timedelta())
