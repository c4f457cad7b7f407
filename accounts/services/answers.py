"""A request sent twice is done once: what the first try was answered is kept, in the transaction of its act, and given again."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from accounts.models import KeptAnswer, User
from policy.refusals import RuleBroken

KEPT = timedelta(hours=48)


class KeyReused(RuleBroken):
    """The same key came with another request."""

    status = 422


@dataclass(frozen=True)
class Answer:
    status: int
    body: str
    is_replay: bool = False


def once(person: User, *, key: str, fingerprint: str, at: datetime, do: Callable[[], tuple[int, str]]) -> Answer:
    """Not an act, but the transaction around one: the claim of the key comes first, so that of two at the same moment the second waits for the
    first and gets its answer; the claim, the act (or the note of its refusal) and the answer stand or fall together."""
    with transaction.atomic():
        if not claimed(person, key, fingerprint, at):
            return kept_answer(person, key, fingerprint)
        status, body = do()
        KeptAnswer.objects.filter(person=person, key=key).update(status=status, body=body)
    return Answer(status, body)


def claimed(person: User, key: str, fingerprint: str, at: datetime) -> bool:
    try:
        with transaction.atomic():
            KeptAnswer.objects.create(person=person, key=key, fingerprint=fingerprint, kept_at=whole_hour_after(at))
    except IntegrityError:
        return False
    return True


def whole_hour_after(at: datetime) -> datetime:
    """Kept by the hour: nobody learns from it when exactly something was entered that is to become unlinkable."""
    return at.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)


def kept_answer(person: User, key: str, fingerprint: str) -> Answer:
    kept = KeptAnswer.objects.get(person=person, key=key)
    if kept.fingerprint != fingerprint:
        raise KeyReused("idempotency", "This key was sent before, with another request.", remedy="Use a new key for each new request.")
    return Answer(kept.status, kept.body, is_replay=True)


def forget_answers(at: datetime) -> int:
    """Part of the sweep: answers are kept for 48 hours (and up to one more), then their keys are free."""
    return KeptAnswer.objects.filter(kept_at__lt=at - KEPT).delete()[0]
