"""Flagging what has happened and should not have, and warning Silver."""

from datetime import datetime
from typing import Any

from accounts.models import User
from accounts.notices import settle, tell
from accounts.states import Role
from audit.acts import Entry, act
from deployments.counts import figures_of
from deployments.models import Alert, Breach, Deployment, PerformanceWarning
from deployments.permissions import CONCERN, WARNINGS, check_deals_with_breach, people_of
from deployments.reviewing import check_decision
from deployments.rules.saying import check_said
from deployments.states import FALSE, BreachKind, Decision, WarningKind
from operations.permissions import check_writes
from operations.rules import check_independent
from policy.refusals import RuleBroken


@act
def note_breach(
    deployment: Deployment, *, kind: str, sentence: str, happened_at: datetime, alert: Alert | None = None, by: Any, at: datetime
) -> Entry:
    """What has happened is accepted and flagged; it stands until the Authorising Officer has dealt with it. Silver and they are told (O-11)."""
    breach = Breach.objects.create(
        deployment=deployment, kind=kind, sentence=sentence, happened_at=happened_at, noted_at=at, noted_by=by, alert=alert
    )
    # Twenty alerts in one suspension are twenty rows, and one notice.
    key = f"breach:{deployment.pk}:{kind}" if alert else f"breach:{breach.pk}"
    tell(
        {deployment.authority.ao, *people_of(deployment.operation, Role.SILVER)},
        key=key,
        text=f"{deployment}: {BreachKind(kind).label}",
        link=deployment.get_absolute_url(),
        at=at,
        urgent=True,
    )
    return Entry("breach.noted", breach, {"kind": kind})


@act
def answer_breach(breach: Breach, *, answer: str, version: int | None = None, by: User, at: datetime) -> Entry:
    """The Authorising Officer who gave the authority deals with it: what follows from it (O-11)."""
    breach = breach.locked(version)
    check_deals_with_breach(breach.deployment, by, at)
    check_independent(by, breach.deployment.operation)
    check_open(breach, "O-11", "5.1", "dealt with")
    check_said(answer, "O-11", "5.1", "What follows from it")
    breach.answer, breach.answered_at, breach.answered_by = answer, at, by
    breach.save()
    return Entry("breach.answered", breach, {"kind": breach.kind, "answer": answer})


def check_open(flag: Breach | PerformanceWarning, code: str, clause: str, done: str) -> None:
    if flag.answered_at:
        raise RuleBroken(code, f"This has been {done}.", clause=clause, remedy="Read the answer.")


@act
def raise_concern(deployment: Deployment, *, sentence: str, by: User, at: datetime) -> Entry:
    """Anyone there who thinks that the system does not perform as it should says so; Silver is asked to decide on halting (O-6, 10.16)."""
    check_writes(CONCERN, by, deployment.operation, at)
    check_said(sentence, "O-6", "10.16", "The concern")
    warning = warn(deployment, WarningKind.CONCERN, sentence[:200], by=by, at=at)
    return Entry("concern.raised", warning, {"kind": WarningKind.CONCERN})


def warn(deployment: Deployment, kind: str, sentence: str, *, by: Any, at: datetime) -> PerformanceWarning:
    """The warning with the figures as they stand; Silver is told at once."""
    warning = PerformanceWarning.objects.create(
        deployment=deployment, kind=kind, sentence=sentence, figures=figures_of(deployment).as_json(), raised_at=at, raised_by=by
    )
    tell(
        people_of(deployment.operation, Role.SILVER),
        key=f"warning:{warning.pk}",
        text=f"{deployment}: a warning asks you to decide",
        link=deployment.get_absolute_url(),
        at=at,
        urgent=True,
    )
    return warning


@act
def answer_warning(warning: PerformanceWarning, *, decision: str, answer: str, version: int | None = None, by: User, at: datetime) -> Entry:
    """Silver decides, with the reason: go on, change something, suspend or terminate. The stop itself is its own act (O-6, X-10, 10.16)."""
    warning = warning.locked(version)
    check_writes(WARNINGS, by, warning.deployment.operation, at)
    check_open(warning, "O-6", "10.16", "answered")
    check_said(answer, "O-6", "10.16", "The reason for the decision")
    check_decision(Role.SILVER, decision)
    warning.decision, warning.answer, warning.answered_at, warning.answered_by = Decision(decision), answer, at, by
    warning.save()
    settle(f"warning:{warning.pk}", at=at)
    return Entry("warning.answered", warning, {"kind": warning.kind, "decision": decision, "answer": answer})


def watch(deployment: Deployment, *, by: Any, at: datetime) -> list[PerformanceWarning]:
    """After each result and reading: whether the figures ask Silver for a decision (O-6, 14.5, 10.16). One open warning of a kind at a time."""
    raised: list[PerformanceWarning] = []
    if not deployment.is_running:
        return raised
    for kind, sentence in ((WarningKind.RATE, rate_sentence(deployment)), (WarningKind.RUN, run_sentence(deployment))):
        if sentence and not deployment.warnings.open().filter(kind=kind).exists():
            raised.append(warned(deployment, kind=kind, sentence=sentence, by=by, at=at))
    return raised


@act
def warned(deployment: Deployment, *, kind: str, sentence: str, by: Any, at: datetime) -> Entry:
    """A warning that the figures themselves raise (O-6)."""
    warning = warn(deployment, kind, sentence, by=by, at=at)
    return Entry("warning.raised", warning, {"kind": kind})


def rate_sentence(deployment: Deployment) -> str:
    """The lower bound of the rate's interval passes the expectation, never from one alert, and there are more than when Silver was last asked."""
    figures, expected = figures_of(deployment), deployment.edition.number("expected_false_alert_percent")
    if figures.false == 1 or not figures.system_rate.surely_passes(expected):
        return ""
    last = deployment.warnings.filter(kind=WarningKind.RATE).order_by("-raised_at").first()
    if last and figures.false <= last.figures.get("false", 0):
        return ""
    return f"False alert rate {figures.system_rate.percent:f} %: even its lower bound is above the {expected.normalize():f} % expected."


def run_sentence(deployment: Deployment) -> str:
    """So many false alerts within so many minutes, none of which Silver has been warned of before."""
    number, minutes = (int(deployment.edition.number(name)) for name in ("false_alert_run", "false_alert_run_minutes"))
    last = deployment.warnings.filter(kind=WarningKind.RUN).order_by("-raised_at").first()
    seen = deployment.alerts.filter(result__in=FALSE, is_unlinked=False, **({"raised_at__gt": last.raised_at} if last else {}))
    moments = list(seen.order_by("raised_at").values_list("raised_at", flat=True))
    for first, then in zip(moments, moments[number - 1 :], strict=False):
        if (then - first).total_seconds() <= minutes * 60:
            return f"{number} false alerts within {minutes} minutes."
    return ""
