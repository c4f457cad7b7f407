"""The questions of a review as data. Silver's five: what Silver must be content with (7.4 a to d), and what a review analyses besides (7.6).

The Technical Analyst looks back: at the alerts, on the retained footage (10.16).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from accounts.states import Role
from deployments.states import AFTERWARDS, ON_THE_DAY, Decision
from policy.refusals import Finding, RuleBroken


@dataclass(frozen=True)
class Question:
    key: str
    title: str
    asks: str
    clause: str


SILVER_QUESTIONS = (
    Question("necessary", "Lawful, necessary, proportionate", "Is it still lawful, necessary and proportionate for the purposes authorised?", "7.4a"),
    Question("safeguards", "Safeguards", "Are the safeguards still effective?", "7.4b"),
    Question("support", "Officers", "Are there officers enough to respond to alerts?", "7.4c"),
    Question("factors", "Subject, system and environment", "Do subject, system and environment let it remain effective?", "7.4d"),
    Question("analysis", "Performance and engagements", "What do the figures say of the system, and what do the engagements show?", "7.6"),
)
GOLD_QUESTIONS = (Question("strategy", "Strategy", "Is it still run as the strategy says, necessary and proportionate?", "6.1"),)
TECHNICAL_QUESTIONS = (
    Question("alerts", "Alerts", "What do the alerts show, looked at again on the retained footage?", "10.16"),
    Question("factors", "Subject, system and environment", "What part did subject, system and environment play?", "10.16"),
    Question("safeguards", "Safeguards", "Did the safeguards and the reviews on the day do what they were for?", "10.16"),
)
QUESTIONS: dict[Role, tuple[Question, ...]] = {
    Role.SILVER: SILVER_QUESTIONS,
    Role.GOLD: GOLD_QUESTIONS,
    Role.TECHNICAL_ANALYST: TECHNICAL_QUESTIONS,
}


def decisions(role: Role) -> tuple[Decision, ...]:
    """What a review can come to: on the day to go on or not, afterwards to a concern or none (O-4, O-12)."""
    return AFTERWARDS if role == Role.TECHNICAL_ANALYST else ON_THE_DAY


def check_decision(role: Role, decision: str) -> None:
    """A review comes to one of the decisions that are its own (O-4, O-12, 7.6, 10.16)."""
    if decision not in decisions(role):
        raise RuleBroken("O-4", "This is no decision of such a review.", clause="7.6", remedy="Choose one of those offered.")


def check_answered(role: Role, answers: Mapping[str, Any]) -> None:
    """A review answers every one of its questions (O-4, 7.4, 7.6)."""
    missing = tuple(
        Finding("O-4", f"“{question.title}” has not been answered.", question.clause, f"review.{question.key}")
        for question in QUESTIONS[role]
        if not str(answers.get(question.key, "")).strip()
    )
    if missing:
        raise RuleBroken("O-4", "The review is not complete.", clause="7.6", remedy="Answer each of these.", findings=missing)
