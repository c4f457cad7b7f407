"""One operation from the first page to the data of the register, played by thirteen people and read by the public. Each page is clean."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import time_machine
from django.utils import timezone

from accounts.models import User
from authorisations.models import Application, Authority
from authorisations.questions import PARTS
from deployments.models import Deployment
from lfr_governance.demonstration import texts, texts_three
from lfr_governance.demonstration.documents import make_library
from lfr_governance.demonstration.people import Cast
from lfr_governance.demonstration.stories import PEOPLE
from lfr_governance.sweep import run
from reporting.models import DeploymentRecord, Publication
from tests.browser.desk import Desk
from tests.cast import FOUNDED

DAYS_AHEAD = 20
SECTIONS = ["operation", "why", "necessity", "equipment", "people", "safeguards", "command", "deviations"]
FACES, SUBJECTS, IMAGES = 18_230, 398, 440
# The twelve published items as these people enter them, beside the date and the duration.
ENTERED = {
    "location": "Botchergate, Carlisle",
    "style": "marked vans",
    "assets": 1,
    "watchlist_subjects": SUBJECTS,
    "threshold_minimum": "0.66",
    "alerts": 4,
    "positive_alerts": {"confirmed": 1, "unconfirmed": 1},
    "false_alerts": {"confirmed": 0, "unconfirmed": 1},
    "not_determined": 1,
    "false_alert_rate": {
        "numerator": 1,
        "denominator": FACES,
        "percent": "0.0055",
        "one_in": FACES,
        "interval_95": ["0.00014", "0.03056"],
        "method": "Clopper-Pearson",
    },
    "policing_outcomes": {"total": 1, "by_kind": {"arrest": 1}},
    "faces_scanned": FACES,
    "faces_counting_method": "Faces that the software compared with the watchlist",
    "edition": 1,
    "flags": ["public told 70 hours before the start"],
    "notes": "The van stood at the corner.",
}


@contextmanager
def moment(days: float, hour: int = 12, minute: int = 0) -> Iterator[None]:
    """So many days from now, at that time on the clock; the clocks of the service have run."""
    at = timezone.localtime() + timedelta(days=days)
    with time_machine.travel(at.replace(hour=hour, minute=minute, second=1, microsecond=0)):
        run(at=timezone.now(), source="test", steps=())
        yield


def task(name: str) -> str:
    """The address of a section, from the task list."""
    return f"sections/{name}/"


def test_R4_from_the_first_page_to_the_register_as_thirteen_people_and_the_public(cast: Cast, desk: Desk) -> None:
    make_library(cast, FOUNDED)
    BeforeTheDay(cast, desk).plays()
    with moment(DAYS_AHEAD - 3, 12, 20):
        deployment = announced(desk)
    OnTheDay(cast, desk, deployment).plays()
    Afterwards(cast, desk, deployment).plays()


class BeforeTheDay:
    """People → application → returned → resubmitted → authorised (A-1, A-15, A-17)."""

    def __init__(self, cast: Cast, desk: Desk) -> None:
        self.cast, self.desk = cast, desk

    def plays(self) -> None:
        self.somebody_new()
        home = self.applies()
        self.tells_the_public(home)
        self.completes_the_local_assessment()
        self.submits(home)
        application = Application.objects.get()
        self.returns(application)
        self.mends(home)
        self.authorises(application)
        authority = Authority.objects.get()
        assert (authority.ao, authority.state, str(authority.threshold)) == (self.cast.ao2, "written", "0.660")
        assert application.submissions.count() == 2

    def somebody_new(self) -> None:
        """P-1: one administrator registers a person and grants what they may be; another confirms."""
        desk = self.desk.sits("sysadmin").opens("/people/").follows("Register a person")
        desk.fills(name="Wilfred Steele", username="bronze.steele", email="", force="cumbria", rank="inspector").presses("Register")
        desk.is_at("Wilfred Steele").follows("Grant a role").fills(role="bronze").presses("Grant")
        desk.sits("sysadmin2").opens("/").follows(re.compile("Confirm a role of Wilfred Steele")).presses("Confirm the role")
        desk.reads("Bronze Commander")
        assert User.objects.get(username="bronze.steele").grants.get().confirmed_at

    def applies(self) -> str:
        """A-1, A-2: four questions, then section by section."""
        desk = self.desk.sits("applicant").opens("/").follows("Apply to deploy live facial recognition").is_at("Apply")
        desk.fills(title="Carlisle, winter Saturdays", overt="yes", live="yes", own_system="yes").presses("Start").is_at("LFR application")
        home = desk.page.url
        self.adds_a_day(home)
        self.appoints(home)
        for name in SECTIONS:
            place = {f"place_{Application.objects.get().days.get().place_id}": texts.PLACE} if name == "why" else {}
            desk.opens(home + task(name)).fills(**texts.SECTIONS[name], **place).presses("Save and continue").is_at("LFR application")
        self.lists_the_watchlist(home)
        self.reviews_the_assessments(home)
        return home

    def adds_a_day(self, home: str) -> None:
        day = timezone.localtime() + timedelta(days=DAYS_AHEAD)
        desk = self.desk.opens(home + task("when")).follows("Add a place, date and time")
        desk.page.locator(f"[name=place][value='{self.cast.places['Botchergate'].pk}']").check()
        desk.dates("starts_at", day.replace(hour=10, minute=30)).dates("ends_at", day.replace(hour=16, minute=30)).presses("Save").reads(
            "Botchergate, Carlisle"
        )

    def appoints(self, home: str) -> None:
        """P-1: the new Bronze among them."""
        desk = self.desk.opens(home + task("people")).follows("Appoint people")
        people = desk.page.url
        for username, role in PEOPLE.items():
            person = User.objects.get(username="bronze.steele" if username == "bronze" else username)
            desk.opens(f"{people}appoint/{role}/").fills(person=str(person.pk)).presses("Appoint").reads(person.name)

    def lists_the_watchlist(self, home: str) -> None:
        """W-1, W-3: one category, justified and attested."""
        desk = self.desk.opens(home + task("watchlist"))
        watchlist = desk.page.url.partition("?")[0]
        line = {name: str(words) for name, words in texts.LINES["wanted_by_courts"].items()}
        desk.opens(f"{watchlist}categories/wanted_by_courts/").fills(**line).presses("Save")
        desk.opens(f"{watchlist}attestation/").fills(steps_taken=texts.STEPS_TAKEN)
        desk.page.get_by_role("checkbox").check()
        desk.presses(re.compile("Attest"))

    def reviews_the_assessments(self, home: str) -> None:
        """A-10: what each of the force's four means here."""
        assessments = self.desk.opens(home + task("assessments")).page.url.partition("?")[0]
        for kind in ("force_cia", "equality", "dpia", "sccsa"):
            self.desk.opens(f"{assessments}{kind}/").fills(outcome="It covers a Saturday in the city too.", sufficient="yes").presses(
                "Save the review"
            )

    def tells_the_public(self, home: str) -> None:
        """A-13: Corporate Communications write the section that is handed to them."""
        self.desk.opens(f"{home}{task('public')}hand/").fills(person=str(self.cast.comms.pk)).presses("Hand it over").reads("has been handed to")
        self.desk.sits("comms").opens(home + task("public")).fills(**texts.SECTIONS["public"]).presses("Save and continue")

    def completes_the_local_assessment(self) -> None:
        """A-10, 7.1: Neighbourhood Policing Team supervision."""
        operation = Application.objects.get().operation_id
        desk = self.desk.sits("npt").opens(f"/library/operations/{operation}/local-cia/").fills(**texts.CIA).presses("Complete the assessment")
        desk.reads(texts.CIA["communities"])

    def submits(self, home: str) -> None:
        """A-17: one button that says what follows."""
        self.desk.sits("applicant").opens(home).reads("Everything is there").follows("Check and submit").is_at("Check your answers")
        self.desk.presses(re.compile("Submit to the Authorising Officer")).is_at("LFR application").reads("SHA-256")

    def returns(self, application: Application) -> None:
        desk = self.desk.sits("ao").opens("/").follows(re.compile("Decide on")).is_at("Decide")
        desk.fills(outcome="returned").presses("Continue to sign").signs(re.compile("Sign and return"), reasons=texts.MORE_WANTED)
        assert Application.objects.get(pk=application.pk).state == "returned"

    def mends(self, home: str) -> None:
        self.desk.sits("applicant").opens("/").follows(re.compile("Returned for more")).reads(texts.MORE_WANTED)
        mended = "The publicity of the spring found four people in six weeks; a smaller list would leave them out."
        self.desk.opens(home + task("necessity")).fills(alternatives=mended).presses("Save and continue").follows("Check and submit")
        self.desk.presses(re.compile("Submit to the Authorising Officer")).is_at("LFR application")

    def authorises(self, application: Application) -> None:
        """A-15: another officer answers every question in their own words; before that, signing is refused with what is missing."""
        deciding = f"/authorities/decide/{application.pk}/"
        desk = self.desk.sits("ao2").opens(deciding).fills(outcome="authorised").presses("Continue to sign")
        desk.signs(re.compile("Sign and authorise")).told("still missing", "Legality")
        for part in PARTS:
            answers = {question.key: texts.ANSWERS[question.key] for question in part.questions if not question.only}
            limits = {"means": {"minimum_threshold": "0.66"}, "public": {"watchlist_ceiling": "450"}}.get(part.key, {})
            desk.opens(f"{deciding}parts/{part.key}/").fills(**answers, **limits).presses("Save and continue").is_at("Decide")
        desk.fills(outcome="authorised").presses("Continue to sign").signs(re.compile("Sign and authorise"))
        desk.is_at("Written Authority Document").reads(texts.ANSWERS["proportionality"], "0.66")


def announced(desk: Desk) -> Deployment:
    """9.4: three days before, Corporate Communications record that the public was told."""
    desk.sits("comms").opens(f"/operations/{Application.objects.get().operation_id}/deployments/").reads("Planned")
    deployment = Deployment.objects.get()
    desk.opens(f"{deployment.get_absolute_url()}go-live/notice/").fills(told="yes", where="The force’s website and social media").presses("Save")
    return deployment


class OnTheDay:
    """Made ready, live, four alerts, suspended and resumed, concluded (O-1 to O-5)."""

    def __init__(self, cast: Cast, desk: Desk, deployment: Deployment) -> None:
        self.cast, self.desk, self.home = cast, desk, deployment.get_absolute_url()

    def plays(self) -> None:
        with moment(DAYS_AHEAD, 10, 20):
            self.operator_makes_ready()
            self.silver_makes_ready()
        with moment(DAYS_AHEAD, 10, 31):
            self.desk.opens(f"{self.home}go-live/").reads("Every point is met.").presses("Go live now").reads("Authority left")
        with moment(DAYS_AHEAD, 11):
            self.alert("pass_on", category="wanted_by_courts", camera="Van, front")
            self.engages()
        with moment(DAYS_AHEAD, 12):
            self.alert("dismiss")
            for result in ("true_unconfirmed", "not_determined"):
                self.alert("pass_on")
                self.lets_go(result)
        with moment(DAYS_AHEAD, 12, 30):
            self.desk.sits("silver").opens(self.home).follows("Suspend").presses("Suspend now").fills(reason="weather").presses("Save the reason")
        with moment(DAYS_AHEAD, 13):
            self.resumes()
        with moment(DAYS_AHEAD, 16, 20):
            self.desk.sits("silver").opens(f"{self.home}conclude/").fills(faces=str(FACES), method="compared").presses(re.compile("^Conclude"))
            self.desk.reads("The deployment has been concluded.", f"of {FACES:,} faces")

    def operator_makes_ready(self) -> None:
        check = f"{self.home}go-live/"
        desk = self.desk.sits("operator").opens(f"{check}watchlist/")
        desk.fills(wanted_by_courts_subjects=str(SUBJECTS), wanted_by_courts_images=str(IMAGES)).presses("Save")
        desk.opens(f"{check}medium/").fills(kind="usb", serial="USB 0417", custodian=str(self.cast.operator.pk)).presses("Save")
        desk.opens(f"{check}threshold/").fills(threshold="0.66").presses("Save")
        self.answers("camera", "deletion_setting")

    def silver_makes_ready(self) -> None:
        self.desk.sits("silver").opens(f"{self.home}go-live/assets/1/").fills(identifier="LFR-02", briefed="yes").presses("Save")
        self.answers("informing", "signs")

    def answers(self, *points: str) -> None:
        for point in points:
            self.desk.opens(f"{self.home}go-live/{point}/").fills(met_0="yes").presses("Save")

    def alert(self, judgement: str, **first: str) -> None:
        """O-5: the Operator's ten seconds. Category and camera are asked once."""
        self.desk.sits("operator").opens(f"{self.home}alerts/new/").fills(similarity="0.712", judgement=judgement, **first).presses("Save the alert")

    def decides(self) -> Desk:
        return self.desk.sits("engagement").opens(f"{self.home}alerts/").follows(re.compile("score 0.712"))

    def engages(self) -> None:
        self.decides().fills(decision="engage").presses("Save")
        self.desk.fills(result="true_confirmed", outcomes=["arrest"], card_given="yes").presses("Save").reads("The alert is closed.")

    def lets_go(self, result: str) -> None:
        self.decides().fills(decision="not_engage", result=result).presses("Save").reads("The alert is closed.")

    def resumes(self) -> None:
        """7.5: what the reason touches is looked at again."""
        self.desk.sits("silver")
        self.answers("signs")
        self.desk.sits("operator")
        self.answers("camera")
        self.desk.sits("silver").opens(f"{self.home}resume/").fills(reason="It has stopped raining").presses("Resume now").reads("has been resumed")


class Afterwards:
    """Cancelled, debriefed, recorded, accepted, published, read (R-1 to R-6)."""

    def __init__(self, cast: Cast, desk: Desk, deployment: Deployment) -> None:
        self.cast, self.desk, self.deployment = cast, desk, deployment

    def plays(self) -> None:
        with moment(DAYS_AHEAD + 1):
            self.cancels()
            record = self.asks_for_a_debrief()
        with moment(DAYS_AHEAD + 2):
            self.holds_the_debrief(record)
        with moment(DAYS_AHEAD + 3):
            self.submits(record)
        with moment(DAYS_AHEAD + 4):
            self.accepts(record)
            self.drafts()
        with moment(DAYS_AHEAD + 5):
            self.approves_and_publishes()
        with moment(DAYS_AHEAD + 6):
            self.is_read()

    def cancels(self) -> None:
        """A-18: it is no longer required."""
        authority = Authority.objects.get()
        desk = self.desk.sits("ao2").opens(f"/authorities/{authority.pk}/cancel/")
        desk.signs(re.compile("^Sign (and|the)"), reason=texts.NO_LONGER, done_under=texts.DONE_UNDER).reads("The cancellation report has been made.")

    def asks_for_a_debrief(self) -> DeploymentRecord:
        """R-1, R-2: from the deployment's page to its record, which is compiled from what is known."""
        desk = self.desk.sits("silver").opens(self.deployment.get_absolute_url()).follows("The deployment record").presses("Compile the record")
        desk.reads("Missing").follows("Debrief held").follows("Choose who chairs it")
        desk.fills(person=str(self.cast.chair.pk)).presses("Ask this person to chair")
        return DeploymentRecord.objects.get()

    def holds_the_debrief(self, record: DeploymentRecord) -> None:
        """R-2, 3.11: every objective of the application is measured."""
        desk = self.desk.sits("chair").opens("/").follows(f"Hold the debrief of {record}").follows("Enter what it came to")
        for number in range(3):
            desk.fills(**{f"effect_{number}": "met", f"objective_{number}": texts_three.OBJECTIVES[number]})
        desk.fills(impact=texts_three.IMPACT, learning=texts_three.LEARNING, short_enough="yes").dates("held_at", timezone.localtime())
        desk.presses("Save the debrief").is_at("Debrief").reads(texts_three.LEARNING)

    def submits(self, record: DeploymentRecord) -> None:
        """R-1, 7.7: Silver adds what only people know."""
        desk = self.desk.sits("silver").opens(record.get_absolute_url()).follows("Issues, impact and learning")
        desk.fills(issues="Rain at noon.", impact=texts_three.IMPACT, learning=texts_three.LEARNING, system_alerts="4", system_faces=str(FACES))
        desk.presses("Save").follows("Submit to the Authorising Officer").presses(re.compile("it can’t be edited afterwards"))
        desk.reads("The record is with the Authorising Officer.")

    def accepts(self, record: DeploymentRecord) -> None:
        """R-1, P-5: the officer who authorised it."""
        desk = self.desk.sits("ao2").opens("/").follows(f"Receive the deployment record {record}").follows("Accept it")
        desk.reads(f"{FACES:,}", "Read the whole record").presses(re.compile("^Accept –")).reads("Accepted")

    def drafts(self) -> None:
        """R-5, X-2: drafted and checked by one analyst, who cannot approve it."""
        desk = self.desk.sits("analyst").opens("/publications/").follows("Botchergate, Carlisle").presses("Draft what will be published")
        desk.follows("Notes and explanations").fills(notes=ENTERED["notes"]).presses("Save").follows("Send to a second analyst")
        desk.presses(re.compile("^I have checked it")).reads("another analyst has to approve it")

    def approves_and_publishes(self) -> None:
        """R-5: by another."""
        desk = self.desk.sits("analyst2").opens("/").follows(re.compile("Approve the figures")).follows("Approve it")
        desk.presses(re.compile("^Approve –")).follows("Publish it").presses(re.compile("^Publish –")).reads("Published on the register.")

    def is_read(self) -> None:
        """R-6, X-1: without signing in, on the page and as data."""
        desk = self.desk
        desk.page.context.clear_cookies()
        desk.opens("/register/").reads("4: 2 positive, 1 false, 1 not determined").follows("Botchergate, Carlisle")
        desk.reads("1 marked van", "5 hours 1", "30 of them suspended", f"1 of {FACES:,} faces", "1 arrest", ENTERED["notes"])
        address = self.deployment.again().get_absolute_url()
        desk.page.goto(address)
        desk.is_at("Sign in")
        (element,) = desk.page.request.get("/register/deployments.json").json()["deployments"]
        self.is_what_was_entered(element)
        assert Publication.objects.get().element == element

    def is_what_was_entered(self, element: dict[str, Any]) -> None:
        day = timezone.localdate() - timedelta(days=6)
        assert {name: element[name] for name in ENTERED} == ENTERED
        assert (element["date"], element["id"]) == (day.isoformat(), self.deployment.register_id)
        assert [datetime.fromisoformat(element[name]).strftime("%H:%M") for name in ("start", "end")] == ["10:31", "16:20"]
        assert 5 * 60 + 17 <= element["duration_minutes"] <= 5 * 60 + 20  # 349 minutes, about half an hour of them suspended
