from django.db import migrations

from audit.triggers import guard_state

APPLICATION = {
    ("draft", "submitted"), ("returned", "submitted"), ("submitted", "returned"), ("submitted", "authorised"), ("submitted", "refused"),
    ("draft", "withdrawn"), ("submitted", "withdrawn"), ("returned", "withdrawn"),
}
AUTHORITY = {("verbal", "written"), ("verbal", "lapsed"), ("written", "lapsed"), ("verbal", "cancelled"), ("written", "cancelled"), ("written", "superseded")}


class Migration(migrations.Migration):
    dependencies = [("authorisations", "0001_initial")]
    operations = [guard_state("authorisations_application", APPLICATION), guard_state("authorisations_authority", AUTHORITY)]
