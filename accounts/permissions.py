"""Who may, where no operation is asked for: rows of the access table, and what a person is to the whole force."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from accounts.models import User
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


# The access table of this floor.
OWN_ACCOUNT = Row.of("your account", sees={STAFF}, writes={STAFF})
PEOPLE = Row.of("people and roles", sees={office(Role.SYSTEM_ADMINISTRATOR)}, writes={office(Role.SYSTEM_ADMINISTRATOR)})
TRAINING = Row.of("the training register", sees={office(Role.TRAINING_UNIT), office(Role.AO)}, writes={office(Role.TRAINING_UNIT)})
SIGN_IN = Row.of("sign-in", sees={PUBLIC}, writes={PUBLIC})


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


def check_office(by: User | None, at: datetime, *offices: Role) -> None:
    """Only the holder of an office may do what it is for (access table). The system itself, `None`, founds the first administrators."""
    if by is not None and not by.offices(at) & set(offices):
        names = " or ".join(office.label for office in offices)
        raise NotPermitted("P-1", f"Only a {names} can do this.", clause="10.7", remedy=f"Ask a {names}.")
