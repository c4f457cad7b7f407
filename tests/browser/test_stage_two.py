"""Stage 2 on a telephone, by the people who are there: go-live, alerts, reviews, stopping, the end. Every page clean for a screen reader."""

import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from authorisations.services import applying
from deployments import services as acts
from deployments.models import Deployment
from deployments.states import LogKind, Move, Reason, Result
from lfr_governance.demonstration import texts
from lfr_governance.demonstration.documents import make_library
from lfr_governance.demonstration.people import Cast
from lfr_governance.demonstration.stage_two import Day
from lfr_governance.demonstration.stories import Story
from lfr_governance.sweep import run
from tests.browser.conftest import PHONE
from tests.cast import FOUNDED, PASSWORD
from tests.deployments.pages import HOUR, MINUTE, address, today

pytestmark = pytest.mark.parametrize("browser_page", [PHONE], indirect=True, ids=["phone"])
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
DAY = timedelta(days=1)


class Phone:
    """Somebody's telephone. Each page that is looked at is accessible, and no wider than the screen."""

    def __init__(self, page: Page, sign_in: Callable[..., None], axe: Callable[..., None]):
        self.page, self.sign_in, self.axe = page, sign_in, axe

    def of(self, person: User, path: str = "") -> "Phone":
        self.sign_in(self.page, person.username)
        return self.open(path) if path else self

    def open(self, path: str) -> "Phone":
        self.page.goto(path)
        return self

    def press(self, name: str | re.Pattern[str]) -> "Phone":
        self.page.get_by_role("button", name=name).click()
        return self

    def follow(self, name: str | re.Pattern[str]) -> "Phone":
        self.page.get_by_role("link", name=name).first.click()
        return self

    def choose(self, *names: str) -> "Phone":
        for name in names:
            self.page.get_by_label(name, exact=True).check()
        return self

    def answer(self, question: str, choice: str) -> "Phone":
        self.page.get_by_role("group", name=question).get_by_label(choice, exact=True).check()
        return self

    def fill(self, **boxes: str) -> "Phone":
        for name, text in boxes.items():
            self.page.locator(f"[name={name}]").fill(text)
        return self

    def sees(self, *texts: str) -> "Phone":
        """And nothing about the page is in anybody's way."""
        for text in texts:
            expect(self.page.get_by_text(text).locator("visible=true").first).to_be_visible()
        self.axe(self.page)
        assert self.page.evaluate(WIDER) == 0, self.page.url
        return self

    def is_at(self, heading: str | re.Pattern[str]) -> "Phone":
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)
        self.axe(self.page)
        return self


@pytest.fixture
def phone(browser_page: Page, sign_in: Callable[..., None], axe: Callable[..., None], cast: Cast) -> Phone:
    run(at=timezone.now(), source="test", steps=())
    return Phone(browser_page, sign_in, axe)


def test_O1_go_live_is_refused_for_three_reasons_and_then_it_is_live(phone: Phone, cast: Cast) -> None:
    day = today(cast, began=5 * MINUTE)
    deployment, now = day.readied(), timezone.now()
    acts.compile_watchlist(deployment, compiled_at=now - 25 * HOUR, lines={"missing": (9, 14)}, by=cast.operator, at=now)
    acts.change_threshold(deployment, threshold=Decimal("0.620"), reason="As delivered", by=cast.operator, at=now)
    acts.answer_point(deployment, point="signs", met=False, note="The third one is missing", by=cast.silver, at=now)

    phone.of(cast.silver, "/").sees("Check for go-live – Botchergate, Carlisle").follow("Check for go-live")
    phone.is_at("Go-live check").sees("3 of 12 points are missing").press("Go live now")
    phone.sees("The deployment cannot go live: 3 points are not met.", "refresh it", "0.62; at least 0.66 is authorised")
    phone.follow(re.compile("^Not met: Signs are out")).is_at("Signs are out beyond the zone of recognition").choose("Yes").press("Save")
    phone.press("Go live now").sees("The deployment cannot go live: 2 points are not met.")
    phone.follow(re.compile("^The threshold in use is 0.62")).is_at("Threshold in use").fill(threshold="0.66", reason="Put right").press("Save")
    phone.press("Go live now").sees("The deployment cannot go live: one point is not met.")
    phone.follow(re.compile("^The watchlist was compiled")).is_at("Watchlist as loaded").press("Save")
    phone.is_at("Go-live check").sees("Every point is met.").press("Go live now")

    phone.is_at(re.compile(r"^Live since \d\d:\d\d$")).sees("Authority left", "no alert so far", "Not read yet")
    for button in ("Suspend", "Terminate", "Log", "Review"):
        expect(phone.page.get_by_role("button", name=button, exact=True)).to_be_visible()
    assert deployment.again().state == "live"
    assert sorted(deployment.breaches.values_list("kind", flat=True)) == ["threshold"]


def new_alert(phone: Phone, deployment: Deployment, cast: Cast, judged: str, score: str = "0.712") -> None:
    """The Operator's ten seconds."""
    phone.of(cast.operator, address("alerts", deployment)).press("New alert").fill(similarity=score).choose(judged)
    if not deployment.alerts.exists():
        phone.choose("Wanted by the courts").fill(camera="Van, front")
    phone.press("Save the alert")


def test_O5_alerts_of_every_result(phone: Phone, cast: Cast) -> None:
    deployment = today(cast, began=HOUR).live()
    new_alert(phone, deployment, cast, "Dismissed it: a false alert")
    phone.sees("The alert has been recorded and dismissed.", "False, not engaged")
    engage = {"What did the Engagement Officer decide?": "Engage the person"}
    for how, result, outcomes in (
        (engage, "Confirmed true", ("Arrest", "Another outcome")),
        (engage, "Confirmed false", ()),
        ({"What did the Engagement Officer decide?": "Do not engage"}, "True, not confirmed", ()),
        ({"What did the Engagement Officer decide?": "Do not engage"}, "Not determined", ()),
    ):
        new_alert(phone, deployment, cast, "Passed it on to an Engagement Officer", score="0.698")
        phone.of(cast.engagement, "/").sees("1 alert waits for the LFR Engagement Officer").follow("1 alert waits")
        phone.sees("Waiting for the Engagement Officer").follow(re.compile("score 0.698, Van, front"))
        for question, choice in how.items():
            phone.answer(question, choice)
        if how is engage:
            phone.sees("What is known").press("Save").choose(result, *outcomes).answer("Was the person given the card with information?", "Yes")
        else:
            phone.answer("How did it end?", result)
        phone.press("Save").sees("The alert is closed.", result)

    found = deployment.alerts.order_by("pk")
    assert sorted(alert.result for alert in found) == sorted(Result.values)
    assert {alert.category for alert in found} == {"wanted_by_courts"} and {alert.camera for alert in found} == {"Van, front"}
    assert sorted(deployment.alerts.get(result="true_confirmed").outcomes.values_list("kind", flat=True)) == ["arrest", "other"]
    assert deployment.log_entries.filter(kind=LogKind.INFORMATION_OFFERED, person=cast.engagement).count() == 2

    phone.follow(re.compile("score 0.698")).press("Correct the result").is_at("Correct the result").choose("False, not engaged")
    phone.fill(reason="Pressed the wrong one").press("Save").sees("The result has been corrected.")


def test_O3_O4_a_review_suspended_for_weather_resumed_and_concluded(phone: Phone, cast: Cast) -> None:
    day = today(cast, began=70 * MINUTE)
    deployment = day.live()
    phone.of(cast.silver, "/").sees("Review Botchergate, Carlisle").open(deployment.get_absolute_url()).sees("Silver’s review is overdue.")
    phone.press("Review").is_at("Your review as Silver Commander")
    for question in ("still lawful, necessary and proportionate", "safeguards still effective", "officers enough", "subject, system"):
        phone.answer(re.compile(question), "Yes")  # type: ignore[arg-type]
    phone.fill(analysis="No false alert yet, nobody engaged so far").answer("What do you decide?", "Continue")
    phone.press("Save the review").sees("The review has been recorded.")
    assert deployment.reviews.get().answers["safeguards"] == "Yes."

    phone.press("Suspend").is_at("Suspend this deployment?").press("Suspend now").is_at("Suspended. Why?").choose("Weather")
    phone.fill(note="Hail").press("Save the reason").sees("The reason has been recorded.").is_at("Suspended")
    phone.press("Resume").sees("Look at these again", "Signs are out beyond the zone of recognition")
    phone.fill(reason="It has stopped").press("Resume now").sees("The deployment cannot go on: 2 points are not met.")
    phone.follow(re.compile("^Not answered: Signs")).choose("Yes").press("Save")
    phone.of(cast.operator, address("answer", deployment, "camera")).choose("Yes").press("Save")
    phone.of(cast.silver, address("resume", deployment)).sees("Every point of the check is met.").fill(reason="It has stopped")
    phone.press("Resume now").sees("The deployment has been resumed.").is_at(re.compile("^Live since"))

    phone.press("Log").is_at("Log").fill(note="Crowd thins out").press("Observation").sees("Logged: Observation.", "Crowd thins out")
    phone.press("Conclude").is_at("Conclude the deployment").fill(faces="2400").choose("Faces that the software compared with the watchlist")
    phone.press(re.compile("^Conclude")).sees("The deployment has been concluded.", "None of 2,400 faces")
    moves = list(deployment.changes.values_list("move", flat=True))
    assert moves == [Move.PLANNED, Move.WENT_LIVE, Move.SUSPENDED, Move.RESUMED, Move.CONCLUDED]
    phone.follow("What must still be deleted").sees("Encrypted USB stick, USB 0417", "Its clock")


def test_O6_terminated_because_false_alerts_run(phone: Phone, cast: Cast) -> None:
    deployment = today(cast, began=HOUR).live()
    for _ in range(3):
        new_alert(phone, deployment, cast, "Dismissed it: a false alert")
    phone.of(cast.silver, "/").sees("Decide on a warning: Several false alerts in a short time").open(deployment.get_absolute_url())
    phone.sees("3 false alerts within 30 minutes.").follow("Decide what to do").is_at("A warning asks you to decide")
    phone.choose("Terminate").fill(answer="The low sun blinds the camera").press("Record your decision")
    phone.is_at("Terminate this deployment?").press("Terminate now").is_at("Terminated. Why?")
    phone.choose("The system does not perform as it should").press("Save the reason").is_at(re.compile("^Terminated"))
    assert deployment.again().state == "terminated"
    assert deployment.warnings.get().decision == "terminate"
    assert deployment.changes.get(move=Move.TERMINATED).reason == Reason.PERFORMANCE


def test_O3_anyone_appointed_stops_it_also_after_their_session_has_run_out(phone: Phone, cast: Cast) -> None:
    deployment = today(cast, began=HOUR).live()
    phone.of(cast.engagement, deployment.get_absolute_url()).sees("On Silver’s order")
    with time_machine.travel(timezone.now() + 40 * MINUTE):
        phone.press("Suspend").sees("It takes effect at once").press("Suspend now, on Silver’s order")
        phone.is_at("Suspended").sees("It is done and recorded in your name.")
        change = deployment.changes.get(move=Move.SUSPENDED)
        assert (deployment.again().state, change.on_order, change.entered_by) == ("suspended", True, cast.engagement)
        phone.press("Sign in and say why").is_at("Sign in")


def test_O6_the_screen_reads_itself_again(phone: Phone, cast: Cast) -> None:
    day = today(cast, began=HOUR)
    deployment = day.live()
    phone.page.clock.install()
    phone.of(cast.silver, deployment.get_absolute_url()).sees("no alert so far")
    day.raised(deployment, at=timezone.now())
    acts.log(deployment, kind=LogKind.OBSERVATION, note="Glare from the shop window", by=cast.operator, at=timezone.now())
    phone.page.clock.run_for(31_000)
    phone.sees("of 1 so far", "Glare from the shop window", "read again by itself")


def test_A16_verbal_at_two_confirmed_live_at_three_and_written_at_nine(phone: Phone, cast: Cast) -> None:
    make_library(cast, FOUNDED)
    two = (timezone.localtime() + DAY).replace(hour=2, minute=0, second=0, microsecond=0)
    story, day = Story(cast, "Threats in the night"), Day(cast, two + HOUR)
    application = story.completed(starts_at=day.starts_at, at=two - 3 * HOUR)
    applying.submit(application, urgent=True, by=cast.applicant, at=two - HOUR)

    with time_machine.travel(two + 10 * MINUTE):
        phone.of(cast.silver, f"/applications/{application.pk}/verbal/").is_at("Record a verbal authority")
        phone.choose("Stephen Tyson", "Carol Dacre", "By telephone", "Imminent threat to life or of serious harm").fill(said_at_time="02:00")
        phone.fill(**{name: texts.VERBAL[name] for name in ("words", "why_urgent", "why_not_written")}).press(re.compile("^Record it"))
        phone.sees("Recorded. Stephen Tyson has been asked to confirm it.")
    with time_machine.travel(two + 20 * MINUTE):
        phone.of(cast.ao, "/notices/").follow("confirm the verbal authority you gave").press("Yes, that is what I said")
        phone.sees("Confirmed. It remains to be put in writing.")
    with time_machine.travel(day.starts_at - 5 * MINUTE):
        phone.of(cast.silver, f"/operations/{application.operation_id}/deployments/").sees("Botchergate, Carlisle", "Planned")
        deployment = day.readied(Deployment.objects.get())
    with time_machine.travel(day.starts_at + MINUTE):
        phone.open(deployment.get_absolute_url()).press("Go-live check").sees("Every point is met.").press("Go live now")
        phone.is_at(re.compile("^Live since 03:01")).sees("until 09:30")
    with time_machine.travel(two + 7 * HOUR):
        story.considered(application, at=timezone.now())
        phone.of(cast.ao, "/").sees("Put your verbal authority in writing", "Live now").follow("Put your verbal authority in writing")
        phone.choose("Authorise").press("Continue to sign").fill(password=PASSWORD).press(re.compile("^Sign and")).is_at("Written Authority Document")
        phone.of(cast.silver, deployment.get_absolute_url()).sees("until 09:30", "Authority left")
    deployment = deployment.again()
    assert (deployment.state, deployment.authority.state, deployment.breaches.count()) == ("live", "written", 0)
