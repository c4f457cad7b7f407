"""Signing in and out, as the trail sees it, and the password that a person chooses alone."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils.crypto import get_random_string

from accounts.models import User
from accounts.notices import tell
from accounts.permissions import check_office
from accounts.services.tokens import end_tokens
from accounts.signing import check_password_again
from accounts.states import Role
from audit.acts import Entry, act
from audit.chain import SYSTEM_CHAIN
from audit.models import ChainHead
from policy.refusals import RuleBroken

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that a telephone line confuses


@act
def note_sign_in(person: User, *, second_factor: bool, by: User, at: datetime) -> Entry:
    """Every sign-in stands in the trail (G-5)."""
    return Entry("person.signed_in", person, {"second_factor": second_factor})


@act
def note_sign_out(person: User, *, by: User, at: datetime) -> Entry:
    """Every sign-out stands in the trail (G-5)."""
    return Entry("person.signed_out", person)


@act
def note_failed_sign_in(person: User | None, *, step: str, by: None, at: datetime) -> Entry:
    """A failed sign-in stands in the trail: whose account was tried, never what was typed (G-5). `None`: a user name that nobody has."""
    return Entry("sign_in.failed", person or ChainHead(chain=SYSTEM_CHAIN), {"step": step})


def check_not_shared(person: User) -> None:
    """The people of the demonstration share one password, which visitors must not change for one another."""
    if settings.DEMO and person.is_demonstration and person.check_password(settings.DEMO_PASSWORD):
        raise RuleBroken("P-1", "The people of the demonstration share one password. It cannot be changed here.", remedy="Nothing needs to be done.")


@act
def choose_password(person: User, *, old: str, new: str, by: User, at: datetime) -> Entry:
    """A person chooses their own password, which nobody else knows (P-1)."""
    if by.pk != person.pk:
        raise RuleBroken("P-1", "Only you can choose your password.", remedy="An administrator can reset how a person signs in.")
    check_not_shared(person)
    check_password_again(person, old)
    if old == new:
        raise RuleBroken("P-1", "The new password is the old one.", remedy="Choose another password.")
    person.set_password(new)
    person.password_is_temporary = False
    person.save(update_fields=["password", "password_is_temporary"])
    return Entry("person.password_chosen", person, {"tokens_ended": end_tokens(person, at)})


def one_time_password() -> str:
    return "-".join(get_random_string(4, LETTERS) for _ in range(3))


@act
def reset_sign_in(person: User, *, by: User, at: datetime) -> Entry:
    """A one-time password, replaced by the person at their next sign-in; their second factor is set up anew, their sessions end (P-1)."""
    check_office(by, at, Role.SYSTEM_ADMINISTRATOR)
    if by.pk == person.pk:
        raise RuleBroken("P-1", "You cannot reset how you sign in yourself.", remedy="Ask another System Administrator.")
    check_not_shared(person)
    password = one_time_password()
    person.set_password(password)
    person.password_is_temporary = True
    person.save(update_fields=["password", "password_is_temporary"])
    Authenticator.objects.filter(user=person).delete()
    others = User.objects.holding(Role.SYSTEM_ADMINISTRATOR, at).filter(force=person.force_id).exclude(pk=by.pk)
    key = f"sign-in-reset:{person.pk}:{at:%Y%m%d%H%M%S}"
    tell({person, *others}, key=key, text=f"{by.name} has reset the sign-in of {person.username}", link=f"/people/{person.pk}/", at=at, urgent=True)
    return Entry("person.sign_in_reset", person, {"tokens_ended": end_tokens(person, at)}, result=password)
