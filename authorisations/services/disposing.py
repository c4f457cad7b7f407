"""The texts of Stage 1, destroyed where what was signed is disposed of (A-19, 7.1)."""

from authorisations.models import (
    Application,
    Authority,
    Cancellation,
    Consideration,
    Decision,
    Deviation,
    Section,
    Submission,
    VerbalCorrection,
    VerbalNote,
)
from library.services import destroy_texts as destroy_assessments
from operations.disposing import GONE, emptied
from operations.models import Operation
from watchlists.services import destroy_texts as destroy_watchlists


def destroy_texts(operation: Operation) -> dict[str, int]:
    """What was submitted and signed, and the working copies it came from: answers, deviations, watchlist, assessments.

    Hashes, outcomes, limits, states, days, places, people and moments stay. Oversight lists deviations: theirs is said to be gone.
    """
    of_application, of_authority = {"application__operation": operation}, {"authority__operation": operation}
    decisions = Decision.objects.filter(submission__application__operation=operation)
    verbal = emptied(VerbalNote.objects.filter(**of_authority), "words", "why_urgent", "why_not_written", "dispute")
    verbal += emptied(VerbalCorrection.objects.filter(note__authority__operation=operation), "text")
    working = emptied(Section.objects.filter(**of_application), "answers")
    working += emptied(Consideration.objects.filter(submission__application__operation=operation), "answers")
    working += emptied(Application.objects.filter(operation=operation), "withdrawn_reason")
    working += emptied(Deviation.objects.filter(**of_application), "what", "why", to=GONE)
    emptied(Authority.objects.filter(operation=operation), "conditions")  # a copy of the decision's
    return {
        "applications": emptied(Submission.objects.filter(**of_application), "content"),
        "decisions": emptied(decisions, "content", "reasons", "conditions"),
        "verbal notes": verbal,
        "cancellation reports": emptied(Cancellation.objects.filter(**of_authority), "reason", "done_under"),
        "working copies": working,
        **destroy_watchlists(operation),
        **destroy_assessments(operation),
    }
