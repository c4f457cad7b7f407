"""D-3, D-4: what was deleted stays in no file, also where other rows stay, a backup reads meanwhile, or words came through a page and were refused.

The search of the database's files for everything that acts write is in tests/deployments/test_files_erased.py.
"""

import os
import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from time import monotonic

import psycopg
import pytest
import time_machine
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone

from accounts.states import Role
from accounts.unsent import kept
from deployments.models import Deployment, LogEntry, LogNote, Residue
from deployments.services.erasing import rewrite_personal_tables, scrub
from deployments.states import LogKind
from deployments.tasks import erase_due
from lfr_governance.demonstration.people import Cast
from tests.cast import NOON
from tests.clients import signed_in
from tests.deployments.pages import address, today, typed
from tests.deployments.stages import DAY, HOUR, stage
from tests.deployments.test_files_erased import files, no_old_segments, written
from tests.machinery.dues import concluded
from tests.machinery.processes import database

pytestmark = pytest.mark.django_db(transaction=True)
SIZES = (1, 2, 3, 5, 20, 60, 200)  # words of a note: some fill a page and more


@pytest.fixture(autouse=True)
def a_store_of_its_own(settings: LazySettings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def found(word: str, *folders: Path) -> int:
    """How often it stands in the files of the database, and in those of these folders."""
    written()
    more = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return sum(path.read_bytes().count(word.encode()) for path in [*files(), *more])


def notes_among_notes(deployment: Deployment, goes: str, stays: str) -> list[LogNote]:
    """Those that will go, among those that stay; written, then lengthened, so that the database moves them about."""
    chance = random.Random(19)
    entries = [
        LogEntry(deployment=deployment, kind=LogKind.OBSERVATION, log_of=Role.SILVER, person=deployment.authority.ao, happened_at=NOON, **entered)
        for entered in [{"entered_at": NOON, "entered_by": deployment.authority.ao}] * 300
    ]
    going = []
    for entry in LogEntry.objects.bulk_create(entries):
        is_going = chance.random() < 0.5
        word = f"{goes if is_going else stays} "
        note = LogNote.objects.create(entry=entry, text=word * chance.choice(SIZES), about_person=is_going)
        if is_going:
            going.append(note)
        if going and chance.random() < 0.7:
            longer = chance.choice(going)
            longer.text += f"{goes} " * chance.choice(SIZES)
            longer.save()
    chance.shuffle(going)
    return going


def test_d3_rows_that_stay_keep_no_copy_of_those_that_went(cast: Cast):
    deployment = stage(cast, "live")
    with no_old_segments():
        going = notes_among_notes(deployment, "zqgoes", "zqstays")
        for note in going:
            scrub(LogNote, note.pk)
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        assert found("zqgoes"), "negative control: without the rows being written anew"
        kept = list(LogNote.objects.order_by("pk").values_list())
        rewrite_personal_tables()
        assert found("zqgoes") == 0 and found("zqstays") > 0
    assert list(LogNote.objects.order_by("pk").values_list()) == kept and not Residue.objects.exists()


@contextmanager
def a_reader() -> Iterator[None]:
    """Somebody who began to read before, and has not ended: a backup, a long report."""
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM deployments_lognote").fetchone()
            yield
        return
    with psycopg.connect(database().replace("postgres://", "postgresql://"), autocommit=True) as reader:
        reader.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
        reader.execute("SELECT 1")
        yield


def test_d3_what_a_reader_keeps_alive_is_owed_until_they_have_ended(cast: Cast):
    concluded(cast, NOON, words="zqread")
    with no_old_segments():
        with a_reader():
            began = monotonic()
            assert set(erase_due(at=NOON + 33 * DAY)) == {""}
            assert monotonic() - began < 10, "nobody who writes is kept waiting for them"
            assert found("zqread"), "negative control: as long as they read, it is there"
            assert Residue.objects.exists()
        assert list(erase_due(at=NOON + 34 * DAY)) == []
        assert not Residue.objects.exists()
        assert found("zqread") == 0


def test_d3_d4_what_came_through_a_page_stays_nowhere(cast: Cast, settings: LazySettings, tmp_path: Path):
    """Logged, refused, uploaded, sent after the session had ended: in tables, store, cache and the folder for uploads."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": os.environ["REDIS_URL"]}}
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "no folder: what is uploaded never lies on the disk before it is accepted"
    day = today(cast)
    live = day.live()
    places = (tmp_path, Path(os.environ["REDIS_URL"].removeprefix("unix://")).parent)
    words = {"about_person": "on", **typed(timezone.now(), "happened_at")}
    with no_old_segments(), time_machine.travel(timezone.now(), tick=True) as clock:
        browser = signed_in(cast.operator)
        assert browser.post(address("add_entry", live), {**words, "kind": "engagement", "note": "zqdoor logged"}).status_code == 302
        assert b"zqdoor refused" in browser.post(address("add_entry", live), {**words, "note": "zqdoor refused"}).content
        film = SimpleUploadedFile("film.mp4", b"zqdoor film " * 300_000)
        sent = {"name": "Camera 2", "file": film, **typed(day.starts_at, "recorded_at")}
        assert browser.post(address("store", live), sent).status_code == 302
        assert found("zqdoor", *places) > 300_000
        clock.shift(2 * HOUR)
        browser.post(address("add_entry", live), {**words, "kind": "engagement", "note": "zqdoor after the end"})
        assert "after the end" in str(kept(browser.session)), "sealed, in the cache"
        assert set(erase_due(at=timezone.now() + 33 * DAY)) == {""}
        assert found("zqdoor", *places) == 0
