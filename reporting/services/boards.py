"""Reviews by those who oversee, recorded with what they decided (R-7, 7.8, 8.1)."""

from datetime import date, datetime
from typing import Any

from accounts.models import User
from accounts.permissions import check_page
from audit.acts import Entry, act
from policy.refusals import Finding, RuleBroken
from reporting.models import BoardReview
from reporting.permissions import OVERSIGHT
from reporting.rules import check_said
from reporting.services.debriefs import act_on
from reporting.states import Body


@act
def record_review(
    *,
    body: str,
    held_date: date,
    from_date: date,
    to_date: date,
    considered: str,
    decisions: str,
    figures: dict[str, Any],
    by: User,
    at: datetime,
) -> Entry:
    """The SRO records a review of a period: what was considered, the figures as they stood, what was decided (R-7, 8.1)."""
    check_page(OVERSIGHT, by, at, writing=True)
    check_said(considered, "R-7", "What was considered", "8.1", "considered")
    check_said(decisions, "R-7", "What was decided", "8.1", "decisions")
    if not from_date <= to_date <= held_date <= at.date():
        found = (Finding("R-7", "The period ends after it begins, and before the review; the review has been held.", "8.1", "held_date"),)
        raise RuleBroken("R-7", "These days do not follow one another.", clause="8.1", remedy="Correct them.", findings=found)
    review = BoardReview.objects.create(
        force=by.force,
        body=Body(body),
        held_date=held_date,
        from_date=from_date,
        to_date=to_date,
        considered=considered,
        decisions=decisions,
        figures=figures,
        recorded_at=at,
        recorded_by=by,
    )
    return Entry("board.reviewed", review, {"body": body, "held": held_date, "from": from_date, "to": to_date, "decisions": decisions})


@act
def add_decision(review: BoardReview, *, what: str, person: User, due_at: datetime, by: User, at: datetime) -> Entry:
    """A decision to be followed up: by whom, by when (R-7, 8.1)."""
    check_page(OVERSIGHT, by, at, writing=True)
    action = act_on(review.force, what=what, person=person, due_at=due_at, by=by, at=at, review=review)
    return Entry("action.opened", action, {"what": what, "person": person.pk, "due_at": due_at})
