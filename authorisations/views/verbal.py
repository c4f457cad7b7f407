"""The night pages: the note of a verbal authority, and its confirmation by the Authorising Officer who spoke."""

from typing import Any

from django.contrib import messages
from django.urls import reverse

from accounts.models import User
from accounts.states import Role
from authorisations.forms import NoQuestions, VerbalForm
from authorisations.permissions import DECIDING, VERBAL
from authorisations.services import applying, verbal
from authorisations.views.authorities import AuthorityPage
from authorisations.views.pages import ApplicationPage
from govuk.views import ActView, ButtonView
from operations.permissions import Row
from operations.writing import Hand


class RecordVerbal(ApplicationPage, Hand, ActView):
    access = VERBAL
    form_class = VerbalForm
    template_name = "authorisations/verbal.html"
    heading = "Record a verbal authority"
    button = "Record it – the clock for the written document runs from the words"

    def row(self) -> Row:
        return VERBAL

    @property
    def back_url(self) -> str:  # type: ignore[override]
        return self.home

    def get_form_kwargs(self) -> dict[str, Any]:
        officers = User.objects.holding(Role.AO, self.at).filter(force=self.operation.force).exclude(pk=self.request.user.pk).order_by("name")
        appointed = (
            User.objects.filter(appointments__operation=self.operation, appointments__ended_at=None, is_active=True).distinct().order_by("name")
        )
        return {**super().get_form_kwargs(), "officers": officers, "appointed": appointed}

    def get_initial(self) -> dict[str, Any]:
        return {"said_at": self.at, "given_to": self.person}

    def act(self, form: Any) -> str:
        authority = verbal.record_verbal(self.application, **form.cleaned_data, by=self.request.user, at=self.at)
        messages.success(self.request, f"Recorded. {authority.ao.name} has been asked to confirm it.")
        return reverse("authorisations:authority", args=[authority.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(limit=self.application.edition.limit("written_after_verbal"), **kwargs)


class ConfirmVerbal(AuthorityPage, ActView):
    """To confirm on a telephone, in under two minutes, what was said."""

    access = DECIDING
    form_class = NoQuestions
    template_name = "authorisations/confirm_verbal.html"
    heading = "Note of verbal authority – not the Written Authority Document"
    button = "Yes, that is what I said"

    def act(self, form: Any) -> str:
        verbal.confirm_verbal(self.authority, by=self.request.user, at=self.at)
        messages.success(self.request, "Confirmed. It remains to be put in writing.")
        return reverse("authorisations:authority", args=[self.authority.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(note=getattr(self.authority, "note", None), **kwargs)


class Supplement(ApplicationPage, ButtonView):
    def act(self) -> str:
        applying.supplement(self.application, by=self.request.user, at=self.at)
        messages.success(self.request, "What was let wait has been submitted.")
        return self.home
