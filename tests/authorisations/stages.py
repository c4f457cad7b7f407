"""The operations of Stage 1 in every state, each brought there by acts. `stage(cast, "submitted")` is the application."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from authorisations.models import Application, Authority
from authorisations.services import applying
from authorisations.states import Outcome
from lfr_governance.demonstration import texts
from lfr_governance.demonstration.documents import make_library
from lfr_governance.demonstration.people import Cast
from lfr_governance.demonstration.stories import LASTS, Story
from tests.cast import FOUNDED, NOON
from tests.worlds import world

HOUR, SECOND, MINUTE, DAY = timedelta(hours=1), timedelta(seconds=1), timedelta(minutes=1), timedelta(days=1)
STARTS = datetime(2026, 10, 9, 9, tzinfo=UTC)  # ten in the morning, two days after NOON
ENDS = STARTS + LASTS
SUBMITTED, DECIDING = NOON + HOUR, NOON + 4 * HOUR  # DECIDING: a moment at which an AO may still decide on what stands submitted
LATER = NOON + 6 * HOUR  # after every act that made a stage, before the deployment
AFTERWARDS = ENDS + DAY


def considered(cast: Cast) -> Application:
    """Submitted, and every question of the document answered by `ao`; not signed."""
    application = Story(cast).submitted(starts_at=STARTS, at=NOON)
    Story(cast).considered(application, at=NOON + 2 * HOUR)
    return application


def amended(cast: Cast) -> Application:
    """A second version, a draft like the first, beside the authority that the first was given."""
    authority = Story(cast).authorised(starts_at=STARTS, at=NOON)
    return applying.amend(authority.application, by=cast.applicant, at=NOON + 5 * HOUR)


def amendment_considered(cast: Cast) -> Application:
    application = applying.submit(amended(cast), by=cast.applicant, at=NOON + 6 * HOUR)
    Story(cast).considered(application, at=NOON + 7 * HOUR)
    return application


def superseded(cast: Cast) -> Application:
    """The first version, whose authority gave way to that of the second."""
    application = amendment_considered(cast)
    Story(cast).decided(application, Outcome.AUTHORISED, at=NOON + 8 * HOUR)
    return application.operation.applications.get(number=1)


STAGES: dict[str, Callable[[Cast], Application | Authority]] = {
    "draft": lambda cast: Story(cast).drafted(at=NOON),
    "complete": lambda cast: Story(cast).completed(starts_at=STARTS, at=NOON),
    "series": lambda cast: Story(cast).completed(starts_at=STARTS, at=NOON, days=2),
    "submitted": lambda cast: Story(cast).submitted(starts_at=STARTS, at=NOON),
    "considered": considered,
    "returned": lambda cast: Story(cast).returned(starts_at=STARTS, at=NOON),
    "refused": lambda cast: Story(cast).refused(starts_at=STARTS, at=NOON),
    "authorised": lambda cast: Story(cast).authorised(starts_at=STARTS, at=NOON),
    "with_conditions": lambda cast: Story(cast).authorised(starts_at=STARTS, at=NOON, conditions=texts.CONDITIONS),
    "cancelled": lambda cast: Story(cast).cancelled(starts_at=STARTS, at=NOON),
    "lapsed": lambda cast: Story(cast).lapsed(starts_at=STARTS, at=NOON),
    "withdrawn": lambda cast: Story(cast).withdrawn(at=NOON),
    "withdrawn_complete": lambda cast: applying.withdraw(
        Story(cast).completed(starts_at=STARTS, at=NOON), reason="Called off.", by=cast.applicant, at=NOON + HOUR
    ),
    "amended": amended,
    "amendment_withdrawn": lambda cast: applying.withdraw(amended(cast), reason="Not needed after all.", by=cast.applicant, at=NOON + 6 * HOUR),
    "amendment_considered": amendment_considered,
    "superseded": superseded,
}


def stage(cast: Cast, name: str) -> Application:
    """The application in that stage; the library stands behind it."""

    def make() -> Application:
        make_library(cast, FOUNDED)
        thing = STAGES[name](cast)
        return thing.application if isinstance(thing, Authority) else thing

    return world(f"stage one: {name}", make)


def authority_of(application: Application) -> Authority:
    return application.authorities.get()
