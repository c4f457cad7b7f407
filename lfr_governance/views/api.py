"""The API's description of itself: for programs as OpenAPI, for people as a page made of the same."""

from functools import cache
from typing import Any

from django.views.generic import TemplateView
from drf_spectacular.generators import SchemaGenerator
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.problems import KINDS
from accounts.api.views import ApiView
from lfr_governance.access import EVERYONE_HERE
from lfr_governance.described import described


@cache
def schema() -> dict[str, Any]:
    return SchemaGenerator().get_schema(request=None, public=True)


class Schema(ApiView):
    """This API as OpenAPI 3.1."""

    access = EVERYONE_HERE
    schema = None

    def get(self, request: Request) -> Response:
        return Response(schema(), content_type="application/vnd.oai.openapi+json")


class Nothing(ApiView):
    """Every other address."""

    access = EVERYONE_HERE
    schema = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        raise NotFound


class ApiPages(TemplateView):
    """The documentation: no script, so that it stands under the same content security policy as every page."""

    access = EVERYONE_HERE
    template_name = "lfr_governance/api.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(groups=described(schema()), kinds=KINDS, **kwargs)
