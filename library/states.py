"""The kinds of governance document (7.2, 9.1, G-1), and which of them every application considers (A-10)."""

from django.db import models


class Kind(models.TextChoices):
    """The documents that stand behind every deployment (G-1); what the host force or the System Engineer certifies, by software version (D-1)."""

    FORCE_CIA = "force_cia", "Community impact assessment of the force"
    EQUALITY = "equality", "Equality assessment"
    DPIA = "dpia", "Data protection impact assessment"
    SCCSA = "sccsa", "Surveillance camera self-assessment"
    LEGAL_MANDATE = "legal_mandate", "Legal mandate"
    APPROPRIATE_POLICY = "appropriate_policy", "Appropriate policy document"
    PRIVACY_NOTICE = "privacy_notice", "Privacy notice"
    TRAINING = "training", "Training materials"
    POLICY = "policy", "Policy"
    SOP = "sop", "Standard operating procedure"
    DELETION = "deletion", "Certificate that faces without an alert are deleted at once, by software version"


ASSESSMENTS = (Kind.FORCE_CIA, Kind.EQUALITY, Kind.DPIA, Kind.SCCSA)
# In force only when the Diversity Unit has approved the version (G-2).
NEEDS_APPROVAL = (Kind.EQUALITY,)
# Adopted by Information Management alone; the others by their owner too (access table).
INFORMATION_MANAGEMENT_ALONE = (Kind.DPIA,)
