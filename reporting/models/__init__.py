"""Stage 3 in rows: papers; the record and its debrief; learning that became actions; publications in editions; what those who oversee keep."""

from reporting.models.boards import Action, BoardReview
from reporting.models.debriefs import Debrief
from reporting.models.oversight import Feedback, Pack, Risk
from reporting.models.papers import Paper
from reporting.models.publications import Publication
from reporting.models.records import DeploymentRecord, RecordAnswer, RecordSubmission

__all__ = [
    "Action",
    "BoardReview",
    "Debrief",
    "DeploymentRecord",
    "Feedback",
    "Pack",
    "Paper",
    "Publication",
    "RecordAnswer",
    "RecordSubmission",
    "Risk",
]
