"""The documents themselves: the PDF to whoever sees the authority; until it is made, a page that says so."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.generic import View

from audit.reading import note_sight
from authorisations.permissions import DECIDING
from authorisations.services.deciding import latest
from authorisations.states import GIVES_AUTHORITY
from authorisations.views.authorities import AuthorityPage
from authorisations.views.deciding import DecidingPage
from policy.refusals import NotVisible, RuleBroken
from reporting.models import Paper
from reporting.papers import TEMPLATES, context_of, draft
from reporting.printing import pdfs_on
from reporting.states import PaperKind

GIVEN_UP_AFTER = 3
OFF = "This service cannot make PDFs on this machine. Print this page instead; it says the same."
FAILED = "The PDF could not be made yet and is tried again by itself. Print this page instead; it says the same."
DRAFT = "This is how the document reads so far. It has not been signed."


class PaperPage(AuthorityPage, View):
    """The page's paper may be wanting in three ways: there is no subject (404), it is being prepared, or this machine makes none."""

    kind: PaperKind

    def subject(self) -> Any:
        raise NotImplementedError

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        subject = self.subject()
        if subject is None:
            raise NotVisible()
        paper = Paper.objects.of(self.kind, subject.pk).first()
        if paper and paper.made_at:
            note_sight(paper, by=request.user, at=self.at)
            return served(paper)
        if pdfs_on() and (paper is None or paper.attempts < GIVEN_UP_AFTER):
            return render(request, "reporting/being_prepared.html", self.get_context_data(kind=self.kind, paper=paper))
        note_sight(subject, by=request.user, at=self.at)
        return self.printable(subject, FAILED if pdfs_on() else OFF)

    def printable(self, subject: Any, why: str) -> HttpResponse:
        context = {"on_screen": True, "why_on_screen": why, "back": reverse("authorisations:authority", args=[self.authority.pk])}
        return render(self.request, TEMPLATES[self.kind], {**context_of(self.kind, subject), **context})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {"operation": self.operation, "standings": self.standings, "now": self.at, "authority": self.authority, **kwargs}


class WrittenAuthority(PaperPage):
    kind = PaperKind.WRITTEN_AUTHORITY

    def subject(self) -> Any:
        decision = self.authority.decision
        return decision if decision and decision.outcome in GIVES_AUTHORITY else None


class CancellationReport(PaperPage):
    kind = PaperKind.CANCELLATION

    def subject(self) -> Any:
        return getattr(self.authority, "cancellation", None)


def served(paper: Paper) -> HttpResponse:
    """The bytes that were made, or a refusal where they are no longer these (G-5)."""
    if not paper.is_whole:
        raise RuleBroken(
            "G-5",
            "This document is no longer the one that was made: its hash differs from the one in the trail.",
            clause="7.1e",
            remedy="Tell Information Management. It must be restored from a back-up before anybody relies on it.",
        )
    headers = {"Content-Disposition": f'inline; filename="{paper.file_name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(bytes(paper.pdf), content_type="application/pdf", headers=headers)


class Preview(DecidingPage, View):
    """The Authorising Officer's own words as the document will print them, before signing (A-15)."""

    access = DECIDING

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.application.submissions.exists():
            raise NotVisible()
        submission = latest(self.application)
        context = {"on_screen": True, "why_on_screen": DRAFT, "back": self.home, "decided": "", "conditions": ""}
        return render(request, TEMPLATES[PaperKind.WRITTEN_AUTHORITY], {**draft(submission, self.answers), **context})
