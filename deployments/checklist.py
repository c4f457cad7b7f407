"""The go-live check as data (O-1, 5.1, 6, 9.5): one list guards go-live and resuming, draws the page and answers the API."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from accounts.rules import training_gaps
from accounts.states import Role
from authorisations.sections.asked import assets_of
from deployments.models import Answer, Asset, Compilation, Deployment, PublicNotice
from deployments.rules.window import has_lost_authority, is_covered, is_within_slip, lost_authority_at, slip
from deployments.states import Move, Reason
from govuk.times import log_time
from operations.models import Appointment
from policy.refusals import Finding, RuleBroken

COMMAND = frozenset({Role.SILVER, Role.BRONZE, Role.LOGGIST})
TECHNICAL = frozenset({Role.OPERATOR, Role.SYSTEM_ENGINEER})


@dataclass(frozen=True)
class Facts:
    """Everything the points look at, read once. `since`: from when on an answer to a point counts again, after a suspension."""

    deployment: Deployment
    at: datetime
    reason: str
    answers: dict[tuple[str, str], Answer]
    assets: list[Asset]
    appointed: set[tuple[Any, str]]
    notice: PublicNotice | None
    compilation: Compilation | None
    media: int
    since: dict[str, datetime]

    @property
    def conditions(self) -> list[str]:
        return [line.strip() for line in self.deployment.authority.conditions.splitlines() if line.strip()]

    def answered(self, point: str, subject: str = "") -> Answer | None:
        """The latest answer that still counts."""
        answer = self.answers.get((point, subject[:300]))
        after = self.since.get(point)
        return answer if answer and (after is None or answer.answered_at >= after) else None


@dataclass(frozen=True)
class Point:
    """One thing that must be so. `find` yields what is not; without it the point is asked of a person whose part is in `hands`."""

    key: str
    title: str
    clause: str
    asks: str = ""
    find: Callable[[Facts], Iterator[str]] | None = None
    hands: frozenset[Role] = COMMAND
    subjects: Callable[[Facts], list[str]] | None = None


@dataclass(frozen=True)
class Item:
    """A point as it stands now. `subject`: the condition or thing it is asked about."""

    point: Point
    subject: str = ""
    answer: Answer | None = None
    findings: tuple[Finding, ...] = field(default=())

    @property
    def is_met(self) -> bool:
        return not self.findings


def authority(facts: Facts) -> Iterator[str]:
    deployment = facts.deployment
    if has_lost_authority(deployment, facts.at):
        ended = log_time(lost_authority_at(deployment))
        yield f"The authority is not in force any more, it ended {ended}: stand the deployment down, or ask for a new authority."
    elif not is_covered(deployment, facts.at):
        begins = deployment.authority.valid_from
        when = f"begins {log_time(begins)}" if facts.at < begins else f"ended {log_time(lost_authority_at(deployment))}"
        yield f"The authority is not in force now: it {when}."
    elif deployment.day.application_id != deployment.authority.application_id:
        yield f"The authority does not cover {deployment.place} on this day."


def window(facts: Facts) -> Iterator[str]:
    deployment, allowed = facts.deployment, slip(facts.deployment)
    if not is_within_slip(deployment, facts.at):
        minutes, times = int(allowed.total_seconds()) // 60, f"{log_time(deployment.starts_at)} to {log_time(deployment.ends_at)}"
        yield f"It is not within {minutes} minutes of the authorised times, {times}."
    elif not deployment.starts_at <= facts.at <= deployment.ends_at and not facts.reason.strip():
        yield "It is outside the authorised times, within what Silver may allow: give the reason."


def assets(facts: Facts) -> Iterator[str]:
    authorised, confirmed = assets_of(facts.deployment.authority.application), len(facts.assets)
    if confirmed < authorised:
        yield f"{confirmed} of {authorised} asset{'s' if authorised > 1 else ''} confirmed."
    if confirmed > authorised:
        yield f"{confirmed} assets confirmed, but only {authorised} authorised."


def staff(facts: Facts) -> Iterator[str]:
    """Each asset has its own Operator and Engagement Officer, present, trained until the end, briefed (6/5.3, 4.3, P-4)."""
    busy: set[Any] = set()
    for asset in facts.assets:
        for person, role in ((asset.operator, Role.OPERATOR), (asset.engagement_officer, Role.ENGAGEMENT_OFFICER)):
            if (person.pk, role.value) not in facts.appointed:
                yield f"{person.name} is not appointed {role.label}."
            if person.pk in busy:
                yield f"{person.name} is named for two assets."
            busy.add(person.pk)
            yield from (gap.sentence for gap in training_gaps(person, role, max(facts.deployment.ends_at, facts.at)))
        if not asset.briefed:
            yield f"{asset.operator.name} and {asset.engagement_officer.name} have not been briefed."
        if (after := facts.since.get("staff")) and asset.confirmed_at < after:
            yield f"Confirm again who is present for asset {asset.number}."


def notice(facts: Facts) -> Iterator[str]:
    """The public has been told; shorter than the target, or not at all in urgency, only with the reason (9.4, X-9)."""
    told, target = facts.notice, facts.deployment.edition.limit("public_notice")
    if told is None:
        yield "Nothing is recorded about telling the public."
    elif told.given_at and told.given_at > facts.at:
        yield "The public has not been told yet."
    elif told.given_at and not told.reason.strip() and told.given_at + target.elapsed > facts.deployment.starts_at:
        yield f"The public was told less than {target.length} {target.unit} before the start: give the reason."


def watchlist(facts: Facts) -> Iterator[str]:
    """Compiled lately, within the categories and the ceiling authorised (W-4, 10.4, 10.9)."""
    compiled, age = facts.compilation, facts.deployment.edition.limit("watchlist_age")
    if compiled is None:
        yield "No watchlist is recorded as loaded."
        return
    if facts.at > age.due_at(compiled.compiled_at):
        yield f"The watchlist was compiled at {log_time(compiled.compiled_at)}, more than {age.length} {age.unit} ago: refresh it."
    yield from beyond(compiled, facts.deployment)


def beyond(compiled: Compilation, deployment: Deployment) -> Iterator[str]:
    """What of it the Authorising Officer has not authorised: that would be an amendment (W-4, A-17)."""
    ceiling, composition = deployment.authority.watchlist_ceiling, deployment.authority.application.composition
    if compiled.subjects > ceiling:
        yield f"The watchlist has {compiled.subjects} subjects; {ceiling} are authorised."
    unknown = sorted({line.category for line in compiled.lines.all()} - {line.category for line in composition.lines.all()})
    if unknown:
        yield f"The watchlist has a category that is not authorised: {', '.join(unknown)}."
    if compiled.children > (authorised := composition.children.count()):
        yield f"The watchlist has {compiled.children} under-18s; {authorised} are authorised."


def threshold(facts: Facts) -> Iterator[str]:
    least = facts.deployment.authority.threshold
    if facts.deployment.threshold is None:
        yield "The threshold in use is not recorded."
    elif facts.deployment.threshold < least:
        yield f"The threshold in use is {facts.deployment.threshold.normalize()}; at least {least.normalize()} is authorised."


def media(facts: Facts) -> Iterator[str]:
    if not facts.media:
        yield "Nothing is recorded about the medium that carried the watchlist: serial number and custodian."


CHECKLIST: tuple[Point, ...] = (
    Point("authority", "Authority in force, for this place", "5.1", find=authority),
    Point("window", "Within the authorised times", "7.1", find=window),
    Point("conditions", "The Authorising Officer’s conditions", "6.1", "Is this condition met?", subjects=lambda facts: facts.conditions),
    Point("assets", "Assets confirmed", "5.11", find=assets),
    Point("staff", "Operators and Engagement Officers present, trained and briefed", "6/5.3", find=staff),
    Point("informing", "Gold has informed chief officers, stakeholders and partners", "6.1", "Has Gold informed them?", hands=COMMAND | {Role.GOLD}),
    Point(
        "signs",
        "Signs are out beyond the zone of recognition",
        "5.11",
        "Are signs out beyond the zone on every approach?",
        hands=COMMAND | {Role.ENGAGEMENT_OFFICER},
    ),
    Point("notice", "The public has been told", "9.4", find=notice),
    Point("watchlist", "Watchlist current and within what was authorised", "10.9", find=watchlist),
    Point("threshold", "Threshold not below the authorised minimum", "11.11", find=threshold),
    Point("camera", "Camera set-up checked", "13", "Are height, angle, light and focus of every camera checked?", hands=TECHNICAL),
    Point(
        "deletion_setting",
        "Faces without an alert are deleted at once",
        "7.9a",
        "Is the setting on the system as certified for its software version (see the library)?",
        hands=TECHNICAL,
    ),
    Point("media", "Watchlist media recorded", "7.9b", find=media),
)
POINTS = {point.key: point for point in CHECKLIST}
# What must be looked at again before resuming, by the reason of the suspension (7.5). Points that are found are found anew each time.
AFFECTED: dict[str, tuple[str, ...]] = {
    Reason.CROWD_FLOW: ("camera", "signs"),
    Reason.WEATHER: ("camera", "signs"),
    Reason.LIGHTING: ("camera",),
    Reason.RESOURCES: ("staff",),
    Reason.PERFORMANCE: ("camera", "deletion_setting"),
    Reason.NECESSITY: ("informing",),
    Reason.COMPLAINT: ("signs",),
    Reason.OTHER: ("camera", "signs"),
}


def gather(deployment: Deployment, at: datetime, reason: str = "") -> Facts:
    """What the points look at, in as many statements whatever the deployment holds."""
    answers = {(answer.point, answer.subject): answer for answer in deployment.answers.select_related("answered_by").order_by("answered_at", "pk")}
    appointed = Appointment.objects.in_force().filter(operation=deployment.operation_id).values_list("person", "role")
    return Facts(
        deployment=deployment,
        at=at,
        reason=reason,
        answers=answers,
        assets=list(deployment.assets.select_related("operator", "engagement_officer")),
        appointed=set(appointed),
        notice=PublicNotice.objects.filter(deployment=deployment).first(),
        compilation=deployment.compilations.order_by("-number").first(),
        media=deployment.media.count(),
        since=affected_since(deployment),
    )


def affected_since(deployment: Deployment) -> dict[str, datetime]:
    """The points that the standing suspension asks to look at again, and since when."""
    change = deployment.changes.filter(move__in=(Move.SUSPENDED, Move.RESUMED)).order_by("-happened_at", "-entered_at").first()
    if change is None or change.move != Move.SUSPENDED or deployment.state != "suspended":
        return {}
    return dict.fromkeys(AFFECTED.get(change.reason, ()), change.happened_at)


def items(deployment: Deployment, at: datetime, reason: str = "") -> list[Item]:
    """Every point of the check as it stands at that moment."""
    facts = gather(deployment, at, reason)
    return [item for point in CHECKLIST for item in items_of(point, facts)]


def items_of(point: Point, facts: Facts) -> Iterator[Item]:
    if point.find is not None:
        yield Item(point, findings=tuple(finding(point, sentence) for sentence in point.find(facts)))
        return
    for subject in point.subjects(facts) if point.subjects else [""]:
        answer = facts.answered(point.key, subject)
        told = f"{point.title}: {subject}" if subject else point.title
        missing = f"Not answered: {told}." if answer is None else "" if answer.met else f"Not met: {told}."
        yield Item(point, subject, answer, (finding(point, missing),) if missing else ())


def finding(point: Point, sentence: str) -> Finding:
    return Finding("O-1", sentence, point.clause, f"go_live.{point.key}")


def check_ready(deployment: Deployment, at: datetime, reason: str = "", *, to: str = "go live") -> None:
    """Nothing goes live, or on again, while a point of the check fails; each is named (O-1, 5.1)."""
    findings = tuple(finding for item in items(deployment, at, reason) for finding in item.findings)
    if findings:
        number = f"{len(findings)} points are" if len(findings) > 1 else "one point is"
        raise RuleBroken("O-1", f"The deployment cannot {to}: {number} not met.", clause="5.1", remedy="Put right each of these.", findings=findings)
