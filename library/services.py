"""The acts on documents, and on what an operation's application makes of its assessments."""

from datetime import date, datetime, time
from typing import Any

from accounts.models import User
from accounts.permissions import check_office
from accounts.states import Role
from audit.acts import Entry, act
from library import rules
from library.models import CIA_TEXTS, AssessmentReview, Document, LocalCia, Version
from library.permissions import ASSESSMENTS, CIA, check_may_adopt, check_may_approve
from library.states import Kind
from obligations.models import Obligation
from obligations.services import discharge, open_duty
from obligations.states import Kind as Clock
from operations.disposing import emptied
from operations.models import Operation, Tie
from operations.permissions import check_writes
from operations.services import tie
from policy import current
from policy.edition import LONDON, end_of_london_day
from policy.refusals import RuleBroken, Stale


def destroy_texts(operation: Operation) -> dict[str, int]:
    """What the assessments meant here. The force's own documents stay (A-19, 7.1). Called inside the act that disposes of what was signed."""
    number = emptied(AssessmentReview.objects.filter(operation=operation), "outcome")
    return {"assessment texts": number + emptied(LocalCia.objects.filter(operation=operation), *CIA_TEXTS)}


@act
def register_document(*, kind: str, title: str, owner: User, by: User, at: datetime) -> Entry:
    """Information Management registers a governance document and says who owns it (G-1, 7.2)."""
    check_office(by, at, Role.INFORMATION_MANAGEMENT)
    if owner.force_id != by.force_id or not owner.is_active:
        raise RuleBroken("G-1", f"The owner of a document is a serving member of {by.force.name}.", clause="7.2", remedy="Choose another owner.")
    rules.check_title_free(by.force, Kind(kind), title.strip())
    document = Document.objects.create(force=by.force, kind=Kind(kind), title=title.strip(), owner=owner, registered_at=at, registered_by=by)
    return Entry("document.registered", document, {"kind": document.kind, "title": document.title, "owner": owner.pk})


@act
def adopt_version(
    document: Document,
    *,
    adopted_date: date,
    review_date: date,
    reference: str,
    issues: str = "",
    mitigations: str = "",
    version: int | None = None,
    by: User,
    at: datetime,
) -> Entry:
    """Record a version that has been adopted, where it is kept and when it is to be reviewed; it supersedes the one before (G-1, 7.2)."""
    document = document.locked(version)
    check_may_adopt(by, document, at)
    last = document.versions.order_by("-number").first()
    rules.check_dates(adopted_date, review_date, last, at)
    rules.check_filled("G-1", "7.2", reference=reference)
    new = Version.objects.create(
        document=document,
        number=last.number + 1 if last else 1,
        adopted_date=adopted_date,
        review_date=review_date,
        reference=reference.strip(),
        issues=issues,
        mitigations=mitigations,
        recorded_at=at,
        recorded_by=by,
    )
    document.save()
    if not new.awaits_approval:
        set_review_clock(new, by=by, at=at)
    return Entry("document.version_adopted", document, {"number": new.number, "adopted": adopted_date, "review": review_date}, result=new)


@act
def approve_version(version: Version, *, by: User, at: datetime) -> Entry:
    """The Diversity Unit approves an equality assessment; only then is it in force (G-2)."""
    version = version.locked()
    check_may_approve(by, version, at)
    rules.check_awaits_approval(version)
    version.approved_at, version.approved_by = at, by
    version.save()
    set_review_clock(version, by=by, at=at)
    return Entry("document.version_approved", version, {"document": version.document_id, "number": version.number})


def set_review_clock(version: Version, *, by: User, at: datetime) -> None:
    """The version now in force is to be reviewed by its date, with the policy's reminders; the clock of the one it supersedes is done (G-1)."""
    document = version.document
    for older in Obligation.objects.running().filter(
        kind=Clock.DOCUMENT_REVIEW, subject_id__in=document.versions.exclude(pk=version.pk).values("pk")
    ):
        discharge(older, proof=f"{version} is in force", by=by, at=at)
    open_duty(
        kind=Clock.DOCUMENT_REVIEW,
        subject=version,
        owner=[document.owner, Role.INFORMATION_MANAGEMENT],
        sentence=f"Review “{document.title}”",
        basis_event=f"Version {version.number}, to be reviewed by {version.review_date:%-d %B %Y}",
        basis_at=datetime.combine(version.adopted_date, time.min, LONDON),
        due_at=end_of_london_day(version.review_date),
        clause="7.2",
        reminder=current().reminder("document_review"),
        force=document.force,
        link=f"/library/documents/{document.pk}/",
        seniors=(Role.SRO, Role.DPO),
        by=by,
        at=at,
    )


@act
def review_assessment(
    operation: Operation, *, document_version: Version, outcome: str, sufficient: bool, version: int | None = None, by: User, at: datetime
) -> Entry:
    """Say what the force's assessment means for this operation and whether it is enough for it (A-10, 6.1). `version` 0: no review was there."""
    operation = operation.locked()
    check_writes(ASSESSMENTS, by, operation, at)
    kind = document_version.document.kind
    review = AssessmentReview.objects.filter(operation=operation, kind=kind).first()
    check_open(review, version)
    rules.check_is_current(document_version, operation, at)
    rules.check_filled("A-10", "6.1", outcome=outcome)
    review = review or AssessmentReview(operation=operation, kind=kind)
    review.document_version, review.outcome, review.sufficient, review.reviewed_at, review.reviewed_by = document_version, outcome, sufficient, at, by
    review.save()
    tie(operation, by, Tie.Kind.CONTRIBUTED, at=at)
    return Entry("assessment.reviewed", review, {"kind": kind, "number": document_version.number, "sufficient": sufficient})


@act
def complete_local_cia(
    operation: Operation,
    *,
    communities: str,
    impact: str,
    consulted: str,
    tension_indicators: str,
    mitigations: str,
    version: int | None = None,
    by: User,
    at: datetime,
) -> Entry:
    """The appointed Neighbourhood Policing Team supervisor completes the local assessment, or puts it right until it is submitted (A-10, 7.1)."""
    operation = operation.locked()
    check_writes(CIA, by, operation, at)
    cia = LocalCia.objects.filter(operation=operation).first()
    check_open(cia, version)
    texts = {
        "communities": communities,
        "impact": impact,
        "consulted": consulted,
        "tension_indicators": tension_indicators,
        "mitigations": mitigations,
    }
    rules.check_filled("A-10", "7.1", **texts)
    cia = cia or LocalCia(operation=operation)
    for name, text in texts.items():
        setattr(cia, name, text)
    cia.completed_at, cia.completed_by = at, by
    cia.save()
    tie(operation, by, Tie.Kind.CONTRIBUTED, at=at)
    return Entry("local_cia.completed", cia)


def check_open(thing: AssessmentReview | LocalCia | None, version: int | None) -> None:
    if version is not None and version != (thing.version if thing else 0):
        raise Stale()
    rules.check_not_frozen(thing)


def freeze_local_cia(operation: Operation, at: datetime) -> None:
    """From submission on the local assessment does not change, nor do the reviews of the force's four (A-17, 7.1).

    Called inside the act that submits. A local assessment that urgency let follow later can still be completed.
    """
    set_frozen(operation, at)


def unfreeze_local_cia(operation: Operation) -> None:
    """An application returned for more, or its new version, lets both be changed again; what was submitted stands in its own copy (A-17)."""
    set_frozen(operation, None)


def set_frozen(operation: Operation, at: datetime | None) -> None:
    things: list[Any] = [*LocalCia.objects.filter(operation=operation), *operation.assessment_reviews.all()]
    for thing in things:
        thing.frozen_at = at
        thing.save()
