"""The Written Authority Document as its readers see it, on the page and in the PDF, from what was signed and nothing else (A-15, A-17)."""

import json
from dataclasses import dataclass
from typing import Any

from authorisations.digest import Digest, digest
from authorisations.models import Decision
from authorisations.questions import PARTS, Part, Question, questions_for


@dataclass(frozen=True)
class WrittenAuthority:
    """`parts`: the document's parts, each with its questions and the Authorising Officer's answers."""

    decision: Decision
    signed: dict[str, Any]
    parts: list[tuple[Part, list[tuple[Question, str]]]]
    limits: dict[str, Any]
    digest: Digest
    application: dict[str, Any]


def document(decision: Decision) -> WrittenAuthority:
    """Read back from the canonical texts whose hashes the trail holds."""
    said, application = json.loads(decision.content), json.loads(decision.submission.content)
    asked = questions_for(application)
    parts = (
        [(part, [(question, said["answers"].get(question.key, "")) for question in part.questions if question in asked]) for part in PARTS]
        if said["answers"]
        else []
    )
    return WrittenAuthority(decision, said["signed"], parts, said["answers"], digest(decision.submission), application)
