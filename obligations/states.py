"""The words of what must be done by when: its state, how it is proved, who is told; and of holds."""

from datetime import timedelta

from django.db import models

from accounts.states import Role


class State(models.TextChoices):
    """Overdue is no state: it is computed from the due moment, and nothing has to run for it to be true."""

    OPEN = "open", "Running"
    HELD = "held", "On hold"
    ERASING = "erasing", "Being deleted"
    ATTESTED = "attested", "To be confirmed"
    DISCHARGED = "discharged", "Done"
    LIFTED = "lifted", "No longer needed"


RUNNING = (State.OPEN, State.ERASING, State.ATTESTED)
ENDED = (State.DISCHARGED, State.LIFTED)


class Manner(models.TextChoices):
    """How it comes to be done."""

    ACT = "act", "done in this product"
    ERASURE = "erasure", "deleted by this product"
    ATTESTED = "attested", "certified by one person, confirmed by another"


class Kind(models.TextChoices):
    """The duties we know by name. Another kind needs no new word here: its name is then its label."""

    ALERT_DATA = "alert_data", "Personal data of an alert"
    WATCHLIST_MEDIA = "watchlist_media", "Watchlist media"
    WATCHLIST_SYSTEM = "watchlist_system", "Watchlist in the LFR system"
    CCTV = "cctv", "CCTV footage"
    RECORD_TO_AO = "record_to_ao", "Deployment record"
    WRITTEN_AFTER_VERBAL = "written_after_verbal", "Written authority after a verbal one"
    SILVER_REVIEW = "silver_review", "Silver’s review"
    PUBLICATION = "publication", "Publication of the figures"
    CANCELLATION = "cancellation", "Cancellation report"
    TRAINING = "training", "Training"
    DOCUMENT_REVIEW = "document_review", "Review of a document"
    HOLD_REVIEW = "hold_review", "Review of a hold"
    KEPT_REVIEW = "kept_review", "Review of a kept document"


def kind_label(kind: str) -> str:
    return Kind(kind).label if kind in Kind else kind.replace("_", " ").capitalize()


class Reach(models.IntegerChoices):
    """How far a step goes up. Each includes those before it."""

    OWNERS = 1, "whoever has to do it"
    SILVER = 2, "the Silver Commander too"
    SENIORS = 3, "those who answer for it too"


# Who answers for a duty that is overdue, unless its opener names others.
SENIORS = (Role.AO, Role.SRO, Role.DPO)
# Who places, releases and reviews holds, and sees every clock of the force (access table).
KEEPERS = frozenset({Role.INFORMATION_MANAGEMENT, Role.DPO})

# How often an overdue duty is called to mind again: short limits more often.
AGAIN_HOURS = timedelta(hours=6)
AGAIN_DAYS = timedelta(days=1)


class HoldState(models.TextChoices):
    ASKED = "asked", "Asked for"
    PLACED = "placed", "Placed"
    REFUSED = "refused", "Refused"
    RELEASED = "released", "Released"


class Basis(models.TextChoices):
    """The grounds on which footage may be kept (7.11 a and b). There is no other. Alert data: the third alone (D-3)."""

    DPA = "dpa_2018", "Data Protection Act 2018"
    MOPI = "mopi", "Management of Police Information (MOPI)"
    CPIA = "cpia_1996", "Criminal Procedure and Investigations Act 1996"
    COMPLAINT = "complaint", "Complaint or conduct investigation"


class Covers(models.TextChoices):
    """A hold covers the footage it names and no more (7.11)."""

    WHOLE = "whole", "All of it"
    PART = "part", "A part of it: the rest is deleted in time"
