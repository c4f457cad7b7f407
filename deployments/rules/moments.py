"""When something happened, and when it was entered."""

from datetime import datetime, timedelta

from policy.refusals import RuleBroken

# A telephone's clock may run ahead of ours by so much.
AHEAD = timedelta(minutes=5)


def event_time(happened_at: datetime | None, at: datetime) -> datetime:
    """The event's own time; now where none is given. What lies in the future has not happened (O-2, 7.3)."""
    if happened_at is None or at < happened_at <= at + AHEAD:
        return at
    if happened_at > at:
        raise RuleBroken("O-2", "This time lies in the future.", clause="7.3", remedy="Enter what has happened, with its own time.")
    return happened_at


def check_after(later: datetime, earlier: datetime | None, what: str) -> None:
    """What follows cannot have happened before what it follows (O-5)."""
    if earlier is not None and later < earlier:
        raise RuleBroken("O-5", f"This time lies before {what}.", clause="7.3", remedy="Correct the time.")
