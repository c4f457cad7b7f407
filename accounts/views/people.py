"""Who works here and what they may be: the System Administrators' pages."""

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from accounts import services
from accounts.forms import GrantForm, PeopleFilter, RankForm, RegisterForm
from accounts.models import RoleGrant, SignInReset, User
from accounts.permissions import PEOPLE
from accounts.states import GrantState, Role
from accounts.views.staff import StaffPage
from govuk.forms import Form
from govuk.lists import KeysetList
from govuk.views import ActView, ButtonView


class PeopleList(StaffPage, KeysetList):
    access = PEOPLE
    template_name = "accounts/people.html"
    ordering = ("name", "pk")
    filter_form_class = PeopleFilter

    def get_queryset(self) -> Any:
        open_ = Prefetch("grants", RoleGrant.objects.open(self.at).order_by("role"), to_attr="open_grants")
        return User.objects.select_related("force").prefetch_related(open_)

    def filter(self, queryset: Any, answers: dict[str, Any]) -> Any:
        queryset = queryset.called(answers["words"])
        if answers["show"] == "waiting":
            return queryset.filter(pk__in=RoleGrant.objects.open(self.at).waiting_for_confirmation().values("person"))
        return queryset.filter(is_active=False) if answers["show"] == "inactive" else queryset


class Register(StaffPage, ActView):
    access = PEOPLE
    changes = True
    form_class = RegisterForm
    heading = "Register a person"
    button = "Register the person"

    @property
    def back_url(self) -> str:  # type: ignore[override]
        return reverse("accounts:people")

    def act(self, form: RegisterForm) -> str:
        person = services.register_person(**form.cleaned_data, demonstration=self.me.is_demonstration, by=self.me, at=self.at)
        messages.success(self.request, f"{person.name} is registered. Reset how they sign in to get a one-time password, and grant their roles.")
        return reverse("accounts:person", args=[person.pk])


class OfPerson(StaffPage):
    """Mixin for the pages of one person."""

    access = PEOPLE

    @cached_property
    def person(self) -> User:
        return get_object_or_404(User.objects.select_related("force"), pk=self.kwargs["person_id"])

    @property
    def is_own(self) -> bool:
        return self.person.pk == self.me.pk

    @property
    def back_url(self) -> str:
        return reverse("accounts:person", args=[self.person.pk])

    @property
    def caption(self) -> str:
        return self.person.name

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(person=self.person, is_own=self.is_own, **kwargs)


class PersonPage(OfPerson, TemplateView):
    template_name = "accounts/person.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        grants = self.person.grants.select_related("person", "granted_by", "confirmed_by", "ended_by").order_by("-granted_at")
        shown = [(grant, grant.state(self.at)) for grant in grants]
        groups = {
            "waiting": [(grant, self.why_not(grant)) for grant, state in shown if state == GrantState.WAITING],
            "held": [grant for grant, state in shown if state == GrantState.HELD],
            "past": [(grant, state) for grant, state in shown if state in (GrantState.ENDED, GrantState.RUN_OUT)],
        }
        ranks = self.person.ranks.order_by("-from_date", "-pk")
        reset = SignInReset.objects.waiting_for_confirmation().filter(person=self.person).select_related("asked_by").first()
        return super().get_context_data(**groups, ranks=ranks, rank=self.person.rank_at(self.at), reset=reset, **kwargs)

    def why_not(self, grant: RoleGrant) -> str:
        """Why this reader is not the one to confirm the role."""
        if self.is_own:
            return "Nobody confirms a role of their own."
        return "You granted it, so another System Administrator confirms it." if grant.granted_by_id == self.me.pk else ""


class OnPerson(OfPerson, ActView):  # type: ignore[override]
    """Mixin for one act on a person, which leads back to their page."""

    changes = True
    form_class: type = Form

    def act(self, form: Any) -> str:
        messages.success(self.request, self.do(form.cleaned_data))
        return self.back_url

    def do(self, answers: dict[str, Any]) -> str:
        """Calls the act and says what was done."""
        raise NotImplementedError


class RecordRank(OnPerson):
    form_class = RankForm
    heading = "Record a rank"
    button = "Record the rank"

    def do(self, answers: dict[str, Any]) -> str:
        services.record_rank(self.person, **answers, by=self.me, at=self.at)
        return "The rank is recorded."


class GrantRole(OnPerson):
    form_class = GrantForm
    template_name = "accounts/grant_role.html"
    heading = "Grant a role"
    button = "Grant the role – it counts once another administrator has confirmed it"

    def do(self, answers: dict[str, Any]) -> str:
        services.grant_role(self.person, **answers, by=self.me, at=self.at)
        return f"{Role(answers['role']).label}: granted. Another System Administrator has been asked to confirm it."


class Deactivate(OnPerson):
    template_name = "accounts/deactivate.html"
    heading = "Deactivate this person"
    button = "Deactivate – every role ends now"
    button_kind = "warning"

    def do(self, answers: dict[str, Any]) -> str:
        services.deactivate(self.person, by=self.me, at=self.at)
        return f"{self.person.name} is deactivated."


class Reactivate(OnPerson):
    template_name = "accounts/reactivate.html"
    heading = "Reactivate this person"
    button = "Reactivate – without any role"

    def do(self, answers: dict[str, Any]) -> str:
        services.reactivate(self.person, by=self.me, at=self.at)
        return f"{self.person.name} has their account again."


class Resetting(OfPerson, ActView):  # type: ignore[override]
    """Mixin: the one-time password is shown once, on the answer to the button."""

    changes = True
    form_class = Form
    template_name = "accounts/reset_sign_in.html"
    heading = "Reset how this person signs in"
    button = "Reset – their present password stops working"
    button_kind = "warning"

    def form_valid(self, form: Any) -> HttpResponse:
        self.password = ""
        response = super().form_valid(form)
        if not self.password:
            return response
        self.template_name, self.heading = "accounts/one_time_password.html", "One-time password"
        response = self.render_to_response(self.get_context_data(form=form, password=self.password))
        response["Cache-Control"] = "no-store"
        return response


class ResetSignIn(Resetting):
    """Of an administrator it is only asked for: a second one does it."""

    def check_possible(self) -> None:
        services.check_may_reset(self.person, self.me, self.at)

    @cached_property
    def needs_two(self) -> bool:
        return services.needs_two(self.person, self.at)

    @property
    def button(self) -> str:  # type: ignore[override]
        return "Ask for the reset – another System Administrator does it" if self.needs_two else Resetting.button

    def act(self, form: Any) -> str:
        reset = services.ask_sign_in_reset if self.needs_two else services.reset_sign_in
        answer = reset(self.person, by=self.me, at=self.at)
        if self.needs_two:
            messages.success(self.request, "Asked for. Another System Administrator has been told, and does the reset or declines it.")
        else:
            self.password = answer
        return self.back_url


class OfReset(OfPerson):
    """Mixin for what a second administrator answers to a reset that was asked for."""

    @cached_property
    def reset(self) -> SignInReset:
        return get_object_or_404(SignInReset.objects.select_related("person__force", "asked_by"), pk=self.kwargs["reset_id"])

    @cached_property
    def person(self) -> User:
        return self.reset.person


class ConfirmReset(OfReset, Resetting):  # type: ignore[override]
    def check_possible(self) -> None:
        services.check_may_confirm_reset(self.reset, self.me, self.at)

    def act(self, form: Any) -> str:
        self.password = services.confirm_sign_in_reset(self.reset, by=self.me, at=self.at)
        return self.back_url


class DeclineReset(OfReset, ButtonView):  # type: ignore[override]
    def act(self) -> str:
        services.decline_sign_in_reset(self.reset, by=self.me, at=self.at)
        messages.success(self.request, "Declined. Nothing was changed.")
        return self.back_url


class ConfirmGrant(StaffPage, ButtonView):
    access = PEOPLE

    @cached_property
    def grant(self) -> RoleGrant:
        return get_object_or_404(RoleGrant.objects.select_related("person"), pk=self.kwargs["grant_id"])

    @property
    def back_url(self) -> str:  # type: ignore[override]
        return reverse("accounts:person", args=[self.grant.person_id])

    def act(self) -> str:
        services.confirm_grant(self.grant, by=self.me, at=self.at)
        messages.success(self.request, f"{self.grant.get_role_display()}: confirmed. {self.grant.person.name} has the role from now on.")
        return self.back_url


class EndGrant(OnPerson):
    template_name = "accounts/end_grant.html"
    button_kind = "warning"

    @cached_property
    def grant(self) -> RoleGrant:
        return get_object_or_404(RoleGrant.objects.select_related("person", "person__force"), pk=self.kwargs["grant_id"])

    @cached_property
    def person(self) -> User:
        return self.grant.person

    @property
    def heading(self) -> str:  # type: ignore[override]
        return f"{'Take away' if self.grant.confirmed_at else 'Decline'} the role {self.grant.get_role_display()}"

    @property
    def button(self) -> str:  # type: ignore[override]
        return "Take the role away now" if self.grant.confirmed_at else "Decline the role"

    def do(self, answers: dict[str, Any]) -> str:
        services.end_grant(self.grant, by=self.me, at=self.at)
        return f"{self.grant.get_role_display()}: ended."
