"""The tests run on the database that was asked for, and on none of the developer's own."""

import os
import tempfile
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from lfr_governance.health import missing_triggers, waiting_migrations


@pytest.mark.django_db
def test_the_database_is_the_one_asked_for():
    asked = os.environ.get("LFR_TEST_DB", "sqlite")
    assert connection.vendor == {"sqlite": "sqlite", "postgres": "postgresql"}[asked]


@pytest.mark.django_db
def test_sqlite_runs_in_a_file_as_in_the_product():
    if connection.vendor == "sqlite":
        assert Path(connection.settings_dict["NAME"]).parent == settings.VAR
        with connection.cursor() as cursor:
            assert cursor.execute("PRAGMA journal_mode").fetchone() == ("wal",)
            assert cursor.execute("PRAGMA foreign_keys").fetchone() == (1,)
            assert cursor.execute("PRAGMA secure_delete").fetchone() == (1,)
        assert settings.DATABASES["default"]["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_nothing_is_written_into_var():
    assert Path(tempfile.gettempdir()) in settings.VAR.parents


@pytest.mark.django_db
def test_every_migration_is_applied_and_every_guard_stands():
    assert waiting_migrations() == []
    assert missing_triggers() == set()
