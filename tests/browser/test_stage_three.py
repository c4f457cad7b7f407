"""The register as the public reads it (R-6), oversight (R-7), disposal (A-19). How a deployment comes to stand there: test_lifecycle.py."""

from typing import Any

from django.utils import timezone
from playwright.sync_api import Page, expect

from lfr_governance.demonstration.people import Cast
from obligations.models import Obligation
from obligations.states import Kind
from reporting.services import open_risk, prepare_pack, record_feedback
from reporting.states import Degree, Heard
from tests.reporting.stages import DAY, publication
from tests.reporting.test_disposal import over


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
    today, at = timezone.localdate(), timezone.now()
    heard = record_feedback(kind=Heard.FEEDBACK, day=today, about="The signs were too small.", by=cast.sro, at=at)
    rated = {"likelihood": Degree.LOW, "impact": Degree.HIGH, "measures": "Looked at each time."}
    risk = open_risk(what="Low sun raises false alerts", **rated, review_due_at=at + DAY, by=cast.sro, at=at)  # type: ignore[arg-type]
    pack = prepare_pack(from_date=today - 300 * DAY, to_date=today, by=cast.sro, at=at)
    look("oversight", "/oversight/")
    look("feedback", "/oversight/feedback/new/")
    look("feedback-answer", f"/oversight/feedback/{heard.pk}/")
    look("risk-new", "/oversight/risks/new/")
    look("risk", f"/oversight/risks/{risk.pk}/")
    look("risk-close", f"/oversight/risks/{risk.pk}/close/")
    look("pack-new", "/oversight/packs/new/")
    look("pack", f"/oversight/packs/{pack.pk}/")


def test_A19_what_was_signed_is_disposed_of_by_two_people(browser_page: Page, sign_in: Any, look: Any, cast: Cast) -> None:
    authority = over(cast)
    Obligation.objects.filter(kind=Kind.KEPT_REVIEW).update(due_at=timezone.now() - DAY)  # six years later
    at = f"/operations/{authority.operation_id}/disposal/"
    sign_in(browser_page, "infomgmt")
    look("keep", f"/authorities/{authority.pk}/keep/")
    look("disposal-propose", f"{at}propose/")
    browser_page.get_by_role("textbox").fill("No inspection is announced and nothing is open.")
    browser_page.get_by_role("checkbox").check()
    browser_page.get_by_role("button", name="Propose disposal to a second person").click()
    look("disposal-proposed", at)
    sign_in(browser_page, "dpo")
    look("disposal-turn-down", f"{at}turn-down/")
    look("disposal-confirm", at)
    browser_page.get_by_role("checkbox").check()
    browser_page.get_by_role("button", name="Confirm and destroy the texts").click()
    look("disposed")
    expect(browser_page.get_by_text("Disposed of on").first).to_be_visible()
    sign_in(browser_page, "ao")
    look("authority-disposed", f"/authorities/{authority.pk}/")
    look("operation-disposed", f"/operations/{authority.operation_id}/")
