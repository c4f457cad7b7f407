"""Who may, where no operation is asked for: rows of the access table, and what a person is to the whole force."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from accounts.states import Role
from policy.refusals import NotPermitted

PUBLIC = "public"
STAFF = "staff"


def office(role: Role) -> str:
    """Holds the office; on an operation: of its force, and the operation is open to the office."""
    return f"office {role.value}"


@dataclass(frozen=True)
class Row:
    """One row of the access table: who sees the thing (everyone else: 404), who writes it (other seers: 403). Empty `writes`: nobody."""

    name: str
    sees: frozenset[str]
    writes: frozenset[str] = field(default=frozenset())

    @classmethod
    def of(cls, name: str, *, sees: set[str], writes: set[str] = frozenset()) -> "Row":  # type: ignore[assignment]
        return cls(name, frozenset(sees), frozenset(writes))


def global_standings(user: Any, at: datetime) -> frozenset[str]:
    """What a person is without regard to an operation."""
    if not user.is_authenticated or not user.is_active:
        return frozenset({PUBLIC})
    return frozenset({PUBLIC, STAFF, *(office(role) for role in user.offices(at))})


def check_page(row: Row, user: Any, at: datetime, *, writing: bool) -> frozenset[str]:
    """The person's standings, or NotPermitted: a page with no operation is not hidden, only closed."""
    found = global_standings(user, at)
    if not found & (row.writes if writing else row.sees):
        raise NotPermitted(
            "access",
            f"Your roles do not let you {'change' if writing else 'see'} {row.name}.",
            remedy="A System Administrator can grant you the role, if it is yours to have.",
        )
    return found
