"""The words of Stage 1: an application, the authority that answers it, and what an Authorising Officer may decide."""

from django.db import models


class ApplicationState(models.TextChoices):
    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Submitted"
    RETURNED = "returned", "Returned for more"
    AUTHORISED = "authorised", "Authorised"
    REFUSED = "refused", "Refused"
    WITHDRAWN = "withdrawn", "Withdrawn"


OPEN_TO_EDITING = (ApplicationState.DRAFT, ApplicationState.RETURNED)
WHOSE_TURN = {
    ApplicationState.DRAFT: "The applicant",
    ApplicationState.SUBMITTED: "An Authorising Officer",
    ApplicationState.RETURNED: "The applicant",
}


class AuthorityState(models.TextChoices):
    VERBAL = "verbal", "Verbal, awaiting writing"
    WRITTEN = "written", "In force"
    LAPSED = "lapsed", "Lapsed"
    CANCELLED = "cancelled", "Cancelled"
    SUPERSEDED = "superseded", "Superseded"


IN_FORCE = (AuthorityState.VERBAL, AuthorityState.WRITTEN)


class Outcome(models.TextChoices):
    AUTHORISED = "authorised", "Authorise"
    WITH_CONDITIONS = "with_conditions", "Authorise with conditions"
    RETURNED = "returned", "Return for more"
    REFUSED = "refused", "Refuse"

    @property
    def done(self) -> str:
        """What was decided, in the past."""
        return {"authorised": "Authorised", "with_conditions": "Authorised with conditions", "returned": "Returned for more"}.get(
            self.value, "Refused"
        )


GIVES_AUTHORITY = (Outcome.AUTHORISED, Outcome.WITH_CONDITIONS)


class Means(models.TextChoices):
    TELEPHONE = "telephone", "By telephone"
    RADIO = "radio", "By radio"
    VIDEO = "video", "By video call"
    IN_PERSON = "in_person", "In person"


class NotePoint(models.TextChoices):
    """What of a note may be corrected. Not when it was said, nor by whom: on these hang a clock and an authority; the officer disputes them."""

    WORDS = "words", "The words"
    GIVEN_TO = "given_to", "To whom, or by what means"
    URGENT = "why_urgent", "What makes it urgent"
    NOT_WRITTEN = "why_not_written", "Why it could not be written"


class Ground(models.TextChoices):
    THREAT = "threat", "Imminent threat to life or of serious harm"
    OPPORTUNITY = "opportunity", "An intelligence or investigative opportunity with little time to act"
