"""Applying: from the first page to submission, and to a further version."""

from datetime import datetime
from typing import Any

from django.db.models import Max

from accounts.models import User
from accounts.notices import tell
from accounts.states import Role
from audit.acts import Entry, act
from authorisations.canonical import content_of, frozen
from authorisations.models import Application, Consideration, Day, Deviation, Section, Submission
from authorisations.permissions import check_writes_application
from authorisations.rules.amending import check_amendable
from authorisations.rules.complete import check_complete
from authorisations.rules.content import check_scope
from authorisations.rules.deciding import check_reason
from authorisations.rules.urgency import check_complete_enough, check_supplement
from authorisations.sections import SECTIONS
from library.services import freeze_local_cia, unfreeze_local_cia
from operations.models import Operation, Tie
from operations.services import open_operation, open_sight, tie
from policy import current
from watchlists.services import copy, freeze, new_composition


@act
def start(*, title: str, overt: bool, live: bool, own_system: bool, by: User, at: datetime) -> Entry:
    """Start an application, if it is in scope at all (A-1, A-2)."""
    check_scope(overt=overt, live=live, own_system=own_system)
    operation = open_operation(title=title, by=by, at=at)
    application = new_version(operation, by=by, at=at)
    tie(operation, by, Tie.Kind.CONTRIBUTED, at=at)
    return Entry("application.started", application, {"policy": application.policy_edition})


def new_version(operation: Operation, *, by: User, at: datetime, composition: Any = None, number: int = 1) -> Application:
    """A draft with empty sections, stamped with the edition of the policy in force. Part of starting and amending."""
    edition = current()
    application = Application.objects.create(
        operation=operation,
        number=number,
        applicant=by,
        policy_edition=edition.name,
        policy_sha256=edition.sha256,
        composition=composition or new_composition(operation),
        started_at=at,
    )
    Section.objects.bulk_create(Section(application=application, name=name) for name in SECTIONS)
    return application


@act
def submit(application: Application, *, urgent: bool = False, version: int | None = None, by: User, at: datetime) -> Entry:
    """Submit the whole application; from then on nothing in it can be edited (A-1, A-17, 7.1). In urgency some sections may follow (A-16)."""
    application = application.locked(version)
    check_writes_application(application, by, at)
    application.step("submit")
    (check_complete_enough if urgent else check_complete)(application, at)
    application.urgent = urgent
    application.save()
    freeze(application.composition, at)
    if not urgent:
        freeze_local_cia(application.operation, at)
    submission = freeze_text(application, by=by, at=at)
    open_sight(application.operation, office=Role.AO, at=at)
    tell_officers(submission, at=at, urgent=urgent)
    return Entry("application.submitted", application, {"submission": submission.number, "sha256": submission.sha256, "urgent": urgent})


@act
def supplement(application: Application, *, by: User, at: datetime) -> Entry:
    """Submit what was let wait in urgency, so that the Written Authority Document can answer the whole (A-16, 6.1)."""
    application = application.locked()
    check_writes_application(application, by, at)
    check_supplement(application, at)
    freeze_local_cia(application.operation, at)
    application.urgent = False  # nothing waits any more, so nothing can be written any more
    application.save()
    submission = freeze_text(application, by=by, at=at)
    carry_over(submission)
    tell_officers(submission, at=at, urgent=True)
    return Entry("application.supplemented", application, {"submission": submission.number, "sha256": submission.sha256})


def freeze_text(application: Application, *, by: User, at: datetime) -> Submission:
    """The canonical text with its hash, as one more submission (A-17)."""
    text, sha256 = frozen(content_of(application))
    number = (application.submissions.aggregate(last=Max("number"))["last"] or 0) + 1
    return Submission.objects.create(application=application, number=number, content=text, sha256=sha256, submitted_at=at, submitted_by=by)


def carry_over(submission: Submission) -> None:
    """A supplement adds to what an Authorising Officer has read: what they wrote stays theirs to go on with (A-15, A-16)."""
    before = Consideration.objects.filter(submission__application=submission.application, submission__number=submission.number - 1)
    Consideration.objects.bulk_create(Consideration(submission=submission, ao=row.ao, answers=row.answers, saved_at=row.saved_at) for row in before)


def tell_officers(submission: Submission, *, at: datetime, urgent: bool) -> None:
    """Everyone of the force who holds the office and has no part in the operation."""
    application, operation = submission.application, submission.application.operation
    officers = User.objects.holding(Role.AO, at).filter(force=operation.force).exclude(appointments__operation=operation)
    tell(
        officers,
        key=f"submitted:{submission.pk}",
        text=f"{operation.reference}: an application awaits your decision",
        at=at,
        urgent=urgent,
        link=f"/authorities/decide/{application.pk}/",
    )


@act
def withdraw(application: Application, *, reason: str, version: int | None = None, by: User, at: datetime) -> Entry:
    """The applicant withdraws, with the reason; it stays on record (A-1, X-6)."""
    application = application.locked(version)
    check_writes_application(application, by, at)
    check_reason(reason, "The reason", "A-1", "6.1")
    application.step("withdraw")
    application.withdrawn_reason = reason
    application.save()
    freeze(application.composition, at)
    freeze_local_cia(application.operation, at)
    return Entry("application.withdrawn", application, {"reason": reason})


@act
def amend(application: Application, *, by: User, at: datetime) -> Entry:
    """A material change is a further version that needs the Authorising Officer again; the old authority stays until it is superseded (A-17, 7.1)."""
    application = application.locked()
    check_writes_application(application, by, at)
    check_amendable(application)
    last = application.operation.applications.aggregate(last=Max("number"))["last"]
    newer = new_version(application.operation, by=by, at=at, composition=copy(application.composition), number=last + 1)
    for section in application.sections.all():
        newer.sections.filter(name=section.name).update(
            answers=section.answers, author=section.author, saved_at=section.saved_at, saved_by=section.saved_by
        )
    Day.objects.bulk_create(Day(application=newer, place=day.place, starts_at=day.starts_at, ends_at=day.ends_at) for day in application.days.all())
    Deviation.objects.bulk_create(Deviation(application=newer, clause=row.clause, what=row.what, why=row.why) for row in application.deviations.all())
    unfreeze_local_cia(application.operation)
    return Entry("application.amended", newer, {"from_version": application.number})
