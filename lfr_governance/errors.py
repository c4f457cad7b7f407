"""What somebody is told when no view could answer: a page, or under /api/ a problem."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from accounts.api import problems
from govuk import views

API = "/api/"


def told(page: Callable[..., HttpResponse], kind: problems.Kind) -> Callable[..., HttpResponse]:
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return problems.plain_answer(kind) if request.path.startswith(API) else page(request, *args, **kwargs)

    return answer


bad_request = told(views.bad_request, problems.MALFORMED)
permission_denied = told(views.permission_denied, problems.NOT_PERMITTED)
not_found = told(views.page_not_found, problems.NOT_VISIBLE)
server_error = told(views.server_error, problems.FAULT)
