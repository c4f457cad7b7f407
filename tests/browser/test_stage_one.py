"""Stage 1 in a browser: from a person to a signed authority, a refusal, by keyboard alone, without JavaScript. Each page clean at every width."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from accounts.models import User
from authorisations.models import Application, Authority
from authorisations.questions import PARTS
from lfr_governance.demonstration import texts
from lfr_governance.demonstration.documents import make_library
from lfr_governance.demonstration.people import Cast
from lfr_governance.demonstration.stories import PEOPLE, Story
from lfr_governance.demonstration.telling import at_ten
from lfr_governance.sweep import run
from tests.browser.desk import Desk
from tests.cast import FOUNDED, PASSWORD
from tests.worlds import world

DAY = timedelta(days=1)
SECTIONS = ["operation", "why", "necessity", "equipment", "people", "safeguards", "public", "command", "deviations"]


@pytest.fixture
def desk(cast: Cast, browser_page: Page, sign_in: Any, axe: Any) -> Desk:
    run(at=timezone.now(), source="test", steps=())  # no banner about clocks that stand still
    return Desk(browser_page, sign_in, axe)


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


class TestFromPeopleToAuthority:
    """People → application → returned → resubmitted → authorised, as seven different people (issue 2, shown by 2)."""

    def test_a_person_is_registered_an_application_made_returned_mended_and_authorised(self, cast: Cast, desk: Desk):
        make_library(cast, FOUNDED)
        self.somebody_new(desk)
        home = self.applies(cast, desk)
        self.completes_the_local_assessment(desk, home)
        self.submits(desk, home)
        application = Application.objects.get()
        self.returns(desk, application)
        self.mends(desk, home)
        self.authorises(desk, application)
        authority = Authority.objects.get()
        assert (authority.ao, authority.state, str(authority.threshold)) == (cast.ao2, "written", "0.660")
        assert application.submissions.count() == 2

    def somebody_new(self, desk: Desk) -> None:
        """P-1: one administrator registers a person and grants what they may be; another confirms."""
        desk.sits("sysadmin").opens("/people/").follows("Register a person")
        desk.fills(name="Wilfred Steele", username="bronze.steele", email="", force="cumbria", rank="inspector").presses("Register")
        desk.is_at("Wilfred Steele").follows("Grant a role").fills(role="bronze").presses("Grant")
        desk.sits("sysadmin2").opens("/").follows(re.compile("Confirm a role of Wilfred Steele")).presses("Confirm the role").reads(
            "Bronze Commander"
        )
        assert User.objects.get(username="bronze.steele").grants.get().confirmed_at

    def applies(self, cast: Cast, desk: Desk) -> str:
        """A-1, A-2: four questions, then section by section."""
        desk.sits("applicant").opens("/").follows("Apply to deploy live facial recognition").is_at("Apply")
        desk.fills(title="Carlisle, winter Saturdays", overt="yes", live="yes", own_system="yes").presses("Start").is_at("LFR application")
        home = desk.page.url
        self.adds_a_day(cast, desk, home)
        self.appoints(desk, home)
        for name in SECTIONS:
            place = {f"place_{Application.objects.get().days.get().place_id}": texts.PLACE} if name == "why" else {}
            desk.opens(home + task(name)).fills(**texts.SECTIONS[name], **place).presses("Save and continue").is_at("LFR application")
        self.lists_the_watchlist(desk, home)
        self.reviews_the_assessments(desk, home)
        return home

    def adds_a_day(self, cast: Cast, desk: Desk, home: str) -> None:
        day = timezone.localdate() + 20 * DAY
        desk.opens(home + task("when")).follows("Add a place, date and time")
        place = desk.page.locator(f"[name=place][value='{cast.places['Botchergate'].pk}']")
        place.check()
        for name, hour in (("starts_at", "10"), ("ends_at", "16")):
            moment = (str(day.day), str(day.month), str(day.year), f"{hour}:30")
            for box, words in zip(desk.page.locator(f"[name^='{name}']").all(), moment, strict=True):
                box.fill(words)
        desk.presses("Save").reads("Botchergate, Carlisle")

    def appoints(self, desk: Desk, home: str) -> None:
        """P-1: the new Bronze among them."""
        desk.opens(home + task("people")).follows("Appoint people")
        people = desk.page.url
        for username, role in PEOPLE.items():
            person = User.objects.get(username="bronze.steele" if username == "bronze" else username)
            desk.opens(f"{people}appoint/{role}/").fills(person=str(person.pk)).presses("Appoint").reads(person.name)

    def lists_the_watchlist(self, desk: Desk, home: str) -> None:
        """W-1, W-3: one category, justified and attested."""
        desk.opens(home + task("watchlist"))
        watchlist = desk.page.url.partition("?")[0]
        line = {name: str(words) for name, words in texts.LINES["wanted_by_courts"].items()}
        desk.opens(f"{watchlist}categories/wanted_by_courts/").fills(**line).presses("Save")
        desk.opens(f"{watchlist}attestation/").fills(steps_taken=texts.STEPS_TAKEN)
        desk.page.get_by_role("checkbox").check()
        desk.presses(re.compile("Attest"))

    def reviews_the_assessments(self, desk: Desk, home: str) -> None:
        """A-10: what each of the force's four means here."""
        desk.opens(home + task("assessments"))
        assessments = desk.page.url.partition("?")[0]
        for kind in ("force_cia", "equality", "dpia", "sccsa"):
            desk.opens(f"{assessments}{kind}/").fills(outcome="It covers a Saturday in the city too.", sufficient="yes").presses("Save the review")

    def completes_the_local_assessment(self, desk: Desk, home: str) -> None:
        """A-10, 7.1: Neighbourhood Policing Team supervision."""
        operation = Application.objects.get().operation_id
        desk.sits("npt").opens(f"/library/operations/{operation}/local-cia/").fills(**texts.CIA).presses("Complete the assessment")
        desk.reads(texts.CIA["communities"])

    def submits(self, desk: Desk, home: str) -> None:
        """A-17: one button that says what follows."""
        desk.sits("applicant").opens(home).reads("Everything is there").follows("Check and submit").is_at("Check your answers")
        desk.presses(re.compile("Submit to the Authorising Officer")).is_at("LFR application").reads("SHA-256")

    def returns(self, desk: Desk, application: Application) -> None:
        desk.sits("ao").opens("/").follows(re.compile("Decide on")).is_at("Decide")
        desk.fills(outcome="returned").presses("Continue to sign").signs(re.compile("Sign and return"), reasons=texts.MORE_WANTED)
        application = Application.objects.get(pk=application.pk)
        assert application.state == "returned"

    def mends(self, desk: Desk, home: str) -> None:
        desk.sits("applicant").opens("/").follows(re.compile("Returned for more")).reads(texts.MORE_WANTED)
        desk.opens(home + task("necessity")).fills(
            alternatives="The publicity of the spring found four people in six weeks; a smaller list would leave them out."
        )
        desk.presses("Save and continue").follows("Check and submit").presses(re.compile("Submit to the Authorising Officer")).is_at(
            "LFR application"
        )

    def authorises(self, desk: Desk, application: Application) -> None:
        """A-15: another officer answers every question in their own words; before that, signing is refused with what is missing."""
        desk.sits("ao2").opens(f"/authorities/decide/{application.pk}/").fills(outcome="authorised").presses("Continue to sign")
        desk.signs(re.compile("Sign and authorise")).told("still missing", "Legality")
        deciding = f"/authorities/decide/{application.pk}/"
        for part in PARTS:
            answers = {question.key: texts.ANSWERS[question.key] for question in part.questions if not question.only}
            limits = {"means": {"minimum_threshold": "0.66"}, "public": {"watchlist_ceiling": "450"}}.get(part.key, {})
            desk.opens(f"{deciding}parts/{part.key}/").fills(**answers, **limits).presses("Save and continue").is_at("Decide")
        desk.fills(outcome="authorised").presses("Continue to sign").signs(re.compile("Sign and authorise"))
        desk.is_at("Written Authority Document").reads(texts.ANSWERS["proportionality"], "0.66")


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
    desk.fills(threshold="0.64").presses("Save and continue").is_at("LFR application").reads("Everything is there")


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
