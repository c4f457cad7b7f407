"""D-3: what was deleted is found in none of the database's files, on both databases; the control shows that the search finds it before."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from audit.models import TrailEntry
from deployments import services as acts
from deployments.models import Alert, Deployment, Residue
from deployments.services import erasing
from deployments.states import LogKind, Result
from deployments.tasks import erase_due
from lfr_governance.demonstration.people import Cast
from tests.deployments.stages import DAY, DURING, MINUTE, day_of

MARKERS = [f"zq{word}{number}zq" for word in ("note", "subject", "camera", "evidence", "log") for number in range(8)]
pytestmark = pytest.mark.django_db(transaction=True)


def plant(cast: Cast, live: Deployment) -> None:
    """In every field that holds something about a person, many times over, some of it changed after it was written."""
    for n in range(8):
        at = DURING + n * 10 * MINUTE
        said = {"note": f"zqnote{n}zq " * 30, "subject_reference": f"zqsubject{n}zq", "camera": f"zqcamera{n}zq"}
        alert: Alert = day_of(cast).engaged(live, Result.NOT_DETERMINED, at=at, **said)
        acts.note_evidence(alert, moved=True, reference=f"zqevidence{n}zq", by=cast.operator, at=at + 8 * MINUTE)
        acts.log(live, kind=LogKind.ENGAGEMENT, note=f"A man, zqlog{n}zq, in green", about_person=True, by=cast.engagement, at=at)


def files() -> list[Path]:
    """Every file of the database: heap, indexes, statistics, write-ahead log."""
    if connection.vendor == "sqlite":
        path = Path(str(connection.settings_dict["NAME"]))
        return [file for file in path.parent.iterdir() if file.name.startswith(path.name)]
    with connection.cursor() as cursor:
        cursor.execute("SHOW data_directory")
        (data,) = cursor.fetchone()
    return [path for path in Path(data).rglob("*") if path.is_file()]


def found() -> set[str]:
    written()
    contents = [path.read_bytes() for path in files()]
    return {marker for marker in MARKERS if any(marker.encode() in content for content in contents)}


def written() -> None:
    """All that waits in memory is in the files; PostgreSQL's old write-ahead log, the stated window, has passed."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for _ in range(3):
                cursor.execute("SELECT pg_switch_wal()")
                cursor.execute("CHECKPOINT")


@contextmanager
def no_old_segments() -> Iterator[None]:
    """PostgreSQL removes old segments of its log instead of keeping them for use again."""
    if connection.vendor == "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        for setting, value in (("wal_recycle", "off"), ("min_wal_size", "32MB"), ("max_wal_size", "64MB")):
            cursor.execute(f"ALTER SYSTEM SET {setting} = '{value}'")
        cursor.execute("SELECT pg_reload_conf()")
        yield
        cursor.execute("ALTER SYSTEM RESET ALL")
        cursor.execute("SELECT pg_reload_conf()")


def analysed() -> None:
    """The database's own statistics copy no words."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def erase(at: Any) -> None:
    assert set(erase_due(at=at)) == {""}


def test_no_marker_is_left_in_any_file_D3(cast: Cast, live: Deployment):
    with no_old_segments():
        plant(cast, live)
        analysed()
        assert found() == set(MARKERS)
        erase(DURING + 2 * DAY)
        assert found() == set()
    assert not Residue.objects.exists()
    assert not TrailEntry.objects.filter(payload__contains="zq").exists()


def test_without_the_rewriting_the_search_finds_them_negative_control(cast: Cast, live: Deployment, monkeypatch: pytest.MonkeyPatch):
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = OFF")
    monkeypatch.setitem(erasing.REWRITE, connection.vendor, lambda: False)
    with no_old_segments():
        plant(cast, live)
        erase(DURING + 2 * DAY)
        assert found()
        assert Residue.objects.count() == 16
        monkeypatch.undo()
        assert list(erase_due(at=DURING + 3 * DAY)) == []  # the next sweep does what is still owed
        assert not Residue.objects.exists()
        if connection.vendor == "postgresql":
            assert found() == set()
    connection.close()
