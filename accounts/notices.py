"""Telling people: rows written in the act's transaction, mailed afterwards by the sweep."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage

from accounts.models import Notice, User

LONGEST_WAIT = timedelta(minutes=15)


def tell(people: Iterable[User], *, key: str, text: str, link: str = "", at: datetime, urgent: bool = False) -> None:
    """Put a notice into each person's inbox and outbox, once per person and key. `text` carries a reference, no place and no purpose."""
    rows = [
        Notice(person=person, key=key, text=text, link=link, urgent=urgent, created_at=at, mail_next_at=at if person.email else None)
        for person in people
    ]
    Notice.objects.bulk_create(rows, ignore_conflicts=True)


def send_due_mail(*, at: datetime, limit: int = 200) -> int:
    """Mail what waits in the outbox. A row is claimed before it is sent, so that two senders never both send it; a failure is tried again."""
    sent = 0
    for notice in Notice.objects.to_mail(at).select_related("person")[:limit]:
        wait = min(timedelta(minutes=2 ** min(notice.mail_attempts, 10)), LONGEST_WAIT)
        claimed = Notice.objects.filter(pk=notice.pk, mailed_at=None, mail_attempts=notice.mail_attempts).update(
            mail_attempts=notice.mail_attempts + 1, mail_next_at=at + wait
        )
        if claimed:
            sent += mailed(notice, at)
    return sent


def mailed(notice: Notice, at: datetime) -> bool:
    # A fixed Message-ID: should a crash make us send twice, the reader's mailbox can tell.
    message = EmailMessage(
        notice.text,
        f"{notice.text}\n\n{settings.SITE_URL}{notice.link}\n",
        to=[notice.person.email],
        headers={"Message-ID": f"<notice-{notice.pk}@{settings.SITE_URL.split('//')[-1]}>"},
    )
    try:
        message.send()
    except OSError as error:
        Notice.objects.filter(pk=notice.pk).update(mail_error=type(error).__name__)
        return False
    Notice.objects.filter(pk=notice.pk).update(mailed_at=at, mail_next_at=None, mail_error="")
    return True


def settle(key: str, *, at: datetime) -> None:
    """What the notice asked for is done: nobody need read it any more, and it is not mailed."""
    Notice.objects.unread().filter(key=key).update(read_at=at, mail_next_at=None)


def mark_read(person: User, *, at: datetime, only: Notice | None = None) -> None:
    """The person has seen this notice, or all of theirs. The first time counts."""
    unread = Notice.objects.unread().filter(person=person)
    (unread.filter(pk=only.pk) if only else unread).update(read_at=at)
