"""The watchlist, the assessments and the library as the people who use them see them: accessible, and nothing wider than a telephone."""

from datetime import date
from typing import Any

from django.urls import reverse
from playwright.sync_api import Page, expect

from lfr_governance.demonstration.people import Cast
from library.models import Version
from library.states import Kind
from tests.library import shelf
from tests.watchlists import lists
from tests.watchlists.test_pages import PAGES, address
from watchlists.models import Composition


def test_every_page_of_a_watchlist(cast: Cast, browser_page: Page, sign_in: Any, look: Any) -> None:
    composition = lists.complete(cast)
    lists.with_line(cast, composition, "order_or_ban", necessity="")
    sign_in(browser_page, "applicant")
    for name in PAGES:
        look(f"watchlist-{name}", address(composition, name))
    sign_in(browser_page, "silver")
    look("watchlist-overview-silver", address(composition, "overview"))


def test_a_watchlist_is_filled_from_nothing(cast: Cast, browser_page: Page, sign_in: Any, look: Any) -> None:
    composition = lists.started(cast)
    sign_in(browser_page, "operator")
    look("watchlist-empty", address(composition, "overview"))
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
        look(f"library-{name}", url)
    browser_page.get_by_role("button", name="Adopt this version").click()
    look("library-adopt-refused")
    shelf.diversity(cast)
    sign_in(browser_page, "comms")
    look("library-document-to-approve", reverse("library:document", args=[waiting.document_id]))
    browser_page.get_by_role("button", name="Approve this version").click()
    expect(browser_page.get_by_text("Waits for approval")).to_have_count(0)


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
        look(f"operation-{name}", url)
    sign_in(browser_page, "npt")
    look("operation-cia-to-complete", reverse("library:local_cia", kwargs=at))
    for question, answer in zip(browser_page.get_by_role("textbox").all(), shelf.CIA.values(), strict=True):
        question.fill(answer)
    browser_page.get_by_role("button", name="Complete the assessment").click()
    expect(browser_page.get_by_text("Completed by Derek Armstrong")).to_be_visible()
    look("operation-cia-completed")
