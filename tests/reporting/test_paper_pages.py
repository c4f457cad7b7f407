"""The pages of the documents: to whom they open, and what they say while there is no PDF (A-15, A-19, G-5)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from audit.models import TrailEntry
from authorisations.models import Application, Authority, Cancellation
from lfr_governance.demonstration.people import Cast
from lfr_governance.demonstration.stories import Story
from reporting.models import Paper
from reporting.services import claim, keep, note_failure
from reporting.states import PaperKind
from reporting.views import papers
from tests.cast import NOON
from tests.clients import signed_in
from tests.reporting.conftest import DAYS_AHEAD

PDF = b"%PDF-1.7 a document"
READERS = ["applicant", "gold", "operator", "ao", "ao2", "sro", "infomgmt", "inspector"]
STRANGERS = ["stranger", "sysadmin", "scrutiny", "training", "gmp_operator", "chair"]


def address(authority: Authority) -> str:
    return reverse("reporting:document", args=[authority.pk])


def made(authority: Authority) -> Paper:
    paper = claim(PaperKind.WRITTEN_AUTHORITY, authority.decision, at=NOON)
    assert paper
    return keep(paper, pdf=PDF, by=None, at=NOON)


def test_A19_the_PDF_opens_to_whoever_sees_the_authority_and_exists_for_nobody_else(authority: Authority, cast: Cast) -> None:
    made(authority)
    expected = dict.fromkeys(READERS, 200) | dict.fromkeys(STRANGERS, 404)
    assert {name: signed_in(cast.people[name]).get(address(authority)).status_code for name in expected} == expected


def test_the_PDF_is_served_as_it_was_made_and_kept_nowhere_on_the_way(authority: Authority, cast: Cast) -> None:
    made(authority)
    answer = signed_in(cast.ao).get(address(authority))
    assert (answer["Content-Type"], answer.content) == ("application/pdf", PDF)
    assert answer["Content-Disposition"] == 'inline; filename="LFR-2026-0001-written-authority.pdf"'
    assert answer["Cache-Control"] == "private, no-store"


def test_G5_opening_it_is_noted_once_a_day(authority: Authority, cast: Cast) -> None:
    paper = made(authority)
    for _ in range(2):
        signed_in(cast.sro).get(address(authority))
    assert TrailEntry.objects.filter(action="record.seen", thing_id=str(paper.pk), actor_id=cast.sro.pk).count() == 1


def test_G5_bytes_that_are_not_those_of_the_trail_are_not_served(authority: Authority, cast: Cast) -> None:
    Paper.objects.filter(pk=made(authority).pk).update(pdf=PDF + b"!")
    answer = signed_in(cast.ao).get(address(authority))
    assert answer.status_code == 409
    assert "no longer the one that was made" in answer.content.decode()


def test_until_it_is_made_the_page_says_so(authority: Authority, cast: Cast) -> None:
    answer = signed_in(cast.ao).get(address(authority))
    assert answer.status_code == 200
    assert "being prepared" in answer.content.decode()


def test_without_the_libraries_the_same_document_is_a_page_to_print(authority: Authority, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(papers, "pdfs_on", lambda: False)
    shown = signed_in(cast.ao).get(address(authority)).content.decode()
    assert "cannot make PDFs on this machine" in shown
    assert authority.decision.sha256 in shown  # type: ignore[union-attr]
    assert "style=" not in shown and "<style" not in shown


def test_when_the_printer_keeps_failing_there_is_the_page_to_print(authority: Authority, cast: Cast) -> None:
    at = NOON
    for _ in range(papers.GIVEN_UP_AFTER):
        paper = claim(PaperKind.WRITTEN_AUTHORITY, authority.decision, at=at)
        assert paper
        note_failure(paper, "took too long")
        at += timedelta(hours=1)
    assert "tried again by itself" in signed_in(cast.ao).get(address(authority)).content.decode()


def test_A18_the_cancellation_report_has_its_own_page(report: Cancellation, authority: Authority, cast: Cast) -> None:
    where = reverse("reporting:cancellation_document", args=[report.authority_id])
    assert signed_in(cast.ao).get(where).status_code == 200
    assert signed_in(cast.stranger).get(where).status_code == 404
    assert signed_in(cast.ao).get(reverse("reporting:cancellation_document", args=[authority.pk])).status_code == 404


def test_the_page_of_the_authority_says_where_the_document_is(authority: Authority, cast: Cast) -> None:
    where = reverse("authorisations:authority", args=[authority.pk])
    assert "PDF of this document is being prepared" in signed_in(cast.ao).get(where).content.decode()
    paper = made(authority)
    shown = signed_in(cast.ao).get(where).content.decode()
    assert f'href="{address(authority)}"' in shown and paper.sha256 in shown


def test_A15_before_signing_the_officer_reads_the_draft_as_it_will_print(story: Story, cast: Cast) -> None:
    application = story.submitted(starts_at=NOON + DAYS_AHEAD, at=NOON)
    story.considered(application, at=NOON)
    shown = preview(application, cast, "ao")
    assert "Not signed" in shown and "I have compared the plan" in shown
    assert "I have compared the plan" not in preview(application, cast, "ao2")
    assert signed_in(cast.gold).get(reverse("reporting:preview", args=[application.pk])).status_code == 404


def preview(application: Application, cast: Cast, username: str) -> str:
    answer = signed_in(cast.people[username]).get(reverse("reporting:preview", args=[application.pk]))
    assert answer.status_code == 200
    return answer.content.decode()
