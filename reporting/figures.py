"""Figures for those who oversee: what was asked, what was not given, what is late. Numbers only, no names (X-6, 8.1)."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count

from authorisations.models import Application, Authority, Decision, Submission
from authorisations.states import ApplicationState, AuthorityState, Outcome
from obligations.models import Obligation
from obligations.states import kind_label


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
