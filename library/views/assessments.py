"""Within an operation: the four assessments of the force as the application considers them, and the local one."""

from typing import Any

from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from audit.reading import note_sight
from govuk.fields.spoken import upper_first
from govuk.returning import next_path, with_next
from govuk.views import VersionedActView
from library import forms, services
from library.models import CIA_TEXTS, AssessmentReview, LocalCia, Version
from library.permissions import ASSESSMENTS, CIA
from library.rules import assessment_findings, check_not_frozen, review_standing
from library.states import ASSESSMENTS as KINDS
from library.states import Kind
from operations.views import OperationPage
from operations.writing import WritingPage
from policy import current
from policy.refusals import NotVisible, RuleBroken


class Assessments(OperationPage, TemplateView):
    """Each assessment: the version in force, what was made of it here, what is still to do."""

    access = ASSESSMENTS
    reads_signed = True
    template_name = "library/assessments.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        versions = Version.objects.current_by_kind(self.operation.force_id, KINDS, self.at)
        reviews = {review.kind: review for review in self.operation.assessment_reviews.select_related("document_version", "reviewed_by")}
        found = {finding.where: finding.sentence for finding in assessment_findings(self.operation, self.at, current())}
        day, edition = timezone.localdate(self.at), current()
        rows = [
            {
                "kind": kind,
                "version": versions.get(kind),
                "review": reviews.get(kind),
                "missing": upper_first(found.get(f"assessments.{kind.value}", "").removeprefix(f"{kind.label}: ")),
                "standing": review_standing(versions.get(kind), day, edition),
                "url": self.to("review", kind=kind.value),
            }
            for kind in KINDS
        ]
        frozen = any(review.frozen_at for review in reviews.values())
        return super().get_context_data(
            rows=rows,
            local_cia=LocalCia.objects.filter(operation=self.operation).select_related("completed_by").first(),
            local_cia_url=self.to("local_cia"),
            frozen=frozen,
            may_review=bool(self.standings & ASSESSMENTS.writes) and not frozen,
            writes=bool(self.standings & ASSESSMENTS.writes),
            back_url=next_path(self.request, f"/operations/{self.operation.pk}/"),
            **kwargs,
        )

    def to(self, name: str, **kwargs: Any) -> str:
        return with_next(reverse(f"library:{name}", kwargs={"operation_id": self.operation.pk, **kwargs}), self.request.get_full_path())


class Review(WritingPage, VersionedActView):
    """What one assessment means for this operation; the version that was shown is the one reviewed."""

    access = ASSESSMENTS
    reads_signed = True
    form_class = forms.ReviewForm
    button = "Save the review"
    template_name = "library/review.html"
    caption, heading = "Assessments", ""
    current: Version

    def done_url(self) -> str:
        return reverse("library:assessments", args=[self.operation.pk])

    def prepare(self) -> None:
        super().prepare()
        if self.kwargs["kind"] not in KINDS:
            raise NotVisible()
        kind = Kind(self.kwargs["kind"])
        found = Version.objects.current(self.operation.force_id, kind, self.at)
        if found is None:
            raise RuleBroken(
                "A-10",
                f"The library holds no version in force of the {kind.label.lower()}.",
                clause="7.2",
                remedy="Ask its owner or Information Management to adopt one.",
            )
        check_not_frozen(self.thing)
        self.current, self.heading = found, kind.label

    def get_thing(self) -> AssessmentReview:
        found = self.operation.assessment_reviews.filter(kind=self.kwargs["kind"]).first()
        return found or AssessmentReview(operation=self.operation, kind=self.kwargs["kind"], version=0)

    def get_initial(self) -> dict[str, Any]:
        before = {"outcome": self.thing.outcome, "sufficient": self.thing.sufficient} if self.thing.version else {}
        return {"read": self.current.number, **before}

    def act(self, form: Any) -> str:
        answers = form.cleaned_data
        read = Version.objects.filter(document=self.current.document_id, number=answers["read"]).select_related("document").first()
        services.review_assessment(
            self.operation,
            document_version=read or self.current,
            outcome=answers["outcome"],
            sufficient=answers["sufficient"],
            version=answers["version"],
            by=self.request.user,
            at=self.at,
        )
        return self.next_url


class LocalCiaPage(OperationPage, TemplateView):
    """The local assessment as it stands. Who is to complete it comes straight to its questions."""

    access = CIA
    reads_signed = True
    template_name = "library/local_cia.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.cia = LocalCia.objects.filter(operation=self.operation).select_related("completed_by").first()
        if self.cia is None and self.standings & CIA.writes:
            return HttpResponseRedirect(self.complete_url())
        return super().get(request, *args, **kwargs)

    def complete_url(self) -> str:
        url, back = reverse("library:complete_local_cia", args=[self.operation.pk]), next_path(self.request, "")
        return with_next(url, back) if back else url

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if self.cia:
            note_sight(self.cia, by=self.request.user, at=self.at)
        questions = [(forms.LocalCiaForm.base_fields[name].label, getattr(self.cia, name)) for name in CIA_TEXTS] if self.cia else []
        return super().get_context_data(
            cia=self.cia,
            questions=questions,
            writes=bool(self.standings & CIA.writes),
            complete_url=self.complete_url(),
            back_url=next_path(self.request, f"/operations/{self.operation.pk}/"),
            **kwargs,
        )


class CompleteLocalCia(WritingPage, VersionedActView):
    access = CIA
    reads_signed = True
    form_class = forms.LocalCiaForm
    heading = "Local community impact assessment"
    button = "Complete the assessment"
    caption = "Assessments"
    template_name = "library/complete_local_cia.html"

    def done_url(self) -> str:
        return reverse("library:local_cia", args=[self.operation.pk])

    def prepare(self) -> None:
        super().prepare()
        check_not_frozen(self.thing)
        self.back_url = next_path(self.request, self.done_url() if self.thing.version else super().done_url())

    def get_thing(self) -> LocalCia:
        return LocalCia.objects.filter(operation=self.operation).first() or LocalCia(operation=self.operation, version=0)

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.thing, name) for name in CIA_TEXTS}

    def act(self, form: Any) -> str:
        services.complete_local_cia(self.operation, **form.cleaned_data, by=self.request.user, at=self.at)
        return self.next_url
