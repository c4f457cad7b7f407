"""Signing in and out, as the trail sees it, and the password that a person chooses alone."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils.crypto import get_random_string

from accounts.models import SignInReset, User
from accounts.notices import settle, tell
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


def needs_two(person: User, at: datetime) -> bool:
    """Who resets an administrator's sign-in could act as that administrator: two others agree to it, as to a role (P-1)."""
    return Role.SYSTEM_ADMINISTRATOR in person.offices(at)


def check_may_reset(person: User, by: User, at: datetime) -> None:
    check_office(by, at, Role.SYSTEM_ADMINISTRATOR)
    if by.pk == person.pk:
        raise RuleBroken("P-1", "You cannot reset how you sign in yourself.", clause="10.7", remedy="Ask another System Administrator.")
    check_not_shared(person)


@act
def reset_sign_in(person: User, *, by: User, at: datetime) -> Entry:
    """A one-time password, replaced by the person at their next sign-in; their second factor is set up anew, their sessions end (P-1)."""
    check_may_reset(person, by, at)
    if needs_two(person, at):
        rule = "Nobody resets the sign-in of a System Administrator alone."
        raise RuleBroken("P-1", rule, clause="10.7", remedy="Ask for the reset; another System Administrator then does it.")
    return begun_anew(person, by=by, at=at)


def begun_anew(person: User, *, by: User, at: datetime) -> Entry:
    """The reset itself. Part of both ways to it."""
    password = one_time_password()
    person.set_password(password)
    person.password_is_temporary = True
    person.save(update_fields=["password", "password_is_temporary"])
    Authenticator.objects.filter(user=person).delete()
    text = f"{by.name} has reset the sign-in of {person.username}"
    tell_administrators(person, key=f"sign-in-reset:{person.pk}:{at:%Y%m%d%H%M%S}", text=text, by=by, at=at)
    return Entry("person.sign_in_reset", person, {"tokens_ended": end_tokens(person, at)}, result=password)


def tell_administrators(person: User, *, key: str, text: str, by: User, at: datetime) -> None:
    """Whom it concerns, and every other administrator, so that no reset goes unseen. Part of asking for one and of doing it."""
    others = User.objects.holding(Role.SYSTEM_ADMINISTRATOR, at).filter(force=person.force_id).exclude(pk=by.pk)
    tell({person, *others}, key=key, text=text, link=f"/people/{person.pk}/", at=at, urgent=True)


@act
def ask_sign_in_reset(person: User, *, by: User, at: datetime) -> Entry:
    """One administrator asks that the sign-in of another be reset; nothing changes until a second one does it (P-1)."""
    check_may_reset(person, by, at)
    if not needs_two(person, at):
        rule = f"{person.name} is not a System Administrator: their sign-in needs no second person."
        raise RuleBroken("P-1", rule, clause="10.7", remedy="Reset it now.")
    first = {"asked_at": at, "asked_by": by}
    reset, is_first = SignInReset.objects.get_or_create(person=person, confirmed_at=None, declined_at=None, defaults=first)
    if not is_first:
        rule = f"A reset of {person.name}’s sign-in has been asked for already."
        raise RuleBroken("P-1", rule, clause="10.7", remedy="Another System Administrator does it, or declines it.")
    text = f"{by.name} asks that the sign-in of {person.username} be reset"
    tell_administrators(person, key=f"reset-asked:{reset.pk}", text=text, by=by, at=at)
    return Entry("person.sign_in_reset_asked", reset, {"person": person.pk})


def check_waits(reset: SignInReset) -> None:
    if reset.confirmed_at or reset.declined_at:
        remedy = "Look at the person’s page to see where it stands."
        raise RuleBroken("P-1", "This reset does not wait for anybody any more.", clause="10.7", remedy=remedy)


def check_may_confirm_reset(reset: SignInReset, by: User, at: datetime) -> None:
    check_may_reset(reset.person, by, at)
    check_waits(reset)
    if by.pk == reset.asked_by_id:
        raise RuleBroken("P-1", "You asked for this reset, so you cannot do it.", clause="10.7", remedy="Ask another System Administrator.")


@act
def confirm_sign_in_reset(reset: SignInReset, *, by: User, at: datetime) -> Entry:
    """A second administrator, neither the one who asked nor the person, does the reset and gets the one-time password to tell (P-1)."""
    reset = reset.locked()
    check_may_confirm_reset(reset, by, at)
    reset.confirmed_at, reset.confirmed_by = at, by
    reset.save()
    settle(f"reset-asked:{reset.pk}", at=at)
    return begun_anew(reset.person, by=by, at=at)


@act
def decline_sign_in_reset(reset: SignInReset, *, by: User, at: datetime) -> Entry:
    """A reset that should not be is declined by any administrator, the person among them; the one who asked may take it back (P-1)."""
    check_office(by, at, Role.SYSTEM_ADMINISTRATOR)
    reset = reset.locked()
    check_waits(reset)
    reset.declined_at, reset.declined_by = at, by
    reset.save()
    settle(f"reset-asked:{reset.pk}", at=at)
    return Entry("person.sign_in_reset_declined", reset, {"person": reset.person_id})
