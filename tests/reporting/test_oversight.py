"""What those who oversee keep beside the figures: what was heard from outside, risks, packs for a meeting (R-7)."""

import io
import json
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from audit.verify import verify
from lfr_governance.demonstration.people import Cast
from obligations.models import Obligation
from obligations.states import State
from policy.refusals import NotPermitted, RuleBroken
from reporting.models import Feedback, Pack, Paper, Risk
from reporting.pack import tables
from reporting.papers import page_of
from reporting.period import Period
from reporting.printing import to_pdf
from reporting.services import answer_feedback, close_risk, open_risk, prepare_pack, record_feedback, review_risk
from reporting.states import Degree, Heard, PaperKind
from reporting.tasks import make_papers
from tests.cast import NOON
from tests.clients import signed_in
from tests.reporting.stages import publication
from tests.reporting.test_printing import errors_of, words

DAY = timedelta(days=1)
LATER = NOON + 60 * DAY
TODAY = LATER.date()
RATED: dict[str, Any] = {"likelihood": Degree.LOW, "impact": Degree.HIGH, "measures": "Looked at each time."}


def heard(cast: Cast, **said: Any) -> Feedback:
    return record_feedback(**{"kind": Heard.COMPLAINT, "day": TODAY, "about": "The signs were too small.", "by": cast.sro, "at": LATER, **said})


def risk(cast: Cast) -> Risk:
    return open_risk(what="Low sun raises false alerts", **RATED, review_due_at=LATER + 30 * DAY, by=cast.sro, at=LATER)


def test_R7_what_was_heard_is_recorded_and_answered_once(cast: Cast) -> None:
    one = heard(cast)
    answered = answer_feedback(one, answer="Larger signs stand there.", by=cast.infomgmt, at=LATER + DAY)
    assert answered.answered_by == cast.infomgmt
    with pytest.raises(RuleBroken, match="has been answered"):
        answer_feedback(one, answer="Again.", by=cast.infomgmt, at=LATER + DAY)


@pytest.mark.parametrize("named", ["Mr Smith was stopped", "Call 01228 555 0123", "A man born 3 May 1980", "Car AB12 CDE", "Tell {silver}"])
def test_R7_words_that_would_name_somebody_are_refused_and_not_kept(cast: Cast, named: str) -> None:
    said = named.format(silver=cast.silver.name)
    with pytest.raises(RuleBroken, match="name somebody") as refused:
        heard(cast, about=said)
    assert refused.value.code == "R-7" and refused.value.findings[0].where == "about" and not Feedback.objects.exists()
    with pytest.raises(RuleBroken, match="name somebody"):
        answer_feedback(heard(cast), answer=said, by=cast.sro, at=LATER)


def test_R7_nothing_is_heard_tomorrow(cast: Cast) -> None:
    with pytest.raises(RuleBroken, match="still to come"):
        heard(cast, day=TODAY + DAY)


def test_R7_scrutiny_reads_and_does_not_write(cast: Cast) -> None:
    for act in (lambda: heard(cast, by=cast.scrutiny), lambda: prepare_pack(from_date=TODAY, to_date=TODAY, by=cast.scrutiny, at=LATER)):
        with pytest.raises(NotPermitted):
            act()


def test_R7_a_risk_is_looked_at_again_by_its_day_and_closed_with_a_reason(cast: Cast) -> None:
    one = risk(cast)
    clock = Obligation.objects.about(one, "risk_review").get()
    assert clock.due_at == one.review_due_at and clock.clause == "5.3"
    again = review_risk(one, **{**RATED, "likelihood": Degree.HIGH}, review_due_at=LATER + 90 * DAY, by=cast.sro, at=LATER + 20 * DAY)
    assert again.likelihood == Degree.HIGH and clock.again().due_at == LATER + 90 * DAY
    close_risk(one, reason="A hood is fitted.", by=cast.sro, at=LATER + 50 * DAY)
    assert clock.again().state == State.DISCHARGED
    with pytest.raises(RuleBroken, match="has been closed"):
        close_risk(one, reason="Again.", by=cast.sro, at=LATER + 50 * DAY)
    with pytest.raises(RuleBroken, match="has been closed"):
        review_risk(one, **RATED, review_due_at=LATER + 90 * DAY, by=cast.sro, at=LATER + 50 * DAY)


def test_R7_the_next_review_of_a_risk_lies_ahead(cast: Cast) -> None:
    with pytest.raises(RuleBroken, match="is over"):
        open_risk(what="Sun", **RATED, review_due_at=LATER, by=cast.sro, at=LATER)


def pack(cast: Cast) -> Pack:
    publication(cast, "published")
    heard(cast)
    risk(cast)
    return prepare_pack(from_date=(NOON - 30 * DAY).date(), to_date=TODAY, by=cast.sro, at=LATER)


def rows(told: Any, title: str) -> list[list[Any]]:
    return next(table["rows"] for table in told["tables"] if table["title"] == title)


def test_R7_a_pack_says_what_was_published_done_heard_and_feared_in_its_period(cast: Cast) -> None:
    told = json.loads(pack(cast).content)
    figures = dict(rows(told, "Published figures"))
    assert (figures["Deployments"], figures["Faces scanned"], figures["Alerts"]) == (1, 18230, 6) and figures["False alert rate"].startswith("0.011")
    assert [row[1] for row in rows(told, "What became of applications")][:2] == [1, 0]
    assert rows(told, "Complaints, feedback and engagement")[0][1:3] == ["Complaint", "The signs were too small."]
    assert rows(told, "Risk register")[0][:3] == ["Low sun raises false alerts", "Low", "High"]
    assert rows(told, "Learning and decisions")[0][0] == "Buy two taller stands for the signs on side streets"


def test_R7_what_lies_outside_the_period_is_not_in_it(cast: Cast) -> None:
    pack(cast)
    close_risk(Risk.objects.get(), reason="A hood is fitted.", by=cast.sro, at=LATER)
    first = (LATER + 5 * DAY).date()
    told = {title: rows for title, _, _, rows in tables(cast.force, Period(first, first + DAY), LATER + 9 * DAY)}
    running = ("What must be done by when", "What became of applications", "Deletion in time")
    assert {title: rows for title, rows in told.items() if rows and title not in running} == {}
    assert {row[1] for row in told["What became of applications"]} == {0}


def test_R7_a_pack_names_nobody_and_is_never_changed(cast: Cast) -> None:
    one = pack(cast)
    assert [person.name for person in cast.people.values() if person.name in one.content] == []
    assert sha256(one.content.encode()).hexdigest() == one.sha256
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Pack.objects.update(content="{}")
    assert verify()[1] == []


def test_R7_the_period_of_a_pack_is_over_or_goes_to_today(cast: Cast) -> None:
    for days in ((TODAY, TODAY - DAY), (TODAY, TODAY + DAY)):
        with pytest.raises(RuleBroken, match="do not follow"):
            prepare_pack(from_date=days[0], to_date=days[1], by=cast.sro, at=LATER)


def test_R7_a_pack_is_a_page_a_tagged_pdf_and_a_spreadsheet(cast: Cast, tmp_path: Path) -> None:
    one, reader = pack(cast), signed_in(cast.scrutiny)
    address = reverse("reporting:pack", args=[one.pk])
    assert "Low sun raises false alerts" in reader.get(address).content.decode()
    assert "" in list(make_papers(at=LATER))
    paper = Paper.objects.get(kind=PaperKind.PACK)
    served = reader.get(address)
    assert served["Content-Type"] == "application/pdf" and bytes(served.content) == bytes(paper.pdf)
    assert errors_of(bytes(paper.pdf), tmp_path) == []
    assert "Low sun raises false alerts" in words(bytes(paper.pdf)) and to_pdf(page_of(PaperKind.PACK, one)) == bytes(paper.pdf)
    (text,) = PdfReader(io.BytesIO(bytes(paper.pdf))).attachments["signed-text.json"]
    assert text.decode() == one.content
    sent = b"".join(reader.get(reverse("reporting:pack_tables", args=[one.pk])).streaming_content)  # type: ignore[attr-defined]
    cells = [cell for row in CalamineWorkbook.from_filelike(io.BytesIO(sent)).get_sheet_by_index(0).to_python() for cell in row]
    assert {"Risk register", "Low sun raises false alerts", 18230} <= set(cells)


def test_R7_the_oversight_page_costs_the_same_however_much_was_heard(cast: Cast) -> None:
    pack(cast)
    reader = signed_in(cast.sro)
    reader.get("/oversight/")
    with CaptureQueriesContext(connection) as one:
        assert "The signs were too small." in reader.get("/oversight/").content.decode()
    for _ in range(4):
        heard(cast)
        risk(cast)
        prepare_pack(from_date=TODAY, to_date=TODAY, by=cast.sro, at=LATER)
    with CaptureQueriesContext(connection) as many:
        reader.get("/oversight/")
    assert len(one) == len(many)


def test_R7_the_forms_write_what_was_typed(cast: Cast) -> None:
    sro = signed_in(cast.sro)
    day = {f"day_{part}": value for part, value in (("day", 1), ("month", 10), ("year", 2026))}
    assert sro.post(reverse("reporting:record_feedback"), {"kind": "complaint", "about": "Signs too small.", **day}).status_code == 302
    one = Feedback.objects.get()
    page = reverse("reporting:answer_feedback", args=[one.pk])
    refused = sro.post(page, {"answer": "Mr Smith was told.", "version": one.version})
    assert refused.status_code == 409 and "Mr Smith was told." in refused.content.decode()
    assert sro.post(page, {"answer": "Larger signs.", "version": one.version}).status_code == 302
    ahead = {"review_date_day": 1, "review_date_month": 1, "review_date_year": 2030}
    rated = {"likelihood": 2, "impact": 3, "measures": "Watched.", **ahead}
    assert sro.post(reverse("reporting:open_risk"), {"what": "Sun", **rated}).status_code == 302
    on_it = Risk.objects.get()
    assert sro.post(reverse("reporting:review_risk", args=[on_it.pk]), {**rated, "version": on_it.version}).status_code == 302
    assert sro.post(reverse("reporting:close_risk", args=[on_it.pk]), {"reason": "Hood.", "version": on_it.version + 1}).status_code == 302
    assert one.again().answer == "Larger signs." and on_it.again().closed_why == "Hood."
