"""What the sweep asks of this floor: records and papers. Rendering takes seconds, so it is done outside every transaction and every request."""

import logging
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from obligations.tasks import one_by_one
from reporting.models import Paper
from reporting.papers import page_of
from reporting.printing import NotPrinted, pdfs_on, to_pdf
from reporting.querysets import to_be_made, without_record
from reporting.services import claim, compile_record, keep, note_failure
from reporting.states import PaperKind

log = logging.getLogger(__name__)
AT_ONCE, MANY = 20, 500


def compile_due(*, at: datetime) -> Iterator[str]:
    """Each deployment that has ended gets its record, however long ago it ended (R-1)."""
    return one_by_one(list(without_record()[:MANY]), lambda deployment: compile_record(deployment, by=None, at=at))


def make_papers(*, at: datetime) -> Iterator[str]:
    """Make every paper that is owed (A-15, A-18). Yields "" for each one made, else the error's name."""
    if not pdfs_on():
        return
    for kind, subject in to_be_made(Paper.objects.all(), at, AT_ONCE):
        paper = claim(kind, subject, at=at)
        if paper is not None:
            yield made(paper, kind, subject, at)


def made(paper: Paper, kind: PaperKind, subject: Any, at: datetime) -> str:
    try:
        keep(paper, pdf=to_pdf(page_of(kind, subject)), by=None, at=at)
    except Exception as error:
        said = str(error) if isinstance(error, NotPrinted) else type(error).__name__
        log.error("%s %s was not made: %s", kind, paper.pk, said)
        note_failure(paper, said)
        return said
    return ""
