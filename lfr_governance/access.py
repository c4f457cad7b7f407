"""The gate: default deny. A page says which row of the access table it stands under; one that does not is refused, and stops the start."""

import logging
from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.core import checks
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone
from django.utils.http import urlencode

from accounts.api.problems import NOT_PERMITTED, plain_answer
from accounts.api.views import ApiView
from accounts.middleware import is_api
from accounts.permissions import PUBLIC, STAFF, Row, check_page
from govuk.refusals import refusal_page
from operations.permissions import APPOINTED
from operations.views import OperationPage
from policy.refusals import NotPermitted

logger = logging.getLogger(__name__)
ANYONE = Row.of("public pages", sees={PUBLIC}, writes={PUBLIC})
EVERYONE_HERE = Row.of("staff pages", sees={STAFF}, writes={STAFF})


def row_behind(view: Any) -> Row | None:
    """The access row that a view declares, on its class or on the function."""
    return getattr(getattr(view, "view_class", None) or getattr(view, "cls", None) or view, "access", None)


def is_of_operation(view: Any) -> bool:
    """Pages of an operation decide for themselves: to a stranger they do not exist (404)."""
    kind = getattr(view, "view_class", None) or getattr(view, "cls", None)
    return isinstance(kind, type) and issubclass(kind, OperationPage) or APPOINTED in (row_behind(view) or ANYONE).sees


class Gate:
    """Middleware: nobody passes a view without `access`; an anonymous person is asked to sign in; pages without an operation need their standing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        row = row_behind(view)
        if row is None:
            logger.error("a view without access was asked for: %s", request.path)
            if is_api(view):
                return plain_answer(NOT_PERMITTED)
            return refusal_page(request, NotPermitted("access", "This page is closed.", remedy="Tell a System Administrator."))
        if PUBLIC in row.sees or is_api(view):
            return None  # the API's views ask the same table by themselves: who came with a token is not known here yet
        if not request.user.is_authenticated:
            return (
                redirect(f"{settings.LOGIN_URL}?{urlencode({'next': request.get_full_path()})}")
                if request.method == "GET"
                else redirect(settings.LOGIN_URL)
            )
        if not is_of_operation(view):
            try:
                check_page(row, request.user, timezone.now(), writing=False)
            except NotPermitted as refusal:  # raised here it would be a 500: Django asks no middleware about an exception of a middleware
                return refusal_page(request, refusal)
        return None


def pages(patterns: Any = None, prefix: str = "", namespace: str = "") -> Iterator[tuple[str, str, Any]]:
    """Every address of the product: its pattern, its name, its view."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from pages(pattern.url_patterns, path, f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace)
        elif isinstance(pattern, URLPattern):
            yield path, f"{namespace}{pattern.name}", pattern.callback


@checks.register
def every_page_declares_access(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """No start with a page that does not say who may open it, nor with a view of the API that does not ask the table."""
    found: list[checks.CheckMessage] = []
    for path, _, view in pages():
        if row_behind(view) is None:
            found.append(checks.Error(f"/{path} does not declare `access`", id="lfr.E001"))
        if is_api(view) and not issubclass(view.cls, ApiView):
            found.append(checks.Error(f"/{path} is not an ApiView", id="lfr.E002"))
    return found
