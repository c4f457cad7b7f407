"""Who takes part in the operation: the list, appointing to a part, ending one."""

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.urls import reverse
from django.views.generic import TemplateView

from accounts.models import User
from accounts.states import OPERATION_ROLES, Role
from govuk.views import ActView
from operations import services
from operations.forms import AppointForm, EndForm
from operations.models import Appointment
from operations.services import PEOPLE
from operations.views import OperationPage
from operations.writing import Hand
from policy.refusals import NotVisible

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

    def get_form_kwargs(self) -> dict[str, Any]:
        granted = Q(grants__role=self.role, grants__ended_at=None, grants__confirmed_at__isnull=False)
        people = User.objects.filter(granted, Q(force=self.operation.force) | Q(force__is_host=True), is_active=True)
        return {**super().get_form_kwargs(), "people": people.distinct().order_by("name")}

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
