"""The questions of the Written Authority Document (A-15), each beside the sections of the application that give the evidence."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Question:
    """`where` names the sections shown beside it; `only` the style without which it is not asked."""

    key: str
    title: str
    asks: str
    clause: str
    where: tuple[str, ...]
    only: str = ""


@dataclass(frozen=True)
class Part:
    key: str
    title: str
    questions: tuple[Question, ...]


PARTS = (
    Part(
        "law",
        "Purpose and law",
        (
            Question(
                "strategic", "Strategic intentions and operational objectives", "How does the deployment comply with them?", "5.1", ("operation",)
            ),
            Question("legality", "Legality", "What makes it lawful?", "4.1", ("necessity",)),
            Question("necessity", "Necessity", "Why is it necessary for this policing purpose?", "4.1", ("necessity", "why")),
            Question(
                "proportionality",
                "Proportionality",
                "How does the public benefit weigh against the rights of everyone whose image is captured?",
                "4.1",
                ("necessity", "people"),
            ),
            Question(
                "alternatives",
                "Alternatives",
                "Could the objectives be achieved by other means, and why are these less viable?",
                "4.1",
                ("necessity",),
            ),
            Question(
                "overt",
                "Anything more overt",
                "Are there more overt means than wired cameras that would achieve the objectives?",
                "5.11",
                ("equipment",),
                only="wired",
            ),
        ),
    ),
    Part(
        "public",
        "People affected",
        (
            Question(
                "communities", "Impact on communities", "How may it affect communities, and how are they protected?", "4.2", ("assessments", "public")
            ),
            Question("safeguards", "Safeguards", "Are the safeguards enough, and how do they mitigate what was found?", "4.2", ("safeguards",)),
            Question("watchlist", "Watchlist", "Why are its criteria, its size and any under-18s justified?", "10.4", ("watchlist",)),
            Question(
                "retention",
                "Retention and disposal",
                "Are the arrangements for keeping and disposing of personal data right?",
                "7.1",
                ("safeguards",),
            ),
        ),
    ),
    Part(
        "assessments",
        "Assessments",
        (
            Question(
                "cia",
                "Community Impact Assessment",
                "Is it sufficient for this deployment? Which issues, which mitigations?",
                "7.1",
                ("assessments",),
            ),
            Question(
                "equality", "Equality Assessment", "Is it sufficient for this deployment? Which issues, which mitigations?", "7.1", ("assessments",)
            ),
            Question(
                "dpia",
                "Data Protection Impact Assessment",
                "Is it sufficient for this deployment? Which issues, which mitigations?",
                "7.1",
                ("assessments",),
            ),
            Question(
                "sccsa",
                "Surveillance Camera Commissioner’s self-assessment",
                "Is it sufficient for this deployment? Which issues, which mitigations?",
                "7.1",
                ("assessments",),
            ),
        ),
    ),
    Part(
        "means",
        "Means",
        (
            Question("staff", "Staff", "Are Operators and Engagement Officers trained, briefed and accountable, and enough?", "4.3", ("people",)),
            Question("equipment", "Equipment", "Will the equipment be used correctly?", "4.3", ("equipment",)),
            Question("assets", "Number of assets", "Is the number of assets proportionate to the objectives?", "5.11", ("equipment",)),
            Question("threshold", "Threshold", "Why is the threshold right?", "11.11", ("equipment",)),
        ),
    ),
)


def questions_for(content: dict[str, Any]) -> list[Question]:
    """The questions that this application raises, in the order of the document."""
    styles = content["sections"].get("equipment", {}).get("styles", [])
    return [question for part in PARTS for question in part.questions if not question.only or question.only in styles]
