"""Pages that belong to no operation."""

from datetime import datetime
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from accounts.models import User
from accounts.permissions import STAFF, Row, check_page

READING = ("GET", "HEAD", "OPTIONS")


class StaffPage:
    """Mixin: gives `at` (the clock, read once) and `standings`. Who lacks the office gets 403, a stranger is led to sign in.

    A page that exists only to change something declares `changes`: then even opening it needs `access.writes`.
    """

    access: Row = Row.of("this page", sees={STAFF}, writes={STAFF})
    changes = False
    request: HttpRequest
    kwargs: dict[str, Any]
    at: datetime
    standings: frozenset[str]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)  # type: ignore[misc]
        self.at = timezone.now()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        self.standings = check_page(self.access, request.user, self.at, writing=self.changes or request.method not in READING)
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]

    @property
    def me(self) -> User:
        """The reader: whoever comes past `dispatch` is signed in."""
        return self.request.user  # type: ignore[return-value]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(now=self.at, standings=self.standings, **kwargs)  # type: ignore[misc]
