"""Who may decide on an application, and what a decision needs."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from accounts.models import User
from accounts.rules import check_may_be_ao
from authorisations.models import Application, Authority
from authorisations.states import ApplicationState, AuthorityState
from operations.rules import check_independent
from policy import Edition
from policy.refusals import Finding, RuleBroken, refusal_of

RUN = 5


def check_may_decide(person: User, application: Application, at: datetime) -> None:
    """Only an Authorising Officer of this force, of the rank, trained to the end and independent of the operation decides (P-2, P-3, 4.1, 6.1)."""
    operation = application.operation
    check_may_be_ao(person, operation.force, at, max(at, operation.ends_at or at))
    check_independent(person, operation)


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9']+", text.lower())


def texts_in(content: Any) -> Iterator[str]:
    """Every text of the application as it was written: in its canonical form the breaks between lines would stick to the words."""
    if isinstance(content, dict | list):
        for part in content.values() if isinstance(content, dict) else content:
            yield from texts_in(part)
    elif isinstance(content, str):
        yield content


def copied_percent(answer: str, source: str) -> int:
    """How much of an answer, in percent of its words, stands in runs of five or more words of the application."""
    said, told = words(answer), words(source)
    runs = {tuple(told[i : i + RUN]) for i in range(len(told) - RUN + 1)}
    taken: set[int] = set()
    for i in range(len(said) - RUN + 1):
        if tuple(said[i : i + RUN]) in runs:
            taken.update(range(i, i + RUN))
    return 100 * len(taken) // max(len(said), 1)


def answer_fault(answer: str, source: str, edition: Edition, others: Mapping[str, str] | None = None) -> str:
    """What is wrong with a written answer: too short to be a reason, the same words over and over, taken from the application, or given to another
    question already (A-15, 4.1). `others`: the officer's answers to the other questions, by title. Empty when nothing is wrong."""
    said = words(answer)
    if not said:
        return "has not been answered"
    if len(said) < (least := edition.number("answer_words_least")):
        return f"has {len(said)} word{'' if len(said) == 1 else 's'}; at least {least} are needed"
    if len(set(said)) < (least := edition.number("answer_different_words_least")):
        return f"repeats {len(set(said))} different words; at least {least} are needed to say what you considered"
    if copied_percent(answer, source) >= edition.number("answer_copied_percent_below"):
        return "is mostly the application’s own words; say in yours what you considered"
    if same := next((title for title, other in (others or {}).items() if is_repeated(answer, other, edition)), ""):
        return f"says what you answered to “{same}”; say here what you considered for this question"
    return ""


def is_repeated(answer: str, other: str, edition: Edition) -> bool:
    return copied_percent(answer, other) >= edition.number("answer_repeated_percent_below")


def check_awaits_decision(application: Application) -> None:
    """Answers are written to what stands submitted, and no longer once it has been decided on (A-15, A-17)."""
    if application.state != ApplicationState.SUBMITTED:
        raise RuleBroken(
            "A-15",
            f"This application is {application.get_state_display().lower()}. It can be considered only while it is submitted.",  # type: ignore[attr-defined]
            clause="6.1",
            remedy="Open it again to see where it stands.",
        )


def can_decide(person: User, application: Application, at: datetime) -> bool:
    """Whether the pages of the decision would take this person's answers (P-2, P-3, A-15)."""
    return refusal_of(check_awaits_decision, application) is None and refusal_of(check_may_decide, person, application, at) is None


def check_dates_ahead(application: Application, at: datetime) -> None:
    """An authority is given for a time that has not run out (A-15, 6.1)."""
    if application.operation.ends_at is None or application.operation.ends_at <= at:
        raise RuleBroken(
            "A-15",
            "The dates asked for have passed.",
            clause="6.1",
            remedy="Return the application so that new dates can be asked for, or refuse it.",
        )


def check_reason(text: str, what: str, code: str, clause: str) -> None:
    """A solemn act states its reason (A-15, A-18)."""
    if not text.strip():
        raise RuleBroken(
            code, f"{what} need{'s' if not what.endswith('s') else ''} to be stated.", clause=clause, remedy="Write it in your own words."
        )


def check_answers(faults: tuple[Finding, ...]) -> None:
    """No blank and no one-click authority: each question of the Written Authority Document is answered (A-15, 7.1)."""
    if faults:
        are = "answers of the Written Authority Document are" if len(faults) > 1 else "answer of the Written Authority Document is"
        raise RuleBroken(
            "A-15", f"{len(faults)} {are} still missing.", clause="7.1", remedy="Answer each of these in your own words.", findings=faults
        )


def check_past_end(authority: Authority, at: datetime) -> None:
    """An authority lapses when its validity has ended, a verbal one also at its limit for writing; not before (A-9, A-16, 6.1)."""
    if at <= authority.permits_until:
        raise RuleBroken("A-9", "This authority has not reached its end.", clause="6.1", remedy="Cancel it if it is no longer required.")


def check_reportable(authority: Authority, cancelled: Any) -> None:
    """One cancellation report for each authority; a lapsed one still needs it (A-18, 7.7)."""
    if cancelled is not None:
        raise RuleBroken("A-18", "The cancellation report of this authority has been made.", clause="7.7", remedy="Read it on the authority’s page.")
    if authority.state == AuthorityState.SUPERSEDED:
        raise RuleBroken("A-18", "This authority was superseded by a later one.", clause="7.7", remedy="Cancel the later authority.")
