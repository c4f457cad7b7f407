"""Papers are made by the sweep: once each, whoever runs it and however often; what fails is tried again and shown (A-15, A-18, D-6)."""

import json
from datetime import timedelta
from typing import Any

import pytest

from audit.models import TrailEntry
from audit.verify import verify
from authorisations.models import Authority, Cancellation
from lfr_governance.demonstration.documents import make_library
from lfr_governance.demonstration.people import Cast
from lfr_governance.demonstration.stories import Story
from reporting import tasks
from reporting.models import Paper
from reporting.printing import NotPrinted
from reporting.services import claim
from reporting.states import PaperKind
from tests.cast import NOON
from tests.races import race
from tests.reporting.conftest import DAYS_AHEAD

SWEEP = NOON + DAYS_AHEAD + timedelta(days=2)
PDF = b"%PDF-1.7 a document"


@pytest.fixture(autouse=True)
def quick_printer(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The printer itself is tested elsewhere; here it is counted how often it is asked."""
    asked: list[Any] = []

    def printed(page: Any) -> bytes:
        asked.append(page)
        return PDF

    monkeypatch.setattr(tasks, "to_pdf", printed)
    monkeypatch.setattr(tasks, "pdfs_on", lambda: True)
    return asked


def swept(at: Any = SWEEP) -> list[str]:
    return list(tasks.make_papers(at=at))


def test_A15_a_decision_that_gave_authority_gets_its_paper_and_the_hash_stands_in_the_trail(authority: Authority) -> None:
    assert swept() == [""]
    paper = Paper.objects.get()
    assert (paper.kind, paper.subject_id, paper.operation, paper.made_at) == (
        PaperKind.WRITTEN_AUTHORITY,
        authority.decision_id,
        authority.operation,
        SWEEP,
    )
    entry = TrailEntry.objects.get(action="paper.made")
    assert (entry.chain, entry.actor_id) == (authority.operation_id, None)
    assert json.loads(entry.payload)["facts"]["sha256"] == paper.sha256
    assert paper.is_whole


def test_A18_a_cancellation_report_gets_its_own(report: Cancellation) -> None:
    assert swept() == ["", ""]
    assert {(paper.kind, paper.subject_id) for paper in Paper.objects.all()} == {
        (PaperKind.WRITTEN_AUTHORITY, report.authority.decision_id),
        (PaperKind.CANCELLATION, report.pk),
    }


def test_what_was_returned_or_refused_gets_none(story: Story) -> None:
    story.returned(starts_at=NOON + DAYS_AHEAD, at=NOON)
    story.refused(starts_at=NOON + DAYS_AHEAD, at=NOON)
    assert swept() == []


def test_D6_a_second_sweep_makes_nothing_more(authority: Authority, quick_printer: list[Any]) -> None:
    swept()
    assert swept(SWEEP + timedelta(hours=2)) == []
    assert len(quick_printer) == 1


def test_D6_while_one_sweep_is_at_it_another_leaves_it_alone(authority: Authority) -> None:
    assert claim(PaperKind.WRITTEN_AUTHORITY, authority.decision, at=SWEEP) is not None
    assert claim(PaperKind.WRITTEN_AUTHORITY, authority.decision, at=SWEEP) is None
    assert swept() == []
    assert swept(SWEEP + timedelta(minutes=3)) == [""]


@pytest.mark.django_db(transaction=True)
def test_D6_of_two_sweeps_at_the_same_moment_one_makes_it(cast: Cast, quick_printer: list[Any]) -> None:
    make_library(cast, NOON - timedelta(days=30))
    Story(cast).authorised(starts_at=NOON + DAYS_AHEAD, at=NOON)
    assert sorted(race(swept, swept), key=len) == [[], [""]]
    assert (len(quick_printer), Paper.objects.count(), TrailEntry.objects.filter(action="paper.made").count()) == (1, 1, 1)
    assert verify()[1] == []


def test_D6_a_failure_is_noted_without_the_document_s_words_and_tried_again_later(authority: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(page: Any) -> bytes:
        raise NotPrinted("took too long")

    monkeypatch.setattr(tasks, "to_pdf", broken)
    assert swept() == ["took too long"]
    paper = Paper.objects.get()
    assert (paper.attempts, paper.last_error, paper.made_at) == (1, "took too long", None)
    assert swept(SWEEP + timedelta(minutes=1)) == []
    assert swept(SWEEP + timedelta(minutes=3)) == ["took too long"]
    monkeypatch.setattr(tasks, "to_pdf", lambda page: PDF)
    assert swept(SWEEP + timedelta(hours=1)) == [""]
    assert Paper.objects.get().last_error == ""


def test_one_that_cannot_be_made_does_not_stop_the_next(report: Cancellation, monkeypatch: pytest.MonkeyPatch) -> None:
    def choosy(page: Any) -> bytes:
        if "Cancellation report" not in page.html:
            raise ValueError("words of the document")
        return PDF

    monkeypatch.setattr(tasks, "to_pdf", choosy)
    assert sorted(swept()) == ["", "ValueError"]
    assert Paper.objects.get(kind=PaperKind.WRITTEN_AUTHORITY).last_error == "ValueError"


def test_where_pdfs_are_off_the_sweep_makes_none_and_does_not_fail(authority: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "pdfs_on", lambda: False)
    assert swept() == []
    assert Paper.objects.count() == 0
