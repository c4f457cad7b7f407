"""What came of a deployment is told here by the floors that know it, so that the next application for the place shows it."""

from datetime import datetime, timedelta
from typing import Any

from audit.acts import Entry, act
from authorisations.models import PastResult
from operations.models import Operation, Place


@act
def record_past_result(
    place: Place,
    *,
    key: str,
    reference: str,
    operation: Operation | None = None,
    began_at: datetime,
    lasted: timedelta,
    counts: dict[str, int],
    faces: int | None,
    is_accepted: bool = False,
    by: Any,
    at: datetime,
) -> Entry:
    """A past deployment at this place in numbers; told again, the newer ones stand (A-5, A-12, 5.8). `counts`: alerts, positive, false, outcomes."""
    facts = {"began_at": began_at, "lasted": lasted, **counts, "faces": faces, "is_accepted": is_accepted}
    whose = {"reference": reference, "place": place, "operation": operation, "told_at": at}
    result, _ = PastResult.objects.update_or_create(key=key, defaults={**whose, **facts})
    return Entry("place.result_told", result, {"key": key, "place": place.pk, **facts, "lasted": str(lasted)})
