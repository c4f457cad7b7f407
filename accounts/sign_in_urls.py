"""The pages of django-allauth that are used, under the names by which it finds them. What is not here does not exist."""

from typing import Any

from allauth.account.views import LogoutView, ReauthenticateView
from allauth.mfa.base.views import AuthenticateView, IndexView
from allauth.mfa.recovery_codes.views import DownloadRecoveryCodesView, GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from django.urls import path, reverse_lazy

from accounts.permissions import OWN_ACCOUNT, SIGN_IN
from accounts.views.sign_in import SignInView


def page(view_class: Any, access: Any, **says: Any) -> Any:
    """The view with what accounts.middleware and the access gate read from its class."""
    view: Any = type(view_class.__name__, (view_class,), {"access": access, **says})
    return view.as_view()


def of_second_factor(view_class: Any, access: Any = OWN_ACCOUNT, **says: Any) -> Any:
    return page(view_class, access, of_second_factor=True, **says)


SETTING_UP = {"sets_up_second_factor": True}


urlpatterns = [
    path("sign-in/", page(SignInView, SIGN_IN), name="account_login"),
    path("sign-in/code/", of_second_factor(AuthenticateView, SIGN_IN), name="mfa_authenticate"),
    path("sign-out/", page(LogoutView, SIGN_IN, open_after_session_limit=True), name="account_logout"),
    path("account/confirm/", of_second_factor(ReauthenticateView, **SETTING_UP), name="account_reauthenticate"),
    path("account/second-factor/", of_second_factor(IndexView), name="mfa_index"),
    path("account/second-factor/set-up/", of_second_factor(ActivateTOTPView, **SETTING_UP), name="mfa_activate_totp"),
    path(
        "account/second-factor/remove/",
        of_second_factor(DeactivateTOTPView, success_url=reverse_lazy("mfa_activate_totp")),
        name="mfa_deactivate_totp",
    ),
    path("account/second-factor/codes/", of_second_factor(ViewRecoveryCodesView), name="mfa_view_recovery_codes"),
    path("account/second-factor/codes/new/", of_second_factor(GenerateRecoveryCodesView), name="mfa_generate_recovery_codes"),
    path("account/second-factor/codes/download/", of_second_factor(DownloadRecoveryCodesView), name="mfa_download_recovery_codes"),
]
