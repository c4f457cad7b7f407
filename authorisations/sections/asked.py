"""Sections made of rows: the days, the people, the deviations. What is missing in them is found here."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.timezone import localdate

from accounts.rules import training_gaps
from accounts.states import Role
from authorisations.rules.content import check_days_apart, check_series
from authorisations.sections.base import SectionForm
from govuk.fields import ChoiceField, LongTextField, whole
from policy.refusals import Finding, RuleBroken

if TYPE_CHECKING:
    from authorisations.models import Application

NEEDED = {Role.GOLD: "2", Role.SILVER: "2", Role.OPERATOR: "6/5.3", Role.ENGAGEMENT_OFFICER: "6/5.3"}
ONE_AN_ASSET = (Role.OPERATOR, Role.ENGAGEMENT_OFFICER)
TRAINED = (Role.OPERATOR, Role.ENGAGEMENT_OFFICER, Role.SILVER)


class WhenSection(SectionForm):
    """A series shares a purpose, or belongs to one event (A-9, 6.1); asked only where there are several days."""

    code, clause = "A-9", "6.1"

    def ask(self) -> None:
        if self.application.days.count() > 1:
            self.fields["series"] = LongTextField(
                label="Which purpose do these deployments share, or which event do they belong to?", called="the shared purpose", rows=3
            )


class DeviationsSection(SectionForm):
    """Whether the operation will be slightly outside the procedures anywhere (G-4, 15.3)."""

    code, clause = "G-4", "15.3"
    any = ChoiceField(
        label="Will the operation be slightly outside the procedures anywhere?",
        called="whether there are deviations",
        choices=[("yes", "Yes"), ("no", "No")],
        inline=True,
    )


def from_rule(rule: Callable[..., None], *args: Any, where: str) -> Iterable[Finding]:
    try:
        rule(*args)
    except RuleBroken as broken:
        yield Finding(broken.code, f"{broken.sentence} {broken.remedy}", broken.clause, where)


def day_findings(application: "Application", at: datetime) -> tuple[Finding, ...]:
    """At least one day; all ahead; none overlapping at a place; the series within its limit (A-1, A-9)."""
    days = list(application.days.select_related("place"))
    if not days:
        return (Finding("A-1", "Add at least one place, date and time.", "7.1", "when"),)
    past = [
        Finding("A-1", f"The deployment at {day.place} on {localdate(day.starts_at):%-d %B %Y} does not lie ahead any more.", "6.1", "when")
        for day in days
        if day.starts_at <= at
    ]
    return (*past, *from_rule(check_days_apart, days, where="when"), *from_rule(check_series, days, application.edition, where="when"))


def people_findings(application: "Application", at: datetime) -> tuple[Finding, ...]:
    """Gold, Silver, and for each asset an Operator and an Engagement Officer, trained until the last deployment ends (A-12, P-4)."""
    appointed = list(application.operation.appointments.in_force().select_related("person"))
    count = Counter(row.role for row in appointed)
    least = {role: assets_of(application) if role in ONE_AN_ASSET else 1 for role in NEEDED}
    missing = tuple(
        Finding("A-12", f"{count[role]} of {number} {role.label}{'s' if number > 1 else ''} appointed.", NEEDED[role], "people.appointments")
        for role, number in least.items()
        if count[role] < number
    )
    until = max(application.operation.ends_at or at, at)
    gaps = (gap for row in appointed if row.role in TRAINED for gap in training_gaps(row.person, row.role, until))
    return (*missing, *gaps)


def assets_of(application: "Application") -> int:
    """Vans, and the wired system as one asset more; one until the equipment is known (5.11)."""
    answers: dict[str, Any] = next((row.answers for row in application.sections.all() if row.name == "equipment"), {})
    vans = answers.get("vans", "")
    number = whole(vans) or 0 if "vans" in answers.get("styles", []) else 0
    return max(number + ("wired" in answers.get("styles", [])), 1)


def deviation_findings(application: "Application", at: datetime) -> tuple[Finding, ...]:
    """Each deviation says clause, what and why; only where the policy edition allows one (G-4, 15.3)."""
    answers: dict[str, Any] = next((row.answers for row in application.sections.all() if row.name == "deviations"), {})
    rows = list(application.deviations.all())
    if answers.get("any") == "yes" and not rows:
        return (Finding("G-4", "Add each deviation: its clause, what and why.", "15.3", "deviations"),)
    if answers.get("any") == "no" and rows:
        return (Finding("G-4", "You said there is no deviation, but one is listed.", "15.3", "deviations"),)
    return ()
