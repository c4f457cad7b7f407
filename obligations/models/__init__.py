"""What must be done by when, who has to do it, the steps on the way, holds, and the proof."""

from obligations.models.duties import Obligation, Owner, Step
from obligations.models.holds import Hold
from obligations.models.proofs import Attestation, Certificate, Heartbeat

__all__ = ["Attestation", "Certificate", "Heartbeat", "Hold", "Obligation", "Owner", "Step"]
