"""The pack of a period: prepared once, then read, printed, and taken away as a spreadsheet (R-7)."""

import json
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.generic import View

from govuk.views import ActView
from policy.refusals import NotVisible
from reporting import services as acts
from reporting.forms import PackForm
from reporting.models import Pack, Paper
from reporting.ods import TYPE, spreadsheet
from reporting.papers import TEMPLATES, context_of
from reporting.printing import pdfs_on
from reporting.states import PaperKind
from reporting.views.oversight import OverseersPage
from reporting.views.papers import OFF, served
from reporting.views.record_document import PREPARED


class PreparePack(OverseersPage, ActView):
    changes = True
    form_class = PackForm
    heading, button = "Prepare a pack for a meeting", "Prepare it"
    back_url = "/oversight/"

    def act(self, form: Any) -> str:
        acts.prepare_pack(**form.cleaned_data, by=self.me, at=self.at)
        messages.success(self.request, "The pack is ready: as a page and as a spreadsheet at once, as a PDF within a minute or two.")
        return reverse("reporting:oversight") + "#packs"


class PackPage(OverseersPage, View):
    """One pack of the force; another force's does not exist here."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        pack = Pack.objects.filter(pk=kwargs["pack_id"], force=self.force).first()
        if pack is None:
            raise NotVisible()
        return self.answer(pack)

    def answer(self, pack: Pack) -> HttpResponseBase:
        raise NotImplementedError


class PackDocument(PackPage):
    def answer(self, pack: Pack) -> HttpResponseBase:
        paper = Paper.objects.of(PaperKind.PACK, pack.pk).first()
        if paper and paper.made_at:
            return served(paper)
        shown = {"on_screen": True, "why_on_screen": PREPARED if pdfs_on() else OFF, "back": reverse("reporting:oversight")}
        return render(self.request, TEMPLATES[PaperKind.PACK], {**context_of(PaperKind.PACK, pack), **shown})


class PackTables(PackPage):
    """All tables on one sheet, one below another, each with its title."""

    def answer(self, pack: Pack) -> HttpResponseBase:
        content = json.loads(pack.content)
        rows: list[list[Any]] = [[content["force"]], [f"{content['from']} to {content['to']}, as at {content['as_at']}"]]
        for table in content["tables"]:
            rows += [[], [table["title"]], [table["says"]], table["head"], *table["rows"]]
        name = f"lfr-pack-{pack.from_date}-to-{pack.to_date}.ods"
        return FileResponse(spreadsheet("Pack", rows), as_attachment=True, filename=name, content_type=TYPE)
