"""Secrets at rest: sealed with a key that comes from SECRET_KEY and is not in the database."""

import base64

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac


def sealer() -> MultiFernet:
    """Seals with the present key, opens with former ones too (SECRET_KEY_FALLBACKS)."""
    keys = (
        salted_hmac("accounts.sealing", "", secret=secret, algorithm="sha256").digest()
        for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    )
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in keys])


def seal(text: str) -> str:
    return sealer().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    return sealer().decrypt(sealed.encode()).decode()
