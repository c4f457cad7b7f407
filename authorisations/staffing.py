"""Can the staff answer the alerts to be expected? (A-12, 6/5.3, 10.5) A sum shown to the applicant and the Authorising Officer, not a gate."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from authorisations.models import Application

MINUTES_IN_AN_HOUR = 60


@dataclass(frozen=True)
class Staffing:
    """Alerts an hour, from and to; minutes of one officer that they need; minutes that the officers at hand have."""

    alerts_least: Decimal
    alerts_most: Decimal
    minutes_needed: Decimal
    minutes_at_hand: int
    source: str

    @property
    def enough(self) -> bool:
        return self.minutes_needed <= self.minutes_at_hand


def staffing(application: Application) -> Staffing | None:
    """The sum, once the number of officers is known."""
    answers: dict[str, Any] = next((row.answers for row in application.sections.all() if row.name == "people"), {})
    officers = answers.get("officers", "")
    if not officers.isdigit():
        return None
    edition = application.edition
    least, most, each = (edition.number(name) for name in ("alerts_an_hour_least", "alerts_an_hour_most", "minutes_an_alert"))
    return Staffing(least, most, most * each, int(officers) * MINUTES_IN_AN_HOUR, edition.value("alerts_an_hour_most").source)
