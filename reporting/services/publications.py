"""Publishing what came of a deployment: drafted by one analyst, approved by another, corrected in editions (R-4, R-5, X-2, X-3, 9.6, 9.7)."""

from datetime import datetime
from typing import Any

from accounts.models import User
from accounts.notices import settle, tell
from accounts.states import Role
from audit.acts import Entry, act
from obligations.models import Obligation
from obligations.services import discharge
from obligations.states import Kind
from operations.permissions import check_hand, check_sees, check_writes
from policy.refusals import RuleBroken
from reporting.checking import check_no_personal_data, check_nothing_open
from reporting.compiled import Known
from reporting.element import element, freeze, written
from reporting.models import DeploymentRecord, Publication
from reporting.permissions import PUBLICATION
from reporting.rules import check_as_read, check_drafter, check_said, check_second_person, check_still_true
from reporting.states import PublicationState, RecordState

PUBLISHED, WITHDRAWN = PublicationState.PUBLISHED, PublicationState.WITHDRAWN


@act
def draft(record: DeploymentRecord, *, by: User, at: datetime) -> Entry:
    """Once the record is accepted an analyst drafts what the public will read (R-4, 9.6)."""
    record = record.locked()
    check_writes(PUBLICATION, by, record.deployment.operation, at)
    if record.state != RecordState.ACCEPTED:
        raise RuleBroken(
            "R-4", "The record has not been accepted.", clause="9.6", remedy="It can be published once an Authorising Officer accepts it."
        )
    if record.publications.exists():
        raise RuleBroken("R-4", "There is a publication for this record already.", clause="9.6", remedy="Open it, or draft a correction.")
    publication = drafted(record, 1, "", "", by=by, at=at)
    return Entry("publication.drafted", publication, {"edition": 1})


def drafted(record: DeploymentRecord, edition: int, why: str, notes: str, *, by: User, at: datetime) -> Publication:
    """An edition as it begins. Part of drafting and correcting."""
    deployment = record.deployment
    return Publication.objects.create(
        record=record,
        force=deployment.operation.force,
        register_id=deployment.register_id,
        edition=edition,
        location=str(deployment.place),
        started_at=deployment.live_at,
        why=why,
        notes=notes,
        drafted_at=at,
        drafted_by=by,
    )


def taken_up(publication: Publication, version: int | None, by: User, at: datetime) -> Publication:
    """Locked, by an analyst of the force. Part of every act on it."""
    publication = publication.locked(version)
    check_writes(PUBLICATION, by, publication.record.deployment.operation, at)
    return publication


def check_drafted(publication: Publication) -> None:
    """Only a draft is written in: what is checked is frozen (R-5)."""
    if publication.state != PublicationState.DRAFTED:
        label = publication.get_state_display().lower()  # type: ignore[attr-defined]
        raise RuleBroken("R-5", f"This edition is {label}: it is frozen.", clause="9.7", remedy="Send it back, or draft a correction.")


@act
def revise(
    publication: Publication, *, notes: str, explanations: dict[str, str], why: str | None = None, version: int | None = None, by: User, at: datetime
) -> Entry:
    """Its analyst writes the notes for the public and explains what the checks found (R-5, X-2)."""
    publication = taken_up(publication, version, by, at)
    check_drafted(publication)
    check_drafter(by, publication)
    if publication.edition > 1 and why is not None:
        check_said(why, "X-3", "Why there is a further edition", "9.6", "why")
        publication.why = why
    publication.notes, publication.explanations = notes, {key: words for key, words in explanations.items() if words.strip()}
    publication.save()
    return Entry("publication.revised", publication, {"explained": sorted(publication.explanations)})


@act
def take_over(publication: Publication, *, version: int | None = None, by: User, at: datetime) -> Entry:
    """Another analyst goes on with a draft: from then on it is theirs, and somebody else approves it (R-5)."""
    publication = taken_up(publication, version, by, at)
    check_drafted(publication)
    publication.drafted_by, publication.drafted_at = by, at
    publication.save()
    return Entry("publication.taken_over", publication)


@act
def declare_checked(publication: Publication, *, version: int | None = None, by: User, at: datetime) -> Entry:
    """Every check answered, the element is frozen as text with its hash: the second analyst approves exactly this (R-5, X-2, 9.7)."""
    publication = taken_up(publication, version, by, at)
    publication.step("check_in")
    check_drafter(by, publication)
    known = Known(publication.record)
    check_nothing_open(publication, known, element(known, edition=publication.edition, notes=publication.notes))
    freeze(publication, known)
    publication.checked_at = at
    publication.save()
    analysts = User.objects.holding(Role.ANALYST, at).filter(force=publication.force).exclude(pk=by.pk)
    link = publication.get_absolute_url()
    tell(analysts, key=f"publication:{publication.sha256}", text=f"{publication.record}: figures await a second analyst", link=link, at=at)
    return Entry("publication.checked", publication, {"sha256": publication.sha256, "explained": sorted(publication.explanations)})


@act
def send_back(publication: Publication, *, reason: str, version: int | None = None, by: User, at: datetime) -> Entry:
    """Not so: back to its analyst, with the reason (R-5)."""
    publication = taken_up(publication, version, by, at)
    check_said(reason, "R-5", "What has to be changed", "9.7", "reason")
    settle(f"publication:{publication.sha256}", at=at)
    publication.step("send_back")
    publication.checked_at = publication.approved_at = publication.approved_by = None
    publication.save()
    key, link = f"sent-back:{publication.pk}:{publication.version}", publication.get_absolute_url()
    tell({publication.drafted_by} - {by}, key=key, text=f"{publication.record}: figures were sent back", link=link, at=at)
    return Entry("publication.sent_back", publication, {"reason": reason})


@act
def approve(publication: Publication, *, sha256: str = "", version: int | None = None, by: User, at: datetime) -> Entry:
    """Another analyst approves what they have read. Nobody publishes alone (R-5, 9.7)."""
    publication = taken_up(publication, version, by, at)
    publication.step("approve")
    check_second_person(by, publication)
    check_as_read(publication, sha256)
    publication.approved_by, publication.approved_at = by, at
    publication.save()
    settle(f"publication:{publication.sha256}", at=at)
    return Entry("publication.approved", publication, {"sha256": publication.sha256})


@act
def publish(publication: Publication, *, version: int | None = None, by: User, at: datetime) -> Entry:
    """From now on the public reads it; the edition before it stays readable as replaced (R-4, R-6, X-3, 9.6)."""
    publication = taken_up(publication, version, by, at)
    known = Known(publication.record)
    check_still_true(publication, written(element(known, edition=publication.edition, notes=publication.notes)))
    for earlier in publication.record.publications.select_for_update().filter(state=PUBLISHED):
        replaced(earlier, by=by, at=at)
    publication.step("publish")
    publication.published_at = at
    publication.save()
    for duty in Obligation.objects.about(publication.record, Kind.PUBLICATION).running():
        discharge(duty, proof=f"edition {publication.edition} published", by=by, at=at)
    return Entry("publication.published", publication, {"edition": publication.edition, "sha256": publication.sha256})


def replaced(publication: Publication, *, by: Any, at: datetime) -> None:
    """The edition that the public read until now. Part of publishing the next one."""
    publication.step("give_way")
    publication.ended_at = at
    publication.save()


@act
def correct(publication: Publication, *, why: str, by: User, at: datetime) -> Entry:
    """A further edition is begun, with the reason; the one before stays as it is until the new one is published (R-5, X-3)."""
    publication = taken_up(publication, None, by, at)
    check_said(why, "X-3", "Why there is a further edition", "9.6", "why")
    editions = publication.record.publications
    if publication.state not in (PUBLISHED, WITHDRAWN) or editions.filter(edition__gt=publication.edition).exists():
        raise RuleBroken("X-3", "Only the latest edition that was published is corrected.", clause="9.6", remedy="Open the latest edition.")
    further = drafted(publication.record, publication.edition + 1, why, publication.notes, by=by, at=at)
    return Entry("publication.drafted", further, {"edition": further.edition, "why": why})


@act
def withdraw(publication: Publication, *, reason: str, version: int | None = None, by: User, at: datetime) -> Entry:
    """Taken out of the register at once, with a reason that the public reads and that holds nothing personal (R-5, X-3, 9.7)."""
    publication = publication.locked(version)
    check_hand(PUBLICATION, check_sees(PUBLICATION, by, publication.record.deployment.operation, at))  # also once the texts were disposed of
    check_said(reason, "X-3", "Why it is withdrawn", "9.7", "reason")
    check_no_personal_data(reason, publication.force_id)
    publication.step("withdraw")
    publication.withdrawn_reason, publication.ended_at = reason, at
    publication.save()
    return Entry("publication.withdrawn", publication, {"reason": reason, "edition": publication.edition})
