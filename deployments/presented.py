"""A deployment as its pages show it: rates in plain words, the tiles of Silver's screen, the points of the check as tasks."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from deployments.checklist import Item
from deployments.counts import Figures
from deployments.figures import Rate
from deployments.models import Alert, Deployment
from deployments.permissions import as_
from deployments.rules.window import is_without_authority
from deployments.states import AlertState, Method, State
from govuk.times import local, log_time, near_time, span

SOON = timedelta(minutes=15)


@dataclass(frozen=True)
class Told:
    """A rate in plain words: k of n first, then what can be said from it."""

    value: str
    said: str


def told(rate: Rate, what: str = "faces") -> Told:
    interval = rate.interval
    if interval is None:
        unread = "no rate can be worked out: no faces have been read yet" if what == "faces" else "not measured"
        return Told(f"{rate.numerator:,} so far" if rate.numerator else "None so far", unread)
    if not rate.numerator:
        return Told(f"None of {rate.denominator:,} {what}", f"so at most {interval.upper_percent:f} % (95 % interval)")
    one_in = f", 1 in {rate.one_in:,}" if rate.one_in and rate.one_in > 1 else ""
    between = f"between {interval.lower_percent:f} and {interval.upper_percent:f} % (95 % interval)"
    return Told(f"{rate.numerator:,} of {rate.denominator:,} {what}", f"{rate.percent:f} %{one_in}; {between}")


@dataclass(frozen=True)
class Tile:
    """One figure of the screen. `loud`: it asks for something. `page`: the URL name where more of it stands."""

    key: str
    label: str
    value: str
    said: str = ""
    page: str = ""
    loud: bool = False
    speaks: bool = False


def clock(moment: datetime) -> str:
    return f"{local(moment):%H:%M}"


def tiles(deployment: Deployment, figures: Figures, oldest: Alert | None, at: datetime) -> list[Tile]:
    """Silver's screen: what runs out, what waits, how it performs (10.16, 14.5)."""
    return [
        authority_tile(deployment, at),
        review_tile(deployment, at),
        alerts_tile(deployment, figures, oldest, at),
        rate_tile(deployment, figures),
        faces_tile(deployment, at),
        threshold_tile(deployment),
    ]


def authority_tile(deployment: Deployment, at: datetime) -> Tile:
    until = min(deployment.ends_at, deployment.authority.permits_until)
    if is_without_authority(deployment, at):
        return Tile("authority", "Authority", "None now", "Nothing permits this deployment any more", loud=True, speaks=True)
    if at > until:
        over = span(at - until) or "less than a minute"
        return Tile("authority", "Authority", f"{over} over", f"the authorised times ended at {clock(until)}; say why when you conclude", loud=True)
    return Tile("authority", "Authority left", span(until - at) or "Less than a minute", f"until {clock(until)}", loud=until - at < SOON)


def review_tile(deployment: Deployment, at: datetime) -> Tile:
    due = deployment.review_due_at
    if due is None:
        return Tile("review", "Next review", "None due", "reviews begin again when it is resumed", "reviews")
    if at > due:
        return Tile("review", "Next review", "Overdue", f"it was due at {clock(due)}, {near_time(due, at)}", "reviews", loud=True)
    return Tile("review", "Next review", near_time(due, at).capitalize(), f"at {clock(due)}", "reviews")


def alerts_tile(deployment: Deployment, figures: Figures, oldest: Alert | None, at: datetime) -> Tile:
    said = f"of {figures.alerts} so far" if figures.alerts else "no alert so far"
    late = oldest is not None and is_late(oldest, deployment, at)
    if late and oldest:
        said += f"; one has waited for the Operator for {span(at - oldest.raised_at)}"
    return Tile("alerts", "Alerts open", str(figures.open), said, "alerts", loud=late, speaks=True)


def rate_tile(deployment: Deployment, figures: Figures) -> Tile:
    rate, expected = figures.system_rate, deployment.edition.number("expected_false_alert_percent")
    words = told(rate)
    limit = f"; at most {expected.normalize():f} % is expected"
    return Tile("rate", "False alerts", words.value, words.said + limit, "figures", loud=rate.passes(expected) and bool(figures.false), speaks=True)


def faces_tile(deployment: Deployment, at: datetime) -> Tile:
    if deployment.faces_counted is None or deployment.faces_read_at is None:
        return Tile("faces", "Faces", "Not read yet", "read the system’s own counter", "figures")
    how = Method(deployment.faces_method).label
    return Tile("faces", "Faces", f"{deployment.faces_counted:,}", f"{how}, as read at {clock(deployment.faces_read_at)}", "figures")


def threshold_tile(deployment: Deployment) -> Tile:
    used, least = deployment.threshold, deployment.authority.threshold
    loud = used is not None and used < least
    return Tile("threshold", "Threshold in use", plain(used), f"at least {plain(least)} is authorised", "figures", loud=loud, speaks=True)


def plain(number: Decimal | None) -> str:
    return "Not recorded" if number is None else f"{number.normalize():f}"


def is_late(alert: Alert, deployment: Deployment, at: datetime) -> bool:
    """Nobody has judged it for longer than the policy file allows (O-6)."""
    return alert.state == AlertState.RAISED and at > deployment.edition.limit("unadjudicated_alert").due_at(alert.raised_at)


@dataclass(frozen=True)
class Task:
    """A point of the go-live check, as a line of the task list."""

    text: str
    href: str
    clause: str
    is_met: bool
    missing: tuple[str, ...]
    said: str


def tasks(items: Iterable[Item], found: frozenset[str], find_url: Callable[[str], str]) -> list[Task]:
    return [task(item, found, find_url) for item in items]


def task(item: Item, found: frozenset[str], find_url: Callable[[str], str]) -> Task:
    point, answer = item.point, item.answer
    mine = point.find is not None or bool(found & {as_(role) for role in point.hands})
    said = f"{answer.answered_by.name}, {log_time(answer.answered_at)}{f': {answer.note}' if answer.note else ''}" if answer else ""
    if not mine and not item.is_met:
        said = " or ".join(sorted(role.label for role in point.hands)) + " answers this"
    asked = "Not answered yet." if answer is None else "Answered: no."
    missing = tuple(finding.sentence if point.find else asked for finding in item.findings)
    return Task(item.subject or point.title, find_url(point.key) if mine else "", point.clause, item.is_met, missing, said)


def since(moment: datetime, at: datetime) -> str:
    """The time alone where it is today's."""
    return clock(moment) if local(moment).date() == local(at).date() else log_time(moment)


def hours(deployment: Deployment) -> str:
    """The authorised times in one line: the day is said once where one is enough."""
    starts_at, ends_at = deployment.starts_at, deployment.ends_at
    one_day = local(starts_at).date() == local(ends_at).date() and local(starts_at).tzname() == local(ends_at).tzname()
    return (
        f"{local(starts_at).day} {local(starts_at):%b %Y %H:%M} to {clock(ends_at)} {local(ends_at):%Z}"
        if one_day
        else f"{log_time(starts_at)} to {log_time(ends_at)}"
    )


def heading(deployment: Deployment, at: datetime) -> str:
    """Where it stands, as the title of its page."""
    words: dict[Any, str] = {
        State.PLANNED: f"Planned for {log_time(deployment.starts_at)}",
        State.LIVE: f"Live since {since(deployment.live_at, at)}" if deployment.live_at else "Live",
        State.SUSPENDED: "Suspended",
        State.CONCLUDED: f"Concluded {log_time(deployment.ended_at)}" if deployment.ended_at else "Concluded",
        State.TERMINATED: f"Terminated {log_time(deployment.ended_at)}" if deployment.ended_at else "Terminated",
        State.STOOD_DOWN: "Stood down",
    }
    return words[deployment.state]
