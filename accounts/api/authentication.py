"""How a program shows for whom it asks: a token that the person made for it. It is stored hashed, expires, and can be revoked."""

import re
from typing import Any

from django.utils import timezone
from knox.auth import TokenAuthentication
from rest_framework.exceptions import AuthenticationFailed

from accounts.backends import PasswordBackend
from accounts.services import note_token_use

WORN_OUT = "This token is not valid, has expired, or was revoked."
TYPABLE = re.compile(rb"[!-~]{1,100}")


class Token(TokenAuthentication):
    """`Authorization: Bearer lfr_…`. What has expired stays on record: only acts change anything."""

    def authenticate_credentials(self, token: bytes) -> tuple[Any, Any]:
        if not TYPABLE.fullmatch(token):
            raise AuthenticationFailed(WORN_OUT)
        return super().authenticate_credentials(token)

    def _cleanup_token(self, auth_token: Any) -> bool:
        """The library would delete it here. True: it opens nothing."""
        return not auth_token.is_valid(timezone.now())

    def validate_user(self, auth_token: Any) -> tuple[Any, Any]:
        person, at = auth_token.user, timezone.now()
        if not PasswordBackend().user_can_authenticate(person):
            raise AuthenticationFailed(WORN_OUT)
        if auth_token.used_date != timezone.localdate(at):
            note_token_use(auth_token, by=person, at=at)
        return person, auth_token
