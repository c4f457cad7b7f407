"""The pages of the clocks as those see them whose clocks they are: accessible, and nothing wider than a telephone."""

from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.states import Role
from lfr_governance.demonstration.people import Cast
from lfr_governance.sweep import run
from obligations.models import Obligation
from obligations.services import ask_hold, attest, carry_out, place_hold
from obligations.states import Basis, Manner
from obligations.tasks import remind_due
from operations.models import Operation
from tests.browser.conftest import PHONE
from tests.cast import opened
from tests.obligations.duties import DAY, HOUR, alert_data, footage, media, record


@pytest.fixture
def operation(cast: Cast) -> Operation:
    return opened(cast, ("gold", Role.GOLD), ("silver", Role.SILVER), ("operator", Role.OPERATOR))


@pytest.fixture
def clocks(operation: Operation, cast: Cast) -> dict[str, Obligation]:
    """One of each: overdue and failing, running, certified, held, asked for, done."""
    now = timezone.now()
    clocks = {
        "failing": alert_data(operation, basis_at=now - 26 * HOUR, sentence="Delete the personal data of an alert"),
        "media": media(operation, basis_at=now - 5 * HOUR, sentence="Wipe the encrypted watchlist stick"),
        "certified": media(operation, basis_at=now - 6 * HOUR, sentence="Wipe the watchlist from the LFR system"),
        "held": footage(operation, basis_at=now - 3 * DAY, sentence="Delete the footage of camera 1"),
        "asked": footage(operation, basis_at=now - 3 * DAY, manner=Manner.ATTESTED, sentence="Delete the footage of the town’s cameras"),
        "record": record(operation, basis_at=now - 20 * DAY, sentence="Send the deployment record to the Authorising Officer", link="/records/"),
        "done": alert_data(operation, basis_at=now - 21 * HOUR, sentence="Delete the personal data of another alert"),
    }
    carry_out(clocks["failing"], destroy=lambda _: 1 / 0, verify=lambda _: None, at=now)  # type: ignore[return-value]
    carry_out(clocks["done"], destroy=lambda _: {"notes": 3}, verify=lambda _: None, at=now)
    attest(clocks["certified"], wiped_at=now - HOUR, how="Overwritten once; the list is empty", item="LFR 2", by=cast.operator, at=now)
    why = {"footage": "13:20 to 13:40", "reason": "Complaint 17/2026"}
    place_hold(ask_hold(clocks["held"], basis=Basis.COMPLAINT, **why, by=cast.silver, at=now), by=cast.infomgmt, at=now)
    ask_hold(clocks["asked"], basis=Basis.CPIA, **why, by=cast.gold, at=now)
    list(remind_due(at=now))
    run(at=now, source="test", steps=())
    return clocks


def test_the_clocks_of_those_who_have_to_do_it_D7(
    browser_page: Page, sign_in: Any, look: Any, operation: Operation, clocks: dict[str, Obligation]
) -> None:
    sign_in(browser_page, "silver")
    look("clocks-silver", "/clocks/")
    look("clocks-operation", f"/clocks/operations/{operation.pk}/")
    look("clocks-done", "/clocks/done/")
    for name, clock in clocks.items():
        look(f"clock-{name}", clock.get_absolute_url())
    look("clock-certificate", f"{clocks['done'].get_absolute_url()}certificate/")
    look("clock-certificate-document", f"{clocks['done'].get_absolute_url()}certificate/document/")
    look("clock-certify", f"{clocks['media'].get_absolute_url()}certify/")
    look("clock-confirm", f"{clocks['certified'].get_absolute_url()}confirm/")
    look("clock-ask-hold", f"{clocks['asked'].get_absolute_url()}hold/")


def test_the_clocks_of_those_who_answer_for_them_D4_D7(browser_page: Page, sign_in: Any, look: Any, clocks: dict[str, Obligation]) -> None:
    sign_in(browser_page, "infomgmt2")
    look("clocks-infomgmt", "/clocks/")
    look("holds", "/clocks/holds/")
    hold, asked = clocks["held"].holds.get(), clocks["asked"].holds.get()
    look("hold-decide", f"/clocks/holds/{asked.pk}/decide/")
    look("hold-review", f"/clocks/holds/{hold.pk}/review/")
    look("hold-release", f"/clocks/holds/{hold.pk}/release/")
    sign_in(browser_page, "sro")
    look("clocks-sro", "/clocks/")
    sign_in(browser_page, "stranger")
    look("clocks-stranger", "/clocks/")


@pytest.mark.parametrize("browser_page", [PHONE], indirect=True)
def test_a_stick_is_wiped_certified_and_confirmed_on_a_telephone_D2(browser_page: Page, sign_in: Any, clocks: dict[str, Obligation]) -> None:
    sign_in(browser_page, "operator")
    browser_page.goto("/clocks/")
    browser_page.get_by_role("link", name="Wipe the encrypted watchlist stick").click()
    browser_page.get_by_role("button", name="Certify that it has been deleted").click()
    local = timezone.localtime(timezone.now() - HOUR)
    for box, value in (("Day", local.day), ("Month", local.month), ("Year", local.year), ("Time", f"{local:%H:%M}")):
        browser_page.get_by_label(box, exact=True).fill(str(value))
    browser_page.get_by_label("Serial or asset number").fill("USB 0417")
    browser_page.get_by_label("How was it deleted").fill("Overwritten once; it opens empty")
    browser_page.get_by_role("button", name="Certify: another person then confirms it").click()
    expect(browser_page.get_by_text("another person has to confirm it")).to_be_visible()
    sign_in(browser_page, "silver")
    browser_page.reload()
    browser_page.get_by_role("button", name="Confirm the deletion").click()
    browser_page.get_by_label("Yes, I have satisfied myself").check()
    browser_page.get_by_label("What did you check?").fill("The stick, in a reader")
    browser_page.get_by_role("button", name="Save your answer").click()
    browser_page.get_by_role("link", name="Certificate of deletion").click()
    expect(browser_page.get_by_role("heading", name="Certificate of deletion")).to_be_visible()
    expect(browser_page.get_by_text("USB 0417")).to_be_visible()
