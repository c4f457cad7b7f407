"""What the database itself refuses: a state outside its machine, and a log entry or review that is changed or taken away."""

from audit.triggers import guard_state, installed
from django.db import migrations

DEPLOYMENT = [
    ("planned", "live"), ("live", "suspended"), ("suspended", "live"), ("live", "concluded"), ("suspended", "concluded"),
    ("live", "terminated"), ("suspended", "terminated"), ("planned", "stood_down"),
]
ALERT = [("raised", "passed_on"), ("raised", "closed"), ("passed_on", "engaging"), ("passed_on", "closed"), ("engaging", "closed")]
SQLITE = """
CREATE TRIGGER {t}_no_update BEFORE UPDATE ON {t} BEGIN SELECT RAISE(ABORT, '{t}: append-only'); END;
CREATE TRIGGER {t}_no_delete BEFORE DELETE ON {t} BEGIN SELECT RAISE(ABORT, '{t}: append-only'); END;
CREATE TRIGGER {t}_no_replace BEFORE INSERT ON {t}
WHEN EXISTS (SELECT 1 FROM {t} WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, '{t}: row exists'); END
"""
POSTGRES = """
CREATE FUNCTION {t}_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{t}: append-only'; END $$;
CREATE TRIGGER {t}_no_change BEFORE UPDATE OR DELETE ON {t} FOR EACH ROW EXECUTE FUNCTION {t}_append_only();
ALTER TABLE {t} ENABLE ALWAYS TRIGGER {t}_no_change
"""
# What is to be erased: PostgreSQL's own statistics would copy the commonest values.
PERSONAL = {
    "deployments_alertpersonal": ("subject_reference", "notes", "evidence_reference"), "deployments_lognote": ("text",), "deployments_alert": ("camera",),
}


def append_only(table):
    def lift(cursor, vendor):
        if vendor == "sqlite":
            for name in ("no_update", "no_delete", "no_replace"):
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_{name}")
        else:
            cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_change ON {table}; DROP FUNCTION IF EXISTS {table}_append_only()")

    return installed(SQLITE.format(t=table), POSTGRES.format(t=table), lift)


def set_statistics(target):
    def change(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            for table, columns in PERSONAL.items():
                for column in columns:
                    schema_editor.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS {target}")

    return change


class Migration(migrations.Migration):
    dependencies = [("deployments", "0001_initial")]
    operations = [
        guard_state("deployments_deployment", DEPLOYMENT),
        guard_state("deployments_alert", ALERT),
        append_only("deployments_logentry"),
        append_only("deployments_review"),
        migrations.RunPython(set_statistics(0), set_statistics(-1)),
    ]
