"""Stage 1 in rows: the application and what was submitted of it; what an Authorising Officer considered, decided and authorised."""

from authorisations.models.application import Application, Day, Deviation, Section, Submission
from authorisations.models.authority import Authority, Cancellation, Consideration, Decision, VerbalCorrection, VerbalNote
from authorisations.models.keeping import Disposal
from authorisations.models.past import PastResult

__all__ = [
    "Application",
    "Authority",
    "Cancellation",
    "Consideration",
    "Day",
    "Decision",
    "Deviation",
    "Disposal",
    "PastResult",
    "Section",
    "Submission",
    "VerbalCorrection",
    "VerbalNote",
]
