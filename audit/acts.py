"""The order of an act: one transaction, its entry in the trail last, a refusal noted and told."""

import uuid
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from functools import wraps
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from audit.chain import CHAIN_OPENED, SYSTEM_CHAIN, canonical, link
from audit.models import ChainHead, TrailEntry
from policy.refusals import NotVisible, Refusal

_nested: ContextVar[bool] = ContextVar("nested", default=False)


@dataclass(frozen=True)
class Entry:
    """What an act leaves in the trail. `happened_at` where the event is older than its entry; `result` is what the act returns."""

    action: str
    thing: models.Model
    facts: dict[str, Any] = field(default_factory=dict)
    result: Any = None
    happened_at: datetime | None = None


def act(function: Callable[..., Entry]) -> Callable[..., Any]:
    """Make a function an act: it runs in one transaction, what it returns is appended to the trail as the last statement, its result is returned."""

    @wraps(function)
    def performed(*args: Any, by: Any, at: datetime, **kwargs: Any) -> Any:
        outermost = not _nested.get()
        token = _nested.set(True)
        try:
            with transaction.atomic():
                entry = function(*args, by=by, at=at, **kwargs)
                append(entry, by=by, at=at)
        except Refusal as refusal:
            if outermost:
                note_refusal(function.__name__, args[0] if args else None, refusal, by=by, at=at)
            raise
        finally:
            _nested.reset(token)
        return entry.thing if entry.result is None else entry.result

    performed.is_act = True  # type: ignore[attr-defined]
    return performed


def append(entry: Entry, *, by: Any, at: datetime) -> TrailEntry:
    """Write the entry into its chain, in the act's transaction. `at` is the act's own time; `entered_at` this machine's clock, a second witness."""
    return append_to(getattr(entry.thing, "chain_id", SYSTEM_CHAIN), entry, by=by, at=at)


def append_to(chain: uuid.UUID, entry: Entry, *, by: Any, at: datetime) -> TrailEntry:
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an entry is written only inside the transaction of its act")
    head = head_of(chain, by=by, at=at)
    columns = {
        "at": entry.happened_at or at,
        "entered_at": timezone.now(),
        "actor_id": getattr(by, "pk", None),
        "action": entry.action,
        "thing_type": entry.thing._meta.label_lower,
        "thing_id": str(entry.thing.pk),
    }
    seq = head.seq + 1
    payload = canonical({"v": 1, "chain": chain, "seq": seq, "act_at": at, "facts": entry.facts, **columns})
    row = TrailEntry.objects.create(chain=chain, seq=seq, prev=head.hash, hash=link(chain, seq, head.hash, payload), payload=payload, **columns)
    ChainHead.objects.filter(chain=chain).update(seq=seq, hash=row.hash)
    return row


def head_of(chain: uuid.UUID, *, by: Any, at: datetime) -> ChainHead:
    """The chain's head, locked. A new chain is announced in the system chain, so that a whole chain cannot vanish unseen."""
    locked = ChainHead.objects.select_for_update().filter(chain=chain)
    head = locked.first()
    if head is None:
        head, opened = ChainHead.objects.get_or_create(chain=chain)
        if not opened:
            return locked.get()  # somebody opened it a moment earlier
        if chain != SYSTEM_CHAIN:
            append_to(SYSTEM_CHAIN, Entry(CHAIN_OPENED, head), by=by, at=at)
    return head


def note_refusal(name: str, thing: Any, refusal: Refusal, *, by: Any, at: datetime) -> None:
    """A refused act stands in the trail of its operation; a stranger's, who sees nothing, in the system chain.

    `told_of`: what a thing is told of by that the trail must not name (an alert: D-3).
    """
    noted = getattr(thing, "told_of", thing) if isinstance(thing, models.Model) else by
    if noted is None:
        return
    chain = SYSTEM_CHAIN if isinstance(refusal, NotVisible) else getattr(noted, "chain_id", SYSTEM_CHAIN)
    facts = {"act": name, "code": refusal.code, "clause": refusal.clause, "refusal": refusal.sentence, "findings": [f.code for f in refusal.findings]}
    with transaction.atomic():
        append_to(chain, Entry("act.refused", noted, facts), by=by, at=at)
