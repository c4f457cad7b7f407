"""Where an operation stands: read from the machines of its application, authority and deployments, never stored."""

from dataclasses import dataclass, replace
from datetime import datetime

from authorisations.models import Application, Authority
from authorisations.states import WHOSE_TURN, ApplicationState, AuthorityState
from deployments.models import Deployment
from deployments.states import RUNNING, AlertState, State
from operations.models import Operation

COLOURS = {
    ApplicationState.DRAFT: "grey",
    ApplicationState.SUBMITTED: "blue",
    ApplicationState.RETURNED: "yellow",
    ApplicationState.AUTHORISED: "green",
    ApplicationState.REFUSED: "red",
    ApplicationState.WITHDRAWN: "grey",
    AuthorityState.VERBAL: "orange",
    AuthorityState.WRITTEN: "green",
    AuthorityState.LAPSED: "grey",
    AuthorityState.CANCELLED: "grey",
    AuthorityState.SUPERSEDED: "grey",
    State.PLANNED: "blue",
    State.LIVE: "green",
    State.SUSPENDED: "yellow",
    State.CONCLUDED: "grey",
    State.TERMINATED: "orange",
    State.STOOD_DOWN: "grey",
    AlertState.RAISED: "red",
    AlertState.PASSED_ON: "orange",
    AlertState.ENGAGING: "yellow",
    AlertState.CLOSED: "grey",
}


# An amendment that was refused or withdrawn leaves the authority as it is.
WITH_ITS_AUTHORITY = (ApplicationState.AUTHORISED, ApplicationState.REFUSED, ApplicationState.WITHDRAWN)
# Whoever was to deploy under it deploys no more.
WITHOUT_RETURN = (AuthorityState.CANCELLED, AuthorityState.LAPSED)


@dataclass(frozen=True)
class Standing:
    """State in words with its colour, whose turn it is, and the rows it was read from."""

    state: str
    colour: str
    turn: str
    application: Application | None
    authority: Authority | None
    deployments: tuple[Deployment, ...] = ()


def standing(operation: Operation, at: datetime) -> Standing:
    """Three statements, whatever the operation holds. What runs now goes before what permits it."""
    deployments = tuple(operation.deployments.order_by("starts_at", "number"))
    where = replace(before_deploying(operation, at), deployments=deployments)
    running = next((one for state in RUNNING for one in of_state(deployments, state)), None)
    if running is None and not where.turn and where.authority and where.authority.state in WITHOUT_RETURN and of_state(deployments, State.PLANNED):
        where = replace(where, turn="Silver: stand down what is still planned")
    return where if running is None else replace(where, state=running.get_state_display(), colour=COLOURS[State(running.state)])  # type: ignore[attr-defined]


def of_state(deployments: tuple[Deployment, ...], state: str) -> list[Deployment]:
    return [one for one in deployments if one.state == state]


def before_deploying(operation: Operation, at: datetime) -> Standing:
    application = operation.applications.select_related("applicant").order_by("-number").first()
    authority = operation.authorities.select_related("ao", "cancellation").order_by("-given_at").first()
    if application is None:
        return Standing("Opened", "grey", "", None, None)
    if authority and (application.state in WITH_ITS_AUTHORITY or authority.state == AuthorityState.VERBAL):
        return Standing(*of_authority(authority, at), application, authority)
    return Standing(
        application.get_state_display(), COLOURS[ApplicationState(application.state)], WHOSE_TURN.get(application.state, ""), application, authority
    )  # type: ignore[attr-defined]


def of_authority(authority: Authority, at: datetime) -> tuple[str, str, str]:
    label, colour = authority.get_state_display(), COLOURS[AuthorityState(authority.state)]  # type: ignore[attr-defined]
    if authority.state == AuthorityState.VERBAL:
        return "Verbal authority", colour, f"{authority.ao.name}: put it in writing"
    if authority.is_in_force(at):
        return "Authority in force", colour, ""
    if authority.state == AuthorityState.WRITTEN:
        return ("Authorised, not yet begun", colour, "") if at < authority.valid_from else ("Authority has ended", "grey", "")
    owed = authority.state == AuthorityState.LAPSED and not hasattr(authority, "cancellation")
    return f"Authority {label.lower()}", colour, f"{authority.ao.name}: cancellation report" if owed else ""
