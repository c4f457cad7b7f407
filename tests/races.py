"""Two or more doing something at the same moment, each with a database connection of its own. For tests marked `django_db(transaction=True)`."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection

PATIENCE = 30


def race(*doings: Callable[[], Any]) -> list[Any]:
    """What each came to, in the order given: its result, or the exception it ended with."""
    start = Barrier(len(doings))

    def run(doing: Callable[[], Any]) -> Any:
        try:
            connection.ensure_connection()
            start.wait(PATIENCE)
            return doing()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(doings)) as runners:
        return list(runners.map(run, doings))
