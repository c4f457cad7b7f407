"""Is the trail sound? Walks every chain, recomputes every link from the stored text, compares columns and heads, while others go on working."""

import json
import uuid
from dataclasses import dataclass
from itertools import groupby

from audit.chain import CHAIN_OPENED, GENESIS, SYSTEM_CHAIN, link, plain
from audit.models import ChainHead, TrailEntry

COPIED = ("at", "entered_at", "actor_id", "action", "thing_type", "thing_id")


@dataclass(frozen=True)
class Fault:
    """The first bad entry of a chain. `kind`: edited, missing, inserted, reordered, column-mismatch, truncated, chain-missing."""

    chain: uuid.UUID
    seq: int
    entry_id: int | None
    kind: str

    def __str__(self) -> str:
        row = f" (row {self.entry_id})" if self.entry_id else ""
        return f"chain {self.chain} entry {self.seq}{row}: {self.kind}"


def verify(chain: uuid.UUID | None = None) -> tuple[int, list[Fault]]:
    """How many entries were read, and the first fault of each chain (G-5). Memory stays flat: rows are streamed."""
    entries, heads = TrailEntry.objects.order_by("chain", "seq"), ChainHead.objects.all()
    if chain is not None:
        entries, heads = entries.filter(chain=chain), heads.filter(chain=chain)
    ends = {head.chain: head for head in heads}  # read first: an entry written meanwhile is ahead of its head, never behind
    read, faults, walked, announced = 0, [], set(), set()
    for one, rows in groupby(entries.iterator(chunk_size=2000), key=lambda row: row.chain):
        walk = Walk(one, ends.pop(one, None))
        for row in rows:
            read += 1
            walk.take(row)
            if one == SYSTEM_CHAIN and row.action == CHAIN_OPENED:
                announced.add(row.thing_id)
        walk.finish()
        faults += walk.faults
        walked.add(one)
    faults += [Fault(emptied, 1, None, "truncated") for emptied in ends]
    if chain is None:
        return read, faults + whole_chains(walked | ends.keys(), announced, trusted=SYSTEM_CHAIN not in {fault.chain for fault in faults})
    return read, faults or ([] if walked else [Fault(chain, 1, None, "chain-missing")])


def whole_chains(present: set[uuid.UUID], announced: set[str], *, trusted: bool) -> list[Fault]:
    """Chains that the system chain announced and that are gone; if it can be trusted, those that it never announced."""
    if SYSTEM_CHAIN not in present:
        return [Fault(SYSTEM_CHAIN, 1, None, "chain-missing")] if present else []
    gone = announced - {str(chain) for chain in present}
    foreign = sorted(chain for chain in present - {SYSTEM_CHAIN} if str(chain) not in announced) if trusted else []
    return [Fault(uuid.UUID(chain), 1, None, "chain-missing") for chain in sorted(gone)] + [Fault(chain, 1, None, "inserted") for chain in foreign]


def is_known(chain: uuid.UUID) -> bool:
    """Whether there is, or ever was, such a chain."""
    announcement = TrailEntry.objects.filter(chain=SYSTEM_CHAIN, action=CHAIN_OPENED, thing_id=str(chain))
    return ChainHead.objects.filter(chain=chain).exists() or TrailEntry.objects.filter(chain=chain).exists() or announcement.exists()


class Walk:
    """One chain, entry by entry; keeps the first fault only, since what follows a break proves nothing."""

    def __init__(self, chain: uuid.UUID, head: ChainHead | None):
        self.chain, self.head, self.seq, self.hash, self.row_id = chain, head, 0, GENESIS, 0
        self.faults: list[Fault] = []

    def fault(self, seq: int, entry_id: int | None, kind: str) -> None:
        if not self.faults:
            self.faults.append(Fault(self.chain, seq, entry_id, kind))

    def take(self, row: TrailEntry) -> None:
        kind = self.what_is_wrong(row) if not self.faults else ""
        if kind == "missing":
            self.fault(self.seq + 1, None, kind)
        elif kind:
            self.fault(row.seq, row.pk, "inserted" if self.is_beyond_head(row.seq) else kind)
        self.seq, self.hash, self.row_id = row.seq, row.hash, row.pk

    def what_is_wrong(self, row: TrailEntry) -> str:
        told = payload_of(row)
        if told is not None and told.get("seq") != row.seq:
            return "reordered" if is_whole(row, told.get("seq")) else "edited"
        if row.seq != self.seq + 1:
            return "missing"
        if told is None or not is_whole(row, row.seq):
            return "edited"
        if row.prev != self.hash:
            return "inserted"
        if any(told.get(name) != plain(getattr(row, name)) for name in COPIED):
            return "column-mismatch"
        return ""

    def finish(self) -> None:
        """The chain ends where its head says; the last entry is the one that the head has seen."""
        if self.faults:
            return
        if self.head is None:
            self.head = self.head_now()  # the chain was opened after the heads were read
        if self.head is None or self.head.seq > self.seq:
            self.fault(self.seq + 1, None, "truncated")
        elif self.head.seq == self.seq and self.head.hash != self.hash:
            self.fault(self.seq, self.row_id, "edited")
        elif self.is_beyond_head(self.seq):
            first = TrailEntry.objects.filter(chain=self.chain, seq__gt=self.head.seq).order_by("seq").first()
            self.fault(self.head.seq + 1, first.pk if first else None, "inserted")

    def is_beyond_head(self, seq: int) -> bool:
        """Whether an entry lies behind the end of its chain, looked up again since somebody may have worked meanwhile."""
        if self.head is not None and self.head.seq < seq:
            self.head = self.head_now()
        return self.head is not None and self.head.seq < seq

    def head_now(self) -> ChainHead | None:
        return ChainHead.objects.filter(chain=self.chain).first()


def payload_of(row: TrailEntry) -> dict | None:
    try:
        told = json.loads(row.payload)
    except ValueError:
        return None
    return told if isinstance(told, dict) else None


def is_whole(row: TrailEntry, seq: object) -> bool:
    """Whether the entry's hash is that of its text, written for the place `seq`."""
    try:
        return link(row.chain, int(str(seq)), row.prev, row.payload) == row.hash
    except (ValueError, OverflowError):
        return False
