"""Who can be signed in."""

from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend


class PasswordBackend(ModelBackend):
    """User name and password. Asked again at every request: who is deactivated, or of the demonstration outside it, is nobody from then on."""

    def user_can_authenticate(self, user: Any) -> bool:
        return super().user_can_authenticate(user) and (settings.DEMO or not user.is_demonstration)
