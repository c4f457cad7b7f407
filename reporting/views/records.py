"""Deployment records: whose is due when, one record with all it is compiled from, and the acts on it (R-1, 6.1, 7.7)."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from audit.reading import note_sight
from authorisations.permissions import AUTHORITY
from deployments.models import Deployment
from deployments.states import FINAL
from deployments.views.pages import FRONT
from govuk.lists import KeysetList
from govuk.refusals import linked
from govuk.views import ButtonView, VersionedActView
from obligations.models import Obligation
from obligations.states import Kind
from operations.models import Operation
from operations.views import OperationPage
from operations.writing import Hand
from policy.refusals import NotVisible
from reporting import services as acts
from reporting.checklist import checklist
from reporting.compiled import Known, items
from reporting.forms import NarrativeForm, ReceiveForm, ReturnForm, SendForm
from reporting.models import DeploymentRecord
from reporting.permissions import ANALYST, ANSWER, AO, RECORD, RECORDS
from reporting.querysets import ended_deployments
from reporting.rules import is_silver_of
from reporting.states import RecordState

COLOURS = {RecordState.COMPILING: "yellow", RecordState.SUBMITTED: "blue", RecordState.RETURNED: "orange", RecordState.ACCEPTED: "green"}

# Who opens the pages where a point of the checklist is mended.
OPENED_TO = {"deployment": FRONT.sees, "authority": AUTHORITY.sees, "narrative": RECORD.writes, "debrief": RECORD.sees}


class Records(KeysetList):
    """The deployments that have ended: where the record of each is, and by when it is due (6.1, 7.7)."""

    access = RECORDS
    template_name = "reporting/records.html"
    ordering = ("-starts_at", "-pk")

    def get_queryset(self) -> Any:
        return ended_deployments(self.request.user, timezone.now()).select_related("place", "operation", "record")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context, now = super().get_context_data(**kwargs), timezone.now()
        ended = list(context["page"])
        owed = {clock.subject_id: clock for clock in Obligation.objects.filter(kind=Kind.RECORD_TO_AO, subject_id__in=[one.pk for one in ended])}
        seen = Deployment.objects.visible_to(self.request.user, now).select_related("place", "operation")
        coming = seen.exclude(state__in=FINAL).order_by("starts_at", "pk").first() if not ended else None
        return {**context, "records": [in_list(one, owed.get(one.pk)) for one in ended], "coming": coming, "now": now}


def in_list(deployment: Deployment, clock: Obligation | None) -> dict[str, Any]:
    record = getattr(deployment, "record", None)
    return {"deployment": deployment, "record": record, "clock": clock, "colour": COLOURS.get(record.state, "grey") if record else "grey"}


class CompileRecord(OperationPage, ButtonView):
    """The record of this deployment; compiled where there is none yet. A link may lead here before there is one."""

    access = RECORD
    http_method_names = ["get", "post"]

    def get_operation(self) -> Operation:
        found = Deployment.objects.select_related("operation__force").filter(pk=self.kwargs["deployment_id"]).first()
        if found is None:
            raise NotVisible()
        self.deployment, self.back_url = found, found.get_absolute_url()
        return found.operation

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        record = DeploymentRecord.objects.filter(deployment=self.deployment).first()
        to = record.get_absolute_url() if record else reverse("reporting:records_of_operation", args=[self.operation.pk])
        return HttpResponseRedirect(to)

    def act(self) -> str:
        return acts.compile_record(self.deployment, by=self.person, at=self.at).get_absolute_url()


class RecordPage(OperationPage):
    """A page of one record."""

    access = RECORD
    reads_signed = True
    record: DeploymentRecord
    back_url = caption = ""

    def get_operation(self) -> Operation:
        found = DeploymentRecord.objects.select_related("deployment__operation__force", "deployment__authority__ao", "deployment__place")
        record = found.filter(pk=self.kwargs["record_id"]).first()
        if record is None:
            raise NotVisible()
        self.record, self.known, self.back_url = record, Known(record), record.get_absolute_url()
        self.caption = f"{record}, {record.deployment.place}"
        return record.deployment.operation

    def stays(self) -> Iterator[tuple[str, str, datetime | None, str]]:
        for one in self.record.submissions.select_related("submitted_by", "answer__answered_by"):
            yield f"Deployment record {self.record}, submission {one.number}", one.submitted_by.name, one.submitted_at, one.sha256
            if hasattr(one, "answer"):
                yield "Accepted" if one.answer.accepted else "Returned", one.answer.answered_by.name, one.answer.answered_at, ""

    def get_thing(self) -> DeploymentRecord:
        return self.record.again()

    def find_url(self, where: str) -> str:
        """Where a point of the checklist is mended."""
        authority = self.record.deployment.authority_id
        return {
            "deployment": self.record.deployment.get_absolute_url(),
            "authority": reverse("authorisations:authority", args=[authority]),
            "narrative": reverse("reporting:narrative", args=[self.record.pk]),
            "debrief": reverse("reporting:debrief", args=[self.record.pk]),
        }.get(where) or super().find_url(where)  # type: ignore[misc]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = {"record": self.record, "deployment": self.record.deployment, "known": self.known, "colour": self.colour}
        return super().get_context_data(**shown, writes=bool(self.standings & RECORD.writes), **kwargs)

    @property
    def colour(self) -> str:
        return COLOURS[RecordState(self.record.state)]


class RecordHome(RecordPage, TemplateView):
    """All that is known, what is still missing, and where it has been."""

    template_name = "reporting/record.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        note_sight(self.record, by=request.user, at=self.at)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        submissions = list(self.record.submissions.select_related("submitted_by", "answer__answered_by"))
        points = [{"point": one.point, "found": one.findings, "href": self.way_to(one.point.where), "met": one.is_met} for one in self.checks()]
        return super().get_context_data(
            items=items(self.known),
            points=points,
            missing=sum(not one["met"] for one in points),
            submissions=submissions,
            last=submissions[-1] if submissions else None,
            receives=AO in self.standings and self.record.state == RecordState.SUBMITTED,
            clock=self.record.clocks().last(),
            publications=self.record.publications.order_by("-edition") if ANALYST in self.standings else (),
            analyst=ANALYST in self.standings,
            **kwargs,
        )

    def checks(self) -> Any:
        return checklist(self.known) if self.record.is_open else ()

    def way_to(self, where: str) -> str:
        """To where it is mended, for one who may open that page."""
        return self.find_url(where) if self.standings & OPENED_TO[where] else ""


class Narrative(RecordPage, Hand, VersionedActView):
    """What only people know, and the LFR system's own totals."""

    form_class = NarrativeForm
    heading, button = "Issues, impact and learning", "Save"

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.record, name) for name in self.form_class.base_fields}

    def act(self, form: Any) -> str:
        said = {name: form.cleaned_data[name] for name in self.form_class.base_fields}
        acts.complete(self.record, **said, version=form.cleaned_data["version"], by=self.person, at=self.at)
        return self.back_url


class SubmitRecord(RecordPage, Hand, VersionedActView):
    """A solemn act: it repeats what follows."""

    form_class = SendForm
    template_name = "reporting/submit_record.html"
    heading, button = "Submit the deployment record", "Submit to the Authorising Officer – it can’t be edited afterwards"

    def act(self, form: Any) -> str:
        acts.submit(self.record, version=form.cleaned_data["version"], by=self.person, at=self.at)
        messages.success(self.request, "The record is with the Authorising Officer.")
        return self.back_url

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        open_ = [finding for one in checklist(self.known) for finding in one.findings]
        return super().get_context_data(missing=linked(tuple(open_), self.find_url), **kwargs)


class Receive(RecordPage, Hand, VersionedActView):
    """An Authorising Officer answers: accepts it, or returns it for more (P-5)."""

    access = ANSWER
    template_name = "reporting/receive.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        by_default = self.person.pk == self.record.deployment.authority.ao_id
        return {**super().get_form_kwargs(), "asks_why": not by_default}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = {"silver": is_silver_of(self.person, self.operation), "breaches": self.known.breaches}
        return super().get_context_data(**shown, submission=self.record.submissions.select_related("submitted_by").last(), **kwargs)


class Accept(Receive):
    form_class = ReceiveForm
    heading, button = "Accept the deployment record", "Accept – the figures can then be published"

    def act(self, form: Any) -> str:
        why = form.cleaned_data.get("why_receiver", "")
        acts.accept(self.record, why_receiver=why, version=form.cleaned_data["version"], by=self.person, at=self.at)
        messages.success(self.request, "Accepted. The analysts have been given the time for publishing.")
        return self.back_url


class GiveBack(Receive):
    form_class = ReturnForm
    heading, button = "Return the deployment record for more", "Return it"

    def act(self, form: Any) -> str:
        said = form.cleaned_data
        acts.give_back(
            self.record, reasons=said["reasons"], why_receiver=said.get("why_receiver", ""), version=said["version"], by=self.person, at=self.at
        )
        messages.success(self.request, "Returned. Silver and the applicant have been told.")
        return self.back_url


class OfOperation(OperationPage, TemplateView):
    """The records of an operation's deployments."""

    access = RECORD
    template_name = "reporting/records_of_operation.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        ended = self.operation.deployments.exclude(ended_at=None).select_related("place", "operation", "record").order_by("starts_at", "pk")
        clocks = {one.subject_id: one for one in Obligation.objects.filter(operation=self.operation, kind=Kind.RECORD_TO_AO)}
        return super().get_context_data(
            records=[in_list(one, clocks.get(one.pk)) for one in ended], writes=bool(self.standings & RECORD.writes), **kwargs
        )
