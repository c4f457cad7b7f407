"""The acts on a watchlist's composition, and what the application does with it: make, copy, freeze."""

from datetime import datetime
from typing import Any

from accounts.models import User
from audit.acts import Entry, act
from operations.disposing import emptied
from operations.models import Operation, Tie
from operations.permissions import check_writes
from operations.services import tie
from policy import current
from policy.refusals import RuleBroken, Stale
from watchlists import counts, rules
from watchlists.models import CHILD_FIELDS, LINE_FIELDS, TEXTS, Child, Composition, Line
from watchlists.permissions import WATCHLIST

# A change of these takes the attestation away: it spoke of other images (W-3). So does another number of under-18s, all of whom it says are counted.
ATTESTED = ("subjects", "images", "image_source", "image_quality")


def new_composition(operation: Operation) -> Composition:
    """An empty watchlist for a new application. Called inside the act that starts it."""
    return Composition.objects.create(operation=operation)


def copy(composition: Composition) -> Composition:
    """The watchlist of the next version of the application: the same content, open to changes again. Called inside the act that makes the version."""
    new = Composition.objects.create(
        operation=composition.operation, steps_taken=composition.steps_taken, attested_at=composition.attested_at, attested_by=composition.attested_by
    )
    for line in composition.lines.all():
        Line.objects.create(composition=new, **rules.contents(line, LINE_FIELDS))
    for child in composition.children.all():
        Child.objects.create(composition=new, **rules.contents(child, CHILD_FIELDS))
    return new


def freeze(composition: Composition, at: datetime) -> Composition:
    """From submission on nothing in it changes (A-17, 7.1). Called inside the act that submits."""
    composition = composition.locked()
    if composition.frozen_at is None:
        composition.frozen_at = at
        composition.save()
    return composition


def destroy_texts(operation: Operation) -> dict[str, int]:
    """Why each category and each under-18 was on it. Numbers stay (A-19, 7.1). Called inside the act that disposes of what was signed."""
    of_operation = {"composition__operation": operation}
    number = emptied(Composition.objects.filter(operation=operation), "steps_taken") + emptied(Line.objects.filter(**of_operation), *TEXTS)
    return {"watchlist texts": number + emptied(Child.objects.filter(**of_operation), "best_interests", "necessity")}


def taken_up(composition: Composition, version: int | None, *, by: User, at: datetime) -> Composition:
    """The watchlist, locked, open to changes and in the hands of one who may make them; whoever writes it has a part in the application (P-3)."""
    composition = composition.locked(version)
    check_writes(WATCHLIST, by, composition.operation, at)
    rules.check_not_frozen(composition)
    tie(composition.operation, by, Tie.Kind.CONTRIBUTED, at=at)
    return composition


def write_line(composition: Composition, category: str, numbers: dict[str, int], texts: dict[str, str], version: int | None = None) -> Line:
    """Create or replace a category. `version` 0: the writer saw none there."""
    line = composition.lines.filter(category=category).first() or Line(composition=composition, category=category)
    if version is not None and version != (0 if line._state.adding else line.version):
        raise Stale()
    before = rules.contents(line, ATTESTED)
    for name, value in {**numbers, **texts}.items():
        setattr(line, name, value)
    if before != rules.contents(line, ATTESTED):
        take_attestation_away(composition)
    line.save()
    return line


def take_attestation_away(composition: Composition) -> None:
    composition.attested_at = composition.attested_by = None


@act
def put_line(
    composition: Composition,
    *,
    category: str,
    subjects: int,
    images: int,
    necessity: str = "",
    proportionality: str = "",
    likelihood: str = "",
    grounds_here: str = "",
    image_source: str = "",
    image_quality: str = "",
    version: int | None = None,
    by: User,
    at: datetime,
) -> Entry:
    """A category of the policy's list with its counts and reasons; what is not yet answered is found before submission (W-1, W-3, X-20, 10.3)."""
    composition = taken_up(composition, None, by=by, at=at)
    rules.check_category(category, current())
    rules.check_counts(subjects, images)
    texts = {
        "necessity": necessity,
        "proportionality": proportionality,
        "likelihood": likelihood,
        "grounds_here": grounds_here,
        "image_source": image_source,
        "image_quality": image_quality,
    }
    line = write_line(composition, category, {"subjects": subjects, "images": images}, texts, version)
    composition.save()
    return Entry("watchlist.line_put", composition, {"category": category, "subjects": subjects, "images": images}, result=line)


@act
def remove_line(line: Line, *, version: int | None = None, by: User, at: datetime) -> Entry:
    """Take a category off the watchlist; its under-18s must have gone before (W-1, W-2)."""
    composition = taken_up(line.composition, None, by=by, at=at)
    line = line.locked(version)
    if composition.children.filter(category=line.category).exists():
        raise RuleBroken("W-2", "There are under-18s in this category.", clause="10.10", remedy="Remove them first, or change their category.")
    facts = {"category": line.category, "subjects": line.subjects, "images": line.images}
    line.delete()
    composition.save()
    return Entry("watchlist.line_removed", composition, facts)


@act
def justify_child(
    composition: Composition,
    *,
    category: str,
    under_13: bool,
    best_interests: str,
    necessity: str,
    child: Child | None = None,
    version: int | None = None,
    by: User,
    at: datetime,
) -> Entry:
    """Count and justify one under-18, in words that identify nobody; with `child`, put their justification right (W-2, X-7, 10.10)."""
    composition = taken_up(composition, None, by=by, at=at)
    child = child_within(composition, child, version)
    rules.check_category(category, current())
    rules.check_justified(best_interests=best_interests, necessity=necessity)
    rules.check_identifies_nobody(best_interests=best_interests, necessity=necessity)
    if child._state.adding:
        take_attestation_away(composition)
    child.category, child.under_13, child.best_interests, child.necessity = category, under_13, best_interests, necessity
    child.save()
    composition.save()
    return Entry("watchlist.child_justified", composition, {"child": child.pk, "category": category, "under_13": under_13}, result=child)


def child_within(composition: Composition, child: Child | None, version: int | None) -> Child:
    if child is None:
        return Child(composition=composition)
    child = child.locked(version)
    if child.composition_id != composition.pk:
        raise Stale()
    return child


@act
def remove_child(child: Child, *, version: int | None = None, by: User, at: datetime) -> Entry:
    """Take an under-18 off the watchlist; the words go with them (W-2)."""
    composition = taken_up(child.composition, None, by=by, at=at)
    child = child.locked(version)
    facts = {"child": child.pk, "category": child.category, "under_13": child.under_13}
    child.delete()
    take_attestation_away(composition)
    composition.save()
    return Entry("watchlist.child_removed", composition, facts)


@act
def attest(composition: Composition, *, steps_taken: str, version: int | None = None, by: User, at: datetime) -> Entry:
    """The compiler attests reasonable steps that each image shows the right person, for the watchlist as they saw it (W-3, 10.4)."""
    composition = taken_up(composition, version, by=by, at=at)
    if not composition.lines.exists():
        raise RuleBroken("W-3", "There is nothing to attest yet: the watchlist has no category.", clause="10.4", remedy="Add the categories first.")
    if not steps_taken.strip():
        raise RuleBroken("W-3", "An attestation says which steps were taken.", clause="10.4", remedy="Describe them.")
    composition.steps_taken, composition.attested_at, composition.attested_by = steps_taken, at, by
    composition.save()
    return Entry("watchlist.attested", composition, counted(composition))


def counted(composition: Composition) -> dict[str, Any]:
    return vars(rules.totals(composition))


@act
def import_counts(composition: Composition, *, text: str, by: User, at: datetime) -> Entry:
    """Take the counts of a table, all or nothing; one with a protected characteristic is refused whole (W-2, 10.10). Categories not in it stay."""
    composition = taken_up(composition, None, by=by, at=at)
    rows = counts.read(text, current())
    for row in rows:
        write_line(composition, row.category, {"subjects": row.subjects, "images": row.images}, row.texts)
    composition.save()
    return Entry("watchlist.imported", composition, {row.category: [row.subjects, row.images] for row in rows})
