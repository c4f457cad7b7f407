"""What the pages of Stages 2 and 3 are about: a deployment in each state with something of everything in it, a record and an edition in each state.

The demonstration's storytellers make them. Days of one operation share its people: three records that no analyst sees yet, and seven that they do.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from accounts.states import Role
from deployments import services as acts
from deployments.models import Deployment
from deployments.states import Move
from lfr_governance.demonstration import texts_two as texts
from lfr_governance.demonstration.people import Cast
from lfr_governance.demonstration.stage_three import Aftermath
from lfr_governance.demonstration.stage_two import Day
from lfr_governance.demonstration.telling import at_ten
from operations.services import appoint
from reporting.models import BoardReview, DeploymentRecord, Publication
from reporting.services import add_decision, open_risk, prepare_pack, record_feedback, record_review
from reporting.states import Body, Degree, Heard

Words = dict[str, Any]
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
BESIDES = {"engineer": Role.SYSTEM_ENGINEER, "technician": Role.TECHNICAL_ANALYST}  # appointed beside those of the demonstration


class Full(Day):
    """The demonstration's day with everybody in it and something of everything."""

    def planned(self) -> Deployment:
        deployment = super().planned()
        for username, role in BESIDES.items():
            appoint(deployment.operation, person=self.cast.people[username], role=role, by=self.cast.applicant, at=deployment.starts_at - DAY)
        return deployment

    def live(self, deployment: Deployment | None = None) -> Deployment:
        deployment = super().live(deployment)
        at = deployment.starts_at + 10 * MINUTE
        self.logged(deployment, at=at)
        self.volunteers(deployment, at=at)
        self.dismissed(deployment, at=at, note=texts.ALERT_NOTE)
        self.reviewed(deployment, at=at)
        acts.change_threshold(deployment, threshold=Decimal("0.62"), reason="By mistake.", by=self.cast.operator, at=at)
        acts.raise_concern(deployment, sentence="The screen froze.", by=self.cast.engagement, at=at)
        return deployment.again()

    def suspended(self) -> Deployment:
        """By the Operator, who has not said why."""
        deployment = self.live()
        return acts.suspend(deployment, by=self.cast.operator, at=deployment.starts_at + HOUR)

    def concluded(self, deployment: Deployment | None = None) -> Deployment:
        deployment = self.live(deployment)
        return acts.conclude(deployment, by=self.cast.silver, at=deployment.ends_at)

    def terminated(self) -> Deployment:
        deployment = self.live()
        return acts.terminate(deployment, by=self.cast.operator, at=deployment.starts_at + HOUR)


def deployments(cast: Cast) -> dict[str, Words]:
    """Every state of a deployment, as of now."""
    now = timezone.now()
    ahead, before = at_ten(now + 5 * DAY), at_ten(now - 3 * DAY)
    places = list(cast.places)

    def day(number: int, starts_at: datetime) -> Full:
        return Full(cast, starts_at, f"Deployment {number}", places[number], asset=f"LFR-{number}")

    made = {
        "planned": day(0, ahead).planned,
        "live": day(1, now - 2 * HOUR).live,
        "suspended": day(2, now - 2 * HOUR).suspended,
        "concluded": day(3, before).concluded,
        "terminated": day(4, before).terminated,
        "stood_down": day(5, before).stood_down,
    }
    return {state: of_deployment(make()) for state, make in made.items()}


def of_deployment(deployment: Deployment) -> Words:
    """`entry_id`: about a person, the Engagement Officer's; `change_id`: the stop whose reason is owed."""
    there: dict[str, Any] = {
        "alert": deployment.alerts,
        "volunteer": deployment.volunteers,
        "breach": deployment.breaches,
        "warning": deployment.warnings,
        "entry": deployment.log_entries.filter(note__about_person=True),
        "change": deployment.changes.filter(move__in=(Move.SUSPENDED, Move.TERMINATED)),
    }
    ids = {f"{name}_id": found.pk for name, some in there.items() if (found := some.first())}
    return {"operation_id": deployment.operation_id, "deployment_id": deployment.pk, "number": 1, **ids}


def afterwards(cast: Cast) -> dict[str, Words]:
    """Every state of a record, then every state of an edition; the chair has been asked everywhere."""
    now, after = timezone.now(), Aftermath(cast)
    records: dict[str, Callable[[Deployment], Any]] = {
        "compiling": lambda one: after.debriefed(after.compiled(one)),
        "record_submitted": after.submitted,
        "record_returned": after.returned,
    }
    editions: dict[str, Callable[[Deployment], Any]] = {
        "accepted": after.accepted,
        "drafted": after.drafted,
        "checked": after.checked,
        "approved": after.approved,
        "published": after.published,
        "corrected": after.corrected,
        "edition_withdrawn": after.withdrawn,
    }
    return told(cast, at_ten(now - 20 * DAY), "Records", records) | told(cast, at_ten(now - 40 * DAY), "Editions", editions)


def told(cast: Cast, starts_at: datetime, title: str, states: dict[str, Callable[[Deployment], Any]]) -> dict[str, Words]:
    """A day of one operation for each state; the operation is over before its first record is compiled."""
    day = Day(cast, starts_at, title, days=len(states))
    planned = acts.plan(day.authorised(), by=None, at=starts_at - 3 * DAY)
    over = [acts.conclude(replace(day, starts_at=one.starts_at).live(one), by=cast.silver, at=one.ends_at) for one in planned]
    return {state: of_record(become(deployment)) for (state, become), deployment in zip(states.items(), over, strict=True)}


def of_record(made: DeploymentRecord | Publication) -> Words:
    record = made if isinstance(made, DeploymentRecord) else made.record
    return {
        "operation_id": record.deployment.operation_id,
        "deployment_id": record.deployment_id,
        "record_id": record.pk,
        "action_id": record.debrief.actions.get().pk,
        "publication_id": made.pk,
        "register_id": record.deployment.register_id,
    }


def of_boards(cast: Cast) -> Words:
    """A review of a board, a decision of it that somebody has to carry out, and what is kept beside it."""
    now = timezone.now()
    day = now.date() - DAY
    words = {"held_date": day, "from_date": day - 90 * DAY, "to_date": day, "considered": "All.", "decisions": "Go on.", "figures": {}}
    review: BoardReview = record_review(body=Body.OPS_BOARD, **words, by=cast.sro, at=now)
    heard = record_feedback(kind=Heard.COMPLAINT, day=day, about="Signs were too small.", by=cast.sro, at=now)
    rated = {"likelihood": Degree.LOW, "impact": Degree.HIGH, "measures": "Checked each time.", "review_due_at": now + DAY}
    risk = open_risk(what="Signs cannot be seen.", **rated, by=cast.sro, at=now)
    return {
        "review_id": review.pk,
        "action_id": add_decision(review, what="Ask.", person=cast.applicant, due_at=now + DAY, by=cast.sro, at=now).pk,
        "reporting:answer_feedback pk": heard.pk,
        "reporting:review_risk pk": risk.pk,
        "reporting:close_risk pk": risk.pk,
        "pack_id": prepare_pack(from_date=day - 90 * DAY, to_date=day, by=cast.sro, at=now).pk,
    }
