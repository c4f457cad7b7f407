"""What those who oversee write down besides reviews: what was heard from outside, the risk register, packs for a meeting (R-7)."""

import hashlib
from datetime import date, datetime

from accounts.models import User
from accounts.permissions import check_page
from accounts.states import Role
from audit.acts import Entry, act
from audit.chain import canonical
from govuk.times import local
from obligations.models import Obligation
from obligations.services import discharge, open_duty, rearm
from policy.refusals import Finding, RuleBroken
from reporting.models import Feedback, Pack, Risk
from reporting.pack import contents
from reporting.period import Period
from reporting.permissions import HEARD, OVERSIGHT
from reporting.privacy import search
from reporting.rules import check_said
from reporting.states import Degree, Heard

RISK_REVIEW = "risk_review"
# What can only be about a person. Other findings of the privacy check are often places; here nobody could explain them.
PERSONAL = ("named", "person", "birth", "registration", "telephone", "email", "national_insurance", "pnc")


def check_names_nobody(text: str, where: str) -> None:
    """External Scrutiny reads it without names, and nobody's complaint is kept here under theirs (R-7, 9.6)."""
    found = [one for one in search([(where, text)], User.objects.values_list("name", flat=True)) if one.key.partition(".")[0] in PERSONAL]
    if found:
        raise RuleBroken(
            "R-7",
            "This would name somebody.",
            clause="9.6",
            remedy="Say what it was about, not from whom. The person’s own matter belongs into the complaints or records system.",
            findings=tuple(Finding("R-7", one.sentence, "9.6", where) for one in found),
        )


@act
def record_feedback(*, kind: str, day: date, about: str, by: User, at: datetime) -> Entry:
    """A complaint, feedback, or engagement outside the force, of the day on which it came or took place (R-7, 9.1, 9.6)."""
    check_page(HEARD, by, at, writing=True)
    check_said(about, "R-7", "What it was about", "9.1", "about")
    check_names_nobody(about, "about")
    if day > local(at).date():
        found = (Finding("R-7", "The day must be today or past.", "9.1", "day"),)
        raise RuleBroken("R-7", "That day is still to come.", clause="9.1", remedy="Correct the day.", findings=found)
    heard = Feedback.objects.create(force=by.force, kind=Heard(kind), day=day, about=about, recorded_at=at, recorded_by=by)
    return Entry("feedback.recorded", heard, {"kind": kind, "day": day, "about": about})


@act
def answer_feedback(feedback: Feedback, *, answer: str, version: int | None = None, by: User, at: datetime) -> Entry:
    """What was answered, or what came of it; once (R-7, 9.6)."""
    feedback = feedback.locked(version)
    check_page(HEARD, by, at, writing=True)
    if feedback.answered_at:
        raise RuleBroken("R-7", "This has been answered.", clause="9.6", remedy="Read the answer; record a further contact as one of its own.")
    check_said(answer, "R-7", "What was answered", "9.6", "answer")
    check_names_nobody(answer, "answer")
    feedback.answer, feedback.answered_at, feedback.answered_by = answer, at, by
    feedback.save()
    return Entry("feedback.answered", feedback, {"answer": answer})


@act
def open_risk(*, what: str, likelihood: int, impact: int, measures: str, review_due_at: datetime, by: User, at: datetime) -> Entry:
    """A risk goes on the register with what is done about it and the day by which it is looked at again (R-7, 5.2)."""
    check_page(OVERSIGHT, by, at, writing=True)
    check_said(what, "R-7", "What the risk is", "5.2", "what")
    check_said(measures, "R-7", "What is done about it", "5.2", "measures")
    check_ahead(review_due_at, at)
    rated = {"likelihood": Degree(likelihood), "impact": Degree(impact), "measures": measures, "review_due_at": review_due_at}
    risk = Risk.objects.create(force=by.force, what=what, **rated, opened_at=at, opened_by=by, reviewed_at=at)
    open_duty(
        kind=RISK_REVIEW,
        subject=risk,
        force=by.force,
        owner=Role.SRO,
        sentence="Review a risk on the register",
        basis_event="last review",
        basis_at=at,
        due_at=review_due_at,
        clause="5.3",
        link=f"/oversight/risks/{risk.pk}/",
        by=by,
        at=at,
    )
    return Entry("risk.opened", risk, {"what": what, **rated})


@act
def review_risk(
    risk: Risk, *, likelihood: int, impact: int, measures: str, review_due_at: datetime, version: int | None = None, by: User, at: datetime
) -> Entry:
    """It is rated again, and the next review is set (R-7, 5.3)."""
    risk = risk.locked(version)
    check_page(OVERSIGHT, by, at, writing=True)
    check_on_register(risk)
    check_said(measures, "R-7", "What is done about it", "5.2", "measures")
    check_ahead(review_due_at, at)
    before = {"likelihood_before": risk.likelihood, "impact_before": risk.impact}
    risk.likelihood, risk.impact, risk.measures = Degree(likelihood), Degree(impact), measures
    risk.reviewed_at, risk.review_due_at = at, review_due_at
    risk.save()
    for duty in Obligation.objects.about(risk, RISK_REVIEW).running():
        rearm(duty, basis_at=at, basis_event="last review", due_at=review_due_at, reason="reviewed", by=by, at=at)
    return Entry("risk.reviewed", risk, {**before, "likelihood": likelihood, "impact": impact, "measures": measures, "review_due_at": review_due_at})


@act
def close_risk(risk: Risk, *, reason: str, version: int | None = None, by: User, at: datetime) -> Entry:
    """It is no longer a risk, and why; it stays readable (R-7, 5.3)."""
    risk = risk.locked(version)
    check_page(OVERSIGHT, by, at, writing=True)
    check_on_register(risk)
    check_said(reason, "R-7", "Why it is no longer a risk", "5.3", "reason")
    risk.closed_at, risk.closed_why = at, reason
    risk.save()
    for duty in Obligation.objects.about(risk, RISK_REVIEW).running():
        discharge(duty, proof="The risk has been closed", by=by, at=at)
    return Entry("risk.closed", risk, {"reason": reason})


def check_on_register(risk: Risk) -> None:
    """A risk that was closed is not rated again (R-7, 5.3)."""
    if risk.closed_at:
        raise RuleBroken("R-7", "This risk has been closed.", clause="5.3", remedy="If it has come back, put it on the register again.")


def check_ahead(review_due_at: datetime, at: datetime) -> None:
    if review_due_at <= at:
        found = (Finding("R-7", "The day of the next review must lie ahead.", "5.3", "review_date"),)
        raise RuleBroken("R-7", "That day is over.", clause="5.3", remedy="Choose a day that lies ahead.", findings=found)


@act
def prepare_pack(*, from_date: date, to_date: date, by: User, at: datetime) -> Entry:
    """The figures of a period, frozen for a meeting: read on a page, printed, and as a spreadsheet (R-7, 8.1)."""
    check_page(OVERSIGHT, by, at, writing=True)
    if not from_date <= to_date <= local(at).date():
        found = (Finding("R-7", "The period ends after it begins, and not after today.", "8.1", "to_date"),)
        raise RuleBroken("R-7", "These days do not follow one another.", clause="8.1", remedy="Correct them.", findings=found)
    text = canonical(contents(by.force, Period(from_date, to_date), at))
    digest = hashlib.sha256(text.encode()).hexdigest()
    pack = Pack.objects.create(force=by.force, from_date=from_date, to_date=to_date, content=text, sha256=digest, prepared_at=at, prepared_by=by)
    return Entry("pack.prepared", pack, {"from": from_date, "to": to_date, "sha256": digest})
