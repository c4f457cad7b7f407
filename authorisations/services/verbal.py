"""Urgent verbal authority: recorded, confirmed, written in time or lapsed (A-16)."""

import json
from datetime import datetime
from decimal import Decimal
from typing import Any

from accounts.models import User
from accounts.notices import settle, tell
from accounts.states import Role
from audit.acts import Entry, act
from authorisations.models import Application, Authority, VerbalCorrection, VerbalNote
from authorisations.permissions import DECIDING, VERBAL
from authorisations.rules.content import check_threshold
from authorisations.rules.deciding import check_dates_ahead, check_may_decide, check_reason
from authorisations.rules.urgency import (
    check_correctable,
    check_disputable,
    check_grounds,
    check_recorder,
    check_said,
    check_spoke,
    check_verbal,
    outstanding,
)
from authorisations.services.ending import WRITING, appointed_to, lift_writing, owe_report, those_to_tell
from authorisations.states import IN_FORCE, ApplicationState, AuthorityState, NotePoint
from obligations.services import open_duty
from operations.models import Tie
from operations.permissions import check_writes
from operations.services import open_sight, tie
from policy.refusals import RuleBroken

OVERSEERS = (Role.SRO, Role.INFORMATION_MANAGEMENT, Role.DPO, Role.INSPECTOR)


@act
def record_verbal(
    application: Application,
    *,
    given_by: User,
    given_to: User | None = None,
    said_at: datetime,
    means: str,
    words: str,
    ground: str,
    why_urgent: str,
    why_not_written: str,
    version: int | None = None,
    by: User,
    at: datetime,
) -> Entry:
    """Record a verbal authority: it lets the deployment begin; the clock for the Written Authority Document runs from the words (A-16, 2, 6.1)."""
    application = application.locked(version)
    check_writes(VERBAL, by, application.operation, at)
    check_recorder(by, given_by)
    check_submitted(application)
    check_said(said_at, at, application.edition)
    check_may_decide(given_by, application, said_at)
    check_dates_ahead(application, said_at)
    check_grounds(words=words, why_urgent=why_urgent, why_not_written=why_not_written)
    authority = verbal_authority(application, given_by, said_at)
    note = {"said_at": said_at, "means": means, "words": words, "ground": ground, "why_urgent": why_urgent, "why_not_written": why_not_written}
    outstanding_now = [finding.where for finding in outstanding(application, at)]
    VerbalNote.objects.create(authority=authority, given_to=given_to or by, outstanding=outstanding_now, recorded_at=at, recorded_by=by, **note)
    tie(application.operation, given_by, Tie.Kind.DECIDED, at=at)
    for office in OVERSEERS:
        open_sight(application.operation, office=office, at=at)
    owe_writing(authority, by=by, at=at)
    ask_to_confirm(authority, at=at)
    facts = {"given_by": given_by.pk, "means": means, "ground": ground, "written_due_at": authority.written_due_at}
    return Entry("authority.given_verbally", authority, facts, happened_at=said_at)


def ask_to_confirm(authority: Authority, *, at: datetime) -> None:
    text = f"{authority.operation.reference}: confirm the verbal authority you gave"
    tell([authority.ao], key=f"verbal:{authority.pk}", text=text, link=f"/authorities/{authority.pk}/confirm/", at=at, urgent=True)


def check_submitted(application: Application) -> None:
    if application.state != ApplicationState.SUBMITTED:
        raise RuleBroken(
            "A-16",
            "A verbal authority answers an application that has been submitted.",
            clause="6.1",
            remedy="Submit the application first; in urgency some sections may follow.",
        )
    if Authority.objects.filter(operation=application.operation, state__in=IN_FORCE).exists():
        raise RuleBroken("A-16", "There is an authority in force already.", clause="6.1", remedy="Deploy under it, or ask for it to be cancelled.")


def verbal_authority(application: Application, given_by: User, said_at: datetime) -> Authority:
    """In force when recorded, from the words on, for what the application asks for."""
    content = json.loads(application.submissions.latest("number").content)
    edition, operation = application.edition, application.operation
    threshold = Decimal(content["sections"]["equipment"]["threshold"])
    check_threshold(threshold, edition)
    authority = Authority(
        operation=operation,
        application=application,
        ao=given_by,
        given_at=said_at,
        valid_from=max(said_at, operation.starts_at or said_at),
        valid_until=operation.ends_at,
        threshold=threshold,
        watchlist_ceiling=sum(line["subjects"] for line in content["watchlist"]["lines"]),
        written_due_at=edition.limit("written_after_verbal").due_at(said_at),
    )
    authority.save()
    return authority


def owe_writing(authority: Authority, *, by: Any, at: datetime) -> None:
    """The clock of the Written Authority Document after a verbal authority (A-16, 6.1). Part of recording it."""
    edition = authority.application.edition
    open_duty(
        kind=WRITING,
        subject=authority,
        operation=authority.operation,
        owner=authority.ao,
        sentence="Put your verbal authority in writing",
        basis_event="the words",
        basis_at=authority.given_at,
        limit=edition.limit("written_after_verbal"),
        reminder=edition.reminder("written_after_verbal"),
        edition=edition.name,
        link=f"/authorities/decide/{authority.application_id}/",
        by=by,
        at=at,
    )


@act
def confirm_verbal(authority: Authority, *, version: int | None = None, by: User, at: datetime) -> Entry:
    """The Authorising Officer who spoke confirms what was recorded (A-16). An event: the authority has been in force since the words."""
    authority = authority.locked(version)
    check_writes(DECIDING, by, authority.operation, at)
    check_verbal(authority)
    check_spoke(by, authority)
    VerbalNote.objects.filter(pk=authority.note.pk, confirmed_at=None).update(confirmed_at=at)
    settle(f"verbal:{authority.pk}", at=at)
    return Entry("authority.verbal_confirmed", authority, {"said_at": authority.note.said_at})


@act
def dispute_verbal(authority: Authority, *, instead: str, version: int | None = None, by: User, at: datetime) -> Entry:
    """The Authorising Officer who is named says that they did not give it: from then on the authority does not stand (A-16, 6.1)."""
    authority = authority.locked(version)
    check_writes(DECIDING, by, authority.operation, at)
    check_disputable(authority)
    check_spoke(by, authority)
    check_reason(instead, "What you say instead", "A-16", "6.1")
    note = authority.note
    VerbalNote.objects.filter(pk=note.pk, confirmed_at=None).update(disputed_at=at, dispute=instead)
    if authority.state == AuthorityState.VERBAL:
        end_disputed(authority, by=by, at=at)
    settle(f"verbal:{authority.pk}", at=at)
    tell(
        {*those_to_tell(authority, at), *appointed_to(authority.operation), note.recorded_by} - {by},
        key=f"disputed:{authority.pk}",
        text=f"{authority.operation.reference}: the verbal authority is disputed and does not stand",
        link=f"/authorities/{authority.pk}/",
        at=at,
        urgent=True,
    )
    return Entry("authority.verbal_disputed", authority, {"said_at": note.said_at, "state": authority.state})


def end_disputed(authority: Authority, *, by: User, at: datetime) -> None:
    """What was done under it must still be reported (A-18). Part of disputing it."""
    authority.step("lapse" if at > authority.permits_until else "cancel")
    authority.ended_at = min(at, authority.permits_until)
    authority.save()
    owe_report(authority, by=by, at=at)
    lift_writing(authority, by=by, at=at)


@act
def correct_verbal(authority: Authority, *, point: str, text: str, version: int | None = None, by: User, at: datetime) -> Entry:
    """Whoever wrote the note corrects it by a later entry, until it is confirmed; the officer confirms note and corrections together (A-16, 6.1)."""
    authority = authority.locked(version)
    check_writes(VERBAL, by, authority.operation, at)
    check_correctable(by, authority)
    check_reason(text, "What is right", "A-16", "6.1")
    correction = VerbalCorrection.objects.create(note=authority.note, point=NotePoint(point), text=text, corrected_at=at, corrected_by=by)
    authority.save()  # a new version: who has the page open does not confirm what they have not read
    told = f"{authority.operation.reference}: the note of your verbal authority was corrected"
    tell([authority.ao], key=f"verbal-corrected:{correction.pk}", text=told, link=f"/authorities/{authority.pk}/confirm/", at=at, urgent=True)
    return Entry("authority.verbal_corrected", authority, {"point": point}, result=correction)
