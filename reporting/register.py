"""What the public may know: days still to come (9.4), and what was published of those past (9.6)."""

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from authorisations.digest import moment
from authorisations.models import Authority
from authorisations.states import AuthorityState
from deployments.models import Deployment
from deployments.states import FINAL
from govuk.times import local
from reporting.models import Publication
from reporting.period import Period, start_of
from reporting.querysets import PublicationQuerySet

WEBSITE = "website"


@dataclass(frozen=True)
class Announced:
    """Force, place, date and times, and nothing else; `told_at`: the day since when it is announced."""

    force: str
    place: str
    starts_at: datetime
    ends_at: datetime
    force_id: str
    told_at: datetime


def announced(at: datetime) -> list[Announced]:
    """Days still to come of written authorities, where the frozen text says that the public is told on the force's website (9.4).

    What has been stood down, or has ended, is not announced any more.
    """
    found = []
    given = Authority.objects.filter(state=AuthorityState.WRITTEN, valid_until__gte=at, decision__isnull=False)
    over = called_off(at)
    for authority in given.select_related("decision__submission", "operation"):
        content, operation = json.loads(authority.decision.submission.content), authority.operation  # type: ignore[union-attr]
        if WEBSITE in content["sections"].get("public", {}).get("measures", []):
            days = [(day["place"], moment(day["starts_at"]), moment(day["ends_at"])) for day in content["days"]]
            found += [
                Announced(content["force"], place, start, end, operation.force_id, start_of(local(authority.given_at).date()))
                for place, start, end in days
                if end >= at and (operation.pk, place, start) not in over
            ]
    return sorted(found, key=lambda day: (day.starts_at, day.place))


def called_off(at: datetime) -> set[tuple[Any, str, datetime]]:
    ended = Deployment.objects.filter(state__in=FINAL, ends_at__gte=at).select_related("place")
    return {(one.operation_id, str(one.place), one.starts_at) for one in ended}


@dataclass(frozen=True)
class Asked:
    """What a reader of the register asks for: force, place or town, from which day until which."""

    force: str = ""
    place: str = ""
    from_date: date | None = None
    to_date: date | None = None

    @classmethod
    def of(cls, query: Any) -> "Asked":
        """From an address. Raises ValueError for a day that is none."""
        days = {name: date.fromisoformat(query[name]) if query.get(name) else None for name in ("from", "to")}
        return cls(query.get("force", ""), query.get("place", ""), days["from"], days["to"])

    def past(self) -> PublicationQuerySet:
        found = Publication.objects.in_force().filter(Period(self.from_date, self.to_date).of("started_at"))
        if self.force:
            found = found.filter(force=self.force)
        if self.place:
            found = found.filter(location__icontains=self.place.strip())
        return found

    def coming(self, at: datetime) -> list[Announced]:
        return [
            day
            for day in announced(at)
            if (not self.force or day.force_id == self.force)
            and self.place.strip().lower() in day.place.lower()
            and (self.from_date is None or day.ends_at >= start_of(self.from_date))
            and (self.to_date is None or day.starts_at < start_of(self.to_date + timedelta(days=1)))
        ]

    @property
    def as_query(self) -> dict[str, str]:
        said = {"force": self.force, "place": self.place, "from": self.from_date, "to": self.to_date}
        return {name: str(value) for name, value in said.items() if value}
