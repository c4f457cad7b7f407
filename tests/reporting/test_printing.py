"""The documents as PDF: tagged, complete, the same on every printing, and made without asking anything outside themselves (A-15, A-17, A-18)."""

import io
import json
import re
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from pdfua import Severity, validate
from pypdf import PdfReader
from weasyprint.urls import FatalURLFetchingError

from authorisations.models import Authority, Cancellation
from lfr_governance.demonstration.people import Cast
from reporting import printing
from reporting.papers import Page, page_of
from reporting.printer import Refuses, pdf_of
from reporting.printing import NotPrinted, to_pdf
from reporting.states import PaperKind
from tests.cast import NOON
from tests.reporting.conftest import CONDITIONS, DAYS_AHEAD
from tests.reporting.stages import record

MOMENT = "2026-10-07T12:00:00Z"


def words(pdf: bytes) -> str:
    """The text of all pages on one line, as a reader's eye would join it."""
    return joined(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages))


def joined(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def bare(text: str) -> str:
    """Without any space: a hash is broken where the line ends."""
    return re.sub(r"\s", "", text)


@pytest.fixture
def written(authority: Authority) -> bytes:
    return to_pdf(page_of(PaperKind.WRITTEN_AUTHORITY, authority.decision))


def test_A15_the_document_says_every_answer_limit_and_both_hashes(authority: Authority, written: bytes) -> None:
    text, decision = words(written), authority.decision
    assert decision is not None
    answers = json.loads(decision.content)["answers"]
    assert len(answers) > 15
    assert [key for key, answer in answers.items() if joined(str(answer)) not in text] == []
    signed = ["Superintendent Stephen Tyson", "7 Oct 2026 17:00 BST", "password entered again", "OFFICIAL", "Cumbria Constabulary", "cumbria-1"]
    asked = ["LFR/2026/0001, version 1", joined(CONDITIONS), "450 subjects", "0.64", "Botchergate, Carlisle: 10 Oct 2026, 13:00 to 19:30 BST"]
    assert [one for one in (*signed, *asked, decision.sha256, decision.submission.sha256) if one not in text] == []
    assert "NOT SIGNED" not in text.upper()


def test_A15_every_page_carries_force_reference_hash_and_its_number(authority: Authority, written: bytes) -> None:
    pages = [joined(page.extract_text()) for page in PdfReader(io.BytesIO(written)).pages]
    assert len(pages) > 2
    for number, text in enumerate(pages, 1):
        foot = ("Cumbria Constabulary, LFR/2026/0001, version 1", authority.decision.sha256, f"Page {number} of {len(pages)}")  # type: ignore[union-attr]
        assert [one for one in foot if one not in text] == []


def test_A15_the_text_that_was_signed_travels_in_the_PDF_and_has_the_printed_hash(authority: Authority, written: bytes) -> None:
    (attached,) = PdfReader(io.BytesIO(written)).attachments["signed-text.json"]
    assert attached.decode() == authority.decision.content  # type: ignore[union-attr]
    assert sha256(attached).hexdigest() in words(written)


def test_A18_the_cancellation_report_says_when_why_what_and_by_whom(report: Cancellation, tmp_path: Path) -> None:
    pdf = to_pdf(page_of(PaperKind.CANCELLATION, report))
    text = words(pdf)
    said = [report.reason, report.done_under, "Superintendent Stephen Tyson", "10 Oct 2026", report.authority.decision.sha256]  # type: ignore[union-attr]
    assert [one for one in said if joined(one) not in text] == []
    (attached,) = PdfReader(io.BytesIO(pdf)).attachments["signed-text.json"]
    assert sha256(attached).hexdigest() in text
    assert errors_of(pdf, tmp_path) == []


def test_the_document_is_tagged_and_titled_in_British_English(written: bytes, tmp_path: Path) -> None:
    assert errors_of(written, tmp_path) == []
    read = PdfReader(io.BytesIO(written))
    assert (read.trailer["/Root"]["/Lang"], read.metadata.title) == ("en-GB", "Written Authority Document LFR/2026/0001, version 1")  # type: ignore[index, union-attr]
    assert read.trailer["/Root"]["/MarkInfo"]["/Marked"].value is True  # type: ignore[index]


def errors_of(pdf: bytes, folder: Path) -> list[Any]:
    path = folder / "paper.pdf"
    path.write_bytes(pdf)
    return [finding for finding in validate(str(path)).findings if finding.severity == Severity.ERROR]


def test_A17_printed_twice_it_is_the_same_to_the_byte(authority: Authority, report: Cancellation, written: bytes) -> None:
    again = Authority.objects.get(pk=authority.pk)
    assert to_pdf(page_of(PaperKind.WRITTEN_AUTHORITY, again.decision)) == written
    assert to_pdf(page_of(PaperKind.CANCELLATION, report)) == to_pdf(page_of(PaperKind.CANCELLATION, Cancellation.objects.get(pk=report.pk)))


def test_R1_the_record_is_tagged_says_all_that_was_submitted_and_is_the_same_each_time(cast: Cast, tmp_path: Path) -> None:
    submission = record(cast, "submitted").submissions.get()
    pdf = to_pdf(page_of(PaperKind.RECORD, submission))
    text, content = words(pdf), json.loads(submission.content)
    debrief = content["debrief"]
    said = [line for item in content["items"] for line in item["lines"]] + [debrief["impact"], debrief["learning"], debrief["chair"]]
    said += [one[name] for one in debrief["objectives"] for name in ("objective", "effect", "words")] + list(content["narrative"].values())
    assert len(said) > 40 and [line for line in said if bare(line) not in bare(text)] == []
    (attached,) = PdfReader(io.BytesIO(pdf)).attachments["signed-text.json"]
    assert attached.decode() == submission.content and sha256(attached).hexdigest() in text
    assert errors_of(pdf, tmp_path) == []
    assert to_pdf(page_of(PaperKind.RECORD, submission)) == pdf


@pytest.mark.parametrize("url", ["file:///etc/passwd", "http://127.0.0.1:1/", "https://example.org/a.png", "data:text/plain,a", "ftp://127.0.0.1/"])
def test_F12_the_printer_fetches_nothing(url: str) -> None:
    with pytest.raises(FatalURLFetchingError):
        Refuses().fetch(url)


@pytest.mark.parametrize(
    "asks", ['<img src="{}">', '<link rel="attachment" href="{}">', '<link rel="stylesheet" href="{}">', '<p style="background: url({})">a']
)
def test_F12_a_page_that_asks_for_a_file_is_not_printed(asks: str) -> None:
    with pytest.raises(FatalURLFetchingError):
        pdf_of(asks.format("file:///etc/passwd"), "", "{}", MOMENT)
    with pytest.raises(NotPrinted, match="FatalURLFetchingError"):
        to_pdf(Page(asks.format("file:///etc/passwd"), "{}", MOMENT))


def test_F12_a_page_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "PATIENCE", 0.05)
    with pytest.raises(NotPrinted, match="too long"):
        to_pdf(Page("<p>a", "{}", MOMENT))


def test_F12_the_printer_is_told_no_secret_of_this_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    spy = tmp_path / "spy.py"
    spy.write_text("import os, sys; sys.stdout.write('%PDF-' + ' '.join(os.environ))")
    monkeypatch.setattr(printing, "PRINTER", spy)
    monkeypatch.setenv("SECRET_KEY", "x")
    told = to_pdf(Page("", "", MOMENT)).decode().removeprefix("%PDF-").split()
    assert "DATABASE_URL" not in told and "SECRET_KEY" not in told


OWN_WORDS = (
    "I have read all of this twice, asked the applicant about each point that seemed thin, and am content with what they told me then and there."
)


def test_what_was_typed_is_printed_as_typed_never_as_markup(story: Any) -> None:
    shown = page_of(PaperKind.WRITTEN_AUTHORITY, signed_with(story, f"<script>alert(1)</script> {OWN_WORDS}"))
    assert "<script>" not in shown.html
    assert "&lt;script&gt;" in shown.html


def signed_with(story: Any, answer: str) -> Any:
    application = story.submitted(starts_at=NOON + DAYS_AHEAD, at=NOON)
    story.considered(application, at=NOON, legality=answer)
    return story.decided(application, "authorised", at=NOON + DAYS_AHEAD / 2)
