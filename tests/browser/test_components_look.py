"""Every component, looked at in a browser: accessible, nothing wider than the screen, nothing in the console under the strict CSP."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from tests.browser.conftest import PHONE, WIDER
from tests.govuk.alone import stand_alone


@pytest.fixture
def gallery(settings: Settings, db: None) -> Iterator[str]:
    """A server of its own: the product's has already decided which middleware it runs."""
    stand_alone(settings)
    server = LiveServer("localhost")
    yield server.url
    server.stop()


def test_every_page_is_accessible_and_fits(browser_page: Page, gallery: str, look: Callable[..., None]):
    for address in ("/", "/form", "/question", "/versioned"):
        look("gallery" + address.replace("/", "-"), gallery + address)
        browser_page.set_viewport_size({"width": 320, "height": 800})
        assert browser_page.evaluate(WIDER) == 0


def test_errors_take_the_focus_and_lead_to_their_boxes(browser_page: Page, gallery: str, look: Callable[..., None]):
    browser_page.goto(gallery + "/form")
    browser_page.get_by_role("button", name="Continue").click()
    expect(browser_page.locator(".govuk-error-summary")).to_be_focused()
    look("gallery-errors")
    browser_page.get_by_role("link", name="Enter the day of the deployment").click()
    expect(browser_page.get_by_label("Day", exact=True).first).to_be_focused()


def test_a_password_can_be_shown_and_words_are_counted(browser_page: Page, gallery: str):
    browser_page.goto(gallery + "/form")
    browser_page.get_by_role("button", name="Show password").click()
    expect(browser_page.get_by_label("Password", exact=True)).to_have_attribute("type", "text")
    browser_page.get_by_label("Why there, why now?").fill("two words")
    expect(browser_page.get_by_text("You have 48 words remaining").first).to_be_visible()


def test_a_question_is_revealed_by_its_answer(browser_page: Page, gallery: str):
    browser_page.goto(gallery + "/form")
    more = browser_page.get_by_label("What else?")
    expect(more).to_be_hidden()
    browser_page.get_by_label("Something else").check()
    expect(more).to_be_visible()


def test_the_first_thing_the_keyboard_reaches_skips_to_the_content(browser_page: Page, gallery: str):
    browser_page.goto(gallery + "/question")
    browser_page.keyboard.press("Tab")
    expect(browser_page.get_by_role("link", name="Skip to main content")).to_be_focused()
    browser_page.keyboard.press("Enter")
    expect(browser_page.locator("#main-content")).to_be_focused()


def test_the_menu_of_a_telephone_opens(browser_page: Page, gallery: str):
    browser_page.set_viewport_size({"width": PHONE, "height": 844})
    browser_page.goto(gallery + "/")
    browser_page.get_by_role("button", name="Menu").click()
    expect(browser_page.get_by_role("link", name="Watchlists")).to_be_visible()
