"""The application as plain data: what is frozen, hashed and answered by the Written Authority Document (A-17)."""

import hashlib
from typing import Any

from audit.chain import canonical
from authorisations.models import Application
from library.rules import canonical as assessments
from watchlists.rules import canonical as watchlist


def content_of(application: Application) -> dict[str, Any]:
    """Everything the application says, without database ids of its rows, so that two equal applications read alike."""
    operation = application.operation
    return {
        "schema": "lfr-application/1",
        "reference": operation.reference,
        "title": operation.title,
        "force": operation.force.name,
        "version": application.number,
        "applicant": application.applicant.name,
        "policy": {"edition": application.policy_edition, "sha256": application.policy_sha256},
        "sections": {row.name: row.answers for row in sorted(application.sections.all(), key=lambda row: row.name) if row.saved_at},
        "days": [
            {"place": str(day.place), "place_id": day.place_id, "starts_at": day.starts_at, "ends_at": day.ends_at}
            for day in application.days.select_related("place")
        ],
        "people": [
            {"person": row.person.name, "person_id": row.person_id, "role": row.role}
            for row in operation.appointments.in_force().select_related("person").order_by("role", "person__name")
        ],
        "watchlist": watchlist(application.composition),
        "assessments": assessments(operation),
        "deviations": [{"clause": row.clause, "what": row.what, "why": row.why} for row in application.deviations.all()],
    }


def frozen(content: dict[str, Any]) -> tuple[str, str]:
    """The canonical text and its SHA-256 in hex."""
    text = canonical(content)
    return text, hashlib.sha256(text.encode()).hexdigest()
