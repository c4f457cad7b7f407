"""What the sweep does for Stage 1."""
from datetime import datetime

from authorisations.models import Authority
from authorisations.services.ending import lapse


def lapse_due(*, at: datetime) -> int:
    """Lapse every authority past its end, each in its own act. Returns how many."""
    due = list(Authority.objects.past_their_end(at))
    for authority in due:
        lapse(authority, by=None, at=at)
    return len(due)
