"""What is missing before the record can go to the Authorising Officer: one list guards the act, draws the page, answers the API (R-1, R-2, 7.7)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from authorisations.states import AuthorityState
from policy.refusals import Finding, RuleBroken
from reporting.compiled import Known
from reporting.states import Effect


@dataclass(frozen=True)
class Point:
    """One thing that must be so. `where` it is mended: narrative, debrief, deployment, authority."""

    key: str
    title: str
    clause: str
    where: str
    find: Callable[[Known], Iterator[str]]


@dataclass(frozen=True)
class Standing:
    """A point as it stands now."""

    point: Point
    findings: tuple[Finding, ...]

    @property
    def is_met(self) -> bool:
        return not self.findings


def alerts(known: Known) -> Iterator[str]:
    if known.figures.open:
        yield f"{known.figures.open} alert{'s have' if known.figures.open > 1 else ' has'} no result yet."


def stops(known: Known) -> Iterator[str]:
    if any(change.owes_reason for change in known.deployment.changes.all()):
        yield "The reason for a stop has not been given."


def warnings(known: Known) -> Iterator[str]:
    if known.deployment.warnings.open().exists():
        yield "A warning still waits for Silver’s decision."


def cancellation(known: Known) -> Iterator[str]:
    if known.cancellation is None and known.deployment.authority.state != AuthorityState.SUPERSEDED:
        yield "The cancellation report has not been made. It is part of the record."


def narrative(known: Known) -> Iterator[str]:
    for name, called in (("issues", "issues there were (or that there were none)"), ("impact", "impact it had"), ("learning", "was learned")):
        if not getattr(known.record, name).strip():
            yield f"Say what {called}."


def totals(known: Known) -> Iterator[str]:
    """The counts agree with the LFR system's own totals, or it is said why not (R-4)."""
    record, figures = known.record, known.figures
    if record.reconciliation.strip():
        return
    for mine, theirs, what in ((figures.alerts, record.system_alerts, "alerts"), (figures.faces, record.system_faces, "faces")):
        if theirs is None:
            yield f"Enter the LFR system’s own total of {what}, or say why it is not known."
        elif mine != theirs:
            ours = "no number" if mine is None else f"{mine:,}"
            yield f"The record counts {ours} of {what}, the LFR system {theirs:,}: say why."


def debrief_held(known: Known) -> Iterator[str]:
    if known.debrief is None:
        yield "No debrief has been arranged."
    elif known.debrief.held_at is None:
        yield f"The debrief, chaired by {known.debrief.chair.name}, has not been held."


def answered(known: Known) -> Iterator[str]:
    """Held, and since then nothing has come up that it did not answer."""
    if known.debrief and known.debrief.held_at:
        yield from unanswered(known, known.debrief.answers, known.debrief.effects)


def unanswered(known: Known, answers: dict[str, str], effects: dict[str, str]) -> Iterator[str]:
    """Every objective measured, every deviation and breach answered (R-2, 3.11)."""
    for number, objective in enumerate(known.objectives):
        if effects.get(f"objective.{number}") not in Effect or not answers.get(f"objective.{number}", "").strip():
            yield f"Objective not measured: {objective}"
    for deviation in known.deviations:
        if not answers.get(f"deviation.{deviation.pk}", "").strip():
            yield f"Deviation from clause {deviation.clause} not answered: {deviation.what}"
    for breach in known.breaches:
        if not answers.get(f"breach.{breach.pk}", "").strip():
            yield f"Breach not answered: {breach.sentence}"


POINTS = (
    Point("alerts", "Every alert has its result", "2", "deployment", alerts),
    Point("stops", "Every stop has its reason", "7.5", "deployment", stops),
    Point("warnings", "Every warning has its answer", "10.16", "deployment", warnings),
    Point("cancellation", "The cancellation report is there", "7.7", "authority", cancellation),
    Point("narrative", "Issues, impact and learning", "2", "narrative", narrative),
    Point("totals", "Counted as the LFR system counted", "9.6", "narrative", totals),
    Point("debrief", "Debrief held", "7.6", "debrief", debrief_held),
    Point("answers", "Objectives, deviations and breaches answered", "7.6", "debrief", answered),
)


def checklist(known: Known) -> list[Standing]:
    return [Standing(point, tuple(Finding("R-1", said, point.clause, point.where) for said in point.find(known))) for point in POINTS]


def check_complete(known: Known) -> None:
    """The record goes to the Authorising Officer when nothing is missing (R-1, R-2, 7.6, 7.7)."""
    found = tuple(finding for standing in checklist(known) for finding in standing.findings)
    if found:
        raise RuleBroken("R-1", "The deployment record is not complete.", clause="7.7", remedy="Complete each of these.", findings=found)


def check_dealt_with(known: Known) -> None:
    """A record is accepted once the Authorising Officer has dealt with every breach (O-11, 7.7)."""
    found = tuple(
        Finding("O-11", f"Not dealt with: {breach.sentence}", breach.clause, "deployment") for breach in known.breaches if breach.answered_at is None
    )
    if found:
        raise RuleBroken("O-11", "There are breaches that you have not dealt with.", clause="7.7", remedy="Answer each of these.", findings=found)
