"""Who takes part in the operation: the list, appointing to a part, ending one."""

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from accounts.models import User
from accounts.states import OPERATION_ROLES, Role
from govuk.views import ActView
from operations import services
from operations.forms import AppointForm, EndForm
from operations.models import Appointment
from operations.rules import check_appointable
from operations.services import PEOPLE
from operations.views import OperationPage
from operations.writing import Hand
from policy.refusals import NotVisible, RuleBroken, refusal_of

# A section's author is appointed by handing the section over; the applicant by applying.
APPOINTED_ELSEWHERE = {Role.APPLICANT, Role.AUTHOR}


class PeoplePage(OperationPage):
    access = PEOPLE

    @property
    def home(self) -> str:
        return reverse("operations:people", args=[self.operation.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(may_appoint=bool(self.standings & PEOPLE.writes), home=self.home, **kwargs)


class People(PeoplePage, TemplateView):
    template_name = "operations/people.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = self.operation.appointments.select_related("person", "ended_by").order_by("appointed_at")
        parts = [role for role in Role if role in OPERATION_ROLES - APPOINTED_ELSEWHERE]
        return super().get_context_data(
            now_in=[row for row in rows if not row.ended_at], ended=[row for row in rows if row.ended_at], parts=parts, **kwargs
        )


class Appoint(PeoplePage, Hand, ActView):
    form_class = AppointForm
    template_name = "operations/appoint.html"
    button = "Appoint"

    @property
    def role(self) -> Role:
        if self.kwargs["role"] not in OPERATION_ROLES - APPOINTED_ELSEWHERE:
            raise NotVisible()
        return Role(self.kwargs["role"])

    @property
    def heading(self) -> str:  # type: ignore[override]
        return f"Appoint {'an' if self.role.label[0] in 'AEIOUL' else 'a'} {self.role.label}"

    @property
    def back_url(self) -> str:  # type: ignore[override]
        return self.home

    @cached_property
    def asked(self) -> list[tuple[User, RuleBroken | None]]:
        """Everybody who holds the role, and why somebody cannot be appointed now."""
        people = User.objects.holding(self.role, self.at).filter(Q(force=self.operation.force) | Q(force__is_host=True)).order_by("name")
        return [(person, refusal_of(check_appointable, person, self.role, self.operation, self.at)) for person in people]

    def check_possible(self) -> None:
        """Somebody can be appointed who may be it (P-1)."""
        if all(refusal for _, refusal in self.asked):
            raise RuleBroken(
                "P-1",
                f"Nobody can be appointed {self.role.label} now.",
                clause="7.1",
                remedy="A System Administrator grants the role, and the training unit records the courses it needs.",
            )

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "people": User.objects.filter(pk__in=[person.pk for person, _ in self.asked]).order_by("name")}

    def get_form(self, form_class: Any = None) -> Any:
        """All may be sent, so that the act says why not; only those who can be are offered."""
        form = super().get_form(form_class)
        if self.request.method != "POST":
            form.fields["person"].queryset = form.fields["person"].queryset.filter(
                pk__in=[person.pk for person, refusal in self.asked if not refusal]
            )
        return form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(refused=[refusal for _, refusal in self.asked if refusal], **kwargs)

    def act(self, form: Any) -> str:
        person = form.cleaned_data["person"]
        services.appoint(self.operation, person=person, role=self.role, by=self.request.user, at=self.at)
        messages.success(self.request, f"{person.name} has been appointed {self.role.label}.")
        return self.home


class End(PeoplePage, Hand, ActView):
    form_class = EndForm
    heading = "End this part in the operation"
    button = "End it"
    button_kind = "warning"

    @property
    def back_url(self) -> str:  # type: ignore[override]
        return self.home

    def act(self, form: Any) -> str:
        appointment = Appointment.objects.filter(pk=self.kwargs["appointment_id"], operation=self.operation).first()
        if appointment is None:
            raise NotVisible()
        services.end_appointment(appointment, reason=form.cleaned_data["reason"], by=self.request.user, at=self.at)
        return self.home
