"""What the sweep does for Stage 2: finds what is due, however long ago, and does it one by one. One that fails stops no other."""

import logging
from collections.abc import Iterator
from datetime import datetime

from django.db.models import Exists, OuterRef

from accounts.notices import tell
from accounts.states import Role
from authorisations.models import Authority, Day
from authorisations.states import IN_FORCE
from deployments.commitment import commitment
from deployments.models import Alert, Deployment
from deployments.permissions import people_of
from deployments.rules.window import is_without_authority
from deployments.services import count_as_concluded, plan
from deployments.services.ending import wipe_though_never_begun
from deployments.services.erasing import HOW, rewrite_personal_tables
from deployments.services.reviews import review_key
from obligations.models import Obligation
from obligations.services import carry_out
from obligations.tasks import one_by_one
from policy import current

log = logging.getLogger(__name__)
AT_ONCE = 500


def plan_due(*, at: datetime) -> Iterator[str]:
    """Deployments of authorities whose days have none yet (O-1)."""
    unplanned = Day.objects.filter(application=OuterRef("application"), deployment=None)
    waiting = list(Authority.objects.filter(Exists(unplanned), state__in=IN_FORCE))
    return one_by_one(waiting, lambda authority: plan(authority, by=None, at=at))


def conclude_due(*, at: datetime) -> Iterator[str]:
    """What nobody concluded counts as concluded at the end authorised; what never began keeps no watchlist either (D-2)."""
    slip = current().limit("slip").elapsed
    ended = list(Deployment.objects.past_their_end(at - slip)[:AT_ONCE])
    yield from one_by_one(ended, lambda deployment: count_as_concluded(deployment, by=None, at=at))
    idle = list(Deployment.objects.never_begun(at - slip).holding_media_without_clock()[:AT_ONCE])
    yield from one_by_one(idle, lambda deployment: wipe_though_never_begun(deployment, by=None, at=at))


def erase_due(*, at: datetime) -> Iterator[str]:
    """Everything this product has to delete, at its target (D-3, D-4, D-6); afterwards the tables it stood in are rewritten."""
    due = Obligation.objects.to_carry_out(at).filter(kind__in=list(HOW))[:AT_ONCE]
    try:
        for clock in list(due):
            yield erased(clock, at)
    finally:
        rewrite_personal_tables()


def erased(clock: Obligation, at: datetime) -> str:
    """Nothing where it is certified; else why not. Whatever goes wrong with one, the next has its turn (D-6)."""
    destroy, verify = HOW[clock.kind]
    try:
        return "" if carry_out(clock, destroy=destroy, verify=verify, at=at) else "not erased"
    except Exception as error:
        log.exception("deletion for clock %s failed", clock.pk)
        return type(error).__name__


def notify_due(*, at: datetime) -> Iterator[str]:
    """Silver's overdue reviews; what runs without authority; alerts that no Operator has judged (O-4, O-6, O-11). Each told once."""
    late = Deployment.objects.review_overdue(at).select_related("operation")[:AT_ONCE]
    yield from one_by_one(list(late), lambda deployment: tell_of_review(deployment, at))
    loose = [one for one in Deployment.objects.running().select_related("authority", "operation") if is_without_authority(one, at)]
    yield from one_by_one(loose, lambda deployment: tell_of_authority(deployment, at))
    limit = current().limit("unadjudicated_alert").elapsed
    waiting = Alert.objects.waiting_since(at - limit).filter(is_unlinked=False).select_related("deployment__operation", "personal")[:AT_ONCE]
    yield from one_by_one(list(waiting), lambda alert: tell_of_alert(alert, at))


def tell_of_review(deployment: Deployment, at: datetime) -> None:
    people = people_of(deployment.operation, Role.SILVER, Role.GOLD)
    text = f"{deployment}: Silver’s review is overdue"
    tell(people, key=review_key(deployment), text=text, link=deployment.get_absolute_url(), at=at, urgent=True)


def tell_of_authority(deployment: Deployment, at: datetime) -> None:
    people = {deployment.authority.ao, *people_of(deployment.operation, Role.SILVER, Role.GOLD)}
    text = f"{deployment}: running without authority; suspend or terminate it"
    tell(people, key=f"no-authority:{deployment.pk}:{deployment.authority_id}", text=text, link=deployment.get_absolute_url(), at=at, urgent=True)


def tell_of_alert(alert: Alert, at: datetime) -> None:
    """The notice stays when the alert's data go: its key names no alert."""
    people = people_of(alert.deployment.operation, Role.OPERATOR, Role.SILVER)
    key = f"unadjudicated:{commitment(alert.personal.salt, alert.pk)}"
    text = f"{alert.deployment}: an alert waits for the Operator"
    tell(people, key=key, text=text, link=alert.deployment.get_absolute_url(), at=at, urgent=True)
