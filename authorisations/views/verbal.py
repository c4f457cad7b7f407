"""The night pages: the note of a verbal authority, its corrections, and what the Authorising Officer who is named says to it."""

from typing import Any

from django.contrib import messages
from django.urls import reverse

from accounts.models import User
from accounts.states import Role
from authorisations.digest import digest
from authorisations.forms import CorrectionForm, DisputeForm, NoQuestions, VerbalForm
from authorisations.models import Authority
from authorisations.permissions import DECIDING, VERBAL
from authorisations.rules.deciding import check_dates_ahead
from authorisations.rules.urgency import check_correctable, check_disputable, check_spoke, check_verbal
from authorisations.services import applying, verbal
from authorisations.views.authorities import AuthorityPage
from authorisations.views.pages import ApplicationPage
from govuk.views import ActView, ButtonView, VersionedActView
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

    def find_url(self, where: str) -> str:
        return ActView.find_url(self, where) or super().find_url(where)

    def check_possible(self) -> None:
        verbal.check_submitted(self.application)
        check_dates_ahead(self.application, self.at)

    def act(self, form: Any) -> str:
        authority = verbal.record_verbal(self.application, **form.cleaned_data, by=self.request.user, at=self.at)
        messages.success(self.request, f"Recorded. {authority.ao.name} has been asked to confirm it.")
        return reverse("authorisations:authority", args=[authority.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(limit=self.application.edition.limit("written_after_verbal"), **kwargs)


class OfNote(AuthorityPage):
    """Mixin for what is said to a note: whoever has not read its last correction reads it first."""

    access = DECIDING

    def row(self) -> Row:
        return self.access

    def get_thing(self) -> Authority:
        return self.authority.again()

    @property
    def back_url(self) -> str:
        return reverse("authorisations:authority", args=[self.authority.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        note = getattr(self.authority, "note", None)
        return super().get_context_data(note=note, digest=digest(self.authority.answered) if note else None, **kwargs)


class ConfirmVerbal(OfNote, VersionedActView):  # type: ignore[override]
    """To confirm on a telephone, in under two minutes, what was said."""

    form_class = NoQuestions
    template_name = "authorisations/confirm_verbal.html"
    heading = "Note of verbal authority – not the Written Authority Document"
    button = "Yes, that is what I said"

    def check_possible(self) -> None:
        check_verbal(self.authority)
        check_spoke(self.person, self.authority)

    def act(self, form: Any) -> str:
        verbal.confirm_verbal(self.authority, version=form.cleaned_data["version"], by=self.request.user, at=self.at)
        messages.success(self.request, "Confirmed. It remains to be put in writing.")
        return self.back_url


class DisputeVerbal(OfNote, VersionedActView):  # type: ignore[override]
    """The other answer to the same question."""

    form_class = DisputeForm
    template_name = "authorisations/dispute_verbal.html"
    heading = "Dispute this verbal authority"
    button = "I did not say this – the authority does not stand"
    button_kind = "warning"

    def check_possible(self) -> None:
        check_disputable(self.authority)
        check_spoke(self.person, self.authority)

    def act(self, form: Any) -> str:
        verbal.dispute_verbal(self.authority, **form.cleaned_data, by=self.request.user, at=self.at)
        messages.success(self.request, "Recorded. The authority does not stand; everyone who takes part has been told.")
        return self.back_url


class CorrectVerbal(OfNote, Hand, VersionedActView):  # type: ignore[override]
    access = VERBAL
    form_class = CorrectionForm
    template_name = "authorisations/correct_verbal.html"
    heading = "Correct the note"
    button = "Add the correction"

    def check_possible(self) -> None:
        check_correctable(self.person, self.authority)

    def act(self, form: Any) -> str:
        verbal.correct_verbal(self.authority, **form.cleaned_data, by=self.request.user, at=self.at)
        messages.success(self.request, f"Corrected. {self.authority.ao.name} has been told.")
        return self.back_url


class Supplement(ApplicationPage, ButtonView):
    def act(self) -> str:
        applying.supplement(self.application, by=self.request.user, at=self.at)
        messages.success(self.request, "What was let wait has been submitted.")
        return self.home
