"""What the database itself refuses: a state outside its machine, and a certificate that is changed or taken away."""

from audit.triggers import guard_state, installed
from django.db import migrations

CLOCK = [
    ("open", "held"), ("held", "open"), ("open", "erasing"), ("open", "attested"), ("attested", "open"),
    ("open", "discharged"), ("erasing", "discharged"), ("attested", "discharged"), ("open", "lifted"),
]
HOLD = [("asked", "placed"), ("asked", "refused"), ("placed", "released")]
TABLE = "obligations_certificate"
SQLITE = """
CREATE TRIGGER {t}_no_update BEFORE UPDATE ON {t} BEGIN SELECT RAISE(ABORT, '{t}: never changed'); END;
CREATE TRIGGER {t}_no_delete BEFORE DELETE ON {t} BEGIN SELECT RAISE(ABORT, '{t}: never changed'); END
"""
POSTGRES = """
CREATE FUNCTION {t}_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{t}: never changed'; END $$;
CREATE TRIGGER {t}_no_change BEFORE UPDATE OR DELETE ON {t} FOR EACH ROW EXECUTE FUNCTION {t}_kept();
ALTER TABLE {t} ENABLE ALWAYS TRIGGER {t}_no_change
"""


def lift(cursor, vendor):
    if vendor == "sqlite":
        cursor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_no_update")
        cursor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_no_delete")
    else:
        cursor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_no_change ON {TABLE}; DROP FUNCTION IF EXISTS {TABLE}_kept()")


class Migration(migrations.Migration):
    dependencies = [("obligations", "0001_initial")]
    operations = [
        guard_state("obligations_obligation", CLOCK),
        guard_state("obligations_hold", HOLD),
        installed(SQLITE.format(t=TABLE), POSTGRES.format(t=TABLE), lift),
    ]
