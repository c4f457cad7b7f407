"""The Authorising Officer considers, in as many sittings as needed, and decides."""

import json
import re
from datetime import datetime
from decimal import Decimal
from typing import Any

from accounts.models import User
from accounts.notices import tell
from accounts.states import Role
from audit.acts import Entry, act
from authorisations.canonical import frozen
from authorisations.models import Application, Authority, Consideration, Decision, Submission
from authorisations.permissions import DECIDING
from authorisations.questions import questions_for
from authorisations.rules.content import check_threshold
from authorisations.rules.deciding import (
    answer_fault,
    check_answers,
    check_awaits_decision,
    check_dates_ahead,
    check_may_decide,
    check_reason,
    texts_in,
)
from authorisations.rules.urgency import check_followed
from authorisations.services.ending import WRITING, appointed_to, lapse, lift_writing, owe_report
from authorisations.services.keeping import keep, kept_review
from authorisations.states import GIVES_AUTHORITY, IN_FORCE, AuthorityState, Outcome
from govuk.fields import whole
from library.services import unfreeze_local_cia
from obligations.models import Obligation
from obligations.services import discharge
from operations.models import Tie
from operations.permissions import check_writes
from operations.services import open_sight, tie
from policy.refusals import Finding, refusal_of
from watchlists.services import copy

THRESHOLD = "wad.minimum_threshold"
METHOD = "password entered again"


def latest(application: Application) -> Submission:
    return application.submissions.latest("number")


@act
def consider(application: Application, *, answers: dict[str, Any], by: User, at: datetime) -> Entry:
    """Keep the Authorising Officer's answers so far, in their own words (A-15). The others of the force do not see them."""
    application = application.locked()
    check_writes(DECIDING, by, application.operation, at)
    check_may_decide(by, application, at)
    check_awaits_decision(application)
    submission = latest(application)
    row = Consideration.objects.filter(submission=submission, ao=by).first() or Consideration(submission=submission, ao=by, saved_at=at)
    row.answers, row.saved_at = {**row.answers, **answers}, at
    row.save()
    return Entry("authority.considered", row, {"questions": sorted(answers)})


def missing(submission: Submission, answers: dict[str, Any]) -> tuple[Finding, ...]:
    """Every question of the document that has no proper answer yet (A-15)."""
    content, edition = json.loads(submission.content), submission.application.edition
    told = "\n".join(texts_in(content))
    said = {question: str(answers.get(question.key, "")) for question in questions_for(content)}
    faults = [
        Finding("A-15", f"“{question.title}” {fault}.", question.clause, f"wad.{question.key}")
        for question, answer in said.items()
        if (fault := answer_fault(answer, told, edition, {other.title: text for other, text in said.items() if other != question}))
    ]
    return (*faults, *missing_limits(content, answers))


def missing_limits(content: dict[str, Any], answers: dict[str, Any]) -> list[Finding]:
    needed = {"minimum_threshold": "Enter the minimum threshold you authorise.", "watchlist_ceiling": "Enter the largest watchlist you authorise."}
    if content["watchlist"].get("children"):
        needed["children"] = "Say whether you authorise the under-18s on the watchlist."
    said = {key: str(answers.get(key, "")).strip() for key in (*needed, "local_cia")}
    if not content["assessments"].get("local_cia"):
        needed["local_cia"] = "There is no local Community Impact Assessment: say why you dispense with one, or return the application."
    return [Finding("A-15", sentence, "7.1", f"wad.{key}") for key, sentence in needed.items() if not said[key]] + wrong_limits(said)


def wrong_limits(said: dict[str, str]) -> list[Finding]:
    """What was answered, but does not let the authority be given: under-18s are on a watchlist only with the officer's separate yes (10.10)."""
    wrong = {}
    if said["minimum_threshold"] and not re.fullmatch(r"[01]?\.\d{1,3}", said["minimum_threshold"]):
        wrong["minimum_threshold"] = "The minimum threshold is a decimal of up to three places, for example 0.66."
    if said["watchlist_ceiling"] and not re.fullmatch(r"[1-9]\d{0,6}", said["watchlist_ceiling"]):
        wrong["watchlist_ceiling"] = "The largest watchlist is a whole number."
    if said.get("children") == "no":
        wrong["children"] = "You do not authorise the under-18s on the watchlist: return the application, so that they are taken off it."
    return [
        Finding("A-15" if key != "children" else "W-2", sentence, "7.1" if key != "children" else "10.10", f"wad.{key}")
        for key, sentence in wrong.items()
    ]


def faults(submission: Submission, answers: dict[str, Any]) -> tuple[Finding, ...]:
    """All that would refuse the signature on these answers, told when they are saved (A-14, A-15): also a threshold below the policy’s."""
    found, said = missing(submission, answers), str(answers.get("minimum_threshold", "")).strip()
    if not said or any(finding.where == THRESHOLD for finding in found):
        return found
    refusal = refusal_of(check_threshold, Decimal(said), submission.application.edition, THRESHOLD)
    return (*found, *refusal.findings) if refusal else found


def low_ceiling(submission: Submission, answers: dict[str, Any]) -> str:
    """What follows from a largest watchlist that is smaller than the one asked for (W-4, 10.4): allowed, and worth saying before it is signed."""
    said = whole(str(answers.get("watchlist_ceiling", "")).strip())
    asked = sum(line["subjects"] for line in json.loads(submission.content)["watchlist"]["lines"])
    if said is None or said >= asked:
        return ""
    return f"You let the watchlist have at most {said} of the {asked} subjects asked for: it must be cut to that before go-live."


@act
def decide(
    application: Application, *, outcome: str, reasons: str = "", conditions: str = "", version: int | None = None, by: User, at: datetime
) -> Entry:
    """Authorise, authorise with conditions, return, or refuse (A-15, 6.1): signed by an independent Authorising Officer, on what was submitted."""
    application = application.locked(version)
    check_writes(DECIDING, by, application.operation, at)
    check_may_decide(by, application, at)
    decision = ANSWERS[Outcome(outcome)](application, reasons=reasons, conditions=conditions, by=by, at=at)
    tie(application.operation, by, Tie.Kind.DECIDED, at=at)
    if decision.outcome in GIVES_AUTHORITY:
        tell_of_authority(decision, at=at)
    else:
        text = f"{application.operation.reference}: your application has been {decision.done.lower()}"
        tell([application.applicant], key=f"decided:{decision.pk}", text=text, link=f"/applications/{application.pk}/", at=at)
    return Entry(
        f"application.{decision.outcome}",
        application,
        {"decision": decision.pk, "sha256": decision.sha256, "answers": decision.submission.sha256},
        result=decision,
    )


def tell_of_authority(decision: Decision, *, at: datetime) -> None:
    """Everyone who takes part learns that it is authorised, and whether conditions are to be met (A-15)."""
    authority = decision.authority
    text = f"{authority.operation.reference}: authorised{' with conditions' if decision.conditions else ''}"
    tell(appointed_to(authority.operation), key=f"authorised:{authority.pk}", text=text, link=f"/authorities/{authority.pk}/", at=at)


def sign(application: Application, outcome: Outcome, *, answers: dict[str, Any], reasons: str, conditions: str, by: User, at: datetime) -> Decision:
    """The decision as canonical text with its hash; the application it answers is named by its own hash (A-17)."""
    submission = latest(application)
    rank = by.rank_at(at)
    text, sha256 = frozen(
        {
            "schema": "lfr-written-authority/1",
            "reference": application.operation.reference,
            "application_version": application.number,
            "application_sha256": submission.sha256,
            "outcome": outcome,
            "answers": answers,
            "reasons": reasons,
            "conditions": conditions,
            "decided_at": at,
            "signed": {"name": by.name, "rank": rank.label if rank else "", "person": by.pk, "method": METHOD},
            "policy_edition": application.policy_edition,
        }
    )
    return Decision.objects.create(
        submission=submission, ao=by, outcome=outcome, reasons=reasons, conditions=conditions, content=text, sha256=sha256, decided_at=at
    )


def authorise(application: Application, *, reasons: str, conditions: str, by: User, at: datetime) -> Decision:
    """Every question answered, the dates still ahead: the authority is given (A-15, 6.1). Part of deciding."""
    application.step("authorise")
    check_dates_ahead(application, at)
    check_followed(application, at)
    submission = latest(application)
    considered = Consideration.objects.filter(submission=submission, ao=by).first()
    answers = considered.answers if considered else {}
    check_answers(missing(submission, answers))
    check_threshold(Decimal(str(answers["minimum_threshold"])), application.edition, THRESHOLD)
    application.save()
    decision = sign(
        application,
        Outcome.AUTHORISED if not conditions else Outcome.WITH_CONDITIONS,
        answers=answers,
        reasons=reasons,
        conditions=conditions,
        by=by,
        at=at,
    )
    give_authority(application, decision, answers, at=at)
    return decision


def with_conditions(application: Application, *, reasons: str, conditions: str, by: User, at: datetime) -> Decision:
    """Authorise, with conditions that are written down (A-15). Part of deciding."""
    check_reason(conditions, "The conditions", "A-15", "6.1")
    return authorise(application, reasons=reasons, conditions=conditions, by=by, at=at)


def without_conditions(application: Application, *, reasons: str, conditions: str, by: User, at: datetime) -> Decision:
    """Authorise; whatever stood in the field for conditions counts for nothing (A-15). Part of deciding."""
    return authorise(application, reasons=reasons, conditions="", by=by, at=at)


def give_authority(application: Application, decision: Decision, answers: dict[str, Any], *, at: datetime) -> Authority:
    """The authority itself: the verbal one put in writing, or a new one that supersedes the one in force. Those who oversee may see it."""
    operation = application.operation
    authority = verbal_one(application) or Authority(
        operation=operation,
        application=application,
        ao=decision.ao,
        given_at=at,
        valid_from=max(at, operation.starts_at or at),
        valid_until=operation.ends_at,
    )
    for older in Authority.objects.select_for_update().filter(operation=operation, state__in=IN_FORCE).exclude(pk=authority.pk):
        supersede(older, by=decision.ao, at=at)
    authority.decision, authority.conditions = decision, decision.conditions
    authority.threshold, authority.watchlist_ceiling = Decimal(str(answers["minimum_threshold"])), int(answers["watchlist_ceiling"])
    authority.step("write")
    authority.save()
    for owed in Obligation.objects.about(authority, WRITING).running():
        discharge(owed, proof="Written Authority Document signed", by=decision.ao, at=at)
    if not kept_review(authority):
        keep(authority, by=decision.ao, at=at)
    for seeing in (Role.SRO, Role.INFORMATION_MANAGEMENT, Role.DPO, Role.INSPECTOR):
        open_sight(operation, office=seeing, at=at)
    return authority


def verbal_one(application: Application) -> Authority | None:
    """The verbal authority of this application that awaits its writing (A-16)."""
    return Authority.objects.select_for_update().filter(application=application, state=AuthorityState.VERBAL).first()


def supersede(older: Authority, *, by: User, at: datetime) -> None:
    """The authority in force gives way to the one that answers the newer version (A-17); a verbal one that was never written is cancelled.

    One whose end has come, though no sweep has been by, has lapsed: its report is owed (A-18).
    """
    if at > older.permits_until:
        lapse(older, by=None, at=at)
        return
    older.step("supersede" if older.state == AuthorityState.WRITTEN else "cancel")
    older.ended_at = at
    older.save()


def give_back(application: Application, *, reasons: str, conditions: str, by: User, at: datetime) -> Decision:
    """Return for more: the application opens again; its watchlist and local assessment too. What had been submitted stays as it was."""
    check_reason(reasons, "What is missing", "A-15", "6.1")
    application.step("give_back")
    application.composition = copy(application.composition)
    application.save()
    unfreeze_local_cia(application.operation)
    return sign(application, Outcome.RETURNED, answers={}, reasons=reasons, conditions="", by=by, at=at)


def refuse(application: Application, *, reasons: str, conditions: str, by: User, at: datetime) -> Decision:
    """Refuse, with the reason; a verbal authority ends with it (A-15, A-16). Part of deciding."""
    check_reason(reasons, "The reason", "A-15", "6.1")
    application.step("refuse")
    application.save()
    if verbal := verbal_one(application):
        verbal.step("cancel")
        verbal.ended_at = at
        verbal.save()
        owe_report(verbal, by=by, at=at)
        lift_writing(verbal, by=by, at=at)
    return sign(application, Outcome.REFUSED, answers={}, reasons=reasons, conditions="", by=by, at=at)


ANSWERS = {Outcome.AUTHORISED: without_conditions, Outcome.WITH_CONDITIONS: with_conditions, Outcome.RETURNED: give_back, Outcome.REFUSED: refuse}
