"""The deployment record, compiled from what is known: the points a to n of the policy's definition, the debrief, the figures (R-1, 2)."""

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from accounts.states import Role
from audit.chain import canonical
from authorisations.digest import Digest, digest
from authorisations.models import Cancellation, Deviation, Submission
from deployments.counts import Figures, figures_of
from deployments.models import Breach, Compilation, Deployment
from deployments.preserving import Preservation, preservations_of
from deployments.rules.window import durations
from deployments.states import Move, Outcome, Style
from govuk.times import log_time
from operations.models import Operation
from reporting.metrics import metrics
from reporting.models import Debrief, DeploymentRecord
from reporting.states import Effect

SCHEMA = "lfr-deployment-record/1"
UNKNOWN = "Not known"


@dataclass(frozen=True)
class Known:
    """Everything the record is compiled from, read once."""

    record: DeploymentRecord

    @cached_property
    def deployment(self) -> Deployment:
        return Deployment.objects.select_related("operation__force", "authority__ao", "authority__application", "authority__decision", "place").get(
            pk=self.record.deployment_id
        )

    @property
    def operation(self) -> Operation:
        return self.deployment.operation

    @cached_property
    def submission(self) -> Submission:
        """What the authority answers; under words alone, what was submitted last."""
        authority = self.deployment.authority
        return authority.decision.submission if authority.decision else authority.application.submissions.latest("number")

    @cached_property
    def application(self) -> dict[str, Any]:
        return json.loads(self.submission.content)

    @cached_property
    def digest(self) -> Digest:
        return digest(self.submission)

    @cached_property
    def figures(self) -> Figures:
        return figures_of(self.deployment)

    @cached_property
    def cancellation(self) -> Cancellation | None:
        return Cancellation.objects.filter(authority=self.deployment.authority).select_related("cancelled_by").first()

    @cached_property
    def deviations(self) -> list[Deviation | Preservation]:
        """Those declared beforehand, and alert data that were preserved (G-4, D-3)."""
        return [*Deviation.objects.filter(application=self.deployment.authority.application), *preservations_of(self.deployment)]

    @cached_property
    def breaches(self) -> list[Breach]:
        return list(self.deployment.breaches.select_related("answered_by"))

    @cached_property
    def debrief(self) -> Debrief | None:
        return Debrief.objects.filter(record=self.record).select_related("chair").first()

    @cached_property
    def compilation(self) -> Compilation | None:
        """The watchlist as last loaded."""
        return self.deployment.compilations.prefetch_related("lines").last()

    @cached_property
    def durations(self) -> tuple[int, int]:
        """Gross and net of suspensions, in whole minutes."""
        ended_at = self.deployment.ended_at
        assert ended_at
        gross, net = durations(self.deployment, ended_at)
        return int(gross.total_seconds() // 60), int(net.total_seconds() // 60)

    def section(self, name: str, key: str) -> str:
        return str(self.application["sections"].get(name, {}).get(key, "") or "")

    @property
    def objectives(self) -> list[str]:
        return [line.strip() for line in self.section("operation", "objectives").splitlines() if line.strip()]


@dataclass(frozen=True)
class Item:
    """A point of the definition: its letter, what it is, what is known."""

    letter: str
    title: str
    lines: list[str]


def items(known: Known) -> list[Item]:
    said = known.section
    return [
        Item("a", "Location", [str(known.deployment.place)]),
        Item("b", "Dates and times", times(known)),
        Item("c", "Deployment and watchlist rationale", [*rationale(known), said("why", "why_now")]),
        Item("d", "Legal basis", [said("necessity", "legal_basis")]),
        Item("e", "Necessity", [said("necessity", "aim"), said("necessity", "necessity"), said("necessity", "alternatives")]),
        Item("f", "Proportionality", [said("necessity", "proportionality")]),
        Item("g", "Safeguards", [said("safeguards", key) for key in ("safeguards", "children", "responses", "retention")]),
        Item("h", "Watchlist composition", composition(known)),
        Item("i", "Authorising Officer", [authorised_by(known)]),
        Item("j", "Resources", resources(known)),
        Item("k", "Relevant statistics", [f"{metric.label}: {metric.words}" for metric in metrics(known.figures)] + counted(known)),
        Item("l", "Outcomes", outcomes(known)),
        Item("m", "Summary of any issues", [known.record.issues or UNKNOWN]),
        Item("n", "Threshold setting", threshold(known)),
    ]


def times(known: Known) -> list[str]:
    deployment, (gross, net) = known.deployment, known.durations
    assert deployment.live_at and deployment.ended_at
    counted = " (nobody concluded it: counted as concluded at the end authorised)" if deployment.counted_as_concluded else ""
    return [
        f"Authorised: {log_time(deployment.starts_at)} to {log_time(deployment.ends_at)}",
        f"Live: {log_time(deployment.live_at)} to {log_time(deployment.ended_at)}{counted}",
        f"{net:,} minutes net of suspensions, {gross:,} minutes in all" if net != gross else f"{net:,} minutes, without a suspension",
        *(
            f"{log_time(change.happened_at)}: {change.get_move_display().lower()}{why(change)}"
            for change in deployment.changes.all()
            if shown(change)
        ),  # type: ignore[attr-defined]
    ]


def shown(change: Any) -> bool:
    return change.move in (Move.SUSPENDED, Move.RESUMED, Move.TERMINATED, Move.CORRECTED)


def why(change: Any) -> str:
    reason = change.get_reason_display() if change.reason else ""
    return f" – {reason or change.note}" if reason or change.note else ""


def rationale(known: Known) -> list[str]:
    """Why there, and what for: the place's own reasons are kept under its key."""
    why_there = known.application["sections"].get("why", {}).get(f"place_{known.deployment.place_id}", "")
    return [line for line in [*known.objectives, str(why_there)] if line]


def composition(known: Known) -> list[str]:
    names = {category.code: category.label for category in known.deployment.edition.categories}
    found = known.compilation
    if found is None:
        return [UNKNOWN]
    lines = [f"{names.get(line.category, line.category)}: {line.subjects} subjects, {line.images} images" for line in found.lines.all()]
    return [*lines, f"In all: {found.subjects} subjects, {found.images} images; {found.children} under 18. Compiled {log_time(found.compiled_at)}"]


def authorised_by(known: Known) -> str:
    authority = known.deployment.authority
    how = f"in writing, SHA-256 {authority.decision.sha256}" if authority.decision else "in words; never put in writing"
    return f"{authority.ao.name}, {log_time(authority.given_at)}, {how}"


def resources(known: Known) -> list[str]:
    people = known.operation.appointments.select_related("person").order_by("role", "person__name")
    assets = known.deployment.assets.select_related("operator", "engagement_officer")
    return [
        *(f"{Style(asset.style).label} {asset.identifier}: {asset.operator.name}, {asset.engagement_officer.name}" for asset in assets),
        *dict.fromkeys(f"{Role(row.role).label}: {row.person.name}" for row in people),
    ]


def counted(known: Known) -> list[str]:
    figures, record = known.figures, known.record
    totals = f"The LFR system’s own totals: alerts {or_unknown(record.system_alerts)}, faces {or_unknown(record.system_faces)}"
    return [
        f"Alerts: {figures.alerts}, of which {figures.true_confirmed} confirmed true, {figures.true_unconfirmed} true and not confirmed,"
        f" {figures.false_confirmed} confirmed false, {figures.false_unconfirmed} false and not engaged, {figures.not_determined} not determined",
        f"Faces scanned: {or_unknown(figures.faces)} ({known.deployment.get_faces_method_display() or UNKNOWN.lower()})",  # type: ignore[attr-defined]
        f"{totals}. {record.reconciliation}".strip(),
    ]


def or_unknown(number: int | None) -> str:
    return UNKNOWN.lower() if number is None else f"{number:,}"


def outcomes(known: Known) -> list[str]:
    named = [f"{Outcome(kind).label}: {number}" for kind, number in known.figures.outcomes.items() if number]
    return [f"Policing outcomes: {known.figures.policing_outcomes}", *named]


def threshold(known: Known) -> list[str]:
    changes = known.deployment.threshold_changes.all()
    return [
        f"At least {known.deployment.authority.threshold.normalize():f} authorised",
        *(f"{log_time(change.changed_at)}: set to {change.new.normalize():f} – {change.reason}" for change in changes),
    ]


def content_of(known: Known) -> dict[str, Any]:
    """The record as plain data: what is frozen, hashed, received by the Authorising Officer, and printed."""
    deployment, record, authority = known.deployment, known.record, known.deployment.authority
    report = known.cancellation
    return {
        "schema": SCHEMA,
        "deployment": deployment.register_id,
        "reference": known.operation.reference,
        "title": known.operation.title,
        "force": known.operation.force.name,
        "policy": deployment.policy_edition,
        "application": {"version": authority.application.number, "sha256": known.submission.sha256},
        "authority_sha256": authority.decision.sha256 if authority.decision else None,
        "cancellation": {"reason": report.reason, "done_under": report.done_under, "at": report.cancelled_at, "by": report.cancelled_by.name}
        if report
        else None,
        "items": [{"letter": one.letter, "title": one.title, "lines": [line for line in one.lines if line]} for one in items(known)],
        "figures": known.figures.as_json(),
        "system_totals": {"alerts": record.system_alerts, "faces": record.system_faces, "reconciliation": record.reconciliation},
        "narrative": {"issues": record.issues, "impact": record.impact, "learning": record.learning},
        "deviations": [
            {"clause": one.clause, "what": one.what, "why": one.why, "answer": answer(known, f"deviation.{one.pk}")} for one in known.deviations
        ],
        "breaches": [breach_of(known, one) for one in known.breaches],
        "debrief": debrief_of(known),
    }


def answer(known: Known, key: str) -> str:
    return str(known.debrief.answers.get(key, "")) if known.debrief else ""


def breach_of(known: Known, breach: Breach) -> dict[str, Any]:
    told = {"sentence": breach.sentence, "clause": breach.clause, "happened_at": breach.happened_at, "answer": answer(known, f"breach.{breach.pk}")}
    return {**told, "authorising_officer": breach.answer}


def debrief_of(known: Known) -> dict[str, Any] | None:
    debrief = known.debrief
    if debrief is None or debrief.held_at is None:
        return None
    objectives = [
        {"objective": text, "effect": Effect(debrief.effects[f"objective.{n}"]).label, "words": answer(known, f"objective.{n}")}
        for n, text in enumerate(known.objectives)
    ]
    return {
        "chair": debrief.chair.name,
        "ties": debrief.ties,
        "held_at": debrief.held_at,
        "objectives": objectives,
        "impact": debrief.impact,
        "learning": debrief.learning,
        "recognition_short_enough": debrief.recognition_short_enough,
        "recognition": debrief.recognition,
        "actions": [{"what": one.what, "person": one.person.name, "due_at": one.due_at} for one in debrief.actions.select_related("person")],
    }


def frozen(content: dict[str, Any]) -> tuple[str, str]:
    """The canonical text and its SHA-256 in hex."""
    text = canonical(content)
    return text, hashlib.sha256(text.encode()).hexdigest()
