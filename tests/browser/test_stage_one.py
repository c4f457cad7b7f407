"""Stage 1 in a browser: a refusal, faults, two windows, by keyboard alone, without JavaScript. Each page clean at every width."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from authorisations.models import Application
from lfr_governance.demonstration import texts
from lfr_governance.demonstration.documents import make_library
from lfr_governance.demonstration.people import Cast
from lfr_governance.demonstration.stories import Story
from lfr_governance.demonstration.telling import at_ten
from tests.browser.desk import Desk
from tests.cast import FOUNDED, PASSWORD
from tests.worlds import world

DAY = timedelta(days=1)


def submitted(cast: Cast) -> Application:
    """In Penrith, in nine days, submitted yesterday."""

    def make() -> Application:
        make_library(cast, FOUNDED)
        now = timezone.now()
        return Story(cast, "Penrith station, evening trains", "Penrith station").submitted(starts_at=at_ten(now + 9 * DAY), at=now - DAY)

    return world("browser: submitted", make)


def task(name: str) -> str:
    """The address of a section, from the task list."""
    return f"sections/{name}/"


def test_a_refusal_is_final_and_its_reason_stands_on_record(cast: Cast, desk: Desk):
    """A-15: and whoever has a part in the operation reads why they cannot decide (P-3)."""
    application = submitted(cast)
    desk.sits("ao").opens(f"/authorities/decide/{application.pk}/").fills(outcome="refused").presses("Continue to sign")
    desk.fills(password=PASSWORD).presses(re.compile("Sign and refuse")).told("Enter")
    desk.signs(re.compile("Sign and refuse"), reasons=texts.REFUSAL).is_at("LFR application").reads(texts.REFUSAL)
    desk.sits("applicant").opens(f"/applications/{application.pk}/").reads("Refused", texts.REFUSAL, "what was decided stays on record")
    desk.opens(f"/applications/{application.pk}/sections/necessity/").reads("can no longer be edited")
    expect(desk.page.locator("[name=aim]")).to_have_count(0)
    assert Application.objects.get(pk=application.pk).state == "refused"


def test_a_draft_with_faults_lists_each_with_a_link_to_it(cast: Cast, desk: Desk):
    """A-1, A-14: a threshold of 0.62 is kept in the draft, marked, and stands in the way of submission."""
    make_library(cast, FOUNDED)
    application = Story(cast).completed(starts_at=at_ten(timezone.now() + 9 * DAY), at=timezone.now() - DAY)
    home = f"/applications/{application.pk}/"
    desk.sits("applicant").opens(home + task("equipment")).fills(threshold="0.62").presses("Save and continue").reads("0.64 or higher")
    desk.opens(f"{home}check/").presses(re.compile("Submit to the Authorising Officer")).told("not complete", "0.64")
    desk.page.locator(".govuk-error-summary").get_by_role("link").first.click()
    expect(desk.page.locator("[name=threshold]")).to_be_focused()
    desk.fills(threshold="0.64").presses("Save and continue").is_at("Check your answers").opens(home).reads("Everything is there")


def test_two_windows_the_second_is_told_that_somebody_else_was_first(cast: Cast, desk: Desk):
    """A-15: what was typed is kept."""
    application = submitted(cast)
    desk.sits("ao").opens(f"/authorities/decide/{application.pk}/sign/returned/").fills(reasons="Mine, typed slowly.", password=PASSWORD)
    Story(cast, ao="ao2").decided(application, "returned", reasons="Mine was first.", at=timezone.now())
    desk.presses(re.compile("Sign and return")).told("Someone else changed this").reads(f"{cast.ao2.name} changed it on")
    expect(desk.page.locator("[name=reasons]")).to_have_value("Mine, typed slowly.")


def test_by_keyboard_alone_an_officer_returns_an_application(cast: Cast, desk: Desk):
    submitted(cast)
    page = desk.page
    page.goto("/sign-in/")
    desk.tabs_to(page.get_by_label("User name")).types("ao").tabs_to(page.get_by_label("Password", exact=True)).types(PASSWORD).key("Enter")
    decide = page.get_by_role("link", name=re.compile("Decide on"))
    expect(decide).to_be_visible()
    desk.tabs_to(page.get_by_role("link", name="Skip to main content")).key("Enter").tabs_to(decide).key("Enter")
    desk.tabs_to(page.locator("[name=outcome]")).key("ArrowDown").key("ArrowDown")
    expect(page.get_by_role("radio", name=re.compile("Return"))).to_be_checked()
    desk.tabs_to(page.get_by_role("button", name="Continue to sign")).key("Enter")
    desk.tabs_to(page.locator("[name=reasons]")).types("Say more about the spring.")
    desk.tabs_to(page.locator("[name=password]")).types(PASSWORD).tabs_to(page.get_by_role("button", name=re.compile("Sign and return"))).key("Enter")
    expect(page.get_by_text("Say more about the spring.").first).to_be_visible()
    assert Application.objects.get().state == "returned"


@pytest.fixture
def plain_page(browser: Browser, live_server: Any, cast: Cast) -> Iterator[Page]:
    """A browser that runs no script."""
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False, locale="en-GB", timezone_id="Europe/London")
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def test_without_javascript_an_application_is_begun_and_its_sections_saved(cast: Cast, plain_page: Page, sign_in: Callable[..., None]):
    """Questions that another answer reveals stand open; a fault comes back with what was typed."""
    make_library(cast, FOUNDED)
    desk = Desk(plain_page, sign_in, lambda page: None)
    desk.looks = lambda: desk  # type: ignore[method-assign]
    desk.sits("applicant").opens("/applications/new/").fills(overt="yes", live="yes", own_system="no").presses("Start").reads("There is a problem")
    desk.fills(title="Kendal, market days").presses("Start").reads("Only the force’s own")
    expect(plain_page.locator("[name=title]")).to_have_value("Kendal, market days")
    desk.fills(own_system="yes").presses("Start").is_at("LFR application")
    home = plain_page.url
    desk.opens(home + task("operation")).fills(**texts.SECTIONS["operation"]).presses("Save and continue").is_at("LFR application")
    desk.opens(home + task("command")).fills(**texts.SECTIONS["command"]).presses("Save and come back later").is_at("LFR application")
    desk.opens(f"{home}check/").presses(re.compile("Submit to the Authorising Officer")).reads("not complete")
    assert Application.objects.get().sections.exclude(saved_at=None).count() == 2
