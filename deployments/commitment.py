"""What the trail may hold of words and identities: a salted digest. When the salt is erased, nobody can tell any more what it stood for (D-3)."""

import hashlib
from typing import Any


def commitment(salt: str, value: Any) -> str:
    """SHA-256 over salt and value. Without the salt a short value cannot be guessed from it."""
    return hashlib.sha256(f"{salt}\x00{value}".encode()).hexdigest()
