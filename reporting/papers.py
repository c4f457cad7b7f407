"""What each paper prints. Everything is read from what was signed; no clock is asked, so that the same facts give the same page."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.template.loader import render_to_string

from accounts.models import User
from accounts.states import Role
from audit.chain import canonical
from authorisations.digest import Digest, digest
from authorisations.document import document
from authorisations.models import Cancellation, Decision, Submission
from authorisations.questions import PARTS, Question, questions_for
from authorisations.services.deciding import METHOD
from authorisations.states import AuthorityState, Outcome
from govuk.times import window
from policy import Edition, edition
from reporting import pack
from reporting.certificate_paper import certificate
from reporting.record_paper import record
from reporting.states import PaperKind

MARKING = "OFFICIAL"
UNSET = "Not set yet:"
DECIDED = {Outcome.AUTHORISED: "Authorised", Outcome.WITH_CONDITIONS: "Authorised with conditions"}


@dataclass(frozen=True)
class Fact:
    """A line of a document: what it is, what it says (one or more lines), the clause it comes from."""

    label: str
    lines: list[str]
    clause: str = ""


@dataclass(frozen=True)
class Chapter:
    """A numbered heading, and below it the numbered questions with their answers."""

    number: int
    title: str
    answers: list[tuple[str, Question, str]]


@dataclass(frozen=True)
class Page:
    """A finished document, ready for the printer, and the exact text over which its hash was taken: it travels inside the PDF."""

    html: str
    text: str
    dated: str


def page_of(kind: PaperKind, subject: Any) -> Page:
    context = context_of(kind, subject)
    return Page(render_to_string(TEMPLATES[kind], context), context["text"], context["dated"])


def context_of(kind: PaperKind, subject: Any) -> dict[str, Any]:
    made: dict[PaperKind, Callable[[Any], dict[str, Any]]] = {
        PaperKind.WRITTEN_AUTHORITY: written_authority,
        PaperKind.CANCELLATION: cancellation,
        PaperKind.RECORD: record,
        PaperKind.PACK: pack.paper,
        PaperKind.CERTIFICATE: certificate,
    }
    return made[kind](subject)


TEMPLATES = {
    PaperKind.WRITTEN_AUTHORITY: "reporting/written_authority.html",
    PaperKind.CANCELLATION: "reporting/cancellation.html",
    PaperKind.RECORD: "reporting/record_paper.html",
    PaperKind.PACK: "reporting/pack_paper.html",
    PaperKind.CERTIFICATE: "reporting/certificate_paper.html",
}


def written_authority(decision: Decision) -> dict[str, Any]:
    """The Written Authority Document as it was signed (A-15)."""
    said, signed = json.loads(decision.content), document(decision).signed
    return {
        **draft(decision.submission, said["answers"]),
        "not_signed": False,
        "decided": DECIDED[Outcome(decision.outcome)],
        "conditions": decision.conditions,
        "authority": decision.authority,
        "note": getattr(decision.authority, "note", None),
        "signed": signed,
        "signed_at": decision.decided_at,
        "text": decision.content,
        "sha256": decision.sha256,
        "dated": stamp(decision.decided_at),
    }


def draft(submission: Submission, answers: dict[str, Any]) -> dict[str, Any]:
    """What the document will say so far: an Authorising Officer reads it before signing."""
    content, told = json.loads(submission.content), digest(submission)
    policy = edition(content["policy"]["edition"])
    chapters = chapters_of(content, answers)
    return {
        "marking": MARKING,
        "force": content["force"],
        "reference": content["reference"],
        "version": content["version"],
        "subject": content["title"],
        "not_signed": True,
        "content": content,
        "submission": submission,
        "policy": policy,
        "windows": windows(told),
        "asked": asked(content, told, policy),
        "unusual": told.unusual,
        "chapters": chapters,
        "next_number": len(chapters) + 2,
        "limits": limits(content, told, answers, policy),
    }


def stamp(moment: datetime) -> str:
    """A moment as the PDF's own data want it."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def chapters_of(content: dict[str, Any], answers: dict[str, Any]) -> list[Chapter]:
    """The parts of the document under the headings of the screens, after chapter 1, what was asked."""
    raised = questions_for(content)
    return [
        Chapter(
            number, part.title, [(f"{number}.{place}", one, str(answers.get(one.key, ""))) for place, one in enumerate(asked_in(part, raised), 1)]
        )
        for number, part in enumerate(PARTS, 2)
    ]


def asked_in(part: Any, raised: list[Question]) -> list[Question]:
    return [question for question in part.questions if question in raised]


def asked(content: dict[str, Any], told: Digest, policy: Edition) -> list[Fact]:
    """The application in a minute, from the text whose hash was signed."""
    about = content["sections"].get("operation", {})
    return [
        Fact("Where and when", windows(told), "6.1"),
        Fact("Policing purposes", labels(policy.purposes, about.get("purposes", [])), "3.6"),
        Fact("Use case", labels(policy.use_cases, [about.get("use_case", "")]), "5.9"),
        Fact("Objectives", about.get("objectives", "").splitlines(), "3.11"),
        Fact("How", told.styles, "5.11"),
        Fact(
            "Watchlist", [*composition(content, policy), f"In all: {told.subjects} subjects, {told.images} images; {told.children} under 18"], "10.3"
        ),
        Fact("Threshold asked for", [told.threshold], "11.11"),
        Fact("People", [f"{Role(row['role']).label}: {row['person']}" for row in told.people], "7.1"),
        Fact("Applicant", [content["applicant"]], "6.1"),
    ]


def windows(told: Digest) -> list[str]:
    """Each day with its place and times: an authority for several days is not one stretch (A-9, A-15)."""
    return [f"{day['place']}: {window(day['starts_at'], day['ends_at'])}" for day in told.days]


def labels(choices: Any, codes: list[str]) -> list[str]:
    return [choice.label for choice in choices if choice.code in codes]


def composition(content: dict[str, Any], policy: Edition) -> list[str]:
    names = {category.code: category.label for category in policy.categories}
    return [
        f"{names.get(line['category'], line['category'])}: {line['subjects']} subjects, {line['images']} images"
        for line in content["watchlist"]["lines"]
    ]


def limits(content: dict[str, Any], told: Digest, answers: dict[str, Any], policy: Edition) -> list[Fact]:
    """What the authority holds the operation to (A-14, W-2, A-10)."""
    least = policy.value("minimum_threshold")
    found = [
        Fact("Minimum threshold", [f"{answers.get('minimum_threshold') or UNSET} (the policy’s own minimum is {least.value})"], least.clause),
        Fact("Largest watchlist", [f"{answers.get('watchlist_ceiling') or UNSET} subjects (asked for: {told.subjects})"], "10.4"),
        Fact("Under-18s", [children(told.children, answers.get("children", ""))], "10.10"),
    ]
    if dispensed := answers.get("local_cia"):
        found.append(Fact("Local Community Impact Assessment dispensed with", dispensed.splitlines(), "7.1"))
    return found


def children(number: int, answer: str) -> str:
    if not number:
        return "None on the watchlist, none authorised"
    return f"{number} on the watchlist: {'authorised' if answer == 'yes' else 'not authorised'}"


def cancellation(report: Cancellation) -> dict[str, Any]:
    """The cancellation report (A-18, 7.7), with a hash over all that it says."""
    authority, signed = report.authority, signature(report.cancelled_by, report.cancelled_at)
    facts = {
        "schema": "lfr-cancellation/1",
        "reference": authority.operation.reference,
        "application_version": authority.application.number,
        "authority_sha256": authority.decision.sha256 if authority.decision else "",
        "reason": report.reason,
        "done_under": report.done_under,
        "ended_at": authority.ended_at,
        "cancelled_at": report.cancelled_at,
        "signed": {**signed, "person": report.cancelled_by_id},
    }
    text = canonical(facts)
    return {
        "marking": MARKING,
        "force": authority.operation.force.name,
        "reference": authority.operation.reference,
        "version": authority.application.number,
        "subject": authority.operation.title,
        "report": report,
        "authority": authority,
        "note": getattr(authority, "note", None),
        "lapsed": authority.state == AuthorityState.LAPSED,
        "signed": signed,
        "signed_at": report.cancelled_at,
        "text": text,
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "dated": stamp(report.cancelled_at),
        "policy": authority.application.edition,
    }


def signature(person: User, at: datetime) -> dict[str, str]:
    rank = person.rank_at(at)
    return {"name": person.name, "rank": rank.label if rank else "", "method": METHOD}
