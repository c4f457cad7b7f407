"""What a watchlist must be: counted, justified, free of characteristics and identities, attested."""

from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from audit.chain import plain
from policy.edition import Category, Edition
from policy.refusals import Finding, RuleBroken
from watchlists.identity import traces
from watchlists.models import CHILD_FIELDS, LINE_FIELDS, Child, Composition, Line

JUSTIFIED = {"necessity": "why it is necessary", "proportionality": "why it is proportionate", "likelihood": "how likely they are to pass"}
NOT_ATTESTED = "Nobody has attested the steps taken to be sure that each image shows the right person."
IMAGES = {"image_source": "where the images come from", "image_quality": "how good the images are"}


@dataclass(frozen=True)
class Totals:
    """As the policy counts (9.6, first footnote): a person on two lists is two subjects; several images of one person are one subject."""

    subjects: int
    images: int
    children: int
    under_13: int


def totals(composition: Composition) -> Totals:
    lines, children = composition.lines.all(), composition.children.all()
    return Totals(sum(line.subjects for line in lines), sum(line.images for line in lines), len(children), sum(child.under_13 for child in children))


def category_of(code: str, edition: Edition) -> Category | None:
    return next((category for category in edition.categories if category.code == code), None)


def label_of(code: str, edition: Edition) -> str:
    category = category_of(code, edition)
    return category.label if category else code


def check_category(code: str, edition: Edition) -> None:
    """The categories are the closed list of the policy; there is no “other” (X-20, 3.6, 5.2)."""
    if category_of(code, edition) is None:
        raise RuleBroken(
            "X-20",
            "This is none of the watchlist categories of the policy.",
            clause="5.2",
            remedy="Choose one of the list.",
            findings=(Finding("X-20", "Select a category of the policy’s list", "5.2", "category"),),
        )


def check_counts(subjects: int, images: int) -> None:
    """A category has at least one subject, and each subject at least one image (W-1, 10.2, 9.6)."""
    if subjects < 1:
        few = Finding("W-1", "The number of subjects must be 1 or more", "9.6", "subjects")
        raise RuleBroken(
            "W-1",
            "A category on the watchlist has at least one subject.",
            clause="9.6",
            remedy="Enter how many, or remove the category.",
            findings=(few,),
        )
    if images < subjects:
        raise RuleBroken(
            "W-1",
            f"There are {subjects} subjects but only {images} image{'' if images == 1 else 's'}: every subject has at least one image.",
            clause="10.2",
            remedy="Several images of one person count as one subject. Correct the numbers.",
            findings=(Finding("W-1", f"The number of images must be {subjects} or more", "10.2", "images"),),
        )


def check_identifies_nobody(**words: str) -> None:
    """An under-18 is justified in words that identify nobody (W-2, 10.10). What was found is shown to the writer and kept nowhere."""
    hits = [(name, looks_like, said) for name, text in words.items() for looks_like, said in traces(text)]
    if hits:
        found = tuple(Finding("W-2", f"“{said}” looks like {looks_like}", "10.10", name) for name, looks_like, said in hits)
        raise RuleBroken(
            "W-2",
            "These words could tell who the young person is. The reasons for an under-18 must identify nobody.",
            clause="10.10",
            remedy="Take out names, dates and numbers, and say it in general words.",
            findings=found,
        )


def check_justified(**words: str) -> None:
    """Every under-18 has their own reasons: best interests and necessity (W-2, 10.10)."""
    missing = tuple(Finding("W-2", f"Enter the {name.replace('_', ' ')}", "10.10", name) for name, text in words.items() if not text.strip())
    if missing:
        raise RuleBroken(
            "W-2",
            "Every under-18 on a watchlist is justified one by one.",
            clause="10.10",
            findings=missing,
            remedy="Say why it is in their best interests and why it is necessary.",
        )


def check_not_frozen(composition: Composition) -> None:
    """A submitted watchlist cannot be edited (A-17, 7.1)."""
    if composition.frozen_at:
        raise RuleBroken(
            "A-17",
            "This watchlist was submitted with its application and cannot be changed.",
            clause="7.1",
            remedy="Make a new version of the application; its watchlist starts as a copy of this one.",
        )


def findings(composition: Composition, edition: Edition) -> tuple[Finding, ...]:
    """Everything that is missing or wrong before submission (W-1 to W-3, X-20)."""
    lines = list(composition.lines.all())
    found = [finding for line in lines for finding in line_findings(line, edition)]
    if not lines:
        found.append(Finding("W-1", "The watchlist has no category yet.", "10.3", "watchlist.lines"))
    found += child_findings(lines, list(composition.children.all()), edition)
    if not composition.attested_at:
        found.append(Finding("W-3", NOT_ATTESTED, "10.4", "watchlist.attestation"))
    return tuple(found)


def line_findings(line: Line, edition: Edition) -> list[Finding]:
    where, category = f"watchlist.lines.{line.category}", category_of(line.category, edition)
    if category is None:
        return [Finding("X-20", f"“{line.category}” is no category of the policy.", "5.2", where)]
    found = []
    for code, clause, asked in (("W-1", "10.3", JUSTIFIED), ("W-3", "10.1", IMAGES)):
        if missing := [words for name, words in asked.items() if not getattr(line, name).strip()]:
            found.append(Finding(code, f"{category.label}: say {listed(missing)}.", clause, where))
    if category.tied_to_who and not line.grounds_here.strip():
        found.append(Finding("X-20", f"{category.label}: say on what grounds these people may be at this place.", "10.6", where))
    return found


def child_findings(lines: list[Line], children: list[Child], edition: Edition) -> list[Finding]:
    """Under-18s are among the subjects of their category, so never more than these (W-2)."""
    subjects = {line.category: line.subjects for line in lines}
    found = []
    for code in sorted({child.category for child in children}):
        number, most = sum(child.category == code for child in children), subjects.get(code, 0)
        if number > most:
            sentence = f"{label_of(code, edition)}: {number} under 18, but {most or 'no'} subject{'' if most == 1 else 's'} on the watchlist."
            found.append(Finding("W-2", sentence, "10.10", "watchlist.children"))
    return found


def listed(words: list[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last


def canonical(composition: Composition) -> dict[str, Any]:
    """The content as plain data, the same for the same content whatever its rows are called: what the application's hash is taken over (A-17)."""
    lines = [contents(line, LINE_FIELDS) for line in composition.lines.all()]
    children = [contents(child, CHILD_FIELDS) for child in composition.children.all()]
    attested = contents(composition, ("steps_taken", "attested_by_id", "attested_at")) if composition.attested_at else None
    return plain(
        {
            "lines": sorted(lines, key=itemgetter("category")),
            "children": sorted(children, key=lambda child: list(map(str, child.values()))),
            "attestation": attested,
        }
    )


def contents(thing: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(thing, name) for name in names}
