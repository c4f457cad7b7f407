"""Making papers: claim one, keep what was made of it, or note why not; and what leaves the house with the trail."""

import hashlib
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from accounts.models import User
from audit.acts import Entry, act
from audit.chain import SYSTEM_CHAIN
from audit.models import ChainHead
from obligations.models import Certificate
from obligations.permissions import check_sees_clock
from operations.models import Operation
from operations.permissions import check_not_disposed, check_sees
from reporting.models import Paper
from reporting.permissions import TRAIL
from reporting.states import PaperKind

LONGEST_WAIT = timedelta(hours=1)


def claim(kind: PaperKind, subject: Any, *, at: datetime) -> Paper | None:
    """Take the paper for making, so that two sweeps never both make it. None where it is made, or somebody is at it."""
    with transaction.atomic():
        operation_id = None if subject.chain_id == SYSTEM_CHAIN else subject.chain_id
        found, _ = Paper.objects.get_or_create(kind=kind, subject_id=subject.pk, defaults={"operation_id": operation_id, "next_attempt_at": at})
        paper = found.locked()
        if paper.made_at or paper.next_attempt_at > at:
            return None
        paper.attempts += 1
        paper.next_attempt_at = at + min(timedelta(minutes=2 ** min(paper.attempts, 10)), LONGEST_WAIT)
        paper.save()
        return paper


@act
def order_paper(certificate: Certificate, *, by: User, at: datetime) -> Entry:
    """Whoever sees a certificate may have it as a PDF; asked for twice, it is made once (X-8)."""
    check_sees_clock(certificate.obligation, by, at)
    row = {"operation": certificate.obligation.operation, "next_attempt_at": at}
    paper, _ = Paper.objects.get_or_create(kind=PaperKind.CERTIFICATE, subject_id=certificate.pk, defaults=row)
    return Entry("paper.asked", paper, {"certificate": certificate.pk})


@act
def keep(paper: Paper, *, pdf: bytes, by: Any = None, at: datetime) -> Entry:
    """The finished document, once: its hash is the second entry in the trail (A-17)."""
    paper = paper.locked(paper.version)
    if paper.operation and paper.kind != PaperKind.CERTIFICATE:
        check_not_disposed(paper.operation)  # meanwhile, while it was being printed
    paper.pdf, paper.size, paper.sha256 = pdf, len(pdf), hashlib.sha256(pdf).hexdigest()
    paper.made_at, paper.last_error = at, ""
    paper.save()
    return Entry("paper.made", paper, {"kind": paper.kind, "subject": paper.subject_id, "sha256": paper.sha256, "bytes": paper.size})


def note_failure(paper: Paper, error: str) -> None:
    """It is tried again by itself; the page says so and offers the printable page."""
    with transaction.atomic():
        fresh = paper.locked()
        if fresh.made_at is None:
            fresh.last_error = error[:80]
            fresh.save()


@act
def export_trail(operation: Operation, *, by: User, at: datetime) -> Entry:
    """Whoever may see the trail may take it away and have it checked; that they did stands in it (G-5, 7.1e)."""
    check_sees(TRAIL, by, operation, at)
    head = ChainHead.objects.filter(chain=operation.chain_id).first()
    return Entry("trail.exported", operation, {"entries": head.seq if head else 0})
