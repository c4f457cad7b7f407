"""Silver's and Gold's reviews during the deployment (O-4, 7.4, 7.6)."""

from datetime import datetime
from typing import Any

from accounts.models import User
from accounts.notices import settle, tell
from accounts.states import Role
from audit.acts import Entry, act
from deployments.counts import figures_of
from deployments.models import Deployment, Review
from deployments.permissions import REVIEWS, check_named, check_own_hand, people_of
from deployments.reviewing import QUESTIONS, check_answered, check_decision
from deployments.rules.moments import event_time
from deployments.rules.saying import check_said
from deployments.services.clocks import TECHNICAL_REVIEW
from deployments.services.running import reviewed_from
from deployments.states import Decision, State
from obligations.models import Obligation
from obligations.services import discharge
from operations.permissions import check_writes


def review_key(deployment: Deployment) -> str:
    return f"review:{deployment.pk}:{deployment.review_due_at:%Y-%m-%dT%H:%MZ}"


@act
def review(
    deployment: Deployment,
    *,
    answers: dict[str, Any],
    decision: str,
    reason: str = "",
    person: User | None = None,
    reviewed_at: datetime | None = None,
    by: User,
    at: datetime,
) -> Entry:
    """Silver's review answers 7.4 a to d and 7.6, and decides; Gold's is recorded too. The figures are kept as they stood (O-4).

    The Technical Analyst's looks back at the alerts on the retained footage, and meets the clock of that (O-12, 10.16).
    """
    deployment = deployment.locked()
    found = check_writes(REVIEWS, by, deployment.operation, at)
    person = person or by
    check_own_hand(by, person, found)
    role = check_named(person, deployment.operation, *QUESTIONS)
    check_answered(role, answers)
    check_decision(role, decision)
    if decision == Decision.CONCERN:
        check_said(reason, "O-12", "10.16", "What the concern is")
    moment, due_at = event_time(reviewed_at, at), deployment.review_due_at
    made = Review.objects.create(
        deployment=deployment,
        role=role,
        person=person,
        reviewed_at=moment,
        entered_at=at,
        entered_by=by,
        due_at=due_at if role == Role.SILVER else None,
        answers={question.key: answers[question.key] for question in QUESTIONS[role]},
        figures=figures_of(deployment).as_json(),
        decision=Decision(decision),
        reason=reason,
    )
    if role == Role.SILVER and deployment.state == State.LIVE:
        settle(review_key(deployment), at=at)
        reviewed_from(deployment, moment)
        deployment.save()
    if role == Role.TECHNICAL_ANALYST:
        looked_back(made, by=by, at=at)
    late = bool(due_at and role == Role.SILVER and moment > due_at)
    return Entry("deployment.reviewed", made, {"role": role, "decision": decision, "late": late}, happened_at=moment)


def looked_back(made: Review, *, by: User, at: datetime) -> None:
    """Its clock is met; a concern is told to those who answer for the deployment (O-12, 10.16). Part of the act."""
    deployment = made.deployment
    for owed in Obligation.objects.about(deployment, TECHNICAL_REVIEW).running():
        discharge(owed, proof="technical review recorded", by=by, at=at)
    if made.decision == Decision.CONCERN:
        people = {deployment.authority.ao, *people_of(deployment.operation, Role.GOLD, Role.SILVER)}
        text = f"{deployment}: the technical review found a concern"
        tell(people - {by}, key=f"technical:{made.pk}", text=text, link=f"{deployment.get_absolute_url()}reviews/", at=at)
