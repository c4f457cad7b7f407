"""The trail of an operation: read on a page, taken away as a file that anyone can check."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.views.generic import View

from audit.models import ChainHead, TrailEntry
from audit.reading import note_sight
from govuk.lists import KeysetList
from operations.views import OperationPage
from reporting import offline
from reporting.permissions import TRAIL, VERIFIER
from reporting.services import export_trail
from reporting.trail import told

VERIFY = Path(offline.__file__).with_name("verify_trail.py")
COLUMNS = ("chain", "seq", "prev", "hash", "payload")


class Trail(OperationPage, KeysetList):
    """Every change, view of a restricted record, refusal and export, the newest first (G-5)."""

    access = TRAIL
    template_name = "reporting/trail.html"
    ordering = ("-seq",)

    def get_queryset(self) -> Any:
        return TrailEntry.objects.filter(chain=self.operation.chain_id)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        note_sight(self.operation, by=request.user, at=self.at)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {**context, "entries": told(context["page"]), "head": ChainHead.objects.filter(chain=self.operation.chain_id).first()}


class TrailFile(OperationPage, View):
    """One JSON object a line, with the exact text over which each hash was taken."""

    access = TRAIL

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        export_trail(self.operation, by=request.user, at=self.at)
        name = f"{self.operation.reference.replace('/', '-')}-trail.jsonl"
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
        return StreamingHttpResponse(self.lines(), content_type="application/x-ndjson", headers=headers)

    def lines(self) -> Iterator[str]:
        rows = TrailEntry.objects.filter(chain=self.operation.chain_id).order_by("seq").values(*COLUMNS)
        for row in rows.iterator(chunk_size=500):
            yield json.dumps({**row, "chain": str(row["chain"])}, ensure_ascii=False) + "\n"


class Verifier(View):
    """The program that checks an exported trail: one file, Python's own library only."""

    access = VERIFIER

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return FileResponse(VERIFY.open("rb"), as_attachment=True, filename=VERIFY.name, content_type="text/x-python; charset=utf-8")
