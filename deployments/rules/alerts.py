"""What an alert's two stages and its result may be (O-5, 2, 5.10)."""

from datetime import datetime
from decimal import Decimal

from accounts.models import User
from deployments.models import Alert, Deployment
from deployments.rules.window import is_covered
from deployments.states import AFTER_ENGAGEMENT, CONFIRMED, WITHOUT_ENGAGEMENT, BreachKind, Result
from policy.refusals import Finding, RuleBroken


def check_category(category: str, deployment: Deployment) -> None:
    """The watchlist category is one of the policy's closed list (O-5, X-20)."""
    if category not in {one.code for one in deployment.edition.categories}:
        found = Finding("O-5", "Select a watchlist category.", "5.2", "category")
        raise RuleBroken(
            "O-5", "This is none of the watchlist categories of the policy.", clause="5.2", remedy="Choose one of the list.", findings=(found,)
        )


def check_score(value: Decimal, what: str = "score", where: str = "similarity") -> None:
    """A similarity score and a threshold lie between 0 and 1 (2)."""
    if not 0 < value <= 1:
        found = Finding("O-5", f"The {what} must be between 0 and 1, like 0.712.", "2", where)
        raise RuleBroken("O-5", f"There is no such {what}.", clause="2", remedy="Enter it as the system shows it.", findings=(found,))


def check_result(alert: Alert, result: str) -> None:
    """Confirmed true and confirmed false only after an engagement; a false alert that was engaged is a confirmed one (O-5, 2)."""
    if result in CONFIRMED and not alert.engaged:
        raise RuleBroken(
            "O-5", "Only an engagement can confirm an alert.", clause="2", remedy="Record the engagement, or choose an unconfirmed result."
        )
    allowed = AFTER_ENGAGEMENT if alert.engaged else WITHOUT_ENGAGEMENT
    if result not in allowed:
        label = Result(result).label
        raise RuleBroken(
            "O-5",
            f"“{label}” is not possible here: the person was engaged.",
            clause="2",
            remedy="A false alert after an engagement is confirmed false.",
        )


def threshold_at(deployment: Deployment, moment: datetime) -> Decimal | None:
    """The threshold in use at that moment (O-5, O-10); of a moment before the first setting, that one."""
    changes = deployment.threshold_changes.order_by("changed_at", "entered_at")
    setting = changes.filter(changed_at__lte=moment).last() or changes.first()
    return setting.new if setting else None


def faults_of(alert: Alert, deployment: Deployment) -> list[BreachKind]:
    """What is wrong about an alert that has happened: accepted and flagged (O-11). Equal to the threshold is a rounding case, no fault (O-5)."""
    below = alert.threshold is not None and alert.similarity < alert.threshold
    found = [BreachKind.SIMILARITY] if below else []
    return [*found, *([kind] if (kind := when_fault(deployment, alert.raised_at)) else [])]


def when_fault(deployment: Deployment, moment: datetime) -> BreachKind | None:
    """An alert belongs between go-live and end, not into a suspension, and under an authority (O-11)."""
    if deployment.live_at is None or moment < deployment.live_at or (deployment.ended_at and moment > deployment.ended_at):
        return BreachKind.ALERT_OUTSIDE
    if was_suspended(deployment, moment):
        return BreachKind.ALERT_SUSPENDED
    return None if is_covered(deployment, moment) or not deployment.is_running else BreachKind.NO_AUTHORITY


def was_suspended(deployment: Deployment, moment: datetime) -> bool:
    """Whether the last step before that moment was a suspension."""
    before = deployment.changes.filter(happened_at__lte=moment, move__in=["went_live", "suspended", "resumed"])
    last = before.order_by("-happened_at", "-entered_at").first()
    return last is not None and last.move == "suspended"


def is_one_person(alert: Alert, person: User) -> bool:
    """The same person in both stages, where the policy wants two (5.10)."""
    return alert.adjudicated_by_id == person.pk and not alert.deployment.edition.value("operator_may_engage").value
