"""Days and times, as people in the United Kingdom write them."""

import re
from datetime import date, datetime, time

from django.core.exceptions import ValidationError

from govuk.fields.spoken import Spoken, upper_first
from govuk.times import from_local, public_date
from govuk.widgets import DateBoxes, MomentBoxes, TimeBox

CLOCK = re.compile(r"(\d{1,2})[:.]?(\d{2})")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def read_clock(text: str) -> time | None:
    found = CLOCK.fullmatch(text.strip())
    try:
        return time(int(found[1]), int(found[2])) if found else None
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
    """A time of day on the 24-hour clock: 09:30, 9.30 or 0930."""

    widget = TimeBox

    def __init__(self, *, width=5, **kwargs):
        super().__init__(width=width, **kwargs)

    def to_python(self, value):
        if not value or isinstance(value, time):
            return value or None
        clock = read_clock(value)
        if clock is None:
            raise ValidationError(f"{upper_first(self.called)} must be a time on the 24-hour clock, like 09:30 or 17:15", code="invalid")
        return clock


class MomentField(Parted):
    """A day and a time in the United Kingdom (x_day, x_month, x_year, x_time), given as a UTC moment. Of the hour that happens twice, the first."""

    widget = MomentBoxes

    def to_python(self, value):
        if value is None or isinstance(value, datetime):
            return value
        boxes = self.filled(value)
        if boxes is None:
            return None
        day, clock = self.read_date(boxes), read_clock(boxes["time"])
        if clock is None:
            raise self.wrong("must have a time on the 24-hour clock, like 09:30 or 17:15", "time")
        moment = from_local(datetime.combine(day, clock))
        if moment is None:
            raise self.wrong(f"must be a time that exists: on {public_date(day)} the clocks go forward and {clock:%H:%M} is skipped", "time")
        return moment
