"""Between sign-in and the first page: how long a session lasts, and what a person must have done before anything else."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from accounts.permissions import PUBLIC
from accounts.sessions import is_over, note_request
from accounts.unsent import keep

GetResponse = Callable[[HttpRequest], HttpResponse]


def says(view: Any, name: str) -> Any:
    """What a view declares: on its class, or on the function."""
    return getattr(getattr(view, "view_class", None) or getattr(view, "cls", None) or view, name, None)


def is_api(view: Any) -> bool:
    """Views of the API know by themselves who asks, and answer in problems; they are led nowhere (accounts.api.permissions)."""
    return isinstance(getattr(view, "cls", None), type)


def is_public(view: Any) -> bool:
    access = says(view, "access")
    return access is not None and PUBLIC in access.sees


def has_session(request: HttpRequest) -> bool:
    """Asked before `request.user`, so that a public page without one can be kept by a cache."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES


class SessionLimits:
    """After the limit a session opens nothing but views that declare `open_after_session_limit` (sign-out; the stop buttons of a live deployment).

    It is not thrown away, so that the person comes back to where they were, and what they had just sent is kept. A view that a page asks by itself
    declares `asked_by_itself` and keeps no session alive.
    """

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.timed_out = None  # type: ignore[attr-defined]
        if has_session(request) and request.user.is_authenticated and is_over(request.session, timezone.now()):
            request.timed_out, request.user = request.user, AnonymousUser()  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        person = request.timed_out  # type: ignore[attr-defined]
        if person is None:
            if has_session(request) and request.user.is_authenticated and not says(view, "asked_by_itself"):
                note_request(request.session, timezone.now())
        elif says(view, "open_after_session_limit"):
            request.user = person
        elif request.method == "POST" and not is_public(view) and not is_api(view):
            keep(request)
            return redirect_to_login(reverse("accounts:unsent"))
        return None


class SignInSteps:
    """Before anything else a person chooses their own password and, outside the demonstration, sets up a second factor."""

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if settings.DEMO and says(view, "of_second_factor"):
            raise Http404("The demonstration has no second factor")
        if is_public(view) or is_api(view) or says(view, "open_before_sign_in_is_complete") or not request.user.is_authenticated:
            return None
        step = sign_in_step(request.user, sets_up_second_factor=says(view, "sets_up_second_factor"))
        return HttpResponseRedirect(reverse(step)) if step else None


def sign_in_step(person: Any, *, sets_up_second_factor: bool = False) -> str:
    """The page of what is still to be done before anything else; "" where nothing is."""
    if person.password_is_temporary:
        return "accounts:password"
    if not settings.DEMO and not sets_up_second_factor and not has_second_factor(person):
        return "mfa_activate_totp"
    return ""


def has_second_factor(person: Any) -> bool:
    return Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists()
