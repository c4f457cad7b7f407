"""What the database itself refuses: changing the trail, and changing a state outside its machine. For SQLite and PostgreSQL, called by migrations."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import migrations

SQLITE_APPEND_ONLY = """
CREATE TRIGGER {t}_no_update BEFORE UPDATE ON {t} BEGIN SELECT RAISE(ABORT, '{t}: append-only'); END;
CREATE TRIGGER {t}_no_delete BEFORE DELETE ON {t} BEGIN SELECT RAISE(ABORT, '{t}: append-only'); END;
CREATE TRIGGER {t}_no_replace BEFORE INSERT ON {t}
WHEN EXISTS (SELECT 1 FROM {t} WHERE id = NEW.id OR (chain = NEW.chain AND seq = NEW.seq)) BEGIN SELECT RAISE(ABORT, '{t}: row exists'); END
"""
POSTGRES_APPEND_ONLY = """
CREATE FUNCTION {t}_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{t}: append-only'; END $$;
CREATE TRIGGER {t}_no_change BEFORE UPDATE OR DELETE ON {t} FOR EACH ROW EXECUTE FUNCTION {t}_append_only();
CREATE TRIGGER {t}_no_truncate BEFORE TRUNCATE ON {t} FOR EACH STATEMENT EXECUTE FUNCTION {t}_append_only();
ALTER TABLE {t} ENABLE ALWAYS TRIGGER {t}_no_change;
ALTER TABLE {t} ENABLE ALWAYS TRIGGER {t}_no_truncate
"""
SQLITE_NEVER_CHANGED = """
CREATE TRIGGER {t}_no_update BEFORE UPDATE ON {t} WHEN NOT ({but}) BEGIN SELECT RAISE(ABORT, '{t}: append-only'); END;
CREATE TRIGGER {t}_no_delete BEFORE DELETE ON {t} BEGIN SELECT RAISE(ABORT, '{t}: append-only'); END;
CREATE TRIGGER {t}_no_replace BEFORE INSERT ON {t}
WHEN EXISTS (SELECT 1 FROM {t} WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, '{t}: row exists'); END
"""
POSTGRES_NEVER_CHANGED = """
CREATE FUNCTION {t}_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF {but} THEN RETURN NEW; END IF;
  END IF;
  RAISE EXCEPTION '{t}: append-only';
END $$;
CREATE TRIGGER {t}_no_change BEFORE UPDATE OR DELETE ON {t} FOR EACH ROW EXECUTE FUNCTION {t}_append_only();
ALTER TABLE {t} ENABLE ALWAYS TRIGGER {t}_no_change
"""
SQLITE_STATE = """
CREATE TRIGGER {t}_state BEFORE UPDATE OF state ON {t}
WHEN OLD.state <> NEW.state AND NOT ((OLD.state || '>' || NEW.state) IN ({edges}) AND NEW.version = OLD.version + 1)
BEGIN SELECT RAISE(ABORT, '{t}: no such step'); END
"""
# After, not before: for a trigger before it, PostgreSQL locks the row as if its keys changed, and whoever commits a row that refers to it,
# with the head of the chain in hand, would wait for one who waits for that head.
POSTGRES_STATE = """
CREATE FUNCTION {t}_state() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF OLD.state <> NEW.state AND NOT ((OLD.state || '>' || NEW.state) IN ({edges}) AND NEW.version = OLD.version + 1) THEN
    RAISE EXCEPTION '{t}: no such step';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER {t}_state AFTER UPDATE ON {t} FOR EACH ROW EXECUTE FUNCTION {t}_state();
ALTER TABLE {t} ENABLE ALWAYS TRIGGER {t}_state
"""


def append_only(table: str) -> migrations.RunPython:
    """Refuse UPDATE, DELETE, TRUNCATE and INSERT OR REPLACE on the table."""
    return installed(
        SQLITE_APPEND_ONLY.format(t=table), POSTGRES_APPEND_ONLY.format(t=table), lambda cursor, vendor: lift_append_only(cursor, vendor, table)
    )


@dataclass(frozen=True)
class Destroyed:
    """The one change of such a table: a column in `goes` to just that; all others, named in `stays`, as they were; where `when` finds a row."""

    goes: dict[str, str]
    stays: str
    when: str

    def sql(self, same: str) -> str:
        kept = [f"NEW.{name} {same} OLD.{name}" for name in self.stays.split()]
        gone = [f"(NEW.{name} {same} OLD.{name} OR NEW.{name} = '{to}')" for name, to in self.goes.items()]
        return " AND ".join([*kept, *gone, f"EXISTS ({self.when})"])


def never_changed(table: str, but: Destroyed | None = None) -> migrations.RunPython:
    """Refuse UPDATE, DELETE and INSERT OR REPLACE on a table that is no chain: what was logged, submitted, answered."""
    return installed(
        SQLITE_NEVER_CHANGED.format(t=table, but=but.sql("IS") if but else "1 = 0"),
        POSTGRES_NEVER_CHANGED.format(t=table, but=but.sql("IS NOT DISTINCT FROM") if but else "1 = 0"),
        lambda cursor, vendor: lift_append_only(cursor, vendor, table),
    )


def guard_state(table: str, edges: Iterable[tuple[str, str]]) -> migrations.RunPython:
    """Refuse every change of `state` that is not an edge of its machine with the version raised by one."""
    words = ", ".join(f"'{source}>{target}'" for source, target in sorted(edges))
    return installed(
        SQLITE_STATE.format(t=table, edges=words),
        POSTGRES_STATE.format(t=table, edges=words),
        lambda cursor, vendor: lift_state(cursor, vendor, table),
    )


def lift_append_only(cursor: Any, vendor: str, table: str) -> None:
    """Take the guard off again (migrations backwards; tests that sabotage the trail or flush the database)."""
    if vendor == "sqlite":
        for name in ("no_update", "no_delete", "no_replace"):
            cursor.execute(f"DROP TRIGGER IF EXISTS {table}_{name}")
    else:
        cursor.execute(
            f"DROP TRIGGER IF EXISTS {table}_no_change ON {table}; DROP TRIGGER IF EXISTS {table}_no_truncate ON {table};"
            f"DROP FUNCTION IF EXISTS {table}_append_only()"
        )


def lift_state(cursor: Any, vendor: str, table: str) -> None:
    if vendor == "sqlite":
        cursor.execute(f"DROP TRIGGER IF EXISTS {table}_state")
    else:
        cursor.execute(f"DROP TRIGGER IF EXISTS {table}_state ON {table}; DROP FUNCTION IF EXISTS {table}_state()")


def install(cursor: Any, vendor: str, sqlite: str, postgres: str) -> None:
    if vendor == "sqlite":
        for statement in sqlite.split(" END;\n"):
            cursor.execute(statement if statement.rstrip().endswith("END") else statement + " END")
    else:
        cursor.execute(postgres)


def install_append_only(cursor: Any, vendor: str, table: str) -> None:
    install(cursor, vendor, SQLITE_APPEND_ONLY.format(t=table), POSTGRES_APPEND_ONLY.format(t=table))


def installed(sqlite: str, postgres: str, lift: Callable[[Any, str], None]) -> migrations.RunPython:
    def forwards(apps: Any, schema_editor: Any) -> None:
        with schema_editor.connection.cursor() as cursor:
            install(cursor, schema_editor.connection.vendor, sqlite, postgres)

    def backwards(apps: Any, schema_editor: Any) -> None:
        with schema_editor.connection.cursor() as cursor:
            lift(cursor, schema_editor.connection.vendor)

    return migrations.RunPython(forwards, backwards)
