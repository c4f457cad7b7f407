"""The product's own Python, parsed, for tests of how it is written."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = (
    *("policy", "govuk", "audit", "accounts", "operations", "obligations", "library", "watchlists"),
    *("authorisations", "deployments", "reporting", "lfr_governance"),
)


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), str(path))


def product(*rooms: str) -> list[Path]:
    """Every module, or those of some rooms: `product("views")` finds app/views.py and app/views/*.py. Migrations are left out."""
    paths = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py")) if "migrations" not in path.parts]
    return [path for path in paths if not rooms or path.stem in rooms or path.parent.name in rooms]


def each(paths: list[Path]) -> Iterator[tuple[Path, ast.FunctionDef]]:
    """Every function and method."""
    return ((path, node) for path in paths for node in ast.walk(parsed(path)) if isinstance(node, ast.FunctionDef))


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Each call with the last word of what is called: `a.b.save()` is "save"."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield last_word(node.func), node


def last_word(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def place(path: Path, node: ast.stmt | ast.expr) -> str:
    return f"{path.relative_to(ROOT)}:{node.lineno}"
