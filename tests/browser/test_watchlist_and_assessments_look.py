"""The watchlist, the assessments and the library as the people who use them see them: accessible, and nothing wider than a telephone."""

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from lfr_governance.demonstration.people import Cast
from library.models import Version
from library.states import Kind
from tests.browser.conftest import DESK, PHONE
from tests.library import shelf
from tests.watchlists import lists
from tests.watchlists.test_pages import PAGES, address
from watchlists.models import Composition

WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
both_widths = pytest.mark.parametrize("browser_page", [PHONE, DESK], indirect=True, ids=["phone", "desk"])
# Where a picture of every page is wanted: LFR_PICTURES=folder.
PICTURES = os.environ.get("LFR_PICTURES")


@pytest.fixture
def look(axe: Callable[..., None]) -> Callable[[Page, str], None]:
    def look(page: Page, name: str) -> None:
        if PICTURES:
            page.screenshot(path=Path(PICTURES) / f"{name}-{page.viewport_size['width']}.png", full_page=True)  # type: ignore[index]
        axe(page)
        assert page.evaluate(WIDER) == 0, f"{name} is wider than the screen"

    return look


@both_widths
def test_every_page_of_a_watchlist(cast: Cast, browser_page: Page, sign_in: Any, look: Any) -> None:
    composition = lists.complete(cast)
    lists.with_line(cast, composition, "order_or_ban", necessity="")
    sign_in(browser_page, "applicant")
    for name in PAGES:
        browser_page.goto(address(composition, name))
        look(browser_page, f"watchlist-{name}")
    sign_in(browser_page, "silver")
    browser_page.goto(address(composition, "overview"))
    look(browser_page, "watchlist-overview-silver")


@both_widths
def test_a_watchlist_is_filled_from_nothing(cast: Cast, browser_page: Page, sign_in: Any, look: Any) -> None:
    composition = lists.started(cast)
    sign_in(browser_page, "operator")
    browser_page.goto(address(composition, "overview"))
    look(browser_page, "watchlist-empty")
    browser_page.get_by_role("button", name="Add a category").click()
    browser_page.get_by_label("Missing").check()
    browser_page.get_by_role("button", name="Continue").click()
    browser_page.get_by_label("How many subjects?").fill("3")
    browser_page.get_by_label("How many images?").fill("4")
    browser_page.get_by_role("button", name="Save").click()
    browser_page.get_by_role("button", name="Add someone under 18").click()
    browser_page.get_by_role("radio", name="Missing").check()
    browser_page.get_by_role("radio", name="Yes").check()
    browser_page.get_by_label("Why is it necessary?").fill("Enquiries have found nothing.")
    browser_page.get_by_label("Nothing I have written").check()
    browser_page.get_by_label("Why is it in their best interests?").fill("At risk while away from home.")
    browser_page.get_by_role("button", name="Save").click()
    expect(browser_page.get_by_text("of whom 1 under 13")).to_be_visible()
    assert Composition.objects.get().children.count() == 1


@both_widths
def test_every_page_of_the_library(cast: Cast, browser_page: Page, sign_in: Any, look: Any) -> None:
    overdue = shelf.in_force(cast, Kind.DPIA, adopted_date=date(2025, 1, 6), review_date=date(2025, 6, 1))
    shelf.in_force(cast, Kind.SCCSA, review_date=date(2099, 1, 5))
    waiting = shelf.adopted(cast, shelf.registered(cast, Kind.EQUALITY))
    shelf.registered(cast, Kind.TRAINING, title="Live facial recognition for Operators and Engagement Officers: course materials")
    sign_in(browser_page, "infomgmt")
    for name, url in {
        "register": reverse("library:documents"),
        "document-overdue": reverse("library:document", args=[overdue.document_id]),
        "new-document": reverse("library:register"),
        "adopt": reverse("library:adopt", args=[overdue.document_id]),
    }.items():
        browser_page.goto(url)
        look(browser_page, f"library-{name}")
    browser_page.get_by_role("button", name="Adopt this version").click()
    look(browser_page, "library-adopt-refused")
    shelf.diversity(cast)
    sign_in(browser_page, "comms")
    browser_page.goto(reverse("library:document", args=[waiting.document_id]))
    look(browser_page, "library-document-to-approve")
    browser_page.get_by_role("button", name="Approve this version").click()
    expect(browser_page.get_by_text("Waits for approval")).to_have_count(0)


@both_widths
def test_every_page_of_an_operation_s_assessments(cast: Cast, browser_page: Page, sign_in: Any, look: Any) -> None:
    operation = shelf.started(cast)
    for kind in (Kind.FORCE_CIA, Kind.DPIA, Kind.EQUALITY):
        shelf.in_force(cast, kind, review_date=date(2099, 1, 5))
    shelf.reviewed(cast, operation, Version.objects.get(document__kind=Kind.DPIA))
    at = {"operation_id": operation.pk}
    sign_in(browser_page, "applicant")
    for name, url in {
        "assessments": reverse("library:assessments", kwargs=at),
        "review": reverse("library:review", kwargs={**at, "kind": "force_cia"}),
        "cia-not-mine": reverse("library:local_cia", kwargs=at),
    }.items():
        browser_page.goto(url)
        look(browser_page, f"operation-{name}")
    sign_in(browser_page, "npt")
    browser_page.goto(reverse("library:local_cia", kwargs=at))
    look(browser_page, "operation-cia-to-complete")
    for question, answer in zip(browser_page.get_by_role("textbox").all(), shelf.CIA.values(), strict=True):
        question.fill(answer)
    browser_page.get_by_role("button", name="Complete the assessment").click()
    expect(browser_page.get_by_text("Completed by Derek Armstrong")).to_be_visible()
    look(browser_page, "operation-cia-completed")
