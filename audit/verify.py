"""Is the trail sound? Walks every chain, recomputes every link from the stored text, compares columns and heads."""

import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from audit.chain import GENESIS, SYSTEM_CHAIN, link, plain
from audit.models import ChainHead, TrailEntry

COPIED = ("at", "entered_at", "actor_id", "action", "thing_type", "thing_id")


@dataclass(frozen=True)
class Fault:
    """The first bad entry of a chain. `kind`: edited, missing, inserted, reordered, column-mismatch, truncated, chain-missing."""

    chain: uuid.UUID
    seq: int
    entry_id: int | None
    kind: str


def verify(chain: uuid.UUID | None = None) -> tuple[int, list[Fault]]:
    """How many entries were read, and the first fault of each chain (G-5). Memory stays flat: rows are streamed."""
    entries = TrailEntry.objects.order_by("chain", "seq")
    heads = ChainHead.objects.all()
    if chain is not None:
        entries, heads = entries.filter(chain=chain), heads.filter(chain=chain)
    ends = {head.chain: head for head in heads}
    read, faults, opened = 0, [], set()
    for one, rows in groupby(entries.iterator(chunk_size=2000), key=lambda row: row.chain):
        walk = Walk(one, ends.pop(one, None))
        for row in rows:
            read += 1
            walk.take(row)
            if one == SYSTEM_CHAIN and row.action == "chain.opened":
                opened.add(uuid.UUID(row.thing_id))
        walk.finish()
        faults += walk.faults
        opened.discard(one)
    faults += [Fault(head.chain, head.seq, None, "truncated") for head in ends.values() if head.seq]
    if chain is None:
        faults += [Fault(gone, 1, None, "chain-missing") for gone in vanished(opened)]
    return read, faults


def vanished(opened: set[uuid.UUID]) -> Iterator[uuid.UUID]:
    """Chains that the system chain announced and that have neither head nor entries."""
    for chain in sorted(opened):
        if not ChainHead.objects.filter(chain=chain).exists() and not TrailEntry.objects.filter(chain=chain).exists():
            yield chain


class Walk:
    """One chain, entry by entry; keeps the first fault only, since what follows a break proves nothing."""

    def __init__(self, chain: uuid.UUID, head: ChainHead | None):
        self.chain, self.head, self.seq, self.hash = chain, head, 0, GENESIS
        self.faults: list[Fault] = []

    def fault(self, seq: int, entry_id: int | None, kind: str) -> None:
        if not self.faults:
            self.faults.append(Fault(self.chain, seq, entry_id, kind))

    def take(self, row: TrailEntry) -> None:
        if kind := self.what_is_wrong(row):
            self.fault(self.seq + 1 if kind == "missing" else row.seq, row.pk, kind)
        self.seq, self.hash = row.seq, row.hash

    def what_is_wrong(self, row: TrailEntry) -> str:
        told = payload_of(row)
        if told is not None and told.get("seq") != row.seq:
            return "reordered"
        if row.seq != self.seq + 1:
            return "missing"
        if told is None or link(row.chain, row.seq, row.prev, row.payload) != row.hash:
            return "edited"
        if row.prev != self.hash:
            return "inserted"
        if any(told.get(name) != plain(getattr(row, name)) for name in COPIED):
            return "column-mismatch"
        return ""

    def finish(self) -> None:
        if self.head is None or (self.head.seq, self.head.hash) != (self.seq, self.hash):
            self.fault(self.seq + 1, None, "truncated")


def payload_of(row: TrailEntry) -> dict | None:
    try:
        told = json.loads(row.payload)
    except ValueError:
        return None
    return told if isinstance(told, dict) else None
