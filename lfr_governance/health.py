"""Is the process alive, and is it fit to serve? For the supervisor, a load balancer or a person. Both pages are public: words only, no detail."""

from django.apps import apps
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django_fsm import FSMFieldMixin

from lfr_governance.access import ANYONE

APPEND_ONLY = {"sqlite": ("no_update", "no_delete", "no_replace"), "postgresql": ("no_change", "no_truncate")}
INSTALLED = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'A'",
}


@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"process": "ok"})


@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    findings = {"database": True, "migrations": False, "triggers": False}
    try:
        findings["migrations"] = not waiting_migrations()
        findings["triggers"] = not missing_triggers()
    except DatabaseError:
        findings["database"] = False
    words = {name: "ok" if fit else "not ready" for name, fit in findings.items()}
    return JsonResponse(words, status=200 if all(findings.values()) else 503)


healthz.access = readyz.access = ANYONE  # type: ignore[attr-defined]


def waiting_migrations() -> list[str]:
    executor = MigrationExecutor(connection)
    return [str(migration) for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]


def missing_triggers() -> set[str]:
    """The guards that should stand in this database and do not: of the trail, and of every state machine."""
    tables = set(connection.introspection.table_names())
    wanted = {f"audit_trailentry_{name}" for name in APPEND_ONLY[connection.vendor] if "audit_trailentry" in tables}
    for model in apps.get_models():
        if model._meta.db_table in tables and any(isinstance(field, FSMFieldMixin) for field in model._meta.local_fields):
            wanted.add(f"{model._meta.db_table}_state")
    with connection.cursor() as cursor:
        cursor.execute(INSTALLED[connection.vendor])
        return wanted - {name for (name,) in cursor.fetchall()}
