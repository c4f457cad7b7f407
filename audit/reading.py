"""Looking at a restricted record leaves a trace, once per person, record and London day."""

from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from audit.acts import Entry, append
from audit.models import Sighting


def note_sight(thing: models.Model, *, by: Any, at: datetime) -> None:
    """Note that `by` has opened the record (G-5). Cheap on the second look: one read, no write."""
    look = {"person_id": by.pk, "thing_id": thing.pk, "day": timezone.localdate(at)}
    if Sighting.objects.filter(**look).exists():
        return
    with transaction.atomic():
        _, first = Sighting.objects.get_or_create(**look)
        if first:
            append(Entry("record.seen", thing), by=by, at=at)
