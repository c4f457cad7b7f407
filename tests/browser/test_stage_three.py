"""The register as the public reads it (R-6). How a deployment comes to stand in it: test_lifecycle.py."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from deployments.models import Deployment
from lfr_governance.demonstration.documents import make_library
from lfr_governance.demonstration.people import Cast
from lfr_governance.demonstration.stage_three import Aftermath
from lfr_governance.demonstration.stage_two import Day
from tests.browser.test_clocks_look import WIDER, both_widths
from tests.cast import FOUNDED, NOON


@pytest.fixture
def ended(cast: Cast) -> Deployment:
    make_library(cast, FOUNDED)
    return Day(cast, NOON).concluded()


@pytest.fixture
def look(axe: Callable[..., None], browser_page: Page) -> Callable[[str], None]:
    def look(address: str) -> None:
        browser_page.goto(address)
        axe(browser_page)
        assert browser_page.evaluate(WIDER) == 0, f"{address} is wider than the screen"

    return look


@both_widths
def test_R6_the_register_is_accessible_and_no_wider_than_the_screen(browser_page: Page, look: Any, cast: Cast, ended: Deployment) -> None:
    Aftermath(cast).corrected(ended)
    look("/register/")
    browser_page.get_by_text("Filter by force, place or day").click()
    browser_page.get_by_label("Place or town").fill("carlisle")
    browser_page.get_by_role("button", name="Show these").click()
    browser_page.get_by_role("link", name="Botchergate, Carlisle").click()
    expect(browser_page.locator("dd", has_text="2 of 18,230 faces")).to_be_visible()
    look(f"/register/{ended.register_id}/")
    look(f"/register/{ended.register_id}/editions/1/")
    look("/register/not-given/")
