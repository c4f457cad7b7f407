#!/usr/bin/env python3
"""Checks an exported trail. Needs Python 3.9 or newer and nothing else.

    python3 verify_trail.py LFR-2026-0014-trail.jsonl [HASH]

Every line of the file is an entry: chain, place in the chain, hash of the entry before it, its own hash, and the exact text it stands for.
An entry that was changed, taken out, put in or moved breaks the chain there. Entries cut off at the end leave no break: give the hash that
the trail's page showed at that time, or one printed elsewhere, as HASH, and the file must contain it.
Exit code: 0 sound, 1 tampered, 2 cannot tell.
"""

import hashlib
import json
import sys
import uuid

NOTHING_BEFORE = "0" * 64


def link(chain, seq, prev, payload):
    """SHA-256 over: a zero byte, the chain's id (16 bytes), the place (8 bytes, big-endian), the previous hash (32 bytes), the text in UTF-8."""
    content = b"\x00" + chain.bytes + seq.to_bytes(8, "big") + bytes.fromhex(prev) + payload.encode()
    return hashlib.sha256(content).hexdigest()


def fault(entry, chain, seq, prev):
    """What is wrong with an entry, in a few words; "" where nothing is."""
    if entry["chain"] != chain:
        return "belongs to another chain"
    if entry["seq"] != seq:
        return f"stands where entry {seq} should: one is missing, or they were moved"
    if entry["prev"] != prev:
        return "does not follow the entry before it"
    if link(uuid.UUID(chain), seq, prev, entry["payload"]) != entry["hash"]:
        return "was changed: its text does not have this hash"
    told = json.loads(entry["payload"])
    if told.get("chain") != chain or told.get("seq") != seq:
        return "says of itself that it stands elsewhere"
    return ""


def verify(lines, wanted=""):
    """Returns (how many entries were sound, the last sound hash, what is wrong or "")."""
    chain, seq, prev, met = None, 0, NOTHING_BEFORE, not wanted
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
            chain = chain or entry["chain"]
            wrong = fault(entry, chain, seq + 1, prev)
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError):
            wrong = "cannot be read"
        if wrong:
            return seq, prev, f"line {number} {wrong}"
        seq, prev = entry["seq"], entry["hash"]
        met = met or prev == wanted
    if not met:
        return seq, prev, f"the hash {wanted} is not in the file: entries are missing, or it is another trail"
    return seq, prev, ""


def say(words):
    sys.stdout.write(words + "\n")


def main(arguments):
    if len(arguments) not in (1, 2):
        say(__doc__)
        return 2
    try:
        with open(arguments[0], encoding="utf-8") as lines:
            count, last, wrong = verify(lines, arguments[1].lower() if len(arguments) > 1 else "")
    except (OSError, UnicodeDecodeError) as error:
        say(f"CANNOT TELL: {error}")
        return 2
    if wrong:
        say(f"TAMPERED: {wrong} ({count} entries before it are sound)")
        return 1
    if not count:
        say("CANNOT TELL: there is no entry in the file")
        return 2
    say(f"SOUND: {count} entries; the last has the hash {last}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
