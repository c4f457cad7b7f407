import pytest
from django.db import OperationalError, connection

from audit.triggers import install_append_only, lift_append_only


def test_the_process_answers_without_a_database(client):
    assert client.get("/healthz").json() == {"process": "ok"}


@pytest.mark.django_db
def test_ready_when_database_migrations_and_guards_are_there(client):
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"database": "ok", "migrations": "ok", "triggers": "ok"})
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_not_ready_when_a_guard_of_the_trail_is_gone(client):
    with connection.cursor() as cursor:
        lift_append_only(cursor, connection.vendor, "audit_trailentry")
        assert client.get("/readyz").status_code == 503
        install_append_only(cursor, connection.vendor, "audit_trailentry")
    assert client.get("/readyz").status_code == 200


@pytest.mark.django_db
def test_not_ready_when_a_migration_waits(client, monkeypatch):
    monkeypatch.setattr("lfr_governance.health.waiting_migrations", lambda: ["policy.0002"])
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["migrations"]) == (503, "not ready")


def test_not_ready_without_a_database(client, monkeypatch):
    def unreachable():
        raise OperationalError

    monkeypatch.setattr("lfr_governance.health.waiting_migrations", unreachable)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["database"]) == (503, "not ready")
