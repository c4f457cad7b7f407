"""What a watchlist is made of: counts and reasons by category, and its under-18s one by one. No identity, no image, no characteristic."""

import uuid

from django.db import models
from django.db.models import F, Q

from accounts.models import User
from audit.models import Governed
from operations.models import Operation

# The words of a category: why these people are on it (10.3-10.6), and what their images are (10.1).
TEXTS = ("necessity", "proportionality", "likelihood", "grounds_here", "image_source", "image_quality")
LINE_FIELDS = ("category", "subjects", "images", *TEXTS)
CHILD_FIELDS = ("category", "under_13", "best_interests", "necessity")


class Composition(Governed):
    """The watchlist of one version of an application (W-1, W-4). Frozen when that version is submitted (A-17)."""

    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="compositions")
    frozen_at = models.DateTimeField(null=True, blank=True)
    steps_taken = models.TextField(blank=True)
    attested_at = models.DateTimeField(null=True, blank=True)
    attested_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "watchlist"
        constraints = [
            models.CheckConstraint(
                condition=Q(attested_at=None, attested_by=None) | Q(attested_at__isnull=False, attested_by__isnull=False),
                name="attested_by_someone_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"Watchlist of {self.operation.reference}"

    @property
    def chain_id(self) -> uuid.UUID:
        return self.operation_id


class Line(Governed):
    """One category of the policy's closed list (X-20): how many subjects and images, and why. A person in two categories counts twice (9.6)."""

    composition = models.ForeignKey(Composition, on_delete=models.PROTECT, related_name="lines")
    category = models.SlugField(max_length=40)
    subjects = models.PositiveIntegerField()
    images = models.PositiveIntegerField()
    necessity = models.TextField(blank=True)
    proportionality = models.TextField(blank=True)
    likelihood = models.TextField(blank=True)
    grounds_here = models.TextField(blank=True)
    image_source = models.TextField(blank=True)
    image_quality = models.TextField(blank=True)

    class Meta:
        verbose_name = "watchlist category"
        ordering = ["category"]
        constraints = [
            models.UniqueConstraint(fields=["composition", "category"], name="one_line_a_category"),
            models.CheckConstraint(condition=Q(subjects__gt=0), name="a_line_has_subjects"),
            models.CheckConstraint(condition=Q(images__gte=F("subjects")), name="an_image_for_each_subject"),
        ]

    @property
    def chain_id(self) -> uuid.UUID:
        return self.composition.operation_id


class Child(Governed):
    """A subject under 18, justified on their own in words that identify nobody (W-2, X-7, 10.10). One of the subjects of their category."""

    composition = models.ForeignKey(Composition, on_delete=models.PROTECT, related_name="children")
    category = models.SlugField(max_length=40)
    under_13 = models.BooleanField()
    best_interests = models.TextField()
    necessity = models.TextField()

    class Meta:
        verbose_name = "under-18"
        ordering = ["category", "id"]

    @property
    def chain_id(self) -> uuid.UUID:
        return self.composition.operation_id
