"""A certificate of deletion as a document: a page to print at once; the PDF where somebody wants one (X-8)."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.views.generic import View

from obligations.models import Certificate
from obligations.views.clock import ClockPage
from policy.refusals import NotVisible
from reporting.models import Paper
from reporting.papers import TEMPLATES, context_of
from reporting.printing import pdfs_on
from reporting.services import order_paper
from reporting.states import PaperKind
from reporting.views.papers import OFF, served
from reporting.views.record_document import PREPARED


class CertificateDocument(ClockPage, View):
    """There are as many certificates as alerts and more: a PDF is made when it is asked for, by the next sweep."""

    def certificate(self) -> Certificate:
        clock = self.seen(self.kwargs["pk"])
        found = Certificate.objects.filter(obligation=clock).select_related("obligation__force", "attested_by", "confirmed_by").first()
        if found is None:
            raise NotVisible()
        return found

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        one = self.certificate()
        paper = Paper.objects.of(PaperKind.CERTIFICATE, one.pk).first()
        if paper and paper.made_at:
            return served(paper)
        shown = {"on_screen": True, "why_on_screen": self.why(paper), "back": one.get_absolute_url()}
        return render(request, TEMPLATES[PaperKind.CERTIFICATE], {**context_of(PaperKind.CERTIFICATE, one), **shown})

    @staticmethod
    def why(paper: Paper | None) -> str:
        if not pdfs_on():
            return OFF
        return f"{PREPARED} Open it again then." if paper else "Print this page, or go back and ask for the PDF."

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        one = self.certificate()
        order_paper(one, by=request.user, at=self.at)
        return HttpResponseRedirect(request.path)
