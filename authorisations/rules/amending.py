"""When a further version can be made."""

from authorisations.models import Application
from authorisations.states import ApplicationState
from policy.refusals import RuleBroken

CAME_TO_NOTHING = (ApplicationState.REFUSED, ApplicationState.WITHDRAWN)


def check_amendable(application: Application) -> None:
    """What was authorised is amended by one further version at a time; one that was refused or withdrawn stands in nobody's way (A-17, 7.1)."""
    if application.state != ApplicationState.AUTHORISED:
        raise RuleBroken(
            "A-17", "Only an authorised application can be amended.", clause="7.1", remedy="A draft or returned application can simply be edited."
        )
    if application.operation.applications.filter(number__gt=application.number).exclude(state__in=CAME_TO_NOTHING).exists():
        raise RuleBroken("A-17", "There is already a later version.", clause="7.1", remedy="Open the later version.")


def is_amendable(application: Application) -> bool:
    try:
        check_amendable(application)
    except RuleBroken:
        return False
    return True
