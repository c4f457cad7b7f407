"""The debrief of a deployment, its chair's page, and the actions that came of it (R-2, 7.6)."""

from datetime import datetime, time
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.generic import TemplateView

from accounts.models import User
from accounts.views.staff import READING, StaffPage
from govuk.times import from_local
from govuk.views import ActView, VersionedActView
from operations.models import Operation
from operations.permissions import check_sees
from operations.writing import Hand
from policy.refusals import NotVisible
from reporting import services as acts
from reporting.compiled import debrief_of
from reporting.forms import ActionForm, ArrangeForm, DebriefForm, DoneForm
from reporting.models import Action, Debrief
from reporting.permissions import ACTION, DEBRIEF, OVERSIGHT
from reporting.rules import check_chairs, check_does
from reporting.views.records import RecordPage


def end_of(day: Any) -> datetime:
    """The last minute of that day in the United Kingdom."""
    found = from_local(datetime.combine(day, time(23, 59)))
    assert found
    return found


class DebriefHome(RecordPage, TemplateView):
    """What it came to; who chairs it; what ties them to the operation."""

    access = DEBRIEF
    template_name = "reporting/debrief.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        debrief = self.known.debrief
        actions = debrief.actions.select_related("person") if debrief else ()
        chairs = debrief is not None and debrief.chair_id == self.person.pk
        return super().get_context_data(debrief=debrief, told=debrief_of(self.known), actions=actions, chairs=chairs, **kwargs)


class DebriefPage(RecordPage):
    """It leads back to the debrief."""

    def get_operation(self) -> Operation:
        found = super().get_operation()
        self.back_url = reverse("reporting:debrief", args=[self.record.pk])
        return found


class Arrange(DebriefPage, Hand, ActView):
    form_class = ArrangeForm
    heading, button = "Who chairs the debrief?", "Ask this person to chair"

    def get_form_kwargs(self) -> dict[str, Any]:
        people = User.objects.filter(force=self.operation.force, is_active=True).order_by("name")
        return {**super().get_form_kwargs(), "people": people}

    def act(self, form: Any) -> str:
        debrief = acts.arrange_debrief(self.record, chair=form.cleaned_data["person"], by=self.person, at=self.at)
        messages.success(self.request, f"{debrief.chair.name} has been asked to chair the debrief.")
        return self.back_url


class ChairPage(DebriefPage):
    """For the chair alone; whoever else sees the debrief reads whose it is."""

    access = DEBRIEF
    debrief: Debrief

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.operation = self.get_operation()
        check_sees(DEBRIEF, request.user, self.operation, self.at)
        if self.known.debrief is None:
            raise NotVisible()
        self.debrief = self.known.debrief
        check_chairs(self.person, self.debrief)
        return super().dispatch(request, *args, **kwargs)


class Hold(ChairPage, VersionedActView):
    heading, button = "What the debrief came to", "Save the debrief"
    form_class = DebriefForm

    def get_thing(self) -> Any:
        return self.debrief.again()

    def find_url(self, where: str) -> str:
        return ""

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "known": self.known}

    def get_initial(self) -> dict[str, Any]:
        return DebriefForm.initial_of(self.debrief)

    def act(self, form: Any) -> str:
        acts.hold_debrief(self.debrief, **form.said(), version=form.cleaned_data["version"], by=self.person, at=self.at)
        messages.success(self.request, "The debrief has been entered. The Authorising Officer has been told.")
        return self.back_url


class AddAction(ChairPage, ActView):
    heading, button = "What is to be done?", "Add this action"
    form_class = ActionForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "people": User.objects.filter(force=self.operation.force, is_active=True).order_by("name")}

    def act(self, form: Any) -> str:
        said = form.cleaned_data
        acts.add_action(self.debrief, what=said["what"], person=said["person"], due_at=end_of(said["due_date"]), by=self.person, at=self.at)
        return self.back_url


class ActionPage(StaffPage, VersionedActView):
    """One action: for whoever has to do it, whoever may see the debrief or the board's review it comes from."""

    access = ACTION
    form_class = DoneForm
    template_name = "reporting/action.html"
    heading, button = "An action", "It has been done"
    action: Action

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        found = Action.objects.select_related("person", "debrief__record__deployment__operation", "review").filter(pk=kwargs["action_id"]).first()
        if found is None or not request.user.is_authenticated:
            raise NotVisible()
        self.action = found
        if found.person_id != request.user.pk:
            self.check_sees_source()
        if request.method not in READING:
            check_does(request.user, found)
        return super().dispatch(request, *args, **kwargs)

    def check_sees_source(self) -> None:
        if self.action.debrief:
            check_sees(DEBRIEF, self.me, self.action.debrief.operation, self.at)
        elif self.me.force_id != self.action.force_id or not {f"office {role.value}" for role in self.me.offices(self.at)} & OVERSIGHT.sees:
            raise NotVisible()

    def get_thing(self) -> Action:
        return self.action.again()

    def act(self, form: Any) -> str:
        acts.finish_action(self.action, outcome=form.cleaned_data["outcome"], version=form.cleaned_data["version"], by=self.me, at=self.at)
        messages.success(self.request, "Noted. Whoever agreed it has been told.")
        return reverse("reporting:action", args=[self.action.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        mine = self.action.person_id == self.me.pk
        return super().get_context_data(action=self.action, mine=mine, **kwargs)
