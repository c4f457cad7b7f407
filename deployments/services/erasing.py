"""What the product itself deletes: personal data of alerts, notes about people, stored footage (D-3, D-4). All of it may run again."""

import logging
import re
from datetime import datetime
from typing import Any

from django.core.files.storage import default_storage
from django.db import OperationalError, connection, transaction

from deployments.models import Alert, AlertPersonal, Breach, Footage, LogNote, Residue
from deployments.services.clocks import LOG_NOTE
from obligations.models import Obligation
from obligations.states import Kind

log = logging.getLogger(__name__)
MERGED = ""
TIMES = ("raised_at", "adjudicated_at", "decided_at", "resulted_at")
# Where words about people stood, or a moment and a camera that led to one.
REWRITTEN = (AlertPersonal, LogNote, Alert, Breach)


def destroy_alert(clock: Obligation) -> dict[str, int]:
    """The personal data go; what stays for the figures is made unlinkable at that moment (D-3, 7.10).

    Nothing else deletes them: where they are gone already, an earlier attempt was killed between this and its certificate.
    """
    personal = AlertPersonal.objects.filter(pk=clock.subject_id).first()
    if personal is not None:
        with transaction.atomic():
            unlink(personal.alert.locked())
            scrub(AlertPersonal, personal.pk)
    return {"records": 1}


def scrub(model: type[AlertPersonal] | type[LogNote], pk: Any) -> None:
    """The row goes; that its table has to be rewritten is noted in the same transaction."""
    with transaction.atomic():
        gone, _ = model.objects.filter(pk=pk).delete()
        if gone:
            Residue.objects.create()


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
    scrub(LogNote, clock.subject_id)
    return {"notes": 1}


def note_left(clock: Obligation) -> int:
    return LogNote.objects.filter(pk=clock.subject_id).count()


def destroy_footage(clock: Obligation) -> dict[str, int]:
    """The file is taken out of storage (D-4, 7.11). Where it is gone already, an earlier attempt was killed between this and its certificate."""
    path = path_of(clock)
    if not default_storage.exists(path):
        return {"files": 1} if clock.attempts > 1 else {}
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
    if not done:
        return
    if REWRITE[connection.vendor]():
        Residue.objects.filter(pk__in=done).delete()
    else:
        log.warning("%s deletions still lie in the database’s files: somebody reads or writes there; tried again with the next sweep", len(done))


def rewrite() -> bool:
    """SQLite overwrites what is deleted (`secure_delete`), but not what it has moved to another page before: so the rows that stay are written anew.

    The copies in the write-ahead log are then cut off.
    """
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA temp_store = MEMORY")
        with transaction.atomic():
            for model in REWRITTEN:
                table = f'main."{model._meta.db_table}"'
                cursor.execute(f"CREATE TEMP TABLE stays AS SELECT * FROM {table} ORDER BY rowid")
                cursor.execute(f"DELETE FROM {table}")
                cursor.execute(f"INSERT INTO {table} SELECT * FROM temp.stays ORDER BY rowid")
                cursor.execute("DROP TABLE temp.stays")
        return is_cut_off(cursor)


def is_cut_off(cursor: Any) -> bool:
    """While it waits for somebody who reads, nobody can write: so it waits for a moment only, and the next sweep tries again."""
    (patience,) = cursor.execute("PRAGMA busy_timeout").fetchone()
    cursor.execute("PRAGMA busy_timeout = 500")
    busy, *_ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    cursor.execute(f"PRAGMA busy_timeout = {patience}")
    return not busy


def vacuum() -> bool:
    """PostgreSQL keeps dead rows in the file until the table is rewritten. Whoever writes waits for a moment; where somebody else is at it, later.

    Rows that were deleted while somebody reads (a backup, say) are carried over even then. How many it says in each report's detail.
    """
    carried_over: list[int] = []

    def count(report: Any) -> None:
        if numbers := re.search(r"\d+", report.message_detail or ""):
            carried_over.append(int(numbers[0]))

    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '1s'")
        connection.connection.add_notice_handler(count)
        try:
            for model in REWRITTEN:
                cursor.execute(f'VACUUM (FULL, VERBOSE) "{model._meta.db_table}"')
        except OperationalError:
            return False
        finally:
            connection.connection.remove_notice_handler(count)
            cursor.execute("RESET lock_timeout")
    return not any(carried_over)


REWRITE = {"sqlite": rewrite, "postgresql": vacuum}
