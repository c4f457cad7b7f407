"""The training register: mine for everybody, all of it for the Training Unit and the Authorising Officers."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from accounts.courses import Standing, soon, training_of, training_of_person
from accounts.forms import TrainingFilter, TrainingForm
from accounts.models import RoleGrant, User
from accounts.permissions import OWN_ACCOUNT, TRAINING
from accounts.services import record_training
from accounts.states import Role
from accounts.views.staff import StaffPage
from govuk.lists import KeysetList
from govuk.views import ActView
from policy import current


class PersonsTraining(StaffPage, TemplateView):
    """One person's courses, and what their roles need."""

    access = TRAINING
    template_name = "accounts/training_of.html"

    @cached_property
    def person(self) -> User:
        return get_object_or_404(User.objects.select_related("force"), pk=self.kwargs["person_id"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        standings = training_of_person(self.person, self.person.offices(self.at), timezone.localdate(self.at))
        records = [(current().courses.get(record.course), record) for record in self.person.training.order_by("-completed_date", "pk")]
        may = {"may_record": bool(self.standings & TRAINING.writes), "may_see_all": bool(self.standings & TRAINING.sees)}
        return super().get_context_data(person=self.person, training=standings, records=records, **may, **kwargs)


class OwnTraining(PersonsTraining):
    access = OWN_ACCOUNT

    @cached_property
    def person(self) -> User:
        return self.me


class TrainingRegister(StaffPage, KeysetList):
    access = TRAINING
    template_name = "accounts/training_register.html"
    ordering = ("name", "pk")
    filter_form_class = TrainingFilter

    def get_queryset(self) -> Any:
        held = Prefetch("grants", RoleGrant.objects.held(self.at), to_attr="held")
        return User.objects.filter(is_active=True).select_related("force").prefetch_related("training", held)

    def filter(self, queryset: Any, answers: dict[str, Any]) -> Any:
        queryset = queryset.called(answers["words"])
        day = timezone.localdate(self.at)
        ranges = {"lapsed": (None, day), "lapsing": (day, day + soon() + timedelta(days=1))}
        return queryset.with_course_expiring(*ranges[answers["state"]]) if answers["state"] else queryset

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        rows = [(person, self.wanting(person)) for person in context["page"]]
        return {**context, "rows": rows, "may_record": bool(self.standings & TRAINING.writes)}

    def wanting(self, person: Any) -> list[Standing]:
        found = training_of(person.training.all(), [Role(grant.role) for grant in person.held], timezone.localdate(self.at))
        return [standing for standing in found if standing.is_wanting]


class RecordTraining(StaffPage, ActView):
    access = TRAINING
    changes = True
    form_class = TrainingForm
    heading = "Record a course"
    button = "Record the course"

    @cached_property
    def person(self) -> User:
        return get_object_or_404(User.objects.select_related("force"), pk=self.kwargs["person_id"])

    @property
    def caption(self) -> str:  # type: ignore[override]
        return self.person.name

    @property
    def back_url(self) -> str:  # type: ignore[override]
        return reverse("accounts:training_of", args=[self.person.pk])

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"is_host": self.person.force.is_host}

    def act(self, form: TrainingForm) -> str:
        record = record_training(self.person, **form.cleaned_data, by=self.me, at=self.at)
        until = f", counts until the end of {record.expires_date:%-d %B %Y}" if record.expires_date else ""
        messages.success(self.request, f"Recorded: {current().courses[record.course].title}{until}.")
        return self.back_url
