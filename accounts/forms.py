"""The questions of this floor's pages."""

from typing import Any

from allauth.account.forms import LoginForm, ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import Force, User
from accounts.services import note_failed_sign_in
from accounts.states import Rank, Role, Tenure, TokenLife
from govuk.fields import ChoiceField, DateField, EmailField, PasswordField, PickField, SelectField, TextField
from govuk.forms import FilterForm, Form
from policy import current


class SignInForm(LoginForm):
    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        login = TextField(label="User name", called="your user name", autocomplete="username", spellcheck=False, max_length=60, width=20)
        login.widget.attrs["autocapitalize"] = "none"
        self.fields = {"login": login, "password": PasswordField(label="Password", called="your password")}

    def clean_login(self) -> str:
        return super().clean_login().lower()


class PasswordAgainForm(ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["password"] = PasswordField(label="Password", called="your password")


def code_field(label: str, hint: str) -> TextField:
    return TextField(label=label, called="the code", help_text=hint, autocomplete="one-time-code", inputmode="numeric", width=10, max_length=20)


class CodeForm(AuthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["code"] = code_field("Code", "6 numbers from the authenticator app, or one of your recovery codes")

    def clean_code(self) -> str:
        try:
            return super().clean_code()
        except ValidationError:
            note_failed_sign_in(self.user, step="second factor", by=None, at=timezone.now())
            raise


class FirstCodeForm(ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["code"] = code_field("Code", "The 6 numbers that the app shows now")


class ChoosePasswordForm(Form):
    old = PasswordField(label="The password you have now", called="the password you have now")
    new_password = PasswordField(
        label="New password",
        help_text="At least 12 characters. Three words that have nothing to do with one another are good.",
        autocomplete="new-password",
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_new_password(self) -> str:
        validate_password(self.cleaned_data["new_password"], self.person)
        return self.cleaned_data["new_password"]


class RegisterForm(Form):
    name = TextField(label="Name", called="the person’s name", max_length=100)
    username = TextField(
        label="User name", called="a user name", help_text="What the person types to sign in", max_length=60, width=20, spellcheck=False
    )
    email = EmailField(label="Work email address", help_text="Notices are sent here too", required=False, max_length=254)
    force = PickField(Force.objects.order_by("is_host", "name"), label="Force", called="the person’s force")
    rank = SelectField(label="Rank", called="the person’s rank", choices=Rank.choices)


class RankForm(Form):
    rank = SelectField(label="Rank", choices=Rank.choices)
    tenure = ChoiceField(label="How the rank is held", called="how the rank is held", choices=Tenure.choices)
    from_date = DateField(label="First day")
    until_date = DateField(label="Last day", help_text="Acting and temporary rank need one", required=False)


class GrantForm(Form):
    role = SelectField(label="Role", choices=sorted(Role.choices, key=lambda choice: choice[1]))
    until_date = DateField(label="Last day", help_text="An Independent Inspector needs one", required=False)


class TrainingForm(Form):
    course = ChoiceField(label="Course")
    completed_date = DateField(label="Day of completion", called="the day of completion")
    attested_by = TextField(label="Attested by", called="who attested it", help_text="Who at the host force says so: name and post", max_length=100)

    def __init__(self, *args: Any, is_host: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        courses = [(course.code, course.title) for course in current().courses.values()]
        self.fields["course"].choices = courses  # type: ignore[attr-defined]
        if not is_host:
            del self.fields["attested_by"]


class TokenForm(Form):
    name = TextField(label="Name", called="a name", help_text="Which program it is for", max_length=60, width=20)
    life = ChoiceField(
        label="How long it is good for", called="how long it is good for", choices=TokenLife.choices, small=True, initial=TokenLife.MONTH
    )
    password = PasswordField(label="Your password", called="your password")


class PeopleFilter(FilterForm):
    words = TextField(label="Name or user name", width=20)
    show = ChoiceField(
        label="Show",
        choices=[("", "Everyone"), ("waiting", "With a role that waits for confirmation"), ("inactive", "Deactivated")],
        small=True,
    )


class TrainingFilter(FilterForm):
    words = TextField(label="Name or user name", width=20)
    state = ChoiceField(
        label="Show",
        choices=[("", "Everyone"), ("lapsed", "With a course that has lapsed"), ("lapsing", "With a course that lapses soon")],
        small=True,
    )
