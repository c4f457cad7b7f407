"""The access table cell by cell: for each page and each state of its thing, who opens it, who is told it is not theirs, for whom it does not exist.

The cells are written by hand in tests/access/table.txt and compared with the real answers by the tests; here they are only read.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from lfr_governance.access import pages
from lfr_governance.demonstration.people import ADMINISTRATORS, LENT, PARTS

TABLE = Path(settings.BASE_DIR) / "tests" / "access" / "table.txt"
EVERYBODY = (*PARTS, *ADMINISTRATORS, *LENT)
NO_OPERATION = "-"
# In the column of who acts: the page takes no form.
READ_ONLY = "·"
# In the column of everyone else: it exists for nobody, signed in or not.
NOWHERE = "nowhere"


class TableError(ValueError):
    """A line of the table that makes no sense, with its number."""


@dataclass(frozen=True)
class Line:
    """One line of the table: a page, in some states, and what everybody gets."""

    page: str
    variant: str
    states: tuple[str, ...]
    opens: tuple[str, ...]
    told: tuple[str, ...]
    acts: tuple[str, ...] | None
    others: str

    def __str__(self) -> str:
        return f"{self.name} in {' '.join(self.states)}"

    @property
    def name(self) -> str:
        return f"{self.page}({self.variant})" if self.variant else self.page

    def get(self, person: str) -> str:
        """What the person gets who opens the page: "200", "403" or "404"."""
        return "200" if person in self.opens else "403" if person in self.told else self.rest

    def post(self, person: str) -> str:
        """What the person gets who sends its form: "acts", "403" or "404"."""
        if self.acts is not None and person in self.acts:
            return "acts"
        return "403" if person in self.opens + self.told else self.rest

    @property
    def rest(self) -> str:
        """What everyone else gets."""
        return "404" if self.others == NOWHERE else self.others


def read(path: Path = TABLE) -> list[Line]:
    """Groups (`= name people or states`), and lines of six columns."""
    lines, groups = [], {"everybody": EVERYBODY}
    for number, text in enumerate(path.read_text().splitlines(), 1):
        said = text.partition("#")[0].strip()
        if said.startswith("="):
            name, *members = said[1:].split()
            groups[name] = expanded(members, groups)
        elif said:
            lines.append(line(number, said, groups))
    return lines


def line(number: int, said: str, groups: dict[str, tuple[str, ...]]) -> Line:
    columns = [column.strip() for column in said.split("|")]
    if len(columns) != 6:
        raise TableError(f"line {number} has {len(columns)} columns, not 6: {said}")
    name, states, opens, told, acts, others = columns
    page, _, variant = name.rstrip(")").partition("(")
    if others not in ("403", "404", NOWHERE):
        raise TableError(f"line {number}: everyone else gets 403 or 404, not {others}")
    seen = expanded(opens.split(), groups)
    return Line(
        page,
        variant,
        expanded(states.split(), groups),
        known(number, seen),
        known(number, tuple(one for one in expanded(told.split(), groups) if one not in seen)),
        None if acts == READ_ONLY else known(number, expanded(acts.split(), groups)),
        others,
    )


def expanded(words: list[str], groups: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for word in words:
        found.update(dict.fromkeys(groups.get(word, (word,))))
    return tuple(found)


def known(number: int, people: tuple[str, ...]) -> tuple[str, ...]:
    if strange := set(people) - set(EVERYBODY):
        raise TableError(f"line {number}: nobody is called {' '.join(sorted(strange))}")
    return people


@cache
def addresses() -> dict[str, tuple[str, Any]]:
    """Every page of the product by its name (its path where it has none): its path and its view."""
    return {path if name.endswith("None") else name: (path, view) for path, name, view in pages()}


@cache
def methods(page: str) -> frozenset[str]:
    """What the page, or the door of the API, takes."""
    view = addresses()[page][1]
    kind = getattr(view, "view_class", None) or getattr(view, "cls", None)
    return frozenset(name for name in ("get", "post", "put") if kind is None or name in kind.http_method_names and hasattr(kind, name))


def is_button(page: str) -> bool:
    """Whether there is nothing to open, only something to send."""
    return bool(methods(page)) and "get" not in methods(page)


def sends(page: str) -> str:
    return "post" if "post" in methods(page) else "put"


def cells(lines: list[Line]) -> Iterator[tuple[Line, str, str, str, str]]:
    """(line, state, person, what opening it gives, what sending its form gives)."""
    for one in lines:
        for state in one.states:
            for person in EVERYBODY:
                yield one, state, person, one.get(person), READ_ONLY if one.acts is None else one.post(person)
