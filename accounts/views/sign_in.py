"""Signing in, the person's own account, and the pages between the two."""

from typing import Any

from allauth.account.views import LoginView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.generic import TemplateView

from accounts.forms import ChoosePasswordForm
from accounts.middleware import has_second_factor
from accounts.models import RoleGrant, User
from accounts.permissions import OWN_ACCOUNT, SIGN_IN
from accounts.services import check_not_shared, choose_password
from accounts.unsent import kept
from accounts.views.staff import StaffPage
from govuk.views import ActView


class SignInView(LoginView):
    access = SIGN_IN

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = User.objects.demonstration(timezone.now()) if settings.DEMO else ()
        return super().get_context_data(demonstration=shown, timed_out=self.request.timed_out, **kwargs)


class AccountPage(StaffPage, TemplateView):
    """Who I am here: rank, roles, and how I sign in."""

    access = OWN_ACCOUNT
    template_name = "accounts/account.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        person = self.me
        roles = RoleGrant.objects.held(self.at).filter(person=person).order_by("role")
        shown = {"person": person, "rank": person.rank_at(self.at), "roles": roles, "is_demonstration": settings.DEMO}
        return super().get_context_data(**shown, second_factor=has_second_factor(person), **kwargs)


class PasswordPage(StaffPage, ActView):
    """A person chooses their own password; after a one-time password this is the first page they see."""

    access = OWN_ACCOUNT
    form_class = ChoosePasswordForm
    template_name = "accounts/password.html"
    heading = "Choose your password"
    button = "Save the new password"
    open_before_sign_in_is_complete = True

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"person": self.me}

    def check_possible(self) -> None:
        check_not_shared(self.me)

    def act(self, form: ChoosePasswordForm) -> str:
        person = User.objects.get(pk=self.me.pk)
        choose_password(person, old=form.cleaned_data["old"], new=form.cleaned_data["new_password"], by=person, at=self.at)
        update_session_auth_hash(self.request, person)
        messages.success(self.request, "Your new password is saved. You are signed out everywhere else.")
        return "/"


class UnsentPage(StaffPage, TemplateView):
    """What I had sent when my session was over: to be sent now, or not."""

    access = OWN_ACCOUNT
    template_name = "accounts/unsent.html"

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        self.unsent = kept(request.session)
        if self.unsent is None:
            return redirect("/")
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(unsent=self.unsent, **kwargs)
