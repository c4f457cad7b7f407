"""What the product itself deletes: personal data of alerts, notes about people, stored footage (D-3, D-4). All of it may run again."""

from datetime import datetime
from typing import Any

from django.core.files.storage import default_storage
from django.db import OperationalError, connection, transaction

from deployments.models import Alert, AlertPersonal, Breach, Footage, LogNote, Residue
from deployments.services.clocks import LOG_NOTE
from obligations.models import Obligation
from obligations.states import Kind

MERGED = ""
TIMES = ("raised_at", "adjudicated_at", "decided_at", "resulted_at")
# Where words about people stood, or a moment and a camera that led to one.
REWRITTEN = (AlertPersonal, LogNote, Alert, Breach)


def destroy_alert(clock: Obligation) -> dict[str, int]:
    """The personal data go; what stays for the figures is made unlinkable at that moment (D-3, 7.10)."""
    personal = AlertPersonal.objects.filter(pk=clock.subject_id).first()
    if personal is None:
        return {}
    with transaction.atomic():
        alert = personal.alert.locked()
        unlink(alert)
        gone = scrub(AlertPersonal, personal.pk)
    return {"records": gone}


def scrub(model: type[AlertPersonal] | type[LogNote], pk: Any) -> int:
    """The row goes; that its table has to be rewritten is noted in the same transaction."""
    with transaction.atomic():
        gone, _ = model.objects.filter(pk=pk).delete()
        if gone:
            Residue.objects.create()
    return gone


def unlink(alert: Alert) -> None:
    """Whole hours, no camera, a small category merged into the others (D-3)."""
    for name in TIMES:
        if moment := getattr(alert, name):
            setattr(alert, name, whole_hour(moment))
    most = alert.deployment.edition.number("small_number_most")
    if Alert.objects.filter(deployment=alert.deployment_id, category=alert.category).count() <= most:
        alert.category = MERGED
    alert.camera, alert.is_unlinked = "", True
    alert.save()
    for breach in Breach.objects.filter(alert=alert):
        breach.alert, breach.happened_at, breach.noted_at = None, whole_hour(breach.happened_at), whole_hour(breach.noted_at)
        breach.save()


def whole_hour(moment: datetime) -> datetime:
    return moment.replace(minute=0, second=0, microsecond=0)


def alert_left(clock: Obligation) -> int:
    return AlertPersonal.objects.filter(pk=clock.subject_id).count()


def destroy_note(clock: Obligation) -> dict[str, int]:
    """The words go; that something was logged, by whom and when, stays (D-3, 7.10)."""
    gone = scrub(LogNote, clock.subject_id)
    return {"notes": gone} if gone else {}


def note_left(clock: Obligation) -> int:
    return LogNote.objects.filter(pk=clock.subject_id).count()


def destroy_footage(clock: Obligation) -> dict[str, int]:
    """The file is taken out of storage (D-4, 7.11)."""
    path = path_of(clock)
    if not default_storage.exists(path):
        return {}
    default_storage.delete(path)
    return {"files": 1}


def footage_left(clock: Obligation) -> int:
    return int(default_storage.exists(path_of(clock)))


def path_of(clock: Obligation) -> str:
    return Footage(pk=clock.subject_id).path


HOW: dict[str, Any] = {
    Kind.ALERT_DATA: (destroy_alert, alert_left),
    LOG_NOTE: (destroy_note, note_left),
    Kind.CCTV: (destroy_footage, footage_left),
}


def rewrite_personal_tables() -> None:
    """After a batch: what was deleted is gone from the database's files too. Until that has succeeded, the next sweep tries again.

    Not within a transaction, where neither database can do it.
    """
    if connection.in_atomic_block:
        return
    done = list(Residue.objects.values_list("pk", flat=True))
    if done and REWRITE[connection.vendor]():
        Residue.objects.filter(pk__in=done).delete()


def checkpoint() -> bool:
    """SQLite has overwritten the deleted pages (`secure_delete`); their copies in the write-ahead log are cut off."""
    with connection.cursor() as cursor:
        busy, *_ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy


def vacuum() -> bool:
    """PostgreSQL keeps dead rows in the file until the table is rewritten. Whoever writes waits for a moment; where somebody else is at it, later."""
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '3s'")
        try:
            for model in REWRITTEN:
                cursor.execute(f'VACUUM (FULL) "{model._meta.db_table}"')
        except OperationalError:
            return False
        finally:
            cursor.execute("RESET lock_timeout")
    return True


REWRITE = {"sqlite": checkpoint, "postgresql": vacuum}
