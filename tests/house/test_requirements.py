"""docs/requirements.md is true: every ID has a row, and what the row names exists and names the ID."""

import ast
import re
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

from lfr_governance.access import pages

ROOT = Path(__file__).parents[2]
COUNTS = {"P": 5, "A": 21, "W": 6, "O": 12, "D": 7, "R": 9, "G": 6, "X": 20}
IDS = [f"{letter}-{number}" for letter, last in COUNTS.items() for number in range(1, last + 1)]
RANGE = re.compile(r"\b([PAWODRGX])-(\d+) to (?:[PAWODRGX]-)?(\d+)")


@cache
def rows() -> dict[str, list[str]]:
    lines = (ROOT / "docs/requirements.md").read_text().splitlines()
    cells = [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in lines if re.match(r"\| [A-Z]-\d", line)]
    return {row[0]: row for row in cells}


def named_in(text: str) -> set[str]:
    ranges = {f"{letter}-{n}" for letter, first, last in RANGE.findall(text) for n in range(int(first), int(last) + 1)}
    return ranges | set(re.findall(r"\b[PAWODRGX]-\d+\b", text))


def quoted(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def ids_of_tests(path: Path) -> set[str]:
    """The IDs that the tests of a file carry, in their names or docstrings."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test"):
            found |= {f"{a.upper()}-{b}" for a, b in re.findall(r"(?<![a-zA-Z])([pawodrgxPAWODRGX])_?(\d+)(?![0-9a-zA-Z])", node.name)}
            found |= named_in(ast.get_docstring(node) or "")
    return found


def test_every_requirement_has_its_row() -> None:
    assert list(rows()) == IDS


@pytest.mark.parametrize("number", IDS)
def test_a_row_is_later_or_names_a_rule_a_test_and_a_page(number: str) -> None:
    _, what, rule, test, page = rows()[number]
    assert what
    if "later" in (rule, test, page):
        assert (rule, test, page) == ("later", "later", "later")
        return
    for name in quoted(rule):
        module, _, member = name.rpartition(".")
        assert number in named_in(getattr(import_module(module), member).__doc__), f"{name} does not name {number}"
    for path in quoted(test):
        assert number in ids_of_tests(ROOT / path), f"{path} has no test of {number}"
    addresses = {name for _, name, _ in pages()}
    assert all(name in addresses for name in quoted(page)), page
    assert quoted(rule) and quoted(test) and quoted(page)
