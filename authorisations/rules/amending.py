"""When a further version can be made."""

from authorisations.models import Application
from authorisations.states import ApplicationState
from policy.refusals import RuleBroken, refusal_of

CAME_TO_NOTHING = (ApplicationState.REFUSED, ApplicationState.WITHDRAWN)


def check_amendable(application: Application) -> None:
    """What was authorised is amended by one further version at a time; one that was refused or withdrawn stands in nobody's way (A-17, 7.1)."""
    if application.state != ApplicationState.AUTHORISED:
        raise RuleBroken(
            "A-17", "Only an authorised application can be amended.", clause="7.1", remedy="A draft or returned application can simply be edited."
        )
    if application.operation.applications.filter(number__gt=application.number).exclude(state__in=CAME_TO_NOTHING).exists():
        raise RuleBroken("A-17", "There is already a later version.", clause="7.1", remedy="Open the later version.")


def check_withdrawable(application: Application) -> None:
    """What has been decided, or withdrawn already, stays on record (A-1, 6.1)."""
    if not application.is_open and application.state != ApplicationState.SUBMITTED:
        raise RuleBroken(
            "A-1",
            f"This application is {application.get_state_display().lower()}, and stays on record.",  # type: ignore[attr-defined]
            clause="6.1",
            remedy="If an authority is no longer required, an Authorising Officer cancels it.",
        )


def is_amendable(application: Application) -> bool:
    return refusal_of(check_amendable, application) is None
