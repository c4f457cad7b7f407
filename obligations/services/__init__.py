"""The acts on what must be done by when."""

from obligations.services.attesting import attest, check_another_confirms, confirm, dispute
from obligations.services.certificates import discharge_certified
from obligations.services.duties import discharge, lift, open_duty, rearm
from obligations.services.erasure import carry_out
from obligations.services.holds import ask_hold, check_another_decides, check_third_releases, place_hold, refuse_hold, release_hold, review_hold
from obligations.services.reminding import remind

__all__ = [
    "ask_hold",
    "attest",
    "carry_out",
    "check_another_confirms",
    "check_another_decides",
    "check_third_releases",
    "confirm",
    "discharge",
    "discharge_certified",
    "dispute",
    "lift",
    "open_duty",
    "place_hold",
    "rearm",
    "refuse_hold",
    "release_hold",
    "remind",
    "review_hold",
]
