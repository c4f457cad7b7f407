"""What awaits a person: read from every floor, the most urgent first. Each question is one statement."""

from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q
from django.urls import reverse

from accounts.models import RoleGrant, SignInReset
from accounts.states import Role
from authorisations.models import Application, Authority, Section
from authorisations.sections import SECTIONS
from authorisations.states import OPEN_TO_EDITING, ApplicationState, AuthorityState
from lfr_governance.awaiting_afterwards import afterwards
from lfr_governance.awaiting_on_the_day import as_part, on_the_day
from lfr_governance.items import MOST, Item, once
from obligations.models import Hold, Obligation
from obligations.permissions import decides_holds, own
from obligations.states import KEEPERS, Kind, Manner
from operations.models import Operation

LATEST = 10
AHEAD = timedelta(days=100)  # what is due later stands on the page of clocks, not here


def mine(user: Any, at: datetime) -> list[Item]:
    """What is this person's to do; and what is late with others and has been told to this person."""
    items = [
        *on_the_day(user, at),
        *duties(user, at),
        *to_hold(user, at),
        *to_own_up(user),
        *to_decide(user, at),
        *to_mend(user, at),
        *afterwards(user, at),
        *to_write(user),
        *to_assess(user),
        *to_confirm(user, at),
    ]
    return once(items)


def duties(user: Any, at: datetime) -> list[Item]:
    """What this product deletes by itself awaits nobody, unless it is late. What is only escalated to this person is somebody else's to do."""
    owed = Obligation.objects.owed_by(user, at).due_by(at + AHEAD).exclude(manner=Manner.ERASURE, due_at__gte=at)
    rows = list(owed.select_related("operation").prefetch_related("owners").order_by("due_at", "pk")[:MOST])
    theirs = own(rows, user, at)
    return [
        Item(
            f"{row.sentence}{of(row)}",
            row.link if row.pk in theirs and row.link else f"/clocks/{row.pk}/",  # the clock says whose it is
            row.due_at,
            runs=row.kind == Kind.WRITTEN_AFTER_VERBAL,
            with_others=row.pk not in theirs,
            duty=(row.kind, row.subject_id),
        )
        for row in rows
    ]


def of(duty: Obligation) -> str:
    return f" – {duty.operation.reference} {duty.operation.title}" if duty.operation else ""


def to_hold(user: Any, at: datetime) -> list[Item]:
    """A hold that was asked for: deletion goes on until somebody has decided (D-3, D-4)."""
    if not user.offices(at) & KEEPERS:
        return []
    waiting = Hold.objects.waiting().of_force(user.force_id).exclude(asked_by=user).select_related("obligation__operation")
    return [
        Item(
            f"Place or refuse a hold on {hold.obligation.what_is_held}{of(hold.obligation)}",
            reverse("obligations:decide_hold", args=[hold.pk]),
            hold.obligation.due_at,
        )
        for hold in waiting.order_by("obligation__due_at", "pk")[:MOST]
        if decides_holds(hold.obligation, user, at)
    ]


def to_own_up(user: Any) -> list[Item]:
    """A note of words that this officer is said to have spoken (A-16)."""
    noted = Authority.objects.filter(ao=user, state=AuthorityState.VERBAL, note__confirmed_at=None).select_related("operation")
    return [
        Item(
            f"Confirm or dispute your verbal authority for {row.operation.reference} {row.operation.title}",
            reverse("authorisations:confirm_verbal", args=[row.pk]),
            row.permits_until,
            runs=True,
        )
        for row in noted.order_by("given_at")[:MOST]
    ]


def to_decide(user: Any, at: datetime) -> list[Item]:
    """What is owed in writing after words of one's own stands among the duties already."""
    if Role.AO not in user.offices(at):
        return []
    own_words = Authority.objects.filter(ao=user, state=AuthorityState.VERBAL).values("application")
    waiting = Application.objects.filter(state=ApplicationState.SUBMITTED, operation__force=user.force_id).exclude(
        Q(operation__appointments__person=user) | Q(pk__in=own_words)
    )
    return [
        Item(
            f"Decide on {row.operation.reference} {row.operation.title}",
            reverse("authorisations:deciding", args=[row.pk]),
            starts_at=row.operation.starts_at,
        )
        for row in waiting.select_related("operation").distinct().order_by("started_at")[:MOST]
    ]


def to_mend(user: Any, at: datetime) -> list[Item]:
    open_ = Application.objects.open_to_editing().filter(applicant=user).select_related("operation").order_by("started_at")[:MOST]
    words = {ApplicationState.DRAFT: "Complete and submit", ApplicationState.RETURNED: "Returned for more: mend and submit again"}
    return [
        Item(
            f"{words[row.state]} {row.operation.reference} {row.operation.title}",
            reverse("authorisations:application", args=[row.pk]),
            starts_at=row.operation.starts_at,
        )
        for row in open_
    ]


def to_write(user: Any) -> list[Item]:
    """Sections handed to this person, and those of their part that nobody was handed; in urgency also what may follow the words (A-16)."""
    shared = {name: spec.hand_to for name, spec in SECTIONS.items() if spec.form and spec.hand_to}
    of_part = reduce(or_, (Q(name=name) & as_part(user, *parts, of="application__operation") for name, parts in shared.items()))
    rows = Section.objects.filter(Q(author=user) | (Q(author=None) & of_part), saved_at=None).filter(still_open("application__"))
    return [
        Item(
            f"Write “{SECTIONS[row.name].title}” – {row.application.operation.reference} {row.application.operation.title}",
            reverse("authorisations:section", args=[row.application_id, row.name]),
            starts_at=row.application.operation.starts_at,
        )
        for row in rows.select_related("application__operation").order_by("application__started_at", "name")[:MOST]
        if row.application.is_open or row.name in row.application.edition.may_follow_verbal
    ]


def still_open(of: str = "") -> Q:
    """Of an application (`of`: the way to it) that can be written, or of which something may still follow."""
    return Q(**{f"{of}state__in": OPEN_TO_EDITING}) | Q(**{f"{of}state": ApplicationState.SUBMITTED, f"{of}urgent": True})


def to_assess(user: Any) -> list[Item]:
    """The local Community Impact Assessment, every time (A-10, 7.1)."""
    rows = Application.objects.filter(still_open(), as_part(user, Role.NPT_SUPERVISOR), operation__local_cia=None)
    return [
        Item(
            f"Complete the local Community Impact Assessment – {row.operation.reference} {row.operation.title}",
            reverse("library:local_cia", args=[row.operation_id]),
            starts_at=row.operation.starts_at,
        )
        for row in rows.select_related("operation").order_by("started_at")[:MOST]
    ]


def to_confirm(user: Any, at: datetime) -> list[Item]:
    if Role.SYSTEM_ADMINISTRATOR not in user.offices(at):
        return []
    grants = RoleGrant.objects.waiting_for_confirmation().exclude(granted_by=user).exclude(person=user).select_related("person")[:MOST]
    resets = SignInReset.objects.waiting_for_confirmation().exclude(asked_by=user).exclude(person=user).select_related("person")[:MOST]
    return [
        *(Item(f"Confirm a role of {row.person.name}: {row.get_role_display()}", page_of(row.person_id), since=row.granted_at) for row in grants),
        *(Item(f"Reset the sign-in of {row.person.name}, or decline", page_of(row.person_id), since=row.asked_at) for row in resets),
    ]


def page_of(person_id: Any) -> str:
    return reverse("accounts:person", args=[person_id])


def others(user: Any, at: datetime) -> list[Item]:
    """What this person waits for others to do."""
    waiting = Application.objects.filter(applicant=user, state=ApplicationState.SUBMITTED).select_related("operation").order_by("started_at")[:MOST]
    return [
        Item(
            f"An Authorising Officer decides on {row.operation.reference} {row.operation.title}",
            reverse("authorisations:application", args=[row.pk]),
            starts_at=row.operation.starts_at,
        )
        for row in waiting
    ]


def operations(user: Any, at: datetime) -> list[Operation]:
    """The latest; the list of applications has them all."""
    return list(Operation.objects.filter(appointments__person=user, appointments__ended_at=None).distinct().order_by("-opened_at", "-pk")[:LATEST])
