"""What the pages of an application share: the application, who the reader is to it, and where each finding can be mended."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse

from authorisations.models import Application
from authorisations.permissions import APPLICATION, check_writes_section, row_of
from authorisations.sections import SECTIONS
from authorisations.services.content import check_open
from govuk.returning import next_path, with_next
from operations.models import Operation
from operations.permissions import Row
from operations.views import OperationPage
from operations.writing import Hand
from policy.refusals import NotVisible


class ApplicationPage(OperationPage):
    access = APPLICATION
    reads_signed = True
    application: Application

    def get_operation(self) -> Operation:
        found = (
            Application.objects.select_related("operation__force", "applicant", "composition")
            .prefetch_related("sections")
            .filter(pk=self.kwargs["application_id"])
            .first()
        )
        if found is None:
            raise NotVisible()
        self.application = found
        return found.operation

    def stays(self) -> Iterator[tuple[str, str, datetime | None, str]]:
        for one in self.application.submissions.select_related("submitted_by", "decision__ao"):
            yield f"Version {self.application.number} submitted", one.submitted_by.name, one.submitted_at, one.sha256
            if hasattr(one, "decision"):
                yield one.decision.done, one.decision.ao.name, one.decision.decided_at, one.decision.sha256

    def row(self) -> Row:
        return row_of(self.application)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(application=self.application, **kwargs)

    @property
    def home(self) -> str:
        return reverse("authorisations:application", args=[self.application.pk])

    def find_url(self, where: str) -> str:
        return url_of(self.application, where)


class OfSection(ApplicationPage, Hand):
    """A page that changes a section: open to whoever may write that section."""

    section_name = ""

    @property
    def carried(self) -> str:
        """Where one goes when the section is done, as further pages of it are told; empty where that is the task list."""
        back = next_path(self.request, "")
        return with_next("", back) if back else ""

    def section_url(self) -> str:
        return f"{url_of(self.application, self.section_name)}{self.carried}"

    def check_possible(self) -> None:
        check_open(self.application, self.section_name)

    def check_hand(self) -> None:
        section = self.application.sections.filter(name=self.section_name).first()
        if section is None:
            raise NotVisible()
        check_writes_section(self.application, section, self.request.user, self.at)


def url_of(application: Application, where: str) -> str:
    """Where a finding can be mended: the section's page, at the question."""
    section, _, question = where.partition(".")
    page = reverse("authorisations:section", args=[application.pk, section]) if section in SECTIONS else ""
    anchored = page and question and section not in ("watchlist", "assessments") and question != "appointments" and question != "training"
    return f"{page}#id_{question}" if anchored else page
