"""The tokens of a person's own programs: made with the password typed again, shown once, taken back with one button."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse

from accounts import services
from accounts.forms import TokenForm
from accounts.models import ApiToken
from accounts.permissions import OWN_ACCOUNT
from accounts.views.staff import StaffPage
from govuk.views import ActView, ButtonView
from policy.refusals import NotVisible


class Tokens(StaffPage, ActView):
    """My tokens, and a further one. It is shown once, on the answer to the button."""

    access = OWN_ACCOUNT
    form_class = TokenForm
    template_name = "accounts/tokens.html"
    heading = "Your tokens"
    button = "Make the token"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        tokens = [(token, token.is_valid(self.at)) for token in self.me.tokens.order_by("-created", "pk")]
        return super().get_context_data(tokens=tokens, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        self.token = ""
        response = super().form_valid(form)
        if not self.token:
            return response
        self.template_name, self.heading = "accounts/token_made.html", "Your new token"
        response = self.render_to_response(self.get_context_data(form=form, made=self.token))
        response["Cache-Control"] = "no-store"
        return response

    def act(self, form: Any) -> str:
        self.token = services.make_token(self.me, **form.cleaned_data, by=self.me, at=self.at)
        return reverse("accounts:tokens")


class RevokeToken(StaffPage, ButtonView):
    access = OWN_ACCOUNT

    @property
    def back_url(self) -> str:  # type: ignore[override]
        return reverse("accounts:tokens")

    def act(self) -> str:
        token = ApiToken.objects.filter(pk=self.kwargs["token_id"], user=self.me).first()
        if token is None:
            raise NotVisible()
        services.revoke_token(token, by=self.me, at=self.at)
        messages.success(self.request, f"“{token.name}” has been revoked. It opens nothing any more.")
        return self.back_url
