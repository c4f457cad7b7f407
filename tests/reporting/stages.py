"""Stage 3 in every state, each brought there by acts. `record(cast, "submitted")`, `publication(cast, "checked")`; the library stands behind it."""

from collections.abc import Callable
from datetime import timedelta

from deployments.models import Deployment
from lfr_governance.demonstration.documents import make_library
from lfr_governance.demonstration.people import Cast
from lfr_governance.demonstration.stage_three import Aftermath
from lfr_governance.demonstration.stage_two import Day
from reporting.models import DeploymentRecord, Publication
from tests.cast import FOUNDED, NOON
from tests.worlds import world

DAY = timedelta(days=1)
LATER = NOON + 60 * DAY  # after every act that made a stage
RECORDS: dict[str, Callable[[Aftermath, Deployment], DeploymentRecord]] = {
    "compiling": lambda after, one: after.ready(one),
    "bare": lambda after, one: after.compiled(one),
    "submitted": lambda after, one: after.submitted(one),
    "returned": lambda after, one: after.returned(one),
    "accepted": lambda after, one: after.accepted(one),
}
PUBLICATIONS: dict[str, Callable[[Aftermath, Deployment], Publication]] = {
    "drafted": lambda after, one: after.explained(after.drafted(one)),
    "checked": lambda after, one: after.checked(one),
    "approved": lambda after, one: after.approved(one),
    "published": lambda after, one: after.published(one),
    "corrected": lambda after, one: after.corrected(one),
    "withdrawn": lambda after, one: after.withdrawn(one),
}


def ended(cast: Cast) -> Deployment:
    make_library(cast, FOUNDED + DAY)
    return Day(cast, NOON).concluded()


def record(cast: Cast, name: str) -> DeploymentRecord:
    return world(f"record: {name}", lambda: RECORDS[name](Aftermath(cast), ended(cast)))


def publication(cast: Cast, name: str) -> Publication:
    return world(f"publication: {name}", lambda: PUBLICATIONS[name](Aftermath(cast), ended(cast)))
