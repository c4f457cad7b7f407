"""What the database itself refuses: a state outside its machine, and a log entry or review that is changed or taken away."""

from audit.triggers import Destroyed, guard_state, never_changed
from django.db import migrations

DEPLOYMENT = [
    ("planned", "live"), ("live", "suspended"), ("suspended", "live"), ("live", "concluded"), ("suspended", "concluded"),
    ("live", "terminated"), ("suspended", "terminated"), ("planned", "stood_down"),
]
ALERT = [("raised", "passed_on"), ("raised", "closed"), ("passed_on", "engaging"), ("passed_on", "closed"), ("engaging", "closed")]
# Of an operation that was disposed of the words go, and nothing else.
REVIEW = Destroyed(
    goes={"answers": "{}", "reason": ""},
    stays="id version deployment_id role person_id reviewed_at entered_at entered_by_id due_at figures decision",
    when="SELECT 1 FROM operations_operation o JOIN deployments_deployment d ON d.operation_id = o.id"
    " WHERE d.id = NEW.deployment_id AND o.disposed_at IS NOT NULL",
)
# What is to be erased: PostgreSQL's own statistics would copy the commonest values.
PERSONAL = {
    "deployments_alertpersonal": ("subject_reference", "notes", "evidence_reference"), "deployments_lognote": ("text",), "deployments_alert": ("camera",),
}


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
        never_changed("deployments_logentry"),
        never_changed("deployments_review", REVIEW),
        migrations.RunPython(set_statistics(0), set_statistics(-1)),
    ]
