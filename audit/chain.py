"""The arithmetic of the chain: canonical text and hash. No database here, so that anyone can check an export with the same lines."""

import hashlib
import json
import unicodedata
import uuid
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

SYSTEM_CHAIN = uuid.UUID(int=0)
GENESIS = "0" * 64
CHAIN_OPENED = "chain.opened"


def plain(value: Any) -> Any:
    """The value as canonical JSON can hold it: UTC instants, decimals and ids as text. Floats are refused: they have no one spelling."""
    match value:
        case None | bool() | int():
            return value
        case str():
            return unicodedata.normalize("NFC", str(value))
        case datetime():
            if value.tzinfo is None:
                raise TypeError("a moment in the trail needs its time zone")
            return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
        case date() | Decimal() | uuid.UUID():
            return str(value)
        case dict():
            return {plain(str(key)): plain(item) for key, item in value.items()}
        case list() | tuple():
            return [plain(item) for item in value]
        case set() | frozenset():
            return sorted(plain(item) for item in value)
    raise TypeError(f"{type(value).__name__} cannot stand in the trail")


def canonical(value: Any) -> str:
    """Canonical JSON text: sorted keys, no spaces, UTF-8, NFC."""
    return json.dumps(plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def link(chain: uuid.UUID, seq: int, prev: str, payload: str) -> str:
    """SHA-256, in hex, over chain, sequence number, previous hash and the exact text, so that an entry cannot be moved."""
    return hashlib.sha256(b"\x00" + chain.bytes + seq.to_bytes(8, "big") + bytes.fromhex(prev) + payload.encode()).hexdigest()
