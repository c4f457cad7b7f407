"""What the public may know beforehand: force, place, date and times of authorised days, and nothing else (9.4)."""

import json
from dataclasses import dataclass
from datetime import datetime

from authorisations.digest import moment
from authorisations.models import Authority
from authorisations.states import AuthorityState

WEBSITE = "website"


@dataclass(frozen=True)
class Announced:
    force: str
    place: str
    starts_at: datetime
    ends_at: datetime


def announced(at: datetime) -> list[Announced]:
    """Days still to come of written authorities, where the frozen text says that the public is told on the force's website."""
    found = []
    given = Authority.objects.filter(state=AuthorityState.WRITTEN, valid_until__gte=at, decision__isnull=False)
    for authority in given.select_related("decision__submission"):
        content = json.loads(authority.decision.submission.content)  # type: ignore[union-attr]
        if WEBSITE in content["sections"].get("public", {}).get("measures", []):
            found += [Announced(content["force"], day["place"], moment(day["starts_at"]), moment(day["ends_at"])) for day in content["days"]]
    return sorted((day for day in found if day.ends_at >= at), key=lambda day: (day.starts_at, day.place))
