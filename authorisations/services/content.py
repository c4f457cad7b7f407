"""Writing the application, piece by piece. What a person writes ties them to the operation: they can never authorise it (P-3)."""

from datetime import datetime
from typing import Any

from django.db.models import Max, Min

from accounts.models import RoleGrant, User
from accounts.notices import tell
from accounts.states import Role
from audit.acts import Entry, act
from authorisations.models import Application, Day, Deviation, Section
from authorisations.permissions import check_writes_application, check_writes_section
from authorisations.rules.content import check_day, check_place
from authorisations.sections import SECTIONS, Spec
from authorisations.states import ApplicationState
from operations.models import Operation, Place, Tie
from operations.rules import check_appointable
from operations.services import add_place, appoint, tie
from policy.refusals import NotVisible, RuleBroken, refusal_of


def check_open(application: Application, name: str = "") -> None:
    """Nothing can be edited after submission (A-17, 7.1); in urgency, what may follow a verbal authority still can (A-16)."""
    if not application.is_open and not may_still_follow(application, name):
        raise RuleBroken(
            "A-17",
            f"This application is {application.get_state_display().lower()} and can no longer be edited.",
            clause="7.1",  # type: ignore[attr-defined]
            remedy="Ask the Authorising Officer to return it, or make a new version once it is authorised.",
        )


def open_for(application: Application, name: str, *, by: User, at: datetime) -> Application:
    """The application, locked and open, for a person who may write that section."""
    application = application.locked()
    check_writes_section(application, application.sections.get(name=name), by, at)
    check_open(application, name)
    return application


def may_still_follow(application: Application, name: str) -> bool:
    """In urgency the policy lets some sections be written after submission, until the Written Authority Document (A-16)."""
    return application.urgent and application.state == ApplicationState.SUBMITTED and name in application.edition.may_follow_verbal


@act
def save_section(section: Section, *, answers: dict[str, Any], version: int | None = None, by: User, at: datetime) -> Entry:
    """Save one section's answers as typed, right or wrong (A-1); the facts in the trail say which questions changed, not what was typed."""
    application = open_for(section.application, section.name, by=by, at=at)
    section = section.locked(version)
    changed = sorted(name for name in {*answers, *section.answers} if answers.get(name) != section.answers.get(name))
    section.answers, section.saved_at, section.saved_by = answers, at, by
    section.save()
    tie(application.operation, by, Tie.Kind.CONTRIBUTED, at=at)
    return Entry("section.saved", section, {"section": section.name, "changed": changed})


@act
def hand_section(application: Application, *, name: str, person: User, by: User, at: datetime) -> Entry:
    """Hand a section to its own author, who then sees the draft and writes that section (P-1)."""
    application = application.locked()
    check_writes_application(application, by, at)
    check_open(application)
    section = application.sections.get(name=name).locked()
    if not application.operation.appointments.in_force().filter(person=person, role__in=SECTIONS[name].written_as).exists():
        appoint(application.operation, person=person, role=part_for(person, name, at), by=by, at=at)
    section.author = person
    section.save()
    tell(
        [person],
        key=f"handed:{section.pk}:{person.pk}",
        text=f"{application.operation.reference}: “{SECTIONS[name].title}” is yours to write",
        link=f"/applications/{application.pk}/sections/{name}/",
        at=at,
    )
    return Entry("section.handed", section, {"section": name, "to": person.pk})


def writers_of(application: Application, name: str, *, but: User, at: datetime) -> dict[Any, str]:
    """Who of the force could be handed the section (id), and the part they would write it in."""
    spec, operation = SECTIONS[name], application.operation
    grants = RoleGrant.objects.held(at).filter(role__in=spec.written_as, person__force=operation.force, person__is_active=True).exclude(person=but)
    people = User.objects.filter(pk__in=grants.values("person"))
    already = set(operation.appointments.in_force().filter(role__in=spec.written_as).values_list("person", flat=True))
    parts = {person: part_for(person, name, at) for person in people}
    return {
        person.pk: part.label
        for person, part in parts.items()
        if person.pk in already or refusal_of(check_appointable, person, part, operation, at) is None
    }


def check_somebody(parts: dict[Any, str], spec: Spec) -> None:
    """A section is handed to somebody who may write it (P-1, 7.1)."""
    if not parts:
        names = " or ".join(sorted(role.label for role in spec.written_as))
        raise RuleBroken(
            "P-1",
            f"Nobody else can be handed “{spec.title}” now.",
            clause="7.1",
            remedy=f"A System Administrator can grant the role {names}." if names else "It is written in its own part of the service.",
        )


def part_for(person: User, name: str, at: datetime) -> Role:
    """The part that fits the person best: the one the section belongs to, else Author."""
    spec = SECTIONS[name]
    if fitting := spec.hand_to & person.offices(at):
        return min(fitting)
    return Role.AUTHOR if Role.AUTHOR in spec.written_as else min(spec.hand_to)


@act
def put_day(
    application: Application, *, place: Place | dict[str, str], starts_at: datetime, ends_at: datetime, day: Day | None = None, by: User, at: datetime
) -> Entry:
    """Add a place, date and times, or change them (A-1, A-9). `place`: a known one, or name and town of one that is new."""
    application = open_for(application, "when", by=by, at=at)
    check_day(starts_at=starts_at, ends_at=ends_at, at=at)
    there = place if isinstance(place, Place) else add_place(force=application.operation.force, **place, by=by, at=at)
    check_place(there, application)
    row = day_within(application, day)
    row.place, row.starts_at, row.ends_at = there, starts_at, ends_at
    row.save()
    push_window(application)
    touch(application, "when", by=by, at=at)
    return Entry("day.put", row, {"place": str(there), "starts_at": starts_at, "ends_at": ends_at})


def day_within(application: Application, day: Day | None) -> Day:
    if day is None:
        return Day(application=application)
    day = day.locked()
    if day.application_id != application.pk:
        raise NotVisible()
    return day


@act
def remove_day(day: Day, *, by: User, at: datetime) -> Entry:
    """Take a day out of the application (A-1)."""
    application = open_for(day.application, "when", by=by, at=at)
    day = day.locked()
    facts = {"place": str(day.place), "starts_at": day.starts_at}
    Day.objects.filter(pk=day.pk).delete()
    push_window(application)
    touch(application, "when", by=by, at=at)
    return Entry("day.removed", application, facts)


def push_window(application: Application) -> None:
    """The operation's outermost moments, which lower floors read (P-4)."""
    ends = application.days.aggregate(first=Min("starts_at"), last=Max("ends_at"))
    operation = Operation.objects.get(pk=application.operation_id)
    operation.starts_at, operation.ends_at = ends["first"], ends["last"]
    operation.save()


def touch(application: Application, name: str, *, by: User, at: datetime) -> None:
    """A section made of rows counts as started, and its writer as an author."""
    section = application.sections.get(name=name)
    section.saved_at, section.saved_by = at, by
    section.save()
    tie(application.operation, by, Tie.Kind.CONTRIBUTED, at=at)


@act
def add_deviation(application: Application, *, clause: str, what: str, why: str, by: User, at: datetime) -> Entry:
    """State a deviation; only from clauses of which the policy allows it (G-4, 15.3)."""
    application = open_for(application, "deviations", by=by, at=at)
    if clause not in application.edition.deviations:
        raise RuleBroken(
            "G-4",
            f"The policy does not allow a deviation from clause {clause}.",
            clause="15.3",
            remedy="Keep to the clause, or ask the Ops Board to change the policy.",
        )
    deviation = Deviation.objects.create(application=application, clause=clause, what=what, why=why)
    touch(application, "deviations", by=by, at=at)
    return Entry("deviation.added", deviation, {"clause": clause})


@act
def remove_deviation(deviation: Deviation, *, by: User, at: datetime) -> Entry:
    """Take a deviation back while the application is open (G-4)."""
    application = open_for(deviation.application, "deviations", by=by, at=at)
    deviation = deviation.locked()
    Deviation.objects.filter(pk=deviation.pk).delete()
    touch(application, "deviations", by=by, at=at)
    return Entry("deviation.removed", application, {"clause": deviation.clause})
