"""A watchlist as its page shows it: a card for each category, its under-18s within."""

from collections.abc import Callable
from dataclasses import dataclass

from govuk.fields.spoken import upper_first
from policy.edition import Edition
from policy.refusals import Finding
from watchlists.models import Child, Composition, Line
from watchlists.rules import label_of

QUESTIONS = {
    "necessity": "Necessary because",
    "proportionality": "Proportionate because",
    "likelihood": "Likely to pass",
    "grounds_here": "May be here because",
    "image_source": "Where images come from",
    "image_quality": "How good images are",
}


@dataclass(frozen=True)
class ChildCard:
    child: Child
    title: str
    url: str
    remove_url: str


@dataclass(frozen=True)
class Card:
    line: Line
    label: str
    answers: list[tuple[str, str]]
    missing: list[str]
    children: list[ChildCard]
    url: str
    remove_url: str


def cards(composition: Composition, edition: Edition, findings: tuple[Finding, ...], to: Callable[..., str]) -> list[Card]:
    """In the order of the policy's list."""
    order = {category.code: number for number, category in enumerate(edition.categories)}
    lines = sorted(composition.lines.all(), key=lambda line: order.get(line.category, len(order)))
    return [card(line, composition, edition, findings, to) for line in lines]


def card(line: Line, composition: Composition, edition: Edition, findings: tuple[Finding, ...], to: Callable[..., str]) -> Card:
    label = label_of(line.category, edition)
    return Card(
        line=line,
        label=label,
        answers=[(question, text) for name, question in QUESTIONS.items() if (text := getattr(line, name).strip())],
        missing=[
            upper_first(finding.sentence.removeprefix(f"{label}: ")) for finding in findings if finding.where == f"watchlist.lines.{line.category}"
        ],
        children=child_cards([child for child in composition.children.all() if child.category == line.category], label, to),
        url=to("line", category=line.category),
        remove_url=to("remove_line", category=line.category),
    )


def child_cards(children: list[Child], label: str, to: Callable[..., str]) -> list[ChildCard]:
    return [
        ChildCard(child, f"{label}: under-18 {number} of {len(children)}", to("child", child_id=child.pk), to("remove_child", child_id=child.pk))
        for number, child in enumerate(children, 1)
    ]
