"""audit_verify finds what triggers cannot stop, and names chain, entry and kind (G-5; issue 2, shown by 5). The triggers are lifted first."""

import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection

from audit import verify as verifier
from audit.acts import Entry, append_to
from audit.chain import SYSTEM_CHAIN, link
from audit.models import ChainHead, TrailEntry
from audit.triggers import lift_append_only
from audit.verify import verify
from operations.services import end_appointment
from tests.cast import NOON, Cast, Role, opened


def told(*arguments: str) -> tuple[int, str]:
    """Exit code and what was printed."""
    out = StringIO()
    try:
        call_command("audit_verify", *arguments, stdout=out)
    except SystemExit as ended:
        return int(str(ended.code)), out.getvalue()
    return 0, out.getvalue()


@dataclass
class Trail:
    """An operation's chain of five entries, open to raw SQL."""

    chain: uuid.UUID

    def run(self, statement: str, *values: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, [self.key(value) for value in values])
            assert cursor.rowcount != 0, statement

    def key(self, value: object) -> object:
        return value.hex if isinstance(value, uuid.UUID) and connection.vendor == "sqlite" else value

    def change(self, place: int, /, **columns: object) -> None:
        assigned = ", ".join(f"{name} = %s" for name in columns)
        self.run(f"UPDATE audit_trailentry SET {assigned} WHERE chain = %s AND seq = %s", *columns.values(), self.chain, place)

    def drop(self, where: str, *values: object) -> None:
        self.run(f"DELETE FROM audit_trailentry WHERE chain = %s AND {where}", self.chain, *values)

    def entry(self, seq: int) -> TrailEntry:
        return TrailEntry.objects.get(chain=self.chain, seq=seq)

    def forge(self, seq: int, prev: str, payload: str, hash: str = "") -> None:
        """A row like the first one, with this place, predecessor and text."""
        columns = "entered_at, at, actor_id, action, thing_type, thing_id"
        self.run(
            f"INSERT INTO audit_trailentry (chain, seq, prev, hash, payload, {columns})"
            f" SELECT chain, {seq}, %s, %s, %s, {columns} FROM audit_trailentry WHERE chain = %s AND seq = 1",
            *(prev, hash or link(self.chain, seq, prev, payload), payload, self.chain),
        )


@pytest.fixture
def trail(cast: Cast) -> Trail:
    operation = opened(cast, ("silver", Role.SILVER), ("bronze", Role.BRONZE), ("operator", Role.OPERATOR))
    end_appointment(operation.appointments.get(role=Role.BRONZE), reason="Ill", by=cast.silver, at=NOON)
    with connection.cursor() as cursor:
        lift_append_only(cursor, connection.vendor, "audit_trailentry")
    assert told() == (0, f"{TrailEntry.objects.count()} entries read, the trail is sound\n")
    return Trail(operation.pk)


def rewritten(trail: Trail, seq: int) -> tuple[str, str]:
    """The entry's text with another actor, and a hash that fits it."""
    entry = trail.entry(seq)
    payload = json.dumps(json.loads(entry.payload) | {"actor_id": None}, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return payload, link(trail.chain, seq, entry.prev, payload)


def edit_text(trail: Trail) -> None:
    trail.change(3, payload=trail.entry(3).payload.replace("operator", "engineer").replace("bronze", "silver"))


def edit_text_beyond_reading(trail: Trail) -> None:
    trail.change(3, payload="gone")


def edit_text_to_another_place(trail: Trail) -> None:
    trail.change(3, payload=trail.entry(3).payload.replace('"seq":3', '"seq":4'))


def edit_and_rehash(trail: Trail) -> None:
    payload, hash = rewritten(trail, 3)
    trail.change(3, payload=payload, hash=hash, actor_id=None)


def edit_and_rehash_the_last(trail: Trail) -> None:
    payload, hash = rewritten(trail, 5)
    trail.change(5, payload=payload, hash=hash, actor_id=None)


def edit_hash(trail: Trail) -> None:
    trail.change(3, hash="0" * 64)


def edit_predecessor_to_no_hash(trail: Trail) -> None:
    trail.change(3, prev="none")


def delete_first(trail: Trail) -> None:
    trail.drop("seq = 1")


def delete_middle(trail: Trail) -> None:
    trail.drop("seq = 3")


def delete_and_close_the_gap(trail: Trail) -> None:
    trail.drop("seq = 3")
    trail.change(4, seq=3)
    trail.change(5, seq=4)


def truncate_tail(trail: Trail) -> None:
    trail.drop("seq >= 4")


def swap(trail: Trail) -> None:
    trail.change(2, seq=1002)
    trail.change(3, seq=2)
    trail.change(1002, seq=3)


def insert_at_the_end(trail: Trail) -> None:
    trail.forge(6, trail.entry(5).hash, trail.entry(1).payload.replace('"seq":1', '"seq":6'))


def insert_at_the_end_with_any_hash(trail: Trail) -> None:
    trail.forge(6, trail.entry(5).hash, trail.entry(1).payload.replace('"seq":1', '"seq":6'), hash="f" * 64)


def insert_in_place_of_another(trail: Trail) -> None:
    trail.drop("seq = 3")
    trail.forge(3, "e" * 64, trail.entry(1).payload.replace('"seq":1', '"seq":3'))


def empty_the_chain(trail: Trail) -> None:
    trail.drop("seq > 0")


def drop_the_chain(trail: Trail) -> None:
    empty_the_chain(trail)
    drop_the_head(trail)


def drop_the_head(trail: Trail) -> None:
    trail.run("DELETE FROM audit_chainhead WHERE chain = %s", trail.chain)


def set_back_the_head(trail: Trail) -> None:
    trail.run("UPDATE audit_chainhead SET seq = 4, hash = %s WHERE chain = %s", trail.entry(4).hash, trail.chain)


def set_forward_the_head(trail: Trail) -> None:
    trail.run("UPDATE audit_chainhead SET seq = 9 WHERE chain = %s", trail.chain)


def column(name: str, value: object) -> Callable[[Trail], None]:
    def change_column(trail: Trail) -> None:
        trail.change(3, **{name: value})

    return change_column


# What is done, and the entry and kind to be named; the number of the row where there is one.
SABOTAGE: list[tuple[Callable[[Trail], None], int, str, bool]] = [
    (edit_text, 3, "edited", True),
    (edit_text_beyond_reading, 3, "edited", True),
    (edit_text_to_another_place, 3, "edited", True),
    (edit_and_rehash, 4, "inserted", True),  # entry 4 no longer follows entry 3: one of the two is foreign
    (edit_and_rehash_the_last, 5, "edited", True),
    (edit_hash, 3, "edited", True),
    (edit_predecessor_to_no_hash, 3, "edited", True),
    (delete_first, 1, "missing", False),
    (delete_middle, 3, "missing", False),
    (delete_and_close_the_gap, 3, "reordered", True),
    (truncate_tail, 4, "truncated", False),
    (swap, 2, "reordered", True),
    (insert_at_the_end, 6, "inserted", True),
    (insert_at_the_end_with_any_hash, 6, "inserted", True),
    (insert_in_place_of_another, 3, "inserted", True),
    (empty_the_chain, 1, "truncated", False),
    (drop_the_chain, 1, "chain-missing", False),
    (drop_the_head, 6, "truncated", False),
    (set_back_the_head, 5, "inserted", True),
    (set_forward_the_head, 6, "truncated", False),
    (column("action", "operation.opened"), 3, "column-mismatch", True),
    (column("thing_type", "accounts.user"), 3, "column-mismatch", True),
    (column("thing_id", "1"), 3, "column-mismatch", True),
    (column("actor_id", None), 3, "column-mismatch", True),
    (column("at", NOON + timedelta(seconds=1)), 3, "column-mismatch", True),
    (column("entered_at", NOON), 3, "column-mismatch", True),
]


@pytest.mark.parametrize(("sabotage", "seq", "kind", "has_row"), SABOTAGE, ids=[f"{seq} {kind}: {one.__name__}" for one, seq, kind, _ in SABOTAGE])
def test_g5_tampering_by_raw_sql_is_found_and_named(trail: Trail, sabotage: Callable[[Trail], None], seq: int, kind: str, has_row: bool):
    sabotage(trail)
    _, faults = verify()
    assert [(fault.chain, fault.seq, fault.kind) for fault in faults] == [(trail.chain, seq, kind)]
    row_id = TrailEntry.objects.get(chain=trail.chain, seq=seq).pk if has_row else None
    assert faults[0].entry_id == row_id
    named = f"TAMPERED chain {trail.chain} entry {seq}{f' (row {row_id})' if row_id else ''}: {kind}\n"
    for arguments in ([], ["--chain", str(trail.chain)]):
        code, words = told(*arguments)
        assert (code, words.startswith(named)) == (1, True), words


@pytest.mark.parametrize("sabotage", [edit_text, delete_middle, swap, drop_the_chain], ids=lambda one: one.__name__)
def test_g5_json_names_the_same(trail: Trail, sabotage: Callable[[Trail], None]):
    sabotage(trail)
    code, words = told("--json")
    answer = json.loads(words)
    (fault,) = verify()[1]
    assert (code, answer["sound"]) == (1, False)
    assert answer["faults"] == [{"chain": str(trail.chain), "seq": fault.seq, "entry_id": fault.entry_id, "kind": fault.kind}]


def test_g5_a_sound_trail_in_json(trail: Trail):
    code, words = told("--json", "--chain", str(trail.chain))
    assert (code, json.loads(words)) == (0, {"sound": True, "entries": 5, "faults": []})


def test_g5_one_chain_is_judged_by_itself(cast: Cast, trail: Trail):
    other = opened(cast)
    edit_text(trail)
    assert told("--chain", str(other.pk))[0] == 0
    assert told("--chain", str(trail.chain))[0] == 1
    assert told()[0] == 1


def test_g5_every_broken_chain_is_named(cast: Cast, trail: Trail):
    other = Trail(opened(cast).pk)
    edit_text(trail)
    other.change(1, hash="0" * 64)
    assert {(fault.chain, fault.seq) for fault in verify()[1]} == {(trail.chain, 3), (other.chain, 1)}
    assert "2 chains broken" in told()[1]


class TestWholeChains:
    def test_g5_a_chain_gone_with_its_announcement_is_missed_in_the_system_chain(self, cast: Cast, trail: Trail):
        opened(cast)
        announced = TrailEntry.objects.get(action="chain.opened", thing_id=str(trail.chain))
        drop_the_chain(trail)
        trail.run("DELETE FROM audit_trailentry WHERE id = %s", announced.pk)
        assert [(fault.chain, fault.seq, fault.kind) for fault in verify()[1]] == [(SYSTEM_CHAIN, announced.seq, "missing")]

    def test_g5_the_system_chain_itself_is_missed(self, trail: Trail):
        for table in ("audit_trailentry", "audit_chainhead"):
            trail.run(f"DELETE FROM {table} WHERE chain = %s", SYSTEM_CHAIN)
        assert [(fault.chain, fault.kind) for fault in verify()[1]] == [(SYSTEM_CHAIN, "chain-missing")]

    def test_g5_a_chain_that_was_never_announced_is_foreign(self, trail: Trail):
        foreign = Trail(uuid.uuid4())
        payload = trail.entry(1).payload.replace(str(trail.chain), str(foreign.chain))
        hash = link(foreign.chain, 1, "0" * 64, payload)
        columns = "entered_at, at, actor_id, action, thing_type"
        foreign.run(
            f"INSERT INTO audit_trailentry (chain, seq, prev, hash, payload, thing_id, {columns})"
            f" SELECT %s, 1, prev, %s, %s, %s, {columns} FROM audit_trailentry WHERE chain = %s AND seq = 1",
            *(foreign.chain, hash, payload, str(foreign.chain), trail.chain),
        )
        foreign.run("INSERT INTO audit_chainhead (chain, seq, hash) VALUES (%s, 1, %s)", foreign.chain, hash)
        assert [(fault.chain, fault.kind) for fault in verify()[1]] == [(foreign.chain, "inserted")]


class TestCannotTell:
    @pytest.mark.parametrize("chain", ["no-id", str(uuid.UUID(int=9))])
    def test_g5_of_a_chain_that_never_was(self, trail: Trail, chain: str):
        assert told("--chain", chain)[0] == 2
        code, words = told("--json", "--chain", chain)
        assert (code, json.loads(words)["sound"]) == (2, None)

    def test_g5_of_an_empty_trail(self, trail: Trail):
        for table in ("audit_trailentry", "audit_chainhead"):
            trail.run(f"DELETE FROM {table}")
        assert told() == (2, "cannot tell: the trail is empty\n")

    def test_g5_without_the_database(self, trail: Trail, monkeypatch: pytest.MonkeyPatch):
        def gone(*arguments: object) -> Any:
            raise DatabaseError("the database does not answer")

        monkeypatch.setattr("audit.management.commands.audit_verify.verify", gone)
        assert told() == (2, "cannot tell: the database does not answer\n")


class TestWhileOthersWork:
    """What is written between the reading of the heads and that of the entries is no forgery."""

    @pytest.fixture
    def meanwhile(self, monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], None]:
        def between(doing: Callable[[], object]) -> None:
            def heads_then_work(*arguments: Any, **options: Any) -> Any:
                heads = list(ChainHead.objects.all())
                doing()
                return heads

            monkeypatch.setattr(verifier, "ChainHead", type("Heads", (), {"objects": Standing(heads_then_work)}))

        return between

    def test_g5_entries_added_meanwhile(self, cast: Cast, trail: Trail, meanwhile: Callable):
        meanwhile(lambda: touch(cast, trail))
        assert verify()[1] == []

    def test_g5_a_chain_opened_meanwhile(self, cast: Cast, trail: Trail, meanwhile: Callable):
        meanwhile(lambda: opened(cast))
        assert verify()[1] == []

    def test_g5_a_forgery_meanwhile(self, cast: Cast, trail: Trail, meanwhile: Callable):
        meanwhile(lambda: (touch(cast, trail), trail.forge(7, trail.entry(6).hash, trail.entry(1).payload.replace('"seq":1', '"seq":7'))))
        assert [(fault.seq, fault.entry_id, fault.kind) for fault in verify()[1]] == [(7, trail.entry(7).pk, "inserted")]


class Standing:
    """In the place of `ChainHead.objects`: the first reading of all heads is followed by somebody's work."""

    def __init__(self, all: Callable[[], Any]):
        self.all, self.filter = all, ChainHead.objects.filter


def touch(cast: Cast, trail: Trail) -> None:
    append_to(trail.chain, Entry("chain.touched", ChainHead.objects.get(chain=trail.chain)), by=cast.silver, at=NOON)
