"""The words of Stage 2: where a deployment stands, why it is stopped, what becomes of an alert, what is flagged."""

from django.db import models


class State(models.TextChoices):
    PLANNED = "planned", "Planned"
    LIVE = "live", "Live"
    SUSPENDED = "suspended", "Suspended"
    CONCLUDED = "concluded", "Concluded"
    TERMINATED = "terminated", "Terminated"
    STOOD_DOWN = "stood_down", "Stood down"


RUNNING = (State.LIVE, State.SUSPENDED)
ENDED = (State.CONCLUDED, State.TERMINATED)
FINAL = (*ENDED, State.STOOD_DOWN)


class Move(models.TextChoices):
    """What changed a deployment: the words of its story."""

    PLANNED = "planned", "Planned"
    WENT_LIVE = "went_live", "Went live"
    SUSPENDED = "suspended", "Suspended"
    RESUMED = "resumed", "Resumed"
    CONCLUDED = "concluded", "Concluded"
    TERMINATED = "terminated", "Terminated"
    STOOD_DOWN = "stood_down", "Stood down"
    CORRECTED = "corrected", "Times corrected"
    REPLANNED = "replanned", "Planned under a later authority"


class Reason(models.TextChoices):
    """Why a deployment is suspended, terminated or stood down (7.5, 10.16)."""

    CROWD_FLOW = "crowd_flow", "Crowd flow: people are hidden from the camera"
    WEATHER = "weather", "Weather"
    LIGHTING = "lighting", "Lighting"
    RESOURCES = "resources", "Too few officers, or needed elsewhere"
    PERFORMANCE = "performance", "The system does not perform as it should"
    NECESSITY = "necessity", "No longer necessary or proportionate"
    COMPLAINT = "complaint", "A complaint"
    POSTPONED = "postponed", "Postponed"
    SUPERSEDED = "superseded", "Not among the days of the later authority"
    OTHER = "other", "Another reason"


TO_STOP = [reason for reason in Reason if reason not in (Reason.POSTPONED, Reason.SUPERSEDED)]
TO_STAND_DOWN = [reason for reason in Reason if reason not in (Reason.CROWD_FLOW, Reason.SUPERSEDED)]


class Style(models.TextChoices):
    VAN = "van", "Marked van"
    WIRED = "wired", "Wired cameras"


class Method(models.TextChoices):
    """How faces are counted (X-5). Figures counted in different ways do not compare."""

    COMPARED = "compared", "Faces that the software compared with the watchlist"
    DETECTED = "detected", "Faces that the software detected"
    ESTIMATED = "estimated", "Estimated by people"


class AlertState(models.TextChoices):
    RAISED = "raised", "Waiting for the Operator"
    PASSED_ON = "passed_on", "Waiting for the Engagement Officer"
    ENGAGING = "engaging", "Being engaged"
    CLOSED = "closed", "Closed"


class Result(models.TextChoices):
    """How an alert ends (2, 14.4). Confirmed: only after an engagement."""

    FALSE_UNCONFIRMED = "false_unconfirmed", "False, not engaged"
    FALSE_CONFIRMED = "false_confirmed", "Confirmed false"
    TRUE_UNCONFIRMED = "true_unconfirmed", "True, not confirmed"
    TRUE_CONFIRMED = "true_confirmed", "Confirmed true"
    NOT_DETERMINED = "not_determined", "Not determined"


FALSE = (Result.FALSE_UNCONFIRMED, Result.FALSE_CONFIRMED)
TRUE = (Result.TRUE_UNCONFIRMED, Result.TRUE_CONFIRMED)
CONFIRMED = (Result.FALSE_CONFIRMED, Result.TRUE_CONFIRMED)
WITHOUT_ENGAGEMENT = (Result.FALSE_UNCONFIRMED, Result.TRUE_UNCONFIRMED, Result.NOT_DETERMINED)
AFTER_ENGAGEMENT = (Result.FALSE_CONFIRMED, Result.TRUE_CONFIRMED, Result.TRUE_UNCONFIRMED, Result.NOT_DETERMINED)


class Outcome(models.TextChoices):
    """What policing did because of an alert (9.6, second footnote)."""

    ARREST = "arrest", "Arrest"
    VOLUNTARY = "voluntary_attendance", "Voluntary attendance arranged"
    STREET_BAIL = "street_bail", "Street bail"
    SAFEGUARDING = "safeguarding", "Safeguarding action"
    OTHER = "other", "Another outcome"


class Factor(models.TextChoices):
    """What may have made an alert wrong or missed (2, 10.16)."""

    SUBJECT = "subject", "Subject: for example a head covering, looking down"
    SYSTEM = "system", "System: for example the algorithm or its settings"
    ENVIRONMENT = "environment", "Environment: for example glare, rain, a crowd"


class LogKind(models.TextChoices):
    """The fact of a log entry; its words are in the note (O-2, O-7, O-8)."""

    PLANNING = "planning", "Planning"
    BRIEFING = "briefing", "Briefing"
    DECISION = "decision", "Decision"
    OBSERVATION = "observation", "Observation"
    SIGNS = "signs", "Signs, cards and notices"
    ENGAGEMENT = "engagement", "Engagement with the public"
    INFORMATION_OFFERED = "information_offered", "Information offered to a person engaged"
    COMPLAINT = "complaint", "Complaint"
    SECTION_60AA = "section_60aa", "Section 60AA authorised"
    TECHNICAL = "technical", "Equipment and settings"
    STORED_AWAY = "stored_away", "Media and kit stored away from the vans"
    CORRECTION = "correction", "Correction of an earlier entry"
    OTHER = "other", "Other"


class Decision(models.TextChoices):
    """What a review or a warning comes to."""

    CONTINUE = "continue", "Continue"
    ADJUST = "adjust", "Continue with changes"
    SUSPEND = "suspend", "Suspend"
    TERMINATE = "terminate", "Terminate"
    NO_CONCERN = "no_concern", "No concern"
    CONCERN = "concern", "A concern about accuracy or bias"


ON_THE_DAY = (Decision.CONTINUE, Decision.ADJUST, Decision.SUSPEND, Decision.TERMINATE)
AFTERWARDS = (Decision.NO_CONCERN, Decision.CONCERN)


class WarningKind(models.TextChoices):
    """Why Silver is asked to decide (O-6, 10.16, 14.5)."""

    RATE = "rate", "The false alert rate is above what the policy expects"
    RUN = "run", "Several false alerts in a short time"
    CONCERN = "concern", "A concern about performance"


class BreachKind(models.TextChoices):
    """What has happened and should not have (O-11). It stands until the Authorising Officer has dealt with it."""

    UNCHECKED = "unchecked", "Live without passing the go-live check"
    OUTSIDE_WINDOW = "outside_window", "Went live outside the authorised times"
    OVERRUN = "overrun", "Went on beyond the authorised times"
    NO_AUTHORITY = "no_authority", "Live without authority"
    THRESHOLD = "threshold", "Threshold below the authorised minimum"
    WATCHLIST = "watchlist", "Watchlist beyond what was authorised"
    SIMILARITY = "similarity", "Alert below the threshold in use"
    ALERT_SUSPENDED = "alert_suspended", "Alert while suspended"
    ALERT_OUTSIDE = "alert_outside", "Alert before go-live or after the end"
    ONE_PERSON = "one_person", "One person judged both stages of an alert"
    FACES_FEWER = "faces_fewer", "Faces counted are fewer than before"
    BLUE_CONSENT = "blue_consent", "Volunteer used before consenting in writing"


CLAUSES = {
    BreachKind.UNCHECKED: "5.1",
    BreachKind.OUTSIDE_WINDOW: "7.1",
    BreachKind.OVERRUN: "7.1",
    BreachKind.NO_AUTHORITY: "2",
    BreachKind.THRESHOLD: "11.11",
    BreachKind.WATCHLIST: "10.4",
    BreachKind.SIMILARITY: "2",
    BreachKind.ALERT_SUSPENDED: "7.5",
    BreachKind.ALERT_OUTSIDE: "5.1",
    BreachKind.ONE_PERSON: "5.10",
    BreachKind.FACES_FEWER: "14.5",
    BreachKind.BLUE_CONSENT: "10.13",
}


class MediaKind(models.TextChoices):
    """What the watchlist is kept on (7.9b)."""

    USB = "usb", "Encrypted USB stick"
    SYSTEM = "system", "The LFR system itself"
    OTHER = "other", "Another medium"
