"""Entering an alert whole, just after the fact, by one hand for all who judged it (O-5). The single acts are in `alerts`."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from accounts.models import User
from audit.acts import Entry, act
from deployments.models import Alert, Deployment
from deployments.services.alerts import adjudicate, decide_engagement, raise_alert, record_result


@act
def enter_alert(
    deployment: Deployment,
    *,
    alert: dict[str, Any],
    passed_on: bool | None = None,
    operator: User | None = None,
    engaged: bool | None = None,
    engagement_officer: User | None = None,
    result: str = "",
    outcomes: Iterable[str] = (),
    factors: Iterable[str] = (),
    by: User,
    at: datetime,
) -> Entry:
    """As far as it has come: raised (`alert`: what `raise_alert` takes), judged by the Operator, decided on by the Engagement Officer, ended."""
    made: Alert = raise_alert(deployment, **alert, by=by, at=at)
    if made.state == "raised" and passed_on is not None:
        made = adjudicate(made, passed_on=passed_on, person=operator, factors=factors, by=by, at=at)
    if made.state == "passed_on" and engaged is not None:
        made = decide_engagement(made, engage=engaged, result="" if engaged else result, person=engagement_officer, by=by, at=at)
    if made.state == "engaging" and result:
        made = record_result(made, result=result, outcomes=outcomes, person=engagement_officer, by=by, at=at)
    return Entry("alert.entered", made.deployment, {"state": made.state}, result=made)
