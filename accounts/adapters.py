"""How django-allauth signs people in here: no sign-up, our words, every step in the trail."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.sealing import seal, unseal
from accounts.services import note_failed_sign_in, note_sign_in, note_sign_out
from accounts.sessions import begin

WAIT = "There have been too many tries. Wait five minutes, then try again."


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": "The user name or the password is wrong. Check both and try again.",
        "too_many_login_attempts": WAIT,
        "rate_limited": WAIT,
        "incorrect_password": "That is not your password.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_stages(self) -> list[str]:
        """The second factor, and none in the demonstration."""
        return [] if settings.DEMO else ["allauth.mfa.stages.AuthenticateStage"]

    def login(self, request: HttpRequest, user: Any) -> None:
        super().login(request, user)
        now = timezone.now()
        begin(request.session, now)
        note_sign_in(user, second_factor=used_second_factor(request), by=user, at=now)

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        reauthenticate_by_password(request)  # it was typed just now: setting up the second factor need not ask again
        return super().post_login(request, user, **kwargs)

    def logout(self, request: HttpRequest) -> None:
        note_sign_out(request.user, by=request.user, at=timezone.now())
        super().logout(request)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        person = User.objects.filter(username=credentials.get("username", "")).first()
        note_failed_sign_in(person, step="password", by=None, at=timezone.now())

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """The password alone shows that the person at an open session is its own."""
        return [{"id": "reauthenticate", "description": "Use your password", "url": reverse("account_reauthenticate")}]


def used_second_factor(request: HttpRequest) -> bool:
    return any(record["method"] == "mfa" for record in request.session.get("account_authentication_methods", ()))


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "That code is wrong or has run out. Codes change every 30 seconds: wait for the next one and type it.",
    }

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text)

    def get_totp_issuer(self) -> str:
        return "LFR governance"

    def get_totp_label(self, user: Any) -> str:
        return user.username
