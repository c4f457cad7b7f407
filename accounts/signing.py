"""Signing: the person shows once more that it is they."""

from django.core.cache import cache

from accounts.models import User
from policy.refusals import RuleBroken

TRIES, WINDOW = 5, 300


def check_password_again(user: User, password: str) -> str:
    """Who signs types their password again (A-15, 6.1). Returns how they showed it, for the signature block.

    A wrong password is no breach of the policy: its refusal names no clause.
    """
    key = f"signing:{user.pk}"
    cache.add(key, 0, WINDOW)
    if cache.incr(key) > TRIES:  # counted before it is checked, so that guesses sent side by side count too
        raise RuleBroken("A-15", "You have typed a wrong password too often.", remedy="Wait five minutes, then sign. What you wrote is kept.")
    if not user.check_password(password):
        raise RuleBroken("A-15", "That is not your password.", remedy="Type the password that you sign in with.")
    cache.delete(key)
    return "password"
