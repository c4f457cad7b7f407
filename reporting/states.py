"""The words of Stage 3."""

from django.db import models


class PaperKind(models.TextChoices):
    """What is made as a PDF. More kinds come with the deployment record and the period pack."""

    WRITTEN_AUTHORITY = "written_authority", "Written Authority Document"
    CANCELLATION = "cancellation", "Cancellation report"
