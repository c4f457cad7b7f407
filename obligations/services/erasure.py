"""The erasure engine. Begin, destroy and verify, certify: three steps, each of which may be cut off anywhere and be taken up again."""

import os
import socket
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from audit.acts import Entry, append
from obligations.models import Certificate, Obligation, Step
from obligations.rules import can_begin
from obligations.services.certificates import certify, facts
from obligations.services.duties import end
from obligations.states import Reach, State
from policy.refusals import NotVisible

LEASE = timedelta(minutes=5)
LONGEST_WAIT = timedelta(minutes=15)
# From this attempt on a deletion that fails is told to those who answer for it, however far its limit is.
FAILING = 3
METHOD = "Deleted by this product; that nothing is left was checked"

Destroy = Callable[[Obligation], dict[str, int] | None]
Verify = Callable[[Obligation], Any]


def carry_out(obligation: Obligation, *, destroy: Destroy, verify: Verify, at: datetime) -> Certificate | None:
    """What the product holds is really deleted, checked, and certified exactly once, whatever is killed meanwhile (D-3, D-4, D-6).

    `destroy(obligation)` deletes and returns counts ({"notes": 3}); what is already absent is no error. `verify(obligation)` returns what is still
    there (anything false: nothing is). Both run outside a transaction and may run again. Returns the certificate; None where it is held, somebody
    else is at it, or it failed and will be tried again.
    """
    claimed = begin(obligation, at)
    if claimed is None:
        return Certificate.objects.filter(obligation=obligation).first()
    try:
        counts = destroy(claimed) or {}
        left = verify(claimed)
    except Exception as error:
        # The name alone: a message may carry what was to be deleted.
        fail(claimed, type(error).__name__, at)
        return None
    if left:
        fail(claimed, "not everything is gone", at)
        return None
    return finish(claimed, counts, at)


def begin(obligation: Obligation, at: datetime) -> Obligation | None:
    """Claim it under its lock: not held, nobody at it. From this commit on a hold comes too late. None where it cannot be claimed."""
    with transaction.atomic(durable=True):
        try:
            fresh = obligation.locked()
        except NotVisible:
            return None
        if not can_begin(fresh, at):
            return None
        fresh.step("begin")
        fresh.begun_at = fresh.begun_at or at
        fresh.attempts += 1
        fresh.lease_until = fresh.next_attempt_at = at + LEASE
        fresh.claimed_by = f"{socket.gethostname()[:60]}:{os.getpid()}"
        fresh.save()
        append(Entry("erasure.begun", fresh, {"kind": fresh.kind, "attempt": fresh.attempts, "due_at": fresh.due_at}), by=None, at=at)
    return fresh


def finish(obligation: Obligation, counts: dict[str, int], at: datetime) -> Certificate:
    """The certificate and its entry, in one transaction with the end of the clock. Whoever comes second finds the first one's."""
    with transaction.atomic(durable=True):
        fresh = obligation.locked()
        if fresh.state == State.DISCHARGED:
            return fresh.certificate
        fresh.step("discharge")
        certificate = certify(fresh, method=METHOD, counts=counts, done_at=at, at=at)
        end(fresh, proof="Certificate of deletion", done_at=at, by=None)
        append(Entry("erasure.certified", certificate, facts(certificate)), by=None, at=at)
    return certificate


def fail(obligation: Obligation, error: str, at: datetime) -> None:
    """A failed deletion is tried again for ever, after 2, 4, 8 and then every 15 minutes; it is shown, and told upwards (D-6)."""
    with transaction.atomic(durable=True):
        fresh = obligation.locked()
        if fresh.state != State.ERASING:
            return
        fresh.lease_until, fresh.last_error = None, error[:120]
        fresh.next_attempt_at = at + pause_after(fresh.attempts)
        fresh.save()
        if fresh.attempts == FAILING:
            Step.objects.get_or_create(
                obligation=fresh, round=fresh.round, rung="deletion fails", defaults={"reach": Reach.SENIORS, "due_at": at, "next_at": at}
            )
        facts = {"kind": fresh.kind, "attempt": fresh.attempts, "error": error, "again_at": fresh.next_attempt_at}
        append(Entry("erasure.failed", fresh, facts), by=None, at=at)


def pause_after(attempts: int) -> timedelta:
    return min(timedelta(minutes=2 ** min(attempts, 10)), LONGEST_WAIT)
