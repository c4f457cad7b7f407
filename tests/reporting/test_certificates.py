"""Certificates of deletion as documents (X-8, D-6)."""

import io
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from pypdf import PdfReader

from accounts.states import Role
from lfr_governance.demonstration.people import Cast
from obligations.models import Certificate
from obligations.services import attest, carry_out, confirm
from operations.models import Operation
from reporting.models import Paper
from reporting.papers import page_of
from reporting.printing import to_pdf
from reporting.states import PaperKind
from reporting.tasks import make_papers
from tests.cast import NOON, opened
from tests.clients import signed_in
from tests.obligations.duties import HOUR, alert_data, media
from tests.reporting.test_printing import errors_of, words

LATER = NOON + timedelta(days=2)


@pytest.fixture
def operation(cast: Cast) -> Operation:
    return opened(cast, ("silver", Role.SILVER), ("operator", Role.OPERATOR))


@pytest.fixture
def certificate(operation: Operation) -> Certificate:
    clock = alert_data(operation, basis_at=NOON)
    done = carry_out(clock, destroy=lambda _: {"notes": 3}, verify=lambda _: None, at=NOON + 2 * HOUR)
    assert done
    return done


def test_X8_a_certificate_is_printed_when_it_is_asked_for_and_once(certificate: Certificate, cast: Cast, tmp_path: Path) -> None:
    silver, address = signed_in(cast.silver), f"{certificate.get_absolute_url()}document/"
    assert list(make_papers(at=LATER)) == [], "nobody has asked"
    assert "3 notes" in silver.get(address).content.decode()
    for _ in range(2):
        assert silver.post(address).status_code == 302
    paper = Paper.objects.get(kind=PaperKind.CERTIFICATE)
    assert list(make_papers(at=paper.next_attempt_at)) == [""] and list(make_papers(at=paper.next_attempt_at)) == []
    served = silver.get(address)
    pdf = bytes(served.content)
    assert served["Content-Type"] == "application/pdf" and "3 notes" in words(pdf) and "within the limit" in words(pdf)
    assert errors_of(pdf, tmp_path) == [] and to_pdf(page_of(PaperKind.CERTIFICATE, certificate)) == pdf
    (attached,) = PdfReader(io.BytesIO(pdf)).attachments["signed-text.json"]
    assert sha256(attached).hexdigest() in words(pdf)
    assert signed_in(cast.stranger).get(address).status_code == signed_in(cast.stranger).post(address).status_code == 404


def test_D2_both_who_answer_for_a_deletion_elsewhere_stand_on_it(operation: Operation, cast: Cast) -> None:
    stick = media(operation, basis_at=NOON)
    attest(stick, wiped_at=NOON + HOUR, how="Overwritten.", item="USB 0417", by=cast.operator, at=NOON + HOUR)
    confirm(stick.again(), answer="Seen.", by=cast.silver, at=NOON + 2 * HOUR)
    html = page_of(PaperKind.CERTIFICATE, Certificate.objects.get()).html
    assert [said for said in ("USB 0417", cast.operator.name, cast.silver.name, "outside this product") if said not in html] == []
