"""The register as the public reads it, and the way of a record from Silver’s hand to it, by those who have a hand in it (R-1, R-5, R-6)."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from deployments.models import Deployment
from lfr_governance.demonstration.documents import make_library
from lfr_governance.demonstration.people import Cast
from lfr_governance.demonstration.stage_three import Aftermath
from lfr_governance.demonstration.stage_two import Day
from reporting.models import Publication
from tests.browser.conftest import DESK, PHONE
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


@pytest.mark.parametrize("browser_page", [PHONE, DESK], indirect=True)
def test_R1_from_the_record_to_the_register(browser_page: Page, sign_in: Any, axe: Any, cast: Cast, ended: Deployment) -> None:
    """Silver completes, the chair has held the debrief, the Authorising Officer accepts, one analyst drafts, another approves and publishes."""
    after, page = Aftermath(cast), browser_page
    after.reported(ended)
    record = after.debriefed(after.compiled(ended))

    def press(name: str) -> None:
        axe(page)
        page.get_by_role("button", name=name).click()

    sign_in(page, "silver")
    page.goto("/records/")
    page.get_by_role("link", name="Botchergate, Carlisle").click()
    page.get_by_role("link", name="Issues, impact and learning").click()
    for label, said in (("Were there any issues?", "Glare."), ("What was its impact?", "Questions."), ("What was learned?", "Higher signs.")):
        page.get_by_label(label).fill(said)
    page.get_by_label("Alerts, by the LFR system’s own total").fill("6")
    page.get_by_label("Faces, by the LFR system’s own total").fill("18230")
    press("Save")
    press("Submit to the Authorising Officer")
    press("Submit to the Authorising Officer – it can’t be edited afterwards")
    expect(page.get_by_text("The record is with the Authorising Officer.")).to_be_visible()

    sign_in(page, "ao")
    page.goto("/")
    page.get_by_role("link", name=f"Receive the deployment record {record}").click()
    press("Accept it")
    press("Accept – the figures can then be published")

    sign_in(page, "analyst")
    page.goto("/publications/")
    page.get_by_role("link", name="Botchergate, Carlisle").click()
    press("Draft what will be published")
    expect(page.get_by_text("To be answered")).to_have_count(0)
    press("Send to a second analyst")
    press("I have checked it – send it to a second analyst")
    expect(page.get_by_text("another analyst has to approve it")).to_be_visible()

    sign_in(page, "analyst2")
    page.goto(Publication.objects.get().get_absolute_url())
    press("Approve it")
    press("Approve – I have read it as the public will")
    press("Publish it")
    press("Publish – anybody can read it from now on")
    page.context.clear_cookies()
    (element,) = json.loads(page.request.get("/register/deployments.json").text())["deployments"]
    assert (element["alerts"], element["faces_scanned"], element["policing_outcomes"]["total"]) == (6, 18230, 3)
