"""Watchlists for the tests, made by performing the acts."""

from typing import Any

from accounts.states import Role
from lfr_governance.demonstration.people import Cast
from tests.cast import NOON, opened
from watchlists.models import Child, Composition, Line
from watchlists.services import attest, justify_child, new_composition, put_line

WORDS = {
    "necessity": "The courts have asked for them to be brought before them.",
    "proportionality": "Only serious matters are included, and the list is kept short.",
    "likelihood": "All are thought to live within a mile of the place.",
    "image_source": "Custody images.",
    "image_quality": "All of them full face and less than five years old.",
}
REASONS = {
    "best_interests": "Missing from care and thought to be exploited; being found keeps them safe.",
    "necessity": "Patrols and enquiries with family have not found them.",
}


def started(cast: Cast) -> Composition:
    """An empty watchlist; Silver is appointed and has no hand in it, the operator compiles it."""
    return new_composition(opened(cast, ("silver", Role.SILVER), ("operator", Role.WATCHLIST_COMPILER)))


def with_line(cast: Cast, composition: Composition, category: str = "wanted_by_courts", **more: Any) -> Line:
    return put_line(composition, **{"category": category, "subjects": 40, "images": 55, **WORDS, **more}, by=cast.applicant, at=NOON)


def with_child(cast: Cast, composition: Composition, **more: Any) -> Child:
    return justify_child(composition, **{"category": "missing", "under_13": False, **REASONS, **more}, by=cast.applicant, at=NOON)


def complete(cast: Cast) -> Composition:
    """Nothing missing: two categories, one of them with an under-18, attested."""
    composition = started(cast)
    with_line(cast, composition)
    with_line(cast, composition, "missing", subjects=3, images=5)
    with_child(cast, composition)
    return attest(composition, steps_taken="Every image was compared with the custody record by a second person.", by=cast.operator, at=NOON)
