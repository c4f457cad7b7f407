"""Can the staff answer the alerts to be expected? (A-12, 6/5.3, 10.5) A sum shown to the applicant and the Authorising Officer, not a gate."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from accounts.states import Role
from authorisations.models import Application, PastResult
from govuk.fields import whole

MINUTES_IN_AN_HOUR = 60
# What was live for less says little of an hour. Of a place's past, the latest count.
LONG_ENOUGH = timedelta(hours=1)
LATEST = 10


@dataclass(frozen=True)
class Staffing:
    """Alerts an hour, from and to; minutes of one officer that they need; minutes that the officers have. `said`: officers who will be at hand."""

    alerts_least: Decimal
    alerts_most: Decimal
    minutes_needed: Decimal
    said: int
    named: int
    subjects: int
    footfall: str
    source: str

    @property
    def officers(self) -> int:
        """Nobody answers an alert who is not named."""
        return min(self.said, self.named)

    @property
    def minutes_at_hand(self) -> int:
        return self.officers * MINUTES_IN_AN_HOUR

    @property
    def enough(self) -> bool:
        return self.minutes_needed <= self.minutes_at_hand


def staffing(application: Application) -> Staffing | None:
    """The sum, once the number of officers is known."""
    answers: dict[str, Any] = next((row.answers for row in application.sections.all() if row.name == "people"), {})
    if (said := whole(answers.get("officers", ""))) is None:
        return None
    least, most, source = expected(application)
    return Staffing(
        least,
        most,
        most * application.edition.number("minutes_an_alert"),
        said,
        application.operation.appointments.in_force().filter(role=Role.ENGAGEMENT_OFFICER).count(),
        sum(line.subjects for line in application.composition.lines.all()),
        answers.get("footfall", ""),
        source,
    )


def expected(application: Application) -> tuple[Decimal, Decimal, str]:
    """Alerts an hour from the places' own history; without any, the range of the policy file (A-12, 10.5)."""
    past = list(PastResult.objects.at_places_of(application).filter(lasted__gte=LONG_ENOUGH)[:LATEST])
    if past:
        rates = [one.alerts_an_hour for one in past]
        return min(rates), max(rates), f"from {len(past)} earlier deployment{'s' if len(past) > 1 else ''} here"
    edition = application.edition
    source = f"{edition.value('alerts_an_hour_most').source}; no history here yet"
    return edition.number("alerts_an_hour_least"), edition.number("alerts_an_hour_most"), source
