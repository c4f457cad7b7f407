"""What is held and must go: what the watchlist was kept on (D-2, W-6), and footage (D-4)."""

from django.core.files.storage import default_storage
from django.db import models

from accounts.models import User
from deployments.models.deployment import Deployment
from deployments.models.readiness import OfDeployment
from deployments.states import MediaKind


class Media(OfDeployment):
    """A medium that carried the watchlist: which, in whose custody, loaded when (W-6, 7.9b). Its clock runs from the end of the day's deployment."""

    deployment = models.ForeignKey(Deployment, on_delete=models.PROTECT, related_name="media")
    kind = models.CharField(max_length=8, choices=MediaKind)
    serial = models.CharField("serial or asset number", max_length=80)
    custodian = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    loaded_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "medium"
        verbose_name_plural = "media"
        ordering = ["kind", "serial"]
        constraints = [models.UniqueConstraint(fields=["deployment", "kind", "serial"], name="one_medium_a_serial")]


class Residue(models.Model):
    """Something was deleted, and may still lie in the database's files until the small personal tables have been rewritten (reliability of D-3)."""

    deleted_at = models.DateTimeField(auto_now_add=True)


class Footage(OfDeployment):
    """CCTV of one day's recording (D-4, 7.11): held elsewhere and certified, or a small file held here and really deleted."""

    deployment = models.ForeignKey(Deployment, on_delete=models.PROTECT, related_name="footage")
    name = models.CharField(max_length=120)
    held_by = models.CharField(max_length=120, blank=True)
    recorded_at = models.DateTimeField("start of the recording")
    stored = models.BooleanField(default=False)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "footage"
        verbose_name_plural = "footage"
        ordering = ["recorded_at", "id"]
        constraints = [models.UniqueConstraint(fields=["deployment", "name"], name="one_footage_a_name")]

    @property
    def path(self) -> str:
        """Where a stored file lies: known before it is written, so that no file is ever without its row."""
        return f"footage/{self.pk}"

    @property
    def is_there(self) -> bool:
        return self.stored and default_storage.exists(self.path)
