"""The sections of an application in the order in which people think. One list draws the task list, guards submission and answers the API."""

from datetime import datetime
from typing import TYPE_CHECKING

from accounts.states import Role
from authorisations.sections.asked import DeviationsSection, WhenSection, day_findings, deviation_findings, people_findings
from authorisations.sections.base import SectionForm, Spec, typed
from authorisations.sections.means import EquipmentSection, PeopleSection, SafeguardsSection
from authorisations.sections.public import CommandSection, PublicSection
from authorisations.sections.purpose import NecessitySection, OperationSection, WhySection
from library.rules import assessment_findings
from policy.refusals import Finding
from watchlists.rules import findings as watchlist_findings

if TYPE_CHECKING:
    from authorisations.models import Application

__all__ = ["SECTIONS", "SectionForm", "Spec", "findings_of", "form_of", "typed"]


def of_watchlist(application: "Application", at: datetime) -> tuple[Finding, ...]:
    return watchlist_findings(application.composition, application.edition)


def of_assessments(application: "Application", at: datetime) -> tuple[Finding, ...]:
    return assessment_findings(application.operation, at, application.edition)


SECTIONS: dict[str, Spec] = {
    spec.name: spec
    for spec in (
        Spec("operation", "The operation", OperationSection),
        Spec("when", "When and where", WhenSection, day_findings),
        Spec("why", "Why there, why now", WhySection),
        Spec("watchlist", "Who we look for", None, of_watchlist, frozenset({Role.WATCHLIST_COMPILER})),
        Spec("necessity", "Is it necessary, is it proportionate, what else was considered", NecessitySection),
        Spec("equipment", "Equipment and site", EquipmentSection),
        Spec("people", "People and training", PeopleSection, people_findings),
        Spec("safeguards", "Safeguards and data", SafeguardsSection),
        Spec("assessments", "Assessments", None, of_assessments, frozenset({Role.NPT_SUPERVISOR})),
        Spec("public", "Telling the public", PublicSection, hand_to=frozenset({Role.COMMUNICATIONS})),
        Spec("command", "Command plans", CommandSection, hand_to=frozenset({Role.GOLD, Role.SILVER})),
        Spec("deviations", "Deviations", DeviationsSection, deviation_findings),
    )
}


def form_of(application: "Application", name: str, answers: dict | None) -> SectionForm:
    """The section's form, holding the answers kept so far (None: nothing was saved yet)."""
    form = SECTIONS[name].form
    if form is None:
        raise KeyError(f"{name} is made of rows, not of a form")
    return form(answers or None, application=application)


def findings_of(application: "Application", name: str, at: datetime) -> tuple[Finding, ...]:
    """Everything missing or wrong in one section, each with its rule, clause and the question it concerns."""
    spec, found = SECTIONS[name], []
    if spec.form is not None:
        saved = next((row for row in application.sections.all() if row.name == name), None)
        form = spec.form(saved.answers if saved else {}, application=application)
        if form.fields and saved is None:
            found.append(Finding(form.code, f"“{spec.title}” has not been started.", form.clause, name))
        elif form.fields:
            found += errors_of(form, name)
    return (*found, *spec.more(application, at))


def errors_of(form: SectionForm, name: str) -> list[Finding]:
    found = []
    for field, errors in form.errors.items():
        code, clause = form.clauses.get(field, (form.code, form.clause))
        found.append(Finding(code, str(errors[0]), clause, f"{name}.{field}"))
    return found
