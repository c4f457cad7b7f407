"""The register as data, for anybody: JSON and CSV, streamed; ODS; a feed; and what all of it means (X-1, R-6)."""

import csv
import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from io import StringIO
from itertools import chain
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.generic import View

from reporting.feed import feed
from reporting.kept import kept
from reporting.ods import TYPE, spreadsheet
from reporting.open_schema import LICENCE_URL, NAME, SCHEMA
from reporting.permissions import REGISTER
from reporting.register import Asked
from reporting.summary import summary

KEPT = 300  # seconds
PIECE = 64 * 1024
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
COLUMNS = (
    *("id", "edition", "force", "location", "date", "start", "end", "duration_minutes", "style", "assets", "watchlist_subjects", "threshold_minimum"),
    *("alerts", "positive_confirmed", "positive_unconfirmed", "false_confirmed", "false_unconfirmed", "not_determined"),
    *("false_alert_rate_percent", "false_alert_rate_one_in", "interval_95_lower", "interval_95_upper"),
    *("outcomes", "arrests", "voluntary_attendances", "street_bails", "safeguarding_actions", "other_outcomes"),
    *("faces_scanned", "faces_counting_method", "flags", "notes"),
)


class OpenData(View):
    """`?force=&place=&from=&to=`, days like 2026-09-12."""

    access = REGISTER

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            asked = Asked.of(request.GET)
        except ValueError:
            return JsonResponse({"error": "from and to are days like 2026-09-12"}, status=400)
        response = self.answer(asked, timezone.now())
        response["Access-Control-Allow-Origin"] = "*"
        response["Link"] = f'<{reverse("reporting:register_schema")}>; rel="describedby", <{LICENCE_URL}>; rel="license"'
        patch_cache_control(response, public=True, max_age=KEPT)
        return response

    def answer(self, asked: Asked, at: datetime) -> HttpResponseBase:
        raise NotImplementedError


class DeploymentsJson(OpenData):
    def answer(self, asked: Asked, at: datetime) -> HttpResponseBase:
        return StreamingHttpResponse(in_pieces(whole(asked, at)), content_type="application/json")


class DeploymentsCsv(OpenData):
    def answer(self, asked: Asked, at: datetime) -> HttpResponseBase:
        headers = {"Content-Disposition": 'attachment; filename="lfr-deployments.csv"'}
        return StreamingHttpResponse(in_pieces(table(asked)), content_type="text/csv; charset=utf-8", headers=headers)


class DeploymentsOds(OpenData):
    """The same table for a spreadsheet that is not asked how to read it."""

    def answer(self, asked: Asked, at: datetime) -> HttpResponseBase:
        rows = (row_of(json.loads(text)) for text in elements(asked))
        return FileResponse(spreadsheet("Deployments", chain([COLUMNS], rows)), as_attachment=True, filename="lfr-deployments.ods", content_type=TYPE)


class SummaryJson(OpenData):
    def answer(self, asked: Asked, at: datetime) -> HttpResponseBase:
        return JsonResponse(kept("summary", asked, lambda: summary(asked, at)))


class SchemaJson(OpenData):
    def answer(self, asked: Asked, at: datetime) -> HttpResponseBase:
        return JsonResponse(SCHEMA, json_dumps_params={"indent": 2, "ensure_ascii": False}, content_type="application/schema+json")


class Feed(OpenData):
    def answer(self, asked: Asked, at: datetime) -> HttpResponseBase:
        return HttpResponse(feed(self.request.build_absolute_uri("/")[:-1], at), content_type="application/atom+xml; charset=utf-8")


def elements(asked: Asked) -> Iterator[str]:
    """The frozen texts as they are, the newest deployment first."""
    rows = asked.past().order_by("-started_at", "-pk").values_list("content", flat=True)
    yield from rows.iterator(chunk_size=500)


def whole(asked: Asked, at: datetime) -> Iterator[str]:
    yield json.dumps({"schema": NAME, "as_at": at.replace(microsecond=0).isoformat()})[:-1] + ', "deployments": ['
    for place, text in enumerate(elements(asked)):
        yield f"{',' if place else ''}\n{text}"
    yield "\n]}\n"


def table(asked: Asked) -> Iterator[str]:
    yield "\ufeff" + written(COLUMNS)  # the mark by which spreadsheets know UTF-8
    for text in elements(asked):
        yield written(row_of(json.loads(text)))


def row_of(element: dict[str, Any]) -> list[Any]:
    """In the order of COLUMNS; unknown is empty, never 0."""
    rate, outcomes = element["false_alert_rate"], element["policing_outcomes"]
    kinds = ("arrest", "voluntary attendance", "street bail", "safeguarding", "other")
    pairs = [element[name][part] for name in ("positive_alerts", "false_alerts") for part in ("confirmed", "unconfirmed")]
    return [
        *(element[name] for name in COLUMNS[:13]),
        *pairs,
        element["not_determined"],
        rate["percent"],
        rate["one_in"],
        *(rate["interval_95"] or [None, None]),
        outcomes["total"],
        *(outcomes["by_kind"].get(kind, 0) for kind in kinds),
        element["faces_scanned"],
        element["faces_counting_method"],
        "; ".join(element["flags"]),
        element["notes"],
    ]


def written(values: Iterable[Any]) -> str:
    line = StringIO()
    csv.writer(line).writerow([safe(value) for value in values])
    return line.getvalue()


def safe(value: Any) -> Any:
    """Text that a spreadsheet would take for a formula is marked as text."""
    return f"'{value}" if isinstance(value, str) and value.lstrip(" ").startswith(FORMULA) else value


def in_pieces(lines: Iterable[str]) -> Iterator[str]:
    """Joined into pieces: one write a row would cost three times as much."""
    piece: list[str] = []
    size = 0
    for line in lines:
        piece.append(line)
        size += len(line)
        if size > PIECE:
            yield "".join(piece)
            piece, size = [], 0
    yield "".join(piece)
