"""Getting ready: assets and people confirmed, points answered, the public told, the watchlist compiled, its media recorded (O-1, W-4, W-6)."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Max

from accounts.models import User
from audit.acts import Entry, act
from deployments.checklist import POINTS, beyond
from deployments.models import Answer, Asset, Compilation, CompilationLine, Deployment, PublicNotice
from deployments.permissions import READINESS, as_
from deployments.rules.moments import event_time
from deployments.rules.saying import check_said
from deployments.services.flags import note_breach
from deployments.states import FINAL, BreachKind, Style
from operations.permissions import check_writes
from policy.refusals import Finding, NotPermitted, RuleBroken
from watchlists.rules import check_counts


def check_not_over(deployment: Deployment) -> None:
    """What makes ready is for a deployment that is still to come or to go on."""
    if deployment.state in FINAL:
        label = deployment.get_state_display().lower()  # type: ignore[attr-defined]
        raise RuleBroken("O-1", f"This deployment is {label}.", clause="5.1", remedy="Write what is still to be said into your log.")


@act
def confirm_asset(
    deployment: Deployment,
    *,
    number: int,
    style: str,
    identifier: str,
    operator: User,
    engagement_officer: User,
    briefed: bool,
    by: User,
    at: datetime,
) -> Entry:
    """This van or wired system is here, with its Operator and its Engagement Officer, both briefed (O-1, 5.11, 6/5.3)."""
    check_writes(READINESS, by, deployment.operation, at)
    check_not_over(deployment)
    check_said(identifier, "O-1", "5.11", "The fleet or asset number")
    if operator.pk == engagement_officer.pk and not deployment.edition.value("operator_may_engage").value:
        raise RuleBroken("O-5", "Operator and Engagement Officer of an asset are two people.", clause="5.10", remedy="Name a second person.")
    asset = deployment.assets.filter(number=number).first() or Asset(deployment=deployment, number=number)
    asset.style, asset.identifier, asset.operator, asset.engagement_officer = Style(style), identifier, operator, engagement_officer
    asset.briefed, asset.confirmed_at, asset.confirmed_by = briefed, at, by
    asset.save()
    people = {"operator": operator.pk, "engagement_officer": engagement_officer.pk, "briefed": briefed}
    return Entry("asset.confirmed", asset, {"number": number, "style": style, "identifier": identifier, **people})


@act
def remove_asset(asset: Asset, *, reason: str, by: User, at: datetime) -> Entry:
    """It did not come, or went (O-1)."""
    check_writes(READINESS, by, asset.deployment.operation, at)
    check_not_over(asset.deployment)
    check_said(reason, "O-1", "5.11", "The reason")
    facts = {"number": asset.number, "identifier": asset.identifier, "reason": reason}
    deployment = asset.deployment
    asset.delete()
    return Entry("asset.removed", deployment, facts)


@act
def answer_point(deployment: Deployment, *, point: str, met: bool | Mapping[str, bool], note: str = "", by: User, at: datetime) -> Entry:
    """A point of the go-live check, answered by somebody whose part it is; the latest answer counts (O-1).

    That faces without an alert are deleted at once is one of them: the Operator checks the setting each day (D-1, 7.9a).

    `met`: yes or no; where the point asks about several things (the conditions), yes or no for each of them.
    """
    found = check_writes(READINESS, by, deployment.operation, at)
    check_not_over(deployment)
    asked = POINTS.get(point)
    if asked is None or asked.find is not None:
        raise RuleBroken("O-1", "This is no point that a person answers.", clause="5.1", remedy="Open the check to see what is missing.")
    if not found & {as_(role) for role in asked.hands}:
        who = " or ".join(sorted(role.label for role in asked.hands))
        raise NotPermitted("O-1", f"“{asked.title}” is answered by the {who}.", clause=asked.clause, remedy="Ask them.")
    said = met if isinstance(met, Mapping) else {"": met}
    for subject, so in said.items():
        Answer.objects.create(deployment=deployment, point=point, subject=subject[:300], met=so, note=note, answered_at=at, answered_by=by)
    return Entry("go_live.answered", deployment, {"point": point, "met": list(said.values())})


@act
def record_notice(deployment: Deployment, *, given_at: datetime | None, where: str = "", reason: str = "", by: User, at: datetime) -> Entry:
    """When and where the public was told; or the reason why not (O-1, X-9, 9.4)."""
    check_writes(READINESS, by, deployment.operation, at)
    if given_at is None:
        check_said(reason, "X-9", "9.4", "Why the public was not told")
    else:
        check_said(where, "X-9", "9.4", "Where the public was told")
    notice = PublicNotice.objects.filter(deployment=deployment).first() or PublicNotice(deployment=deployment)
    notice.given_at, notice.where, notice.reason = event_time(given_at, at) if given_at else None, where, reason
    notice.recorded_at, notice.recorded_by = at, by
    notice.save()
    return Entry("public.told", notice, {"given_at": notice.given_at, "where": where, "reason": reason})


@act
def compile_watchlist(
    deployment: Deployment, *, compiled_at: datetime, lines: Mapping[str, tuple[int, int]], children: int = 0, by: User, at: datetime
) -> Entry:
    """The watchlist as loaded: subjects and images of each category. Within what is authorised it is simply the next edition (W-4, 10.4, 10.9).

    Beyond that the deployment does not go live; where it is live already, it is flagged.
    """
    deployment = deployment.locked()
    check_writes(READINESS, by, deployment.operation, at)
    check_not_over(deployment)
    check_lines(deployment, lines)
    number = (deployment.compilations.aggregate(last=Max("number"))["last"] or 0) + 1
    subjects, images = (sum(pair[i] for pair in lines.values()) for i in (0, 1))
    compilation = Compilation.objects.create(
        deployment=deployment,
        number=number,
        compiled_at=event_time(compiled_at, at),
        subjects=subjects,
        images=images,
        children=children,
        recorded_at=at,
        recorded_by=by,
    )
    CompilationLine.objects.bulk_create(
        CompilationLine(compilation=compilation, category=category, subjects=pair[0], images=pair[1]) for category, pair in sorted(lines.items())
    )
    if deployment.is_running:
        for sentence in beyond(compilation, deployment):
            note_breach(deployment, kind=BreachKind.WATCHLIST, sentence=sentence[:200], happened_at=at, by=by, at=at)
    facts = {"number": number, "subjects": subjects, "images": images, "children": children}
    return Entry("watchlist.compiled", compilation, facts, happened_at=compilation.compiled_at)


def check_lines(deployment: Deployment, lines: Mapping[str, tuple[int, int]]) -> None:
    """Counts by category of the policy's closed list (X-20)."""
    known = {category.code for category in deployment.edition.categories}
    if not lines or set(lines) - known:
        found = (Finding("W-4", "Enter the counts of the policy’s categories.", "10.3", "watchlist"),)
        raise RuleBroken(
            "W-4", "A watchlist is counted by the policy’s categories.", clause="10.3", remedy="Enter each of its categories.", findings=found
        )
    for subjects, images in lines.values():
        check_counts(subjects, images)
