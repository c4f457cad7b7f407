"""The authorities: what awaits a decision, what is in force, what ended; one authority's page; its cancellation."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, cast

from django.contrib import messages
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from accounts.models import User
from accounts.signing import check_password_again
from accounts.states import Role
from authorisations.digest import digest
from authorisations.document import document
from authorisations.forms import CancelForm, KeepForm
from authorisations.models import Application, Authority
from authorisations.permissions import AUTHORITY, KEEPING, LISTS
from authorisations.rules.deciding import check_reportable
from authorisations.services import ending, keeping
from authorisations.states import IN_FORCE, ApplicationState, AuthorityState
from govuk.fields import SelectField
from govuk.forms import FilterForm
from govuk.lists import KeysetList
from govuk.views import ActView, VersionedActView
from operations.models import Operation
from operations.rules import check_independent
from operations.views import OperationPage
from operations.writing import Hand
from policy.refusals import NotVisible

MOST = 50


class StateFilter(FilterForm):
    state = SelectField(label="State", choices=AuthorityState.choices, blank="Any")


class Authorities(KeysetList):
    access = LISTS
    template_name = "authorisations/authorities.html"
    ordering = ("-given_at", "-pk")
    filter_form_class = StateFilter

    def get_queryset(self) -> Any:
        return Authority.objects.visible_to(self.request.user, timezone.now()).select_related("operation", "ao", "application")

    def filter(self, queryset: Any, answers: dict[str, Any]) -> Any:
        return queryset.filter(state=answers["state"]) if answers["state"] else queryset

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, at = cast(User, self.request.user), timezone.now()
        return super().get_context_data(waiting=to_decide(user, at) if Role.AO in user.offices(at) else (), now=at, **kwargs)


def to_decide(officer: User, at: datetime) -> Any:
    """What awaits a decision that this officer can give: nothing of an operation in which they have a part (P-3, 4.1)."""
    waiting = Application.objects.visible_to(officer, at).waiting_for_ao().exclude(operation__in=Operation.objects.with_part_of(officer))
    return waiting.select_related("operation", "applicant")[:MOST]


class AuthorityPage(OperationPage):
    access = AUTHORITY
    reads_signed = True
    authority: Authority

    def get_operation(self) -> Operation:
        found = (
            Authority.objects.select_related("operation__force", "application__applicant", "ao", "decision__submission")
            .filter(pk=self.kwargs["authority_id"])
            .first()
        )
        if found is None:
            raise NotVisible()
        self.authority = found
        return found.operation

    def stays(self) -> Iterator[tuple[str, str, datetime | None, str]]:
        authority, report = self.authority, getattr(self.authority, "cancellation", None)
        if hasattr(authority, "note"):
            yield "Given in words", authority.ao.name, authority.given_at, ""
        if decision := authority.decision:
            yield f"Written Authority Document: {decision.done.lower()}", decision.ao.name, decision.decided_at, decision.sha256
        if authority.ended_at:
            yield f"The authority ended: {authority.get_state_display().lower()}", "", authority.ended_at, ""  # type: ignore[attr-defined]
        if report:
            yield "Cancellation report", report.cancelled_by.name, report.cancelled_at, ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(authority=self.authority, in_force=self.authority.is_in_force(self.at), **kwargs)


class AuthorityHome(AuthorityPage, TemplateView):
    template_name = "authorisations/authority.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        report = getattr(self.authority, "cancellation", None)
        told = digest(self.authority.answered)
        owed = report is None and self.authority.state != AuthorityState.SUPERSEDED
        return super().get_context_data(
            document=document(self.authority.decision) if self.authority.decision else None,
            digest=told,
            is_idle=self.authority.state in IN_FORCE and not any(day["starts_at"] <= self.at <= day["ends_at"] for day in told.days),
            hers_to_confirm=hasattr(self.authority, "note") and self.authority.note.awaits_confirmation and self.authority.ao_id == self.person.pk,
            report=report,
            permits="Permitted deploying" if self.authority.ended_at else "Permits deploying",
            ended_by=ended_by(self.authority) if self.authority.ended_at else "",
            kept=keeping.kept_review(self.authority),
            proposed=keeping.waiting_disposal(self.operation),
            keeper="office information_management" in self.standings,
            cancellable=owed and "office authorising_officer" in self.standings,
            **kwargs,
        )


def ended_by(authority: Authority) -> str:
    """Why an authority that has ended did so, in the words of the product; what the officer wrote stands beside it (A-9, A-16 to A-18)."""
    if authority.state == AuthorityState.SUPERSEDED:
        return "A later authority superseded this one."
    if authority.state == AuthorityState.LAPSED:
        unwritten = authority.decision_id is None and authority.ended_at == authority.written_due_at
        return "It was not put in writing in time." if unwritten else "Its time had run out."
    if authority.application.state == ApplicationState.REFUSED:
        return "The application was refused."
    return ""


class Keep(AuthorityPage, Hand, ActView):
    access = KEEPING
    form_class = KeepForm
    heading = "Review whether it is still to be kept"
    button = "Keep until the next review"
    template_name = "authorisations/keep.html"

    @property
    def back_url(self) -> str:  # type: ignore[override]
        return reverse("authorisations:authority", args=[self.authority.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        waiting = keeping.waiting_disposal(self.operation)
        return super().get_context_data(kept=keeping.kept_review(self.authority), proposed=waiting, **kwargs)

    def check_possible(self) -> None:
        keeping.check_not_proposed(self.operation)

    def act(self, form: Any) -> str:
        keeping.review_kept(self.authority, reason=form.cleaned_data["reason"], by=self.request.user, at=self.at)
        messages.success(self.request, "The review has been recorded.")
        return self.back_url


class Cancel(AuthorityPage, Hand, VersionedActView):
    form_class = CancelForm
    button_kind = "warning"
    template_name = "authorisations/cancel.html"

    @property
    def heading(self) -> str:  # type: ignore[override]
        return "Cancel this authority" if self.authority.state in IN_FORCE else "Make the cancellation report"

    @property
    def button(self) -> str:  # type: ignore[override]
        return "Sign and cancel – it ends the permission to deploy at once" if self.authority.state in IN_FORCE else "Sign the cancellation report"

    @property
    def back_url(self) -> str:  # type: ignore[override]
        return reverse("authorisations:authority", args=[self.authority.pk])

    def get_thing(self) -> Authority:
        return self.authority.again()

    def check_possible(self) -> None:
        check_reportable(self.authority, getattr(self.authority, "cancellation", None))
        check_independent(self.person, self.operation)

    def act(self, form: Any) -> str:
        said = form.cleaned_data
        check_password_again(self.person, said["password"])
        stood = self.authority.state in IN_FORCE
        ending.cancel(self.authority, reason=said["reason"], done_under=said["done_under"], version=said["version"], by=self.request.user, at=self.at)
        ended_now = stood and self.authority.again().state == AuthorityState.CANCELLED
        messages.success(self.request, "Cancelled: nobody may deploy under it." if ended_now else "The cancellation report has been made.")
        return self.back_url
