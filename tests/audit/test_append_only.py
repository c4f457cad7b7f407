"""The database itself refuses to change the trail (G-5, 7.1e; reliability F10)."""

import pytest
from django.db import DatabaseError, connection, transaction

from audit.models import TrailEntry
from audit.triggers import install_append_only, lift_append_only
from tests.cast import Cast

COLUMNS = "id, chain, seq, prev, hash, payload, at, entered_at, actor_id, action, thing_type, thing_id"
FORGED = COLUMNS.replace("payload", "'{}'")
WITHOUT_ID = COLUMNS.removeprefix("id, ")
FORGED_WITHOUT_ID = FORGED.removeprefix("id, ")
FIRST = "FROM audit_trailentry ORDER BY id LIMIT 1"
WHERE_FIRST = "WHERE id = (SELECT min(id) FROM audit_trailentry)"
EITHER = [
    "UPDATE audit_trailentry SET payload = '{}'",
    f"UPDATE audit_trailentry SET action = 'x' {WHERE_FIRST}",
    f"UPDATE audit_trailentry SET id = id + 100000 {WHERE_FIRST}",
    "DELETE FROM audit_trailentry",
    f"DELETE FROM audit_trailentry {WHERE_FIRST}",
    f"INSERT INTO audit_trailentry ({COLUMNS}) SELECT {FORGED} FROM audit_trailentry WHERE id > 0 ON CONFLICT (id) DO UPDATE SET payload = '{{}}'",
    f"INSERT INTO audit_trailentry ({WITHOUT_ID}) SELECT {FORGED_WITHOUT_ID} FROM audit_trailentry WHERE id > 0"
    " ON CONFLICT (chain, seq) DO UPDATE SET payload = '{}'",
]
SQLITE = [
    f"INSERT OR REPLACE INTO audit_trailentry ({COLUMNS}) SELECT {FORGED} {FIRST}",
    f"INSERT OR REPLACE INTO audit_trailentry ({WITHOUT_ID}) SELECT {FORGED_WITHOUT_ID} {FIRST}",
    f"REPLACE INTO audit_trailentry ({COLUMNS}) SELECT {FORGED} {FIRST}",
    f"UPDATE OR REPLACE audit_trailentry SET seq = seq + 1 {WHERE_FIRST}",
]
POSTGRES = ["TRUNCATE audit_trailentry", "TRUNCATE audit_trailentry RESTART IDENTITY CASCADE"]


def attempts() -> list[str]:
    return EITHER + (SQLITE if connection.vendor == "sqlite" else POSTGRES)


def refuses_everything() -> None:
    before = list(TrailEntry.objects.order_by("id").values_list())
    assert before
    for attempt in attempts():
        with pytest.raises(DatabaseError, match="append-only|row exists"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(attempt)
    assert list(TrailEntry.objects.order_by("id").values_list()) == before


def test_g5_raw_sql_cannot_change_the_trail(cast: Cast):
    refuses_everything()


def test_g5_nor_in_a_session_that_plays_the_replica(cast: Cast):
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
    refuses_everything()


def test_g5_nor_can_the_orm(cast: Cast):
    entry = TrailEntry.objects.order_by("id")[0]
    for attempt in (TrailEntry.objects.all().delete, entry.delete, entry.save, lambda: TrailEntry.objects.update(action="x")):
        with pytest.raises(DatabaseError, match="append-only|row exists"), transaction.atomic():
            attempt()


def test_g5_nor_a_copy_of_a_row(cast: Cast):
    entry = TrailEntry.objects.order_by("id")[0]
    entry.pk = None
    with pytest.raises(DatabaseError), transaction.atomic():
        entry.save(force_insert=True)


def test_the_guards_can_be_lifted_and_put_back(cast: Cast):
    """What the tests of audit_verify rely on: without the guards these statements go through, so it is the guards that refuse."""
    with connection.cursor() as cursor:
        lift_append_only(cursor, connection.vendor, "audit_trailentry")
        with transaction.atomic():
            cursor.execute(f"UPDATE audit_trailentry SET action = 'x' {WHERE_FIRST}")
        install_append_only(cursor, connection.vendor, "audit_trailentry")
    refuses_everything()
