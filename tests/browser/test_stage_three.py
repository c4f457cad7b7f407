"""The register as the public reads it (R-6), and oversight (R-7). How a deployment comes to stand there: test_lifecycle.py."""

from typing import Any

from playwright.sync_api import Page, expect

from lfr_governance.demonstration.people import Cast
from tests.reporting.stages import publication


def test_R6_R7_register_and_oversight_are_accessible_and_fit_the_screen(browser_page: Page, sign_in: Any, look: Any, cast: Cast) -> None:
    register_id = publication(cast, "corrected").register_id
    look("register", "/register/")
    browser_page.get_by_text("Filter by force, place or day").click()
    browser_page.get_by_label("Place or town").fill("carlisle")
    browser_page.get_by_role("button", name="Show these").click()
    browser_page.get_by_role("link", name="Botchergate, Carlisle").click()
    expect(browser_page.locator("dd", has_text="2 of 18,230 faces")).to_be_visible()
    look("published")
    look("edition", f"/register/{register_id}/editions/1/")
    look("not-given", "/register/not-given/")
    sign_in(browser_page, "sro")
    look("oversight", "/oversight/")
