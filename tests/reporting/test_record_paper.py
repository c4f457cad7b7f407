"""The deployment record as a document: it says what was frozen, to those who may see the record (R-1)."""

from django.urls import reverse

from lfr_governance.demonstration.people import Cast
from reporting.models import Paper
from reporting.papers import page_of
from reporting.querysets import to_be_made
from reporting.states import PaperKind
from tests.clients import signed_in
from tests.reporting.stages import LATER, record


def test_R1_each_submission_is_owed_as_a_paper_that_says_what_was_frozen(cast: Cast) -> None:
    submission = record(cast, "submitted").submissions.get()
    assert (PaperKind.RECORD, submission) in to_be_made(Paper.objects.all(), LATER, 20)
    page = page_of(PaperKind.RECORD, submission)
    assert page.text == submission.content and submission.sha256 in page.html
    for words in ("Botchergate, Carlisle", "a. Location", "n. Threshold setting", "Gerald Huddleston", "cumbria-2026-0001-1", "18,230"):
        assert words in page.html, words
    assert page_of(PaperKind.RECORD, submission) == page


def test_R1_the_document_opens_to_those_who_see_the_record(cast: Cast) -> None:
    address = reverse("reporting:record_document", args=[record(cast, "submitted").pk])
    assert {name: signed_in(cast.people[name]).get(address).status_code for name in ("ao", "silver", "sro", "stranger", "analyst")} == {
        "ao": 200,
        "silver": 200,
        "sro": 200,
        "stranger": 404,
        "analyst": 404,
    }
