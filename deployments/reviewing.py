"""The questions of a review as data. Silver's five: what Silver must be content with (7.4 a to d), and what a review analyses besides (7.6)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from accounts.states import Role
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
QUESTIONS: dict[Role, tuple[Question, ...]] = {Role.SILVER: SILVER_QUESTIONS, Role.GOLD: GOLD_QUESTIONS}


def check_answered(role: Role, answers: Mapping[str, Any]) -> None:
    """A review answers every one of its questions (O-4, 7.4, 7.6)."""
    missing = tuple(
        Finding("O-4", f"“{question.title}” has not been answered.", question.clause, f"review.{question.key}")
        for question in QUESTIONS[role]
        if not str(answers.get(question.key, "")).strip()
    )
    if missing:
        raise RuleBroken("O-4", "The review is not complete.", clause="7.6", remedy="Answer each of these.", findings=missing)
