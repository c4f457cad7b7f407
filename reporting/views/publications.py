"""The analysts' pages: drafts with their checks, the preview as the public will see it, the second person's queue (R-4, R-5)."""

import json
from typing import Any

from django.contrib import messages
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from audit.models import TrailEntry
from govuk.lists import KeysetList
from govuk.views import ButtonView, VersionedActView
from operations.models import Operation
from operations.views import OperationPage
from operations.writing import Hand
from policy.refusals import NotVisible
from reporting import services as acts
from reporting.checking import all_results
from reporting.compiled import Known
from reporting.element import beside, element, written
from reporting.forms import AgreeForm, NotesForm, ReasonForm
from reporting.models import DeploymentRecord, Publication
from reporting.permissions import PUBLICATION, PUBLICATIONS
from reporting.states import PublicationState, RecordState
from reporting.views.records import RecordPage
from reporting.views.register import presented

COLOURS = {"drafted": "yellow", "checked": "orange", "approved": "blue", "published": "green", "corrected": "grey", "withdrawn": "red"}


class Publications(KeysetList):
    """What waits for a second analyst, what is being drafted, what can be drafted, and what the public reads."""

    access = PUBLICATIONS
    template_name = "reporting/publications.html"
    ordering = ("-drafted_at", "-pk")

    def get_queryset(self) -> Any:
        return Publication.objects.of_analyst(self.request.user, timezone.now()).select_related("record__deployment__operation", "drafted_by")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context, now = super().get_context_data(**kwargs), timezone.now()
        accepted = DeploymentRecord.objects.visible_to(self.request.user, now).filter(state=RecordState.ACCEPTED, publications=None)
        rows = [(one, COLOURS[one.state]) for one in context["page"]]
        waiting = accepted.select_related("deployment__place", "deployment__operation").order_by("compiled_at", "pk")[:50]
        return {**context, "rows": rows, "accepted": waiting, "now": now}


class Draft(RecordPage, Hand, ButtonView):
    """The first edition is begun."""

    access = PUBLICATION

    def act(self) -> str:
        return acts.draft(self.record, by=self.person, at=self.at).get_absolute_url()


class PublicationPage(OperationPage):
    access = PUBLICATION
    reads_signed = True
    publication: Publication
    back_url = caption = ""

    def get_operation(self) -> Operation:
        found = Publication.objects.select_related("record__deployment__operation__force", "drafted_by", "approved_by", "force")
        publication = found.filter(pk=self.kwargs["publication_id"]).first()
        if publication is None:
            raise NotVisible()
        self.publication, self.known, self.back_url = publication, Known(publication.record), publication.get_absolute_url()
        self.caption = f"{publication}, {publication.location}"
        return publication.record.deployment.operation

    def get_thing(self) -> Publication:
        return self.publication.again()

    def as_now(self) -> dict[str, Any]:
        """The element as it would be frozen now."""
        return element(self.known, edition=self.publication.edition, notes=self.publication.notes)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        mine = self.publication.drafted_by_id == self.person.pk
        shown = {"publication": self.publication, "mine": mine, "colour": COLOURS[self.publication.state]}
        return super().get_context_data(**{**shown, **kwargs})


class PublicationHome(PublicationPage, TemplateView):
    """Where it stands, its checks, and the preview exactly as the public will see it."""

    template_name = "reporting/publication.html"
    reads_signed = False  # what the public was told stays

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        publication = self.publication
        drafting = publication.state == PublicationState.DRAFTED
        results = all_results(publication, self.known, self.as_now()) if drafting else []
        return super().get_context_data(
            **self.preview(),
            results=results,
            open=sum(one.is_open for one in results),
            drafting=drafting,
            sent_back=self.sent_back(),
            editions=publication.record.publications.order_by("-edition"),
            **kwargs,
        )

    def preview(self) -> dict[str, Any]:
        """A draft is shown with the figures of now; what is checked, as it was frozen."""
        if self.publication.state == PublicationState.DRAFTED:
            self.publication.content, self.publication.beside = written(self.as_now()), beside(self.known)
        return presented(self.publication)

    def sent_back(self) -> dict[str, Any] | None:
        """Why it came back last, as it stands in the trail."""
        entry = TrailEntry.objects.filter(thing_id=str(self.publication.pk), action="publication.sent_back").order_by("pk").last()
        return {"at": entry.at, "reason": json.loads(entry.payload)["facts"]["reason"]} if entry else None


class Write(PublicationPage, Hand, VersionedActView):
    """Notes, and an explanation for each finding."""

    form_class = NotesForm
    heading, button = "Notes and explanations", "Save"

    def get_form_kwargs(self) -> dict[str, Any]:
        results = all_results(self.publication, self.known, self.as_now())
        return {**super().get_form_kwargs(), "results": results, "edition": self.publication.edition}

    def get_initial(self) -> dict[str, Any]:
        return {"notes": self.publication.notes, "why": self.publication.why}

    def act(self, form: Any) -> str:
        said = form.cleaned_data
        acts.revise(
            self.publication,
            notes=said["notes"],
            explanations=form.explanations(),
            why=said.get("why"),
            version=said["version"],
            by=self.person,
            at=self.at,
        )
        return self.back_url


class Agree(PublicationPage, Hand, VersionedActView):
    """A solemn act with a page of its own that shows exactly what will be public."""

    form_class = AgreeForm
    template_name = "reporting/agree.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if self.publication.state == PublicationState.DRAFTED:
            self.publication.content, self.publication.beside = written(self.as_now()), beside(self.known)
        open_ = []
        if self.publication.state == PublicationState.DRAFTED:
            open_ = [said for one in all_results(self.publication, self.known, self.as_now()) if one.is_open for said in one.found]
        return super().get_context_data(**presented(self.publication), still_open=open_, **kwargs)

    def find_url(self, where: str) -> str:
        return reverse("reporting:write", args=[self.publication.pk]) if where.startswith("explain.") else ""


class Check(Agree):
    heading, button = "Send to a second analyst", "I have checked it – send it to a second analyst"

    def act(self, form: Any) -> str:
        acts.declare_checked(self.publication, version=form.cleaned_data["version"], by=self.person, at=self.at)
        messages.success(self.request, "Checked and frozen. Another analyst has been asked to approve it.")
        return self.back_url


class Approve(Agree):
    heading, button = "Approve what will be published", "Approve – I have read it as the public will"

    def act(self, form: Any) -> str:
        acts.approve(self.publication, version=form.cleaned_data["version"], by=self.person, at=self.at)
        messages.success(self.request, "Approved. It can now be published.")
        return self.back_url


class Publish(Agree):
    heading, button = "Publish", "Publish – anybody can read it from now on"

    def act(self, form: Any) -> str:
        acts.publish(self.publication, version=form.cleaned_data["version"], by=self.person, at=self.at)
        messages.success(self.request, "Published on the register.")
        return self.back_url


class Reasoned(PublicationPage, Hand, VersionedActView):
    form_class = ReasonForm


class SendBack(Reasoned):
    heading, button = "Send it back", "Send it back to its analyst"

    def act(self, form: Any) -> str:
        acts.send_back(self.publication, reason=form.cleaned_data["reason"], version=form.cleaned_data["version"], by=self.person, at=self.at)
        return self.back_url


class Correct(Reasoned):
    heading, button = "Draft a correction", "Draft a further edition – the public will read this reason"

    def act(self, form: Any) -> str:
        return acts.correct(self.publication, why=form.cleaned_data["reason"], by=self.person, at=self.at).get_absolute_url()


class Withdraw(Reasoned):
    reads_signed = False
    heading, button, button_kind = "Withdraw the figures", "Withdraw them – the public will read this reason", "warning"

    def act(self, form: Any) -> str:
        acts.withdraw(self.publication, reason=form.cleaned_data["reason"], version=form.cleaned_data["version"], by=self.person, at=self.at)
        messages.success(self.request, "Withdrawn from the register.")
        return self.back_url


class TakeOver(PublicationPage, Hand, ButtonView):
    def act(self) -> str:
        acts.take_over(self.publication, version=self.version, by=self.person, at=self.at)
        return self.back_url
