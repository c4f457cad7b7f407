"""What the sweep does for Stage 1."""

from collections.abc import Iterator
from datetime import datetime

from authorisations.models import Authority
from authorisations.services.ending import lapse
from obligations.tasks import one_by_one


def lapse_due(*, at: datetime) -> Iterator[str]:
    """Lapse every authority past its end, each in its own act; one that cannot be lapsed stops no other. Yields "" or what went wrong."""
    return one_by_one(list(Authority.objects.past_their_end(at)), lambda authority: lapse(authority, by=None, at=at))
