"""The library for all staff: the register, a document with its versions, registering and adopting."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from accounts.views import StaffPage
from govuk.lists import KeysetList
from govuk.views import ActView, ButtonView, VersionedActView
from library import forms, services
from library.models import Document, Version
from library.permissions import LIBRARY, REGISTERING, can_adopt, can_approve, check_may_adopt, who_adopts
from library.rules import review_standing
from policy import current
from policy.refusals import NotVisible


class Register(StaffPage, KeysetList):
    """Every document, its version in force, who owns it, and when it must be reviewed."""

    access = LIBRARY
    template_name = "library/register.html"
    ordering = ("kind", "title", "pk")
    page_size = 50

    def get_queryset(self) -> QuerySet:
        in_force = Prefetch("versions", Version.objects.in_force(self.at), to_attr="in_force")
        return Document.objects.select_related("owner").prefetch_related(in_force)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        day, edition = timezone.localdate(self.at), current()
        shown = [(document, (document.in_force or [None])[0]) for document in context["page"]]
        rows = [(document, version, review_standing(version, day, edition)) for document, version in shown]
        return {**context, "rows": rows, "may_register": bool(self.standings & REGISTERING.writes), "register_url": reverse("library:register")}


class OfDocument(StaffPage):
    access = LIBRARY

    def get_document(self) -> Document:
        found = Document.objects.select_related("owner", "force").filter(pk=self.kwargs["document_id"]).first()
        if found is None:
            raise NotVisible()
        return found


class DocumentPage(OfDocument, TemplateView):
    template_name = "library/document.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        document = self.get_document()
        versions = list(document.versions.select_related("recorded_by", "approved_by"))
        in_force = next((version for version in versions if not version.awaits_approval), None)
        return super().get_context_data(
            document=document,
            versions=versions,
            in_force=in_force,
            standing=review_standing(in_force, timezone.localdate(self.at), current()),
            adopts=f"Adopted by {who_adopts(document)}.",
            may_adopt=can_adopt(self.request.user, document, self.at),
            to_approve=[version for version in versions if version.awaits_approval and can_approve(self.request.user, version, self.at)],
            **kwargs,
        )


class RegisterDocument(StaffPage, ActView):
    access = REGISTERING
    changes = True
    form_class = forms.RegisterForm
    heading = "Register a document"
    button = "Register the document"

    def act(self, form: Any) -> str:
        document = services.register_document(**form.cleaned_data, by=self.request.user, at=self.at)
        return reverse("library:document", args=[document.pk])


class Adopt(OfDocument, VersionedActView):
    changes = True
    form_class = forms.AdoptForm
    heading = "Adopt a new version"
    button = "Adopt this version"

    def get_thing(self) -> Document:
        document = self.get_document()
        check_may_adopt(self.request.user, document, self.at)
        self.caption, self.back_url = document.title, reverse("library:document", args=[document.pk])
        return document

    def act(self, form: Any) -> str:
        services.adopt_version(self.thing, **form.cleaned_data, by=self.request.user, at=self.at)
        return self.back_url


class Approve(StaffPage, ButtonView):
    access = LIBRARY

    def act(self) -> str:
        version = Version.objects.select_related("document").filter(pk=self.kwargs["version_id"]).first()
        if version is None:
            raise NotVisible()
        services.approve_version(version, by=self.request.user, at=self.at)
        return reverse("library:document", args=[version.document_id])
