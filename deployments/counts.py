"""The figures of a deployment, counted from its rows: alerts by result, both false alert rates, recognition time, volunteers (14, R-3, W-5)."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Avg, Count, Q, Sum

from deployments.figures import Rate, half_up
from deployments.models import Alert, AlertOutcome, BlueRun, Deployment
from deployments.states import Outcome, Result


@dataclass(frozen=True)
class Figures:
    """`dismissed`: false alerts that the Operator saw through; they are among the false ones and count in the system's rate alone (14.4)."""

    alerts: int
    open: int
    false_unconfirmed: int
    false_confirmed: int
    true_unconfirmed: int
    true_confirmed: int
    not_determined: int
    dismissed: int
    engaged: int
    repeats: int
    outcomes: dict[str, int]
    faces: int | None
    recognition_seconds: Decimal | None
    blue_passes: int
    blue_correct: int

    @property
    def false(self) -> int:
        return self.false_unconfirmed + self.false_confirmed

    @property
    def positive(self) -> int:
        return self.true_unconfirmed + self.true_confirmed

    @property
    def policing_outcomes(self) -> int:
        return sum(self.outcomes.values())

    @property
    def system_rate(self) -> Rate:
        """All false alerts, of the faces scanned (14.4)."""
        return Rate(self.false, self.faces)

    @property
    def operational_rate(self) -> Rate:
        """Those left after the Operator dismissed the rest, of the faces scanned (14.4)."""
        return Rate(self.false - self.dismissed, self.faces)

    @property
    def recognition_rate(self) -> Rate:
        """Passes of volunteers with a correct alert, of their passes (14.3)."""
        return Rate(self.blue_correct, self.blue_passes or None)

    def as_json(self) -> dict[str, Any]:
        """As kept with a review or a warning: what was known then."""
        seconds = None if self.recognition_seconds is None else str(self.recognition_seconds)
        rates = {
            "system_rate": self.system_rate.words,
            "operational_rate": self.operational_rate.words,
            "recognition_rate": self.recognition_rate.words,
        }
        return {**vars(self), "recognition_seconds": seconds, "false": self.false, "positive": self.positive, **rates}


def figures_of(deployment: Deployment) -> Figures:
    """Three statements, whatever the number of alerts."""
    return figures_of_many([deployment])[deployment.pk]


def figures_of_many(deployments: Iterable[Deployment]) -> dict[Any, Figures]:
    """The figures of each, in three statements."""
    rows = {one.pk: one for one in deployments}
    counted = {row["deployment"]: row for row in counted_alerts(rows)}
    outcomes: dict[Any, dict[str, int]] = {pk: dict.fromkeys(Outcome.values, 0) for pk in rows}
    for row in AlertOutcome.objects.filter(alert__deployment__in=rows).values("alert__deployment", "kind").annotate(number=Count("pk")):
        outcomes[row["alert__deployment"]][row["kind"]] = row["number"]
    runs = BlueRun.objects.filter(deployment__in=rows).values("deployment").annotate(p=Sum("passes"), c=Sum("correct"))
    blue: dict[Any, dict[str, Any]] = {row["deployment"]: {"p": row["p"], "c": row["c"]} for row in runs}
    return {pk: figures_from(one, counted.get(pk, {}), outcomes[pk], blue.get(pk, {})) for pk, one in rows.items()}


def counted_alerts(rows: Iterable[Any]) -> Any:
    by_result = {result.value: Count("pk", filter=Q(result=result)) for result in Result}
    return (
        Alert.objects.filter(deployment__in=rows)
        .values("deployment")
        .annotate(
            alerts=Count("pk"),
            open=Count("pk", filter=Q(result="")),
            dismissed=Count("pk", filter=Q(passed_on=False)),
            engaged_count=Count("pk", filter=Q(engaged=True)),
            repeats_count=Count("pk", filter=Q(repeats__isnull=False)),
            seconds=Avg("recognition_seconds"),
            **by_result,
        )
    )


def figures_from(deployment: Deployment, alerts: dict[str, Any], outcomes: dict[str, int], blue: dict[str, Any]) -> Figures:
    seconds = alerts.get("seconds")
    return Figures(
        alerts=alerts.get("alerts", 0),
        open=alerts.get("open", 0),
        **{result.value: alerts.get(result.value, 0) for result in Result},
        dismissed=alerts.get("dismissed", 0),
        engaged=alerts.get("engaged_count", 0),
        repeats=alerts.get("repeats_count", 0),
        outcomes=outcomes,
        faces=deployment.faces_counted,
        recognition_seconds=None if seconds is None else half_up(Decimal(str(seconds)), 2),
        blue_passes=blue.get("p") or 0,
        blue_correct=blue.get("c") or 0,
    )
