"""The words of Stage 3."""

from django.db import models


class PaperKind(models.TextChoices):
    """What is made as a PDF."""

    WRITTEN_AUTHORITY = "written_authority", "Written Authority Document"
    CANCELLATION = "cancellation", "Cancellation report"
    RECORD = "record", "Deployment record"
    PACK = "pack", "Period pack"
    CERTIFICATE = "certificate", "Certificate of deletion"


class RecordState(models.TextChoices):
    COMPILING = "compiling", "Being compiled"
    SUBMITTED = "submitted", "With the Authorising Officer"
    RETURNED = "returned", "Returned for more"
    ACCEPTED = "accepted", "Accepted"


OPEN_RECORD = (RecordState.COMPILING, RecordState.RETURNED)


class Effect(models.TextChoices):
    """How far an objective of the application was met (3.11, 7.6)."""

    MET = "met", "Met"
    PARTLY = "partly", "Partly met"
    NOT_MET = "not_met", "Not met"
    UNKNOWN = "unknown", "Cannot be told"


class PublicationState(models.TextChoices):
    """An edition of the published figures of one deployment."""

    DRAFTED = "drafted", "Being drafted"
    CHECKED = "checked", "Awaiting a second analyst"
    APPROVED = "approved", "Approved, not yet published"
    PUBLISHED = "published", "Published"
    CORRECTED = "corrected", "Replaced by a later edition"
    WITHDRAWN = "withdrawn", "Withdrawn"


IN_THE_MAKING = (PublicationState.DRAFTED, PublicationState.CHECKED, PublicationState.APPROVED)
PUBLIC = (PublicationState.PUBLISHED, PublicationState.CORRECTED, PublicationState.WITHDRAWN)


class Body(models.TextChoices):
    """Who reviews what came of live facial recognition (8.1)."""

    SRO = "sro", "Senior Responsible Owner"
    OPS_BOARD = "ops_board", "Ops Board"
    STRATEGIC_BOARD = "strategic_board", "Strategic Management Board"
    ADVISORY_GROUP = "advisory_group", "Constabulary Advisory Group"


class Heard(models.TextChoices):
    """What reached the force about its use, and whom it spoke to (9.1, 9.6)."""

    COMPLAINT = "complaint", "Complaint"
    FEEDBACK = "feedback", "Feedback from the public"
    ENGAGEMENT = "engagement", "Engagement with a body outside the force"


class Degree(models.IntegerChoices):
    """How likely a risk is, and how grave (5.2)."""

    LOW = 1, "Low"
    MEDIUM = 2, "Medium"
    HIGH = 3, "High"
