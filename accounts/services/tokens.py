"""Tokens for the API: made by the person themselves, shown once, kept hashed, worth nothing after their day (reliability F1)."""

from datetime import datetime, timedelta

from django.utils import timezone
from knox.models import get_digest_token

from accounts.models import ApiToken, User
from accounts.signing import check_password_again
from accounts.states import TokenLife
from audit.acts import Entry, act
from policy.refusals import NotVisible, RuleBroken


@act
def make_token(person: User, *, name: str, life: str, password: str, by: User, at: datetime) -> Entry:
    """A person makes a token for a program that acts as them; they show once more that it is they (P-1). Returns the token, which is kept nowhere."""
    if by.pk != person.pk:
        raise NotVisible()
    if person.tokens.valid(at).filter(name=name).exists():
        remedy = "Choose another name, or revoke the other one first."
        raise RuleBroken("P-1", f"You already have a token named “{name}”.", clause="10.7", remedy=remedy)
    check_password_again(person, password)
    digest, token = get_digest_token()
    expires = at + timedelta(days=TokenLife(life).days)
    made = ApiToken.objects.create(user=person, name=name, digest=digest, token_key=token[: ApiToken.SHOWN], created=at, expiry=expires)
    return Entry("token.made", made, {"name": name, "expires": expires}, result=token)


@act
def revoke_token(token: ApiToken, *, by: User, at: datetime) -> Entry:
    """Whoever made a token can take it back; it opens nothing from then on (P-1)."""
    token = token.locked()
    if token.user_id != by.pk:
        raise NotVisible()
    if token.ended_at:
        raise RuleBroken("P-1", "This token has already been revoked.", clause="10.7", remedy="Nothing more is needed.")
    token.ended_at = at
    token.save()
    return Entry("token.revoked", token)


@act
def note_token_use(token: ApiToken, *, by: User, at: datetime) -> Entry:
    """That a token was used stands in the trail once a day, as a sign-in does (G-5)."""
    token = token.locked()
    token.used_date = timezone.localdate(at)
    token.save()
    return Entry("token.used", token)


def end_tokens(person: User, at: datetime) -> int:
    """Part of the acts after which nobody shall be signed in as this person: every token is revoked with them."""
    valid = list(person.tokens.valid(at))
    for token in valid:
        token.ended_at = at
        token.save()
    return len(valid)
