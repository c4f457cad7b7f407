"""Transaction tests may empty the database between them, and the guards stand again afterwards."""

import uuid

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from audit.models import TrailEntry

CHAIN = uuid.uuid4()


def entry() -> TrailEntry:
    now = timezone.now()
    words = {"prev": "", "hash": "", "payload": "{}", "action": "a", "thing_type": "t", "thing_id": "i"}
    return TrailEntry.objects.create(chain=CHAIN, seq=1, at=now, entered_at=now, **words)


@pytest.mark.parametrize("turn", [1, 2])
@pytest.mark.django_db(transaction=True)
def test_the_trail_is_empty_at_each_start_and_still_guarded(turn):
    assert not TrailEntry.objects.filter(chain=CHAIN).exists()
    written = entry()
    for forbidden in ("DELETE FROM audit_trailentry", "UPDATE audit_trailentry SET payload = 'x'"):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(forbidden)
    if connection.vendor == "postgresql":
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica; TRUNCATE audit_trailentry")
    assert TrailEntry.objects.get(chain=CHAIN) == written
