"""What was written during the deployments of an operation, destroyed where what was signed is disposed of (A-19, 7.1)."""

from deployments.models import Answer, Breach, LogNote, PerformanceWarning, PublicNotice, Residue, Review, StateChange, ThresholdChange
from deployments.states import WarningKind
from operations.disposing import GONE, emptied
from operations.models import Operation


def destroy_texts(operation: Operation) -> dict[str, int]:
    """The words of logs, reviews, checks and answers, of which the record was made.

    Who logged, reviewed and answered, what and when stays; so do states, numbers and what this product noted by itself.
    """
    here = {"deployment__operation": operation}
    notes, _ = LogNote.objects.filter(entry__deployment__operation=operation).delete()
    if notes:
        Residue.objects.create()
    number = emptied(Review.objects.filter(**here), "answers", "reason") + emptied(PublicNotice.objects.filter(**here), "reason", to=GONE)
    number += emptied(PerformanceWarning.objects.filter(**here, kind=WarningKind.CONCERN), "sentence", to=GONE)
    words = ((StateChange, "note"), (ThresholdChange, "reason"), (Answer, "note"), (Breach, "answer"), (PerformanceWarning, "answer"))
    number += sum(emptied(model.objects.filter(**here), name) for model, name in words)
    return {"log notes": notes, "deployment texts": number}
