"""Deployments brought to a state by performing the acts that lead there. The demonstration tells them; the tests play them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from authorisations.models import Authority
from deployments import services as acts
from deployments.models import Alert, Deployment
from deployments.states import Decision, Factor, LogKind, MediaKind, Method, Outcome, Reason, Result, Style
from lfr_governance.demonstration import texts_two as texts
from lfr_governance.demonstration.people import Cast
from lfr_governance.demonstration.stories import LASTS, Story

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
APPLIED = timedelta(days=4)


@dataclass(frozen=True)
class Day:
    """One deployment of the demonstration: the story that got it authorised, and when it starts. Each method performs the acts up to a state."""

    cast: Cast
    starts_at: datetime
    title: str = "Carlisle city centre"
    place: str = "Botchergate"
    ao: str = "ao"
    days: int = 1
    conditions: str = ""
    asset: str = "LFR-02"

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + LASTS

    def authorised(self) -> Authority:
        story = Story(self.cast, self.title, self.place, self.ao)
        return story.authorised(starts_at=self.starts_at, at=self.starts_at - APPLIED, days=self.days, conditions=self.conditions)

    def planned(self) -> Deployment:
        return acts.plan(self.authorised(), by=None, at=self.starts_at - APPLIED + timedelta(hours=6))[0]

    def readied(self, deployment: Deployment | None = None) -> Deployment:
        """Every point of the check answered, a quarter of an hour before the start."""
        deployment = deployment or self.planned()
        cast, at = self.cast, deployment.starts_at - 15 * MINUTE
        acts.record_notice(deployment, given_at=deployment.starts_at - timedelta(days=3), where=texts.NOTICE_WHERE, by=cast.comms, at=at)
        acts.confirm_asset(
            deployment,
            number=1,
            style=Style.VAN,
            identifier=self.asset,
            operator=cast.operator,
            engagement_officer=cast.engagement,
            briefed=True,
            by=cast.silver,
            at=at,
        )
        lines = {"wanted_by_courts": (398, 440), "missing": (9, 14)}
        acts.compile_watchlist(deployment, compiled_at=at - 2 * HOUR, lines=lines, by=cast.operator, at=at)
        acts.record_medium(deployment, kind=MediaKind.USB, serial="USB 0417", custodian=cast.operator, loaded_at=at, by=cast.operator, at=at)
        acts.change_threshold(deployment, threshold=Decimal("0.660"), reason=texts.FIRST_THRESHOLD, by=cast.operator, at=at)
        for point in ("camera", "deletion_setting"):
            acts.answer_point(deployment, point=point, met=True, by=cast.operator, at=at)
        for point in ("informing", "signs"):
            acts.answer_point(deployment, point=point, met=True, by=cast.silver, at=at)
        if conditions := deployment.authority.conditions.splitlines():
            acts.answer_point(deployment, point="conditions", met=dict.fromkeys(conditions, True), by=cast.silver, at=at)
        return deployment.again()

    def live(self, deployment: Deployment | None = None) -> Deployment:
        ready = self.readied(deployment)
        return acts.go_live(ready, by=self.cast.silver, at=ready.starts_at)

    def suspended(self) -> Deployment:
        deployment = self.live()
        at = deployment.starts_at + 2 * HOUR
        return acts.suspend(deployment, reason=Reason.WEATHER, note=texts.RAIN, by=self.cast.silver, at=at)

    def stood_down(self) -> Deployment:
        deployment = self.planned()
        return acts.stand_down(deployment, reason=Reason.POSTPONED, note=texts.POSTPONED, by=self.cast.silver, at=self.starts_at - 5 * HOUR)

    def terminated(self) -> Deployment:
        """Because false alerts run: Silver is warned, decides, and ends it."""
        deployment = self.live()
        at = deployment.starts_at + HOUR
        self.faces(deployment, 2100, at=at)
        for number in range(3):
            self.dismissed(deployment, at=at + number * 4 * MINUTE)
        warning = deployment.warnings.open().first()
        at += 15 * MINUTE
        if warning:
            acts.answer_warning(warning, decision=Decision.TERMINATE, answer=texts.RUN_OF_FALSE, by=self.cast.silver, at=at)
        return acts.terminate(deployment, reason=Reason.PERFORMANCE, note=texts.RUN_OF_FALSE, by=self.cast.silver, at=at)

    def concluded(self, deployment: Deployment | None = None) -> Deployment:
        """An ordinary day: alerts of every result, reviews at their times, volunteers, faces read, concluded at the end authorised."""
        deployment = self.live(deployment)
        start = deployment.starts_at
        self.volunteers(deployment, at=start + 5 * MINUTE)
        self.logged(deployment, at=start + 10 * MINUTE)
        self.alerts_of_every_result(deployment, at=start + 20 * MINUTE)
        for hour in range(1, 7):
            self.faces(deployment, 2800 * hour, at=start + hour * HOUR - 5 * MINUTE)
            self.reviewed(deployment, at=start + hour * HOUR - 2 * MINUTE)
        self.faces(deployment, 18230, at=deployment.ends_at - MINUTE)
        return acts.conclude(deployment, by=self.cast.silver, at=deployment.ends_at)

    def volunteers(self, deployment: Deployment, *, at: datetime) -> None:
        for label in ("B1", "B2"):
            volunteer = acts.record_consent(deployment, label=label, consented_at=at - HOUR, by=self.cast.operator, at=at)
            acts.record_blue(volunteer, passes=5, correct=5 if label == "B1" else 4, by=self.cast.operator, at=at + MINUTE)

    def logged(self, deployment: Deployment, *, at: datetime) -> None:
        cast = self.cast
        acts.log(deployment, kind=LogKind.BRIEFING, note=texts.BRIEFED, by=cast.silver, at=at)
        acts.log(deployment, kind=LogKind.SIGNS, note=texts.SIGNS, person=cast.engagement, happened_at=at - 5 * MINUTE, by=cast.loggist, at=at)
        acts.log(deployment, kind=LogKind.ENGAGEMENT, note=texts.ABOUT_A_PERSON, about_person=True, by=cast.engagement, at=at + 40 * MINUTE)

    def faces(self, deployment: Deployment, count: int, *, at: datetime) -> None:
        acts.read_faces(deployment, count=count, method=Method.COMPARED, by=self.cast.operator, at=at)

    def reviewed(self, deployment: Deployment, *, at: datetime, decision: str = Decision.CONTINUE) -> None:
        acts.review(deployment, answers=texts.REVIEW, decision=decision, by=self.cast.silver, at=at)

    def raised(self, deployment: Deployment, *, at: datetime, **more: Any) -> Alert:
        said = {
            "similarity": Decimal("0.712"),
            "category": "wanted_by_courts",
            "camera": "Van, front",
            "recognition_seconds": Decimal("1.40"),
            **more,
        }
        return acts.raise_alert(deployment, **said, by=self.cast.operator, at=at)

    def dismissed(self, deployment: Deployment, *, at: datetime, **more: Any) -> Alert:
        alert = self.raised(deployment, at=at, **more)
        return acts.adjudicate(alert, passed_on=False, factors=[Factor.ENVIRONMENT], by=self.cast.operator, at=at + MINUTE)

    def passed_on(self, deployment: Deployment, *, at: datetime, **more: Any) -> Alert:
        alert = self.raised(deployment, at=at, **more)
        return acts.adjudicate(alert, passed_on=True, by=self.cast.operator, at=at + MINUTE)

    def unengaged(self, deployment: Deployment, result: str, *, at: datetime, **more: Any) -> Alert:
        alert = self.passed_on(deployment, at=at, **more)
        return acts.decide_engagement(alert, engage=False, result=result, by=self.cast.engagement, at=at + 2 * MINUTE)

    def engaged(self, deployment: Deployment, result: str, *, at: datetime, outcomes: tuple[str, ...] = (), **more: Any) -> Alert:
        alert = self.passed_on(deployment, at=at, **more)
        acts.decide_engagement(alert, engage=True, by=self.cast.engagement, at=at + 2 * MINUTE)
        return acts.record_result(alert, result=result, outcomes=outcomes, by=self.cast.engagement, at=at + 6 * MINUTE)

    def alerts_of_every_result(self, deployment: Deployment, *, at: datetime) -> None:
        """One of each, an hour apart, so that no run of false ones comes of it."""
        personal = {"subject_reference": "C/118/24", "note": texts.ALERT_NOTE}
        self.engaged(deployment, Result.TRUE_CONFIRMED, at=at, outcomes=(Outcome.ARREST,), **personal)
        self.dismissed(deployment, at=at + HOUR)
        self.unengaged(deployment, Result.NOT_DETERMINED, at=at + 2 * HOUR)
        self.engaged(deployment, Result.FALSE_CONFIRMED, at=at + 3 * HOUR)
        self.unengaged(deployment, Result.TRUE_UNCONFIRMED, at=at + 4 * HOUR)
        self.engaged(
            deployment, Result.TRUE_CONFIRMED, at=at + 5 * HOUR, category="missing", outcomes=(Outcome.SAFEGUARDING, Outcome.OTHER), **personal
        )
