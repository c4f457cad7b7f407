"""What the trail knows of a record: looking at a restricted one leaves a trace, once per person, record and London day; and who changed it last."""

from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from audit.acts import Entry, append
from audit.models import Sighting, TrailEntry


def note_sight(thing: models.Model, *, by: Any, at: datetime) -> None:
    """Note that `by` has opened the record (G-5). Cheap on the second look: one read, no write."""
    look = {"person_id": by.pk, "thing_id": thing.pk, "day": timezone.localdate(at)}
    if Sighting.objects.filter(**look).exists():
        return
    with transaction.atomic():
        _, first = Sighting.objects.get_or_create(**look)
        if first:
            append(Entry("record.seen", thing), by=by, at=at)


def last_change(thing: models.Model) -> TrailEntry | None:
    """The last entry by which the thing became what it is."""
    entries = TrailEntry.objects.filter(thing_type=thing._meta.label_lower, thing_id=str(thing.pk))
    return entries.exclude(action__in=("act.refused", "record.seen")).order_by("-id").first()
