"""Moments as people read them. Everything is kept in UTC; everything is shown and typed in the time of the United Kingdom."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
UNITS = (("day", 86400), ("hour", 3600), ("minute", 60))


def local(moment: datetime) -> datetime:
    return moment.astimezone(LONDON)


def from_local(wall: datetime) -> datetime | None:
    """The UTC moment of a time on the wall. Of an hour that happens twice, the first; None for an hour the clocks skip."""
    moment = wall.replace(tzinfo=LONDON, fold=0).astimezone(UTC)
    return moment if local(moment).replace(tzinfo=None) == wall else None


def log_time(moment: datetime) -> str:
    """For logs and documents: 24 Oct 2026 20:00 BST."""
    return f"{local(moment).day} {local(moment):%b %Y %H:%M %Z}"


def clock_time(moment: datetime) -> str:
    """For the public: 8:00pm; and midnight and midday by name, which 12:00am and 12:00pm are not."""
    wall = local(moment)
    if wall.minute == 0 and wall.hour in (0, 12):
        return "midday" if wall.hour else "midnight"
    return f"{wall.hour % 12 or 12}:{wall:%M}{'am' if wall.hour < 12 else 'pm'}"


def public_date(day: date) -> str:
    """24 October 2026; of a moment, the day it is in the United Kingdom."""
    day = local(day) if isinstance(day, datetime) else day
    return f"{day.day} {day:%B %Y}"


def public_time(moment: datetime) -> str:
    """Saturday 24 October 2026, 8:00pm."""
    return f"{local(moment):%A} {public_date(moment)}, {clock_time(moment)}"


def window(starts_at: datetime, ends_at: datetime) -> str:
    """10 Oct 2026, 13:00 to 19:30 BST; over midnight, or where the clocks change, both in full."""
    begins, ends = local(starts_at), local(ends_at)
    if (begins.date(), begins.tzname()) != (ends.date(), ends.tzname()):
        return f"{log_time(starts_at)} to {log_time(ends_at)}"
    return f"{begins.day} {begins:%b %Y}, {begins:%H:%M} to {ends:%H:%M %Z}"


def span(length: timedelta) -> str:
    """How long, in the two largest units that matter: 3 hours 12 minutes."""
    seconds, words = int(length.total_seconds()), []
    for unit, size in UNITS:
        count, seconds = divmod(seconds, size)
        if count:
            words.append(f"{count:,} {unit}{'' if count == 1 else 's'}")
        if len(words) == 2 or (words and unit == "hour" and "day" in words[0]):
            break
    return " ".join(words)


def near_time(moment: datetime, now: datetime) -> str:
    """in 3 hours 12 minutes; 2 days ago; now."""
    words = span(abs(moment - now))
    if not words:
        return "now"
    return f"in {words}" if moment > now else f"{words} ago"
