"""Figures for those who oversee: what was asked, what was not given, what is late. Numbers only, no names (X-6, 8.1)."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q

from authorisations.models import Application, Authority, Decision, Deviation, Submission
from authorisations.states import ApplicationState, AuthorityState, Outcome
from deployments.models import Breach
from deployments.preserving import preservations
from deployments.states import CLAUSES, BreachKind
from obligations.models import Hold, Obligation
from obligations.states import kind_label
from reporting.models import Action
from reporting.register import Asked
from reporting.summary import SUMMED, totals


@dataclass(frozen=True)
class Figure:
    """How many, of how many, and what that means."""

    label: str
    number: int
    of: int
    what: str


def outcomes(force: Any) -> list[Figure]:
    """What became of the force's applications. An application may be returned more than once before it is decided."""
    decided = Counter(dict(Decision.objects.filter(submission__application__operation__force=force).values_list("outcome").annotate(Count("pk"))))
    ended = Counter(dict(Authority.objects.filter(operation__force=force).values_list("state").annotate(Count("pk"))))
    asked = Counter(dict(Application.objects.filter(operation__force=force).values_list("state").annotate(Count("pk"))))
    submitted = Submission.objects.filter(application__operation__force=force).count()
    given, begun = sum(ended.values()), sum(asked.values())
    return [
        Figure("Authorised", decided[Outcome.AUTHORISED], submitted, "submissions"),
        Figure("Authorised with conditions", decided[Outcome.WITH_CONDITIONS], submitted, "submissions"),
        Figure("Returned for more", decided[Outcome.RETURNED], submitted, "submissions"),
        Figure("Refused", decided[Outcome.REFUSED], submitted, "submissions"),
        Figure("Waiting for a decision", asked[ApplicationState.SUBMITTED], submitted, "submissions"),
        Figure("Withdrawn", asked[ApplicationState.WITHDRAWN], begun, "applications begun"),
        Figure("Cancelled", ended[AuthorityState.CANCELLED], given, "authorities given"),
        Figure("Lapsed by themselves", ended[AuthorityState.LAPSED], given, "authorities given"),
    ]


def clocks(force: Any, at: datetime) -> list[dict[str, Any]]:
    """What runs and what is overdue, by kind (8.1, D-7)."""
    return [{**row, "label": kind_label(row["kind"])} for row in Obligation.objects.filter(force=force).counts(at)]


def breaches(force: Any) -> list[dict[str, Any]]:
    """What happened and should not have, by kind: how often, and how much of it the Authorising Officer has not dealt with (O-11)."""
    rows = Breach.objects.of_force(force.pk).order_by().values("kind").annotate(number=Count("pk"), open=Count("pk", filter=Q(answered_at=None)))
    return [{**row, "label": BreachKind(row["kind"]).label, "clause": CLAUSES[BreachKind(row["kind"])]} for row in rows.order_by("kind")]


def deviations(force: Any, most: int) -> dict[str, Any]:
    """Where operations were slightly outside the procedures, and why: declared beforehand, or alert data preserved (G-4, D-3, 15.3)."""
    declared = Deviation.objects.filter(application__operation__force=force)
    latest = declared.select_related("application__operation").order_by("-application__started_at", "clause")[:most]
    preserved = Hold.objects.preservations().of_force(force.pk).count()
    rows: list[Any] = [(one.hold.obligation.operation, one) for one in preservations(most, obligation__force=force)]
    rows += [(one.application.operation, one) for one in latest]
    return {"number": declared.count() + preserved, "preserved": preserved, "rows": rows}


def learning(force: Any, at: datetime) -> dict[str, Any]:
    """What was to be done about what was learned, and whether it was (7.8)."""
    found = Action.objects.filter(force=force).aggregate(
        agreed=Count("pk"), done=Count("pk", filter=Q(done_at__isnull=False)), overdue=Count("pk", filter=Q(done_at=None, due_at__lt=at))
    )
    return {**found, "rows": Action.objects.filter(force=force).select_related("person", "debrief__record__deployment__operation", "review")[:20]}


def said_with(force: Any, first: date, last: date) -> dict[str, Any]:
    """The published figures of a period, kept with the review that considered them (R-7)."""
    row = totals(Asked(force=force.pk, from_date=first, to_date=last).past())
    return {"site_sessions": row["site_sessions"], **{name: row[f"sum_{name}"] for name in SUMMED}}
