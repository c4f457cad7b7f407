"""Days and times, as people in the United Kingdom write them."""

import re
from datetime import date, datetime, time

from django.core.exceptions import ValidationError

from govuk.fields.spoken import Spoken, upper_first
from govuk.times import from_local, public_date
from govuk.widgets import DateBoxes, MomentBoxes, TimeBox

CLOCK = re.compile(r"(\d{1,2})(?:[:. ]?(\d{2}))? ?(am|pm|hours|hrs|h)?")
NAMED = {"midnight": time(0), "midday": time(12), "noon": time(12)}
EXAMPLE = "For example, 10:00 or 10am"
EXAMPLE_MOMENT = "For example, 27 3 2027 at 10:00, or at 10am"
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def read_clock(text: str) -> time | None:
    """10:00, 10.00, 1000, 1000hrs, 10am, 10:30 pm, midday. An hour alone (10) is no time: it could be either half of the day."""
    said = " ".join(text.lower().replace("a.m.", "am").replace("p.m.", "pm").split())
    found = CLOCK.fullmatch(said)
    if not found or not (found[2] or found[3]):
        return NAMED.get(said)
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if half in ("am", "pm"):
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + 12 * (half == "pm")
    try:
        return time(hour, minute)
    except ValueError:
        return None


def read_month(text: str) -> int:
    start = text.lower()[:3]
    return MONTHS.index(start) + 1 if start in MONTHS else int(text)


class Parted(Spoken):
    """One answer in several boxes."""

    def wrong(self, sentence, *parts):
        return ValidationError(f"{upper_first(self.called)} {sentence}", code="invalid", params={"parts": parts})

    def filled(self, value):
        """What was typed, box by box; None when nothing was. Says which boxes were forgotten."""
        boxes = {part: (text or "").strip() for part, text in zip(self.widget.parts, value or (), strict=False)}
        missing = [part for part in boxes if not boxes[part]]
        if not boxes or len(missing) == len(boxes):
            return None
        if missing:
            *most, last = missing
            raise self.wrong(f"must include a {' and '.join(filter(None, (', '.join(most), last)))}", *missing)
        return boxes

    def read_date(self, boxes) -> date:
        if boxes["year"].isdigit() and len(boxes["year"]) != 4:
            raise self.wrong("must have a year of 4 numbers, like 2026", "year")
        try:
            return date(int(boxes["year"]), read_month(boxes["month"]), int(boxes["day"]))
        except ValueError:
            raise self.wrong("must be a real date", "day", "month", "year") from None


class DateField(Parted):
    """A day: three boxes, named x_day, x_month and x_year."""

    widget = DateBoxes

    def to_python(self, value):
        if value is None or isinstance(value, date):
            return value
        boxes = self.filled(value)
        return boxes and self.read_date(boxes)


class TimeField(Spoken):
    """A time of day, as people write it."""

    widget = TimeBox

    def __init__(self, *, width=5, help_text="", **kwargs):
        super().__init__(width=width, help_text=help_text or EXAMPLE, **kwargs)

    def to_python(self, value):
        if not value or isinstance(value, time):
            return value or None
        clock = read_clock(value)
        if clock is None:
            raise ValidationError(f"{upper_first(self.called)} must be a time, like 10:00 or 10am", code="invalid")
        return clock


class MomentField(Parted):
    """A day and a time in the United Kingdom (x_day, x_month, x_year, x_time), given as a UTC moment. Of the hour that happens twice, the first."""

    widget = MomentBoxes

    def __init__(self, *, help_text="", **kwargs):
        super().__init__(help_text=help_text or EXAMPLE_MOMENT, **kwargs)

    def to_python(self, value):
        if value is None or isinstance(value, datetime):
            return value
        boxes = self.filled(value)
        if boxes is None:
            return None
        day, clock = self.read_date(boxes), read_clock(boxes["time"])
        if clock is None:
            raise self.wrong("must have a time, like 10:00 or 10am", "time")
        moment = from_local(datetime.combine(day, clock))
        if moment is None:
            raise self.wrong(f"must be a time that exists: on {public_date(day)} the clocks go forward and {clock:%H:%M} is skipped", "time")
        return moment
