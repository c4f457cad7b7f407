"""What the sweep does for Stage 1."""

from collections.abc import Iterator
from datetime import datetime

from authorisations.models import Authority
from authorisations.services.ending import lapse
from policy.refusals import Refusal


def lapse_due(*, at: datetime) -> Iterator[str]:
    """Lapse every authority past its end, each in its own act; one that cannot be lapsed stops no other. Yields "" or what went wrong."""
    for authority in list(Authority.objects.past_their_end(at)):
        try:
            lapse(authority, by=None, at=at)
            yield ""
        except Refusal as refusal:
            yield refusal.code
