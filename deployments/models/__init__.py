"""Stage 2 in rows: the deployment and its story; what made it ready; its logs, alerts and figures; what is flagged; what is held and must go."""

from deployments.models.alerts import Alert, AlertOutcome, AlertPersonal
from deployments.models.deployment import Deployment, StateChange
from deployments.models.figures import BlueRun, BlueVolunteer, FaceReading, ThresholdChange
from deployments.models.flags import Breach, PerformanceWarning
from deployments.models.holdings import Footage, Media, Residue
from deployments.models.logs import LogEntry, LogNote, Review
from deployments.models.readiness import Answer, Asset, Compilation, CompilationLine, PublicNotice

__all__ = [
    "Alert",
    "AlertOutcome",
    "AlertPersonal",
    "Answer",
    "Asset",
    "BlueRun",
    "BlueVolunteer",
    "Breach",
    "Compilation",
    "CompilationLine",
    "Deployment",
    "FaceReading",
    "Footage",
    "LogEntry",
    "LogNote",
    "Media",
    "PerformanceWarning",
    "PublicNotice",
    "Residue",
    "Review",
    "StateChange",
    "ThresholdChange",
]
