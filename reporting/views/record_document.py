"""The deployment record as a document: the PDF, or until it is made the page to print (R-1)."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.generic import View

from audit.reading import note_sight
from policy.refusals import NotVisible
from reporting.models import Paper
from reporting.papers import TEMPLATES, context_of
from reporting.printing import pdfs_on
from reporting.states import PaperKind
from reporting.views.papers import OFF, served
from reporting.views.records import RecordPage

PREPARED = "The PDF is being prepared and is made within a minute or two. This page says the same."


class RecordDocument(RecordPage, View):
    """Of the latest submission."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        submission = self.record.submissions.select_related("submitted_by").last()
        if submission is None:
            raise NotVisible()
        note_sight(self.record, by=request.user, at=self.at)
        paper = Paper.objects.of(PaperKind.RECORD, submission.pk).first()
        if paper and paper.made_at:
            return served(paper)
        shown = {"on_screen": True, "why_on_screen": PREPARED if pdfs_on() else OFF, "back": self.back_url}
        return render(request, TEMPLATES[PaperKind.RECORD], {**context_of(PaperKind.RECORD, submission), **shown})
