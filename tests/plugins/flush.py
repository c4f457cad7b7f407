"""Lets Django empty tables between transaction tests although triggers forbid it: the guards step aside for the flush alone."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connections, transaction
from django.db.backends.utils import CursorWrapper

Flush = Callable[[Any, list[str]], None]
TRUNCATE = 32  # the bit of pg_trigger.tgtype
POSTGRES_GUARDS = f"""SELECT tgrelid::regclass::text, tgname, CASE tgenabled WHEN 'A' THEN 'ENABLE ALWAYS' ELSE 'ENABLE' END
    FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D' AND tgtype & {TRUNCATE} <> 0"""
SQLITE_GUARDS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"


def let_flushes_pass() -> None:
    for connection in connections.all():
        operations: Any = type(connection.ops)
        operations.execute_sql_flush = despite_guards(operations.execute_sql_flush)


def despite_guards(flush: Flush) -> Flush:
    def execute_sql_flush(operations: Any, statements: list[str]) -> None:
        connection = operations.connection
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor, GUARDS_ASIDE[connection.vendor](cursor):
            flush(operations, statements)

    return execute_sql_flush


@contextmanager
def sqlite_aside(cursor: CursorWrapper) -> Iterator[None]:
    guards = cursor.execute(SQLITE_GUARDS).fetchall()
    for name, _ in guards:
        cursor.execute(f'DROP TRIGGER "{name}"')
    yield
    for _, sql in guards:
        cursor.execute(sql)


@contextmanager
def postgres_aside(cursor: CursorWrapper) -> Iterator[None]:
    cursor.execute(POSTGRES_GUARDS)
    guards = cursor.fetchall()
    for table, name, _ in guards:
        cursor.execute(f'ALTER TABLE {table} DISABLE TRIGGER "{name}"')
    yield
    for table, name, enable in guards:
        cursor.execute(f'ALTER TABLE {table} {enable} TRIGGER "{name}"')


GUARDS_ASIDE = {"sqlite": sqlite_aside, "postgresql": postgres_aside}
