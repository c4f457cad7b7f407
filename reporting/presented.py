"""Where the PDF of what was signed is, or why there is none: `{% paper authority.decision_id %}`."""

from typing import Any

from django.urls import reverse

from reporting.models import Paper
from reporting.printing import pdfs_on
from reporting.states import PaperKind

PAGES = {PaperKind.WRITTEN_AUTHORITY: "reporting:document", PaperKind.CANCELLATION: "reporting:cancellation_document"}


def paper(context: Any, subject_id: Any, kind: str = PaperKind.WRITTEN_AUTHORITY) -> dict[str, Any]:
    """On a page whose context holds `authority`. `kind="cancellation"` for its cancellation report. Nothing for a subject that does not exist."""
    if not subject_id:
        return {}
    return {
        "label": PaperKind(kind).label,
        "paper": Paper.objects.without_pdf().of(kind, subject_id).first(),
        "href": reverse(PAGES[PaperKind(kind)], args=[context["authority"].pk]),
        "off": not pdfs_on(),
    }
