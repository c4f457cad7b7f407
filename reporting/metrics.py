"""The metrics of section 14, each with how many of how many, an interval, and what it means (R-3, X-4). The sums are in deployments.figures."""

from dataclasses import dataclass

from deployments.counts import Figures
from deployments.figures import NOT_CALCULABLE, Rate

NOT_MEASURED = "not measured"


@dataclass(frozen=True)
class Metric:
    """`words` is the whole value as it is shown; `rate` None for a mean."""

    label: str
    clause: str
    words: str
    means: str
    rate: Rate | None = None


def metrics(figures: Figures) -> list[Metric]:
    blue, system, operational = figures.recognition_rate, figures.system_rate, figures.operational_rate
    return [
        Metric(
            "True Recognition Rate",
            "14.2",
            recognised(blue),
            "Of the passes of volunteers on the Blue watchlist, how many the system alerted to",
            blue,
        ),
        Metric("System False Alert Rate", "14.4", system.words, "All false alerts, of the faces scanned", system),
        Metric(
            "Operational False Alert Rate",
            "14.4",
            operational.words,
            "False alerts that the Operator did not dismiss, of the faces scanned",
            operational,
        ),
        Metric("False alerts of all alerts", "14.5", of_alerts(figures).words, "The same false alerts, of the alerts", of_alerts(figures)),
        Metric("Mean recognition time", "14.7", seconds(figures), "From a face in view to the alert, as the system reports it"),
    ]


def of_alerts(figures: Figures) -> Rate:
    """The other denominator (X-4)."""
    return Rate(figures.false, figures.alerts or None)


def recognised(rate: Rate) -> str:
    """Without a run of volunteers nothing was measured: that is no zero (R-3, 14.3)."""
    return rate.words if rate.denominator else NOT_MEASURED


def seconds(figures: Figures) -> str:
    return NOT_CALCULABLE if figures.recognition_seconds is None else f"{figures.recognition_seconds} seconds"
