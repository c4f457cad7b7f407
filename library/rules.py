"""What must be true of documents, and of the assessments that an application considers."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from audit.chain import plain
from library.models import CIA_TEXTS, AssessmentReview, Document, LocalCia, Version
from library.states import ASSESSMENTS, NEEDS_APPROVAL, Kind
from operations.models import Operation
from policy.edition import Edition
from policy.refusals import Finding, RuleBroken


def check_title_free(force: Any, kind: str, title: str) -> None:
    """Each document is registered once, and there is one document of each assessment (G-1)."""
    if kind in ASSESSMENTS and Document.objects.filter(force=force, kind=kind).exists():
        raise RuleBroken("G-1", f"The library already holds the document “{Kind(kind).label}”.", clause="7.2", remedy="Adopt a new version of it.")
    if Document.objects.filter(force=force, title=title).exists():
        raise RuleBroken("G-1", f"The library already holds a document called “{title}”.", clause="7.2", remedy="Adopt a new version of it.")


def check_dates(adopted: date, review: date, last: Version | None, at: datetime) -> None:
    """A version is recorded once adopted, follows the one before, and has a review to come (G-1)."""
    wrong = ""
    if adopted > timezone.localdate(at):
        wrong = "The day of adoption lies in the future"
    elif last and adopted < last.adopted_date:
        wrong = f"Version {last.number} was adopted later, on {last.adopted_date:%-d %B %Y}"
    if wrong:
        raise RuleBroken("G-1", f"{wrong}.", clause="7.2", remedy="Correct the date.", findings=(Finding("G-1", wrong, "7.2", "adopted_date"),))
    if review <= adopted:
        raise RuleBroken(
            "G-1",
            "The review date must be after the day of adoption.",
            clause="7.2",
            remedy="Correct the date.",
            findings=(Finding("G-1", "The review date must be after the day of adoption", "7.2", "review_date"),),
        )


def check_awaits_approval(version: Version) -> None:
    """Only an equality assessment that has not been approved waits for approval (G-2)."""
    if not version.awaits_approval:
        raise RuleBroken("G-2", "This version does not wait for approval.", clause="7.2", remedy="The document’s page shows where it stands.")


def check_filled(code: str, clause: str, **words: str) -> None:
    missing = tuple(Finding(code, f"Enter {name.replace('_', ' ')}", clause, name) for name, text in words.items() if not text.strip())
    if missing:
        raise RuleBroken(
            code,
            "Some of it is not answered.",
            clause=clause,
            findings=missing,
            remedy="Answer every question, if only to say that there is nothing.",
        )


def check_not_frozen(thing: AssessmentReview | LocalCia | None) -> None:
    """What was submitted with the application cannot be edited (A-17, 7.1)."""
    if thing and thing.frozen_at:
        raise RuleBroken(
            "A-17",
            f"This {thing._meta.verbose_name} was submitted with the application and cannot be changed.",
            clause="7.1",
            remedy="It can be changed in a new version of the application.",
        )


def check_is_current(version: Version, operation: Operation, at: datetime) -> None:
    """An application considers the version in force, of an assessment of its own force (A-10)."""
    if version.document.kind not in ASSESSMENTS or version.document.force_id != operation.force_id:
        raise RuleBroken(
            "A-10", "This is none of the assessments that an application considers.", clause="7.1", remedy="Review one of the four listed."
        )
    if version != Version.objects.current(operation.force_id, version.document.kind, at):
        raise RuleBroken(
            "A-10",
            f"Version {version.number} of “{version.document.title}” is not the one in force.",
            clause="7.1",
            remedy="Read and review the version in force.",
        )


def review_standing(version: Version | None, day: date, edition: Edition) -> tuple[str, str]:
    """How the document stands with its review, and the colour of the tag that says so (G-1, X-11)."""
    if version is None:
        return "No version in force", "grey"
    if version.is_expired(day):
        return "Review overdue", "red"
    if (version.review_date - day).days <= max(edition.reminder("document_review").steps):
        return "Review due soon", "yellow"
    return "In force", "green"


def assessment_findings(operation: Operation, at: datetime, edition: Edition) -> tuple[Finding, ...]:
    """The four assessments reviewed in the versions in force, none of them expired, and the local assessment completed (A-10, X-11, 6.1, 7.1)."""
    current = Version.objects.current_by_kind(operation.force_id, ASSESSMENTS, at)
    reviews = {review.kind: review for review in operation.assessment_reviews.select_related("document_version")}
    found = [found for kind in ASSESSMENTS if (found := assessment_finding(kind, current.get(kind), reviews.get(kind), timezone.localdate(at)))]
    if not LocalCia.objects.filter(operation=operation).exists():
        sentence = "The local community impact assessment has not been completed by Neighbourhood Policing Team supervision."
        found.append(Finding("A-10", sentence, "7.1", "assessments.local_cia"))
    return tuple(found)


def assessment_finding(kind: Kind, current: Version | None, review: AssessmentReview | None, day: date) -> Finding | None:
    where, name = f"assessments.{kind.value}", kind.label
    if current is None:
        waits = ", approved by the Diversity Unit," if kind in NEEDS_APPROVAL else ""
        return Finding("A-10", f"{name}: the library holds no version{waits} in force.", "7.2", where)
    if current.is_expired(day):
        sentence = f"{name}: version {current.number} was to be reviewed by {current.review_date:%-d %B %Y} and has expired."
        return Finding("X-11", sentence, "7.2", where)
    if review is None:
        return Finding("A-10", f"{name}: it has not been reviewed for this operation.", "6.1", where)
    if review.document_version_id != current.pk:
        old = review.document_version.number
        return Finding("A-10", f"{name}: version {old} was reviewed, but version {current.number} is now in force.", "6.1", where)
    if not review.sufficient:
        return Finding("A-10", f"{name}: it was found not sufficient for this operation.", "7.1", where)
    return None


def canonical(operation: Operation) -> dict[str, object]:
    """The reviews and the local assessment as plain data, for the application's hash (A-17)."""
    reviews = operation.assessment_reviews.select_related("document_version__document").order_by("kind")
    cia = LocalCia.objects.filter(operation=operation).first()
    return plain(
        {
            "reviews": [review_data(review) for review in reviews],
            "local_cia": cia and {name: getattr(cia, name) for name in (*CIA_TEXTS, "completed_at", "completed_by_id")},
        }
    )


def review_data(review: AssessmentReview) -> dict[str, object]:
    version = review.document_version
    return {
        "kind": review.kind,
        "document": version.document.title,
        "number": version.number,
        "adopted_date": version.adopted_date,
        "review_date": version.review_date,
        "reference": version.reference,
        "outcome": review.outcome,
        "sufficient": review.sufficient,
        "reviewed_at": review.reviewed_at,
        "reviewed_by_id": review.reviewed_by_id,
    }
