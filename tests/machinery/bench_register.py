"""The public register with 1,000 and with 100,000 deployments (R-6): run by script/bench, which keeps what it says in docs/proofs/."""

import json
import os
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import pytest
from django.core import signing
from django.db import connection, transaction
from django.test import Client

from govuk.lists import SALT, key_of
from lfr_governance.demonstration.people import Cast
from obligations.models import Obligation
from reporting.kept import NEAR
from reporting.models import Publication
from reporting.not_given import DELETIONS
from reporting.views.register import Register
from tests.cast import NOON
from tests.machinery.processes import database
from tests.machinery.prove_clocks import say, test_what_it_runs_on
from tests.reporting.stages import publication

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["test_what_it_runs_on"]
FEW, MANY = 1_000, int(os.environ.get("LFR_BENCH", "100000"))
ROUNDS = 7


class Filling:
    """Rows copied by the database from one deployment that acts brought to the register: as many acts would take days."""

    def __init__(self, first: Publication) -> None:
        self.first, self.record = first, first.record
        self.sqlite = connection.vendor == "sqlite"

    def key(self, table: int, number: str) -> str:
        """The UUID of the numbered row of a table, as the database writes it."""
        return f"'a{table:x}' || printf('%030x', {number})" if self.sqlite else f"('a{table:x}' || lpad(to_hex({number}), 30, '0'))::uuid"

    def padded(self, number: str) -> str:
        return f"printf('%04d', {number})" if self.sqlite else f"lpad(({number})::text, 4, '0')"

    def before(self, moment: datetime, hours: str) -> str:
        """So many hours before."""
        if self.sqlite:
            return f"strftime('%Y-%m-%d %H:%M:%S', '{moment:%Y-%m-%d %H:%M:%S}', '-' || ({hours}) || ' hours')"
        return f"'{moment.isoformat()}'::timestamptz - ({hours}) * interval '1 hour'"

    def insert(self, row: Any, begin: int, end: int, changed: dict[str, str]) -> None:
        """One copy of the row for each number i, with these columns otherwise."""
        names = {field.column: changed.get(field.attname, f"row.{field.column}") for field in row._meta.concrete_fields}
        table, columns, values = row._meta.db_table, ", ".join(names), ", ".join(names.values())
        series = "WITH RECURSIVE series(i) AS (SELECT %s UNION ALL SELECT i + 1 FROM series WHERE i + 1 < %s)"
        select = f"{series} SELECT {values} FROM {table} AS row, series WHERE row.id = %s"
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {table} ({columns}) {select}", [begin, end, row.pk.hex if self.sqlite else row.pk])

    def up_to(self, begin: int, end: int) -> None:
        """A day at a place, each an hour before the one before; three days make an operation."""
        deployment = self.record.deployment
        operation, day, clocks = deployment.operation, deployment.day, Obligation.objects.filter(operation=deployment.operation, kind__in=DELETIONS)
        of, number = "i / 3", "i %% 3 + 1"
        year, reference = f"2000 + {of} / 9000", self.padded(f"{of} %% 9000")
        register_id, place = f"'cumbria-' || ({year}) || '-' || {reference} || '-' || ({number})", "'Street ' || (i %% 400) || ', Town ' || (i %% 40)"
        content = f"replace(replace(row.content, '{self.first.register_id}', {register_id}), '{self.first.location}', {place})"
        with transaction.atomic():
            first = {"id": self.key(1, "i"), "reference": f"'LFR/' || (2000 + i / 9000) || '/' || {self.padded('i %% 9000')}"}
            self.insert(operation, begin // 3, -(-end // 3), first)
            self.insert(day, begin, end, {"id": self.key(2, "i")})
            here = {"operation_id": self.key(1, of)}
            self.insert(deployment, begin, end, {"id": self.key(3, "i"), "day_id": self.key(2, "i"), "number": number, **here})
            self.insert(self.record, begin, end, {"id": self.key(4, "i"), "deployment_id": self.key(3, "i")})
            said = {"register_id": register_id, "location": place, "content": content, "faces": "5000 + i * 37 %% 20000"}
            started = {"started_at": self.before(NOON, "i + 1")}
            self.insert(self.first, begin, end, {"id": self.key(5, "i"), "record_id": self.key(4, "i"), **said, **started})
            for place_, clock in enumerate({clock.kind: clock for clock in clocks}.values(), 6):
                self.insert(clock, begin, end, {"id": self.key(place_, "i"), "subject_id": self.key(4, "i"), **here})
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def page_after(place: int) -> str:
    """The address of the page that begins behind that row, as the one before it links to it."""
    row = Publication.objects.in_force().order_by(*Register.ordering)[place]
    return f"/register/?after={signing.dumps(key_of(row, Register.ordering), salt=SALT)}"


def addresses(number: int) -> dict[str, str]:
    day = (NOON - timedelta(days=number // 48)).date()
    one = Publication.objects.in_force().order_by("started_at")[number // 2].register_id
    return {
        "first page": "/register/",
        "first page, anew": "/register/",
        "second page": page_after(24),
        "middle page": page_after(number // 2),
        "last page": page_after(number - 26),
        "one place, anew": "/register/?place=Street+7,",
        "one month, anew": f"/register/?from={day}&to={day + timedelta(days=29)}",
        "a deployment": f"/register/{one}/",
        "not given, anew": "/register/not-given/",
        "summary.json, anew": "/register/summary.json",
    }


def cpu() -> float:
    """Seconds of processor so far, of this process and of the database's that serves it: what others do on the machine disturbs these least."""
    if connection.vendor == "sqlite":
        return process_time()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    return process_time() + int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9


def cost(address: str, anew: bool) -> tuple[int, float]:
    """Statements of the first answer, and the least processor time of several; `anew`: nothing is kept from one to the next."""
    client, times, asked = Client(), list[float](), list[str]()

    def noted(execute: Any, sql: str, *args: Any) -> Any:
        asked.append(sql)
        return execute(sql, *args)

    NEAR.clear()
    with connection.execute_wrapper(noted):
        assert client.get(address).status_code == 200, address
    for _ in range(ROUNDS):
        if anew:
            NEAR.clear()
        began = cpu()
        client.get(address)
        times.append(cpu() - began)
    return len(asked), min(times)


def told(number: int, before: dict[str, tuple[int, float]]) -> dict[str, tuple[int, float]]:
    """A line for each page: statements, processor time, and that as a ratio to the page of the small register."""
    found = {name: cost(address, name.endswith("anew")) for name, address in addresses(number).items()}
    say(f"\n{number:,} deployments on the register")
    for name, (statements, seconds) in found.items():
        ratio = f"  {seconds / before[name][1]:5.2f} x of {FEW:,}" if before else ""
        say(f"  {name:24} {statements:3} statements {seconds * 1000:8.1f} ms{ratio}")
    pages = [found[name][1] for name in ("second page", "middle page", "last page")]
    say(f"  last page / second page  {pages[2] / pages[0]:.2f}; middle / second {pages[1] / pages[0]:.2f}")
    return found


def stream(address: str) -> dict[str, float]:
    environment = os.environ | {"DATABASE_URL": database(), "DJANGO_SETTINGS_MODULE": "tests.settings"}
    done = subprocess.run([sys.executable, "-m", "tests.machinery.measured", address], env=environment, capture_output=True, check=False, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_R6_pages_and_data_of_a_large_register(cast: Cast) -> None:
    filling = Filling(publication(cast, "published"))
    began = perf_counter()
    filling.up_to(0, FEW - 1)
    few = told(FEW, {})
    filling.up_to(FEW - 1, MANY - 1)
    say(f"\n(filled in {perf_counter() - began:.0f} s)")
    many = told(MANY, few)
    say("")
    for name in ("deployments.csv", "deployments.json", "deployments.ods"):
        one = stream(f"/register/{name}")
        say(
            f"  {name:18} {one['bytes'] / 2**20:7.1f} MiB in {one['seconds']:6.1f} s, first byte after {one['first'] * 1000:4.0f} ms,"
            f" peak memory {one['peak_mib']:5.1f} MiB above idle"
        )
        assert one["peak_mib"] < 32
    assert {name: statements for name, (statements, _) in many.items()} == {name: statements for name, (statements, _) in few.items()}
