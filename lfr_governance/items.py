"""One line of "what awaits me"."""

from dataclasses import dataclass
from datetime import UTC, datetime

MOST = 50
LAST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Item:
    """One line and one link. `due_at` (UTC) where there is a limit; without one, `starts_at` of the deployment, or `since` when somebody waits.

    `runs`: of a deployment that runs now, which comes before all that is merely late.
    """

    text: str
    href: str
    due_at: datetime | None = None
    starts_at: datetime | None = None
    since: datetime | None = None
    runs: bool = False

    @property
    def urgency(self) -> tuple[bool, datetime]:
        return not self.runs, self.due_at or self.starts_at or self.since or LAST
