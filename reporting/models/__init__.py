"""Stage 3 in rows: papers; the deployment record and its debrief; learning that became actions; publications in editions; boards' reviews."""

from reporting.models.boards import Action, BoardReview
from reporting.models.debriefs import Debrief
from reporting.models.papers import Paper
from reporting.models.publications import Publication
from reporting.models.records import DeploymentRecord, RecordAnswer, RecordSubmission

__all__ = ["Action", "BoardReview", "Debrief", "DeploymentRecord", "Paper", "Publication", "RecordAnswer", "RecordSubmission"]
