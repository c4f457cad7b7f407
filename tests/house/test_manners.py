"""Small rules of docs/house.md that no linter knows."""

import ast
from pathlib import Path

from tests.house.source import PACKAGES, ROOT, calls, each, parsed, place, product

EVERY = product()
NO_NAMES = {"core", "common", "utils", "util", "helpers", "misc"}
TIMELESS = {"services", "rules", "permissions", "querysets", "models"}
SIGNALS = {"post_save", "pre_save", "post_delete", "pre_delete", "m2m_changed", "post_transition", "pre_transition"}


def test_no_import_inside_a_function():
    inside = [place(path, node) for path, function in each(EVERY) for node in ast.walk(function) if isinstance(node, ast.Import | ast.ImportFrom)]
    assert inside == []


def test_no_signal_carries_a_rule():
    assert [path for path in EVERY if {name.rpartition(".")[2] for name in imports(path)} & SIGNALS] == []


def test_no_room_for_odds_and_ends():
    assert [path for path in EVERY if NO_NAMES & {part.removesuffix(".py") for part in path.relative_to(ROOT).parts}] == []


def test_rules_and_acts_are_told_the_time_and_read_no_clock():
    """So that a test can stand at any moment, and an act has one time from its first check to its entry."""
    told = [path for path in EVERY if TIMELESS & {path.stem, path.parent.name}]
    clocks = {"timezone.now", "timezone.localdate()", "datetime.now", "datetime.utcnow", "date.today", "time.time"}
    read = [place(path, call) for path in told for _, call in calls(parsed(path)) if ast.unparse(call.func) in clocks]
    assert read == []


def test_policy_and_the_arithmetic_of_the_chain_are_plain_python():
    """Anyone can check an export with these lines; the policy can be read without a server."""
    plain = [*(path for path in EVERY if path.relative_to(ROOT).parts[0] == "policy"), ROOT / "audit" / "chain.py"]
    for path in plain:
        assert not {name.partition(".")[0] for name in imports(path)} & ({"django", *PACKAGES} - {"policy"}), path


def test_no_test_file_grows_beyond_500_lines():
    assert [path for path in (ROOT / "tests").rglob("*.py") if len(path.read_text().splitlines()) > 500] == []


def imports(path: Path) -> set[str]:
    """Everything imported, with its module: "django.db.models.Q"."""
    found = set()
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import | ast.ImportFrom):
            module = f"{node.module}." if isinstance(node, ast.ImportFrom) and node.module else ""
            found |= {module + alias.name for alias in node.names}
    return found
