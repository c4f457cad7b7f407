"""Notices: once per person and key, in the inbox and in the mail; a failed mail is tried again, one that was sent is not."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from accounts.models import Notice, User
from accounts.notices import LONGEST_WAIT, send_due_mail, tell
from lfr_governance.demonstration.people import Cast
from tests.accounts.conftest import Visit
from tests.cast import NOON

TEXT = "LFR/2026/0014: waits for you"


class Broken(EmailBackend):
    """A mail server that is not there."""

    def send_messages(self, messages: Any) -> int:
        raise ConnectionRefusedError("no such host")


@pytest.fixture
def reader(cast: Cast) -> Iterator[User]:
    User.objects.filter(pk=cast.ao.pk).update(email="ao@cumbria.example")
    yield User.objects.get(pk=cast.ao.pk)


def again_at(notice: Notice) -> datetime:
    """When it is tried again."""
    notice.refresh_from_db()
    assert notice.mail_next_at
    return notice.mail_next_at


def told(reader: User) -> Notice:
    tell([reader], key="waits:1", text=TEXT, link="/operations/1/", at=NOON)
    return Notice.objects.get(person=reader, key="waits:1")


def test_X_a_person_is_told_once_of_one_thing(reader: User, cast: Cast) -> None:
    for _ in range(3):
        tell([reader, cast.gold], key="waits:1", text=TEXT, at=NOON)
    assert Notice.objects.filter(key="waits:1").count() == 2


def test_X_who_has_no_address_is_told_in_the_inbox_alone(cast: Cast) -> None:
    tell([cast.gold], key="waits:1", text=TEXT, at=NOON)
    assert send_due_mail(at=NOON + timedelta(days=1)) == 0
    assert cast.gold.notices.get(key="waits:1").mail_next_at is None


def test_X_a_notice_is_mailed_once_with_its_link_and_a_fixed_message_id(reader: User, settings: Any) -> None:
    notice = told(reader)
    assert (send_due_mail(at=NOON), send_due_mail(at=NOON + timedelta(days=1))) == (1, 0)
    [message] = mail.outbox
    assert (message.subject, message.to) == (TEXT, ["ao@cumbria.example"])
    assert message.body == f"{TEXT}\n\n{settings.SITE_URL}/operations/1/\n"
    assert message.extra_headers["Message-ID"] == f"<notice-{notice.pk}@{settings.SITE_URL.split('//')[-1]}>"


def test_X_a_mail_that_fails_is_tried_again_and_keeps_its_message_id(reader: User, settings: Any) -> None:
    notice = told(reader)
    settings.EMAIL_BACKEND = "tests.accounts.test_notices.Broken"
    assert send_due_mail(at=NOON) == 0
    notice.refresh_from_db()
    assert (notice.mail_error, notice.mail_attempts, notice.mailed_at) == ("ConnectionRefusedError", 1, None)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send_due_mail(at=NOON) == 0  # not at once
    assert send_due_mail(at=again_at(notice)) == 1
    notice.refresh_from_db()
    assert (notice.mail_error, notice.mailed_at is not None) == ("", True)
    assert mail.outbox[0].extra_headers["Message-ID"].startswith(f"<notice-{notice.pk}@")


def test_X_it_is_tried_for_ever_at_most_a_quarter_of_an_hour_apart(reader: User, settings: Any) -> None:
    notice = told(reader)
    settings.EMAIL_BACKEND = "tests.accounts.test_notices.Broken"
    at, waits = NOON, []
    for _ in range(12):
        send_due_mail(at=at)
        waits.append(again_at(notice) - at)
        at = again_at(notice)
    assert waits[0] == timedelta(minutes=1) and waits[-1] == LONGEST_WAIT and waits == sorted(waits)


def test_X_two_senders_do_not_both_send(reader: User, monkeypatch: Any) -> None:
    """The second one comes while the first is at it: it finds the row claimed."""
    told(reader)
    sent_by_second = []
    send = mail.EmailMessage.send

    def while_another_sweeps(message: Any, fail_silently: bool = False) -> int:
        sent_by_second.append(send_due_mail(at=NOON))
        return send(message, fail_silently)

    monkeypatch.setattr(mail.EmailMessage, "send", while_another_sweeps)
    assert send_due_mail(at=NOON) == 1
    assert (sent_by_second, len(mail.outbox)) == ([0], 1)


def test_X_the_inbox_shows_ones_own_newest_first_and_says_what_is_new(cast: Cast, reader: User, visit: Visit) -> None:
    Notice.objects.all().delete()
    for number in (1, 2):
        tell([reader], key=f"n:{number}", text=f"LFR/2026/000{number}: news", urgent=number == 2, at=NOON + timedelta(hours=number))
    tell([cast.gold], key="n:3", text="LFR/2026/0003: not for the AO", at=NOON)
    page = visit(reader).get("/notices/").content.decode()
    assert page.index("LFR/2026/0002") < page.index("LFR/2026/0001")
    assert "0003" not in page and page.count(">New<") == 2 and page.count(">Urgent<") == 1


def test_X_following_a_notice_reads_it_and_the_first_time_counts(reader: User, visit: Visit) -> None:
    notice = told(reader)
    client = visit(reader)
    assert client.get(f"/notices/{notice.pk}/")["Location"] == "/operations/1/"
    notice.refresh_from_db()
    first = notice.read_at
    client.get(f"/notices/{notice.pk}/")
    notice.refresh_from_db()
    assert first and notice.read_at == first


def test_X_nobody_reads_for_another(cast: Cast, reader: User, visit: Visit) -> None:
    notice = told(reader)
    assert visit(cast.gold).get(f"/notices/{notice.pk}/").status_code == 404
    visit(cast.gold).post("/notices/read/")
    notice.refresh_from_db()
    assert notice.read_at is None


def test_X_all_are_marked_as_read_at_once(reader: User, visit: Visit) -> None:
    told(reader)
    client = visit(reader)
    assert client.post("/notices/read/")["Location"] == "/notices/"
    assert not Notice.objects.unread().filter(person=reader).exists()
    assert "Mark all as read" not in client.get("/notices/").content.decode()
