"""A stretch of days in the United Kingdom, the first and the last in it (R-6, R-7)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q

from govuk.times import from_local


@dataclass(frozen=True)
class Period:
    """Open where an end is None."""

    first: date | None = None
    last: date | None = None

    def of(self, moment: str) -> Q:
        """The moment of that name falls in it."""
        found = Q()
        if self.first:
            found &= Q(**{f"{moment}__gte": start_of(self.first)})
        if self.last:
            found &= Q(**{f"{moment}__lt": start_of(self.last + timedelta(days=1))})
        return found


EVER = Period()


def start_of(day: date) -> datetime:
    """Midnight in the United Kingdom, which the clocks never skip."""
    found = from_local(datetime(day.year, day.month, day.day))  # noqa: DTZ001 - made local there
    assert found
    return found
