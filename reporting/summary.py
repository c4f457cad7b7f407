"""Published figures put together: pooled, never averaged; breaks where the way of counting changes (X-4, X-5)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Q, Sum, Window
from django.db.models.functions import Lag, TruncMonth

from deployments.figures import Rate
from deployments.states import Method
from govuk.times import LONDON, local
from reporting.element import rate_of
from reporting.querysets import PublicationQuerySet
from reporting.register import Asked

SUMMED = (
    *("faces", "alerts", "true_confirmed", "true_unconfirmed", "false_confirmed", "false_unconfirmed", "not_determined"),
    *("arrest", "voluntary_attendance", "street_bail", "safeguarding", "other"),
)
COUNTED = Q(faces__isnull=False)


def totals(published: PublicationQuerySet) -> dict[str, Any]:
    """One statement. `rated`: false alerts of those site-sessions alone whose faces are known."""
    return published.aggregate(
        site_sessions=Count("pk"),
        deployments=Count("record__deployment__operation", distinct=True),
        uncounted=Count("pk", filter=~COUNTED),
        rated=Sum(F("false_confirmed") + F("false_unconfirmed"), filter=COUNTED),
        **{f"sum_{name}": Sum(name) for name in SUMMED},
    )


def pooled_rate(row: dict[str, Any]) -> Rate:
    return Rate(row["rated"] or 0, row["sum_faces"])


def summary(asked: Asked, at: datetime) -> dict[str, Any]:
    """As the contract of the register says. Nothing published: sums are null, for nothing is known."""
    published = asked.past()
    row = totals(published)
    return {
        "deployments": row["deployments"],
        "site_sessions": row["site_sessions"],
        "faces_scanned": row["sum_faces"],
        "alerts": row["sum_alerts"],
        "positive_alerts": {"confirmed": row["sum_true_confirmed"], "unconfirmed": row["sum_true_unconfirmed"]},
        "false_alerts": {"confirmed": row["sum_false_confirmed"], "unconfirmed": row["sum_false_unconfirmed"]},
        "false_alert_rate": rate_of(pooled_rate(row)),
        "policing_outcomes": {
            "arrests": row["sum_arrest"],
            "voluntary_attendances": row["sum_voluntary_attendance"],
            "street_bails": row["sum_street_bail"],
            "safeguarding_actions": row["sum_safeguarding"],
            "other": row["sum_other"],
        },
        "from": str(asked.from_date) if asked.from_date else None,
        "to": str(asked.to_date) if asked.to_date else None,
        "as_at": at.replace(microsecond=0).isoformat(),
        "breaks": breaks(published),
    }


def breaks(published: PublicationQuerySet) -> list[dict[str, Any]]:
    """Where a force counts faces otherwise than the time before: figures on either side do not compare (X-5)."""
    before = Window(Lag("faces_method"), partition_by=F("force"), order_by=[F("started_at"), F("pk")])
    changed = published.annotate(before=before).exclude(before=None).exclude(before=F("faces_method"))
    rows = changed.order_by("started_at", "pk").values("register_id", "force__name", "started_at", "before", "faces_method")
    return [
        {
            "date": local(row["started_at"]).date().isoformat(),
            "force": row["force__name"],
            "id": row["register_id"],
            "from_method": method_label(row["before"]),
            "to_method": method_label(row["faces_method"]),
        }
        for row in rows
    ]


def method_label(method: str) -> str | None:
    return Method(method).label if method else None


@dataclass(frozen=True)
class Month:
    """A month of one way of counting. `is_break`: counted otherwise than the month before."""

    first: Any
    method: str
    sessions: int
    alerts: int
    rate: Rate
    is_break: bool

    @property
    def label(self) -> str:
        return f"{self.first:%b %Y}"


def months(published: PublicationQuerySet) -> list[Month]:
    """Pooled month by month, in order; a month with two ways of counting stands there twice."""
    rows = (
        published.annotate(month=TruncMonth("started_at", tzinfo=LONDON))
        .values("month", "faces_method")
        .annotate(
            sessions=Count("pk"),
            sum_alerts=Sum("alerts"),
            sum_faces=Sum("faces"),
            rated=Sum(F("false_confirmed") + F("false_unconfirmed"), filter=COUNTED),
        )
        .order_by("month", "faces_method")
    )
    found: list[Month] = []
    for row in rows:
        method = row["faces_method"]
        is_break = bool(found) and found[-1].method != method
        found.append(Month(row["month"], method, row["sessions"], row["sum_alerts"], pooled_rate(row), is_break))
    return found
