"""One line of "what awaits me"."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

MOST = 50
LAST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Item:
    """One line and one link. `due_at` (UTC) where there is a limit; without one, `starts_at` of the deployment, or `since` when somebody waits.

    `runs`: of a deployment that runs now, or of words that permit one for hours: it comes before all that is merely late.
    `with_others`: late, and somebody else's to do.
    `duty` (its kind and what it is about) of a line that is a clock; `serves` of a line that is the next step to what such a clock asks for.
    """

    text: str
    href: str
    due_at: datetime | None = None
    starts_at: datetime | None = None
    since: datetime | None = None
    runs: bool = False
    with_others: bool = False
    duty: tuple[str, Any] | None = None
    serves: tuple[str, Any] | None = None

    @property
    def urgency(self) -> tuple[bool, datetime]:
        return not self.runs, self.due_at or self.starts_at or self.since or LAST


def once(items: list[Item]) -> list[Item]:
    """One thing stands once, the most urgent first: a next step in the place of the duty that it serves, with the time of that duty."""
    due_at: dict[Any, datetime | None] = {item.duty: item.due_at for item in items if item.duty}
    served = {item.serves for item in items if item.serves}
    steps = [replace(item, due_at=due_at.get(item.serves, item.due_at)) for item in items if not item.duty or item.duty not in served]
    return sorted(steps, key=lambda item: item.urgency)
