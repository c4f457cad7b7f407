"""No figure of law stands anywhere but in a policy file (docs/house.md): the product's code is searched for those of the current edition."""

import ast
from collections.abc import Iterator

import pytest

from policy import current
from tests.house.source import ROOT, calls, last_word, parsed, place, product

THRESHOLDS = {"0.64", "0.640", 0.64}
ORDERINGS = ast.Lt | ast.LtE | ast.Gt | ast.GtE
# Lengths of time that are no duty: the browser's memory of HTTPS; the invented past of the demonstration; how far a list looks ahead and back.
NO_LIMITS = ("lfr_governance/settings.py", "lfr_governance/demonstration/", "obligations/views/lists.py")


def lengths(unit: str) -> set[int]:
    steps = {step for reminder in current().reminders.values() if reminder.unit == unit for step in reminder.steps}
    return steps | {limit.length for limit in current().limits.values() if limit.unit == unit}


HOURS = lengths("hours")
DAYS = lengths("calendar days") | {hours // 24 for hours in HOURS if hours % 24 == 0} - {1}
WEEKS = {days // 7 for days in DAYS if days % 7 == 0}
IN_ORDER = ("weeks", WEEKS), ("days", DAYS), ("hours", HOURS)


def figures_of_law(tree: ast.AST) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and type(node.value) in (str, float) and node.value in THRESHOLDS:
            yield node
        if isinstance(node, ast.Compare) and isinstance(node.ops[0], ORDERINGS):
            yield from compared(node.left, node.comparators[0])
    for name, call in calls(tree):
        if name == "timedelta":
            yield from (
                keyword.value for keyword in call.keywords for word, figures in IN_ORDER if keyword.arg == word and literal(keyword.value) in figures
            )
            yield from (argument for argument in call.args if literal(argument) in DAYS)


def compared(left: ast.expr, right: ast.expr) -> Iterator[ast.expr]:
    """Whether 24, 31 or 7 of something is too much; the length of a text is another matter."""
    for one, other in ((left, right), (right, left)):
        if literal(one) in {7, 24, 31} | HOURS - {2, 12} and not (isinstance(other, ast.Call) and last_word(other.func) == "len"):
            yield one


def literal(node: ast.expr) -> object:
    return node.value if isinstance(node, ast.Constant) and type(node.value) is int else None


def test_no_figure_of_law_stands_in_code():
    searched = [path for path in product() if not str(path.relative_to(ROOT)).startswith(NO_LIMITS)]
    assert [place(path, node) for path in searched for node in figures_of_law(parsed(path))] == []


@pytest.mark.parametrize(
    "line",
    [
        "late = ended + timedelta(hours=24)",
        "late = ended + timedelta(hours=20)",
        "late = ended + datetime.timedelta(days=31)",
        "late = ended + timedelta(7)",
        "late = ended + timedelta(weeks=1)",
        "late = (now - ended).days > 31",
        "late = hours >= 24",
        "low = threshold < Decimal('0.64')",
        "low = threshold < 0.64",
    ],
)
def test_the_search_finds_them(line: str):
    assert list(figures_of_law(ast.parse(line)))


@pytest.mark.parametrize(
    "line",
    [
        "midnight = day + timedelta(days=1)",
        "due = ended + limit.elapsed",
        "name = CharField(max_length=24)",
        "fits = len(name) <= 24",
        "days = limit.length // 24",
        "lease = timedelta(minutes=15)",
    ],
)
def test_the_search_leaves_other_numbers_alone(line: str):
    assert not list(figures_of_law(ast.parse(line)))
