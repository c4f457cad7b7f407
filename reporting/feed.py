"""The register as a feed (Atom): what was published, corrected or withdrawn, and the days to come, the newest first (R-6, X-3)."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from django.utils.feedgenerator import Atom1Feed

from govuk.times import clock_time, public_date, public_time
from reporting.models import Publication
from reporting.published import rate_in, rate_words, undetermined
from reporting.register import Announced, announced
from reporting.states import PublicationState

MOST = 50


def feed(site: str, at: datetime) -> str:
    """`site`: where the addresses of the register begin."""
    atom = Atom1Feed("Register of live facial recognition", f"{site}/register/", "", language="en-GB", feed_url=f"{site}/register/feed.atom")
    entries = [*(of_day(day, site) for day in announced(at)), *(of_edition(one, site) for one in latest())]
    for entry in islice(sorted(entries, key=lambda entry: entry["updateddate"], reverse=True), MOST):
        atom.add_item(**entry)
    return atom.writeString("utf-8")


def latest() -> Iterator[Publication]:
    yield from Publication.objects.ever_public().select_related("force").order_by("-published_at", "-pk")[:MOST]


def of_edition(one: Publication, site: str) -> dict[str, Any]:
    """Withdrawn figures are told with the reason, without the figures."""
    link, element = f"{site}/register/{one.register_id}/editions/{one.edition}/", one.element
    title = f"{one.location}, {public_date(one.started_at)}{f', edition {one.edition}' if one.edition > 1 else ''}"
    said = f"{element['alerts']} alerts: {undetermined(element)}. False alert rate: {'. '.join(rate_words(rate_in(element)))}"
    if one.state == PublicationState.WITHDRAWN:
        title, said = f"Withdrawn: {title}", one.withdrawn_reason
    told = one.ended_at if one.state == PublicationState.WITHDRAWN else one.published_at
    return {"title": title, "link": link, "unique_id": link, "updateddate": told, "description": said, "author_name": one.force.name}


def of_day(day: Announced, site: str) -> dict[str, Any]:
    """A day to come stays one entry, whatever happens to it."""
    return {
        "title": f"Coming up: {day.place}, {public_date(day.starts_at)}",
        "link": f"{site}/register/#coming",
        "unique_id": f"{site}/register/#{day.force_id}-{day.starts_at:%Y%m%d%H%M}-{day.place}".replace(" ", "-"),
        "updateddate": day.told_at,
        "description": f"{public_time(day.starts_at)} to {clock_time(day.ends_at)}",
        "author_name": day.force,
    }
