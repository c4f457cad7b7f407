"""What the database itself refuses: a state outside its machine, and changing what was submitted, answered or published."""

from audit.triggers import Destroyed, guard_state, installed, never_changed
from django.db import migrations

RECORD = [("compiling", "submitted"), ("returned", "submitted"), ("submitted", "returned"), ("submitted", "accepted")]
PUBLICATION = [
    ("drafted", "checked"), ("checked", "drafted"), ("approved", "drafted"), ("checked", "approved"), ("approved", "published"),
    ("published", "corrected"), ("published", "withdrawn"),
]
# Of an operation that was disposed of the words go, and nothing else.
DISPOSED = "FROM operations_operation o JOIN deployments_deployment d ON d.operation_id = o.id JOIN reporting_deploymentrecord r ON r.deployment_id = d.id"
SUBMISSION = Destroyed(
    goes={"content": ""},
    stays="id record_id number sha256 submitted_at submitted_by_id",
    when=f"SELECT 1 {DISPOSED} WHERE r.id = NEW.record_id AND o.disposed_at IS NOT NULL",
)
GONE = "Disposed of under MOPI."
ANSWER = Destroyed(
    goes={"reasons": GONE, "why_receiver": GONE},
    stays="id submission_id accepted is_silver answered_at answered_by_id",
    when=f"SELECT 1 {DISPOSED} JOIN reporting_recordsubmission s ON s.record_id = r.id WHERE s.id = NEW.submission_id AND o.disposed_at IS NOT NULL",
)
# The element is frozen once it is checked: only an edition that is being drafted, or goes back to it, may change its text.
FROZEN_SQLITE = """
CREATE TRIGGER {t}_frozen BEFORE UPDATE OF content, sha256 ON {t}
WHEN (OLD.content <> NEW.content OR OLD.sha256 <> NEW.sha256) AND OLD.state <> 'drafted' AND NEW.state <> 'drafted'
BEGIN SELECT RAISE(ABORT, '{t}: frozen'); END
"""
FROZEN_POSTGRES = """
CREATE FUNCTION {t}_frozen() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF (OLD.content <> NEW.content OR OLD.sha256 <> NEW.sha256) AND OLD.state <> 'drafted' AND NEW.state <> 'drafted' THEN
    RAISE EXCEPTION '{t}: frozen';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER {t}_frozen BEFORE UPDATE ON {t} FOR EACH ROW EXECUTE FUNCTION {t}_frozen();
ALTER TABLE {t} ENABLE ALWAYS TRIGGER {t}_frozen
"""


def frozen(table):
    def lift(cursor, vendor):
        if vendor == "sqlite":
            cursor.execute(f"DROP TRIGGER IF EXISTS {table}_frozen")
        else:
            cursor.execute(f"DROP TRIGGER IF EXISTS {table}_frozen ON {table}; DROP FUNCTION IF EXISTS {table}_frozen()")

    return installed(FROZEN_SQLITE.format(t=table), FROZEN_POSTGRES.format(t=table), lift)


class Migration(migrations.Migration):
    dependencies = [("reporting", "0001_initial")]
    operations = [
        guard_state("reporting_deploymentrecord", RECORD),
        guard_state("reporting_publication", PUBLICATION),
        never_changed("reporting_recordsubmission", SUBMISSION),
        never_changed("reporting_recordanswer", ANSWER),
        never_changed("reporting_pack"),
        frozen("reporting_publication"),
    ]
