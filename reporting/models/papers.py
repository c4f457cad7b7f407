"""Papers: documents made once, as PDF, from finished facts."""

import hashlib
import uuid

from django.db import models
from django.db.models import Q

from audit.chain import SYSTEM_CHAIN
from audit.models import Governed
from operations.models import Operation
from reporting.querysets import PaperQuerySet
from reporting.states import PaperKind


class Paper(Governed):
    """A document as it was made, and how the making went (A-15, A-18). The bytes live in the database: one back-up holds all."""

    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, null=True, blank=True, related_name="papers")  # a period pack has none
    kind = models.CharField(max_length=30, choices=PaperKind)
    subject_id = models.UUIDField()
    made_at = models.DateTimeField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(default=0)
    pdf = models.BinaryField(default=b"")
    attempts = models.PositiveIntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    last_error = models.CharField(max_length=80, blank=True)

    objects = PaperQuerySet.as_manager()

    class Meta:
        verbose_name = "document"
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject_id"], name="one_paper_a_subject"),
            models.CheckConstraint(
                condition=Q(made_at=None, sha256="", size=0) | (Q(made_at__isnull=False, size__gt=0) & ~Q(sha256="")), name="made_paper_has_hash"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.operation.reference}" if self.operation else self.get_kind_display()

    @property
    def chain_id(self) -> uuid.UUID:
        return self.operation_id or SYSTEM_CHAIN

    @property
    def file_name(self) -> str:
        about = self.operation.reference.replace("/", "-") if self.operation else "lfr"
        return f"{about}-{self.kind.replace('_', '-')}.pdf"

    @property
    def is_whole(self) -> bool:
        """Whether the bytes are still the ones whose hash the trail holds."""
        return hashlib.sha256(bytes(self.pdf)).hexdigest() == self.sha256
