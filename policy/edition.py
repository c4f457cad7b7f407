"""What an edition of the policy says. Values carry their clause and whether the policy or the force decided them."""

import calendar
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


class PolicyFileError(Exception):
    """A policy file that cannot be used; the message names file, line and fault."""


def end_of_london_day(day: date) -> datetime:
    """The last instant of that day in Europe/London, in UTC (a microsecond before the next midnight)."""
    return datetime.combine(day + timedelta(days=1), time.min, LONDON).astimezone(UTC) - timedelta(microseconds=1)


def years_later(day: date, years: int) -> date:
    """The same day `years` later; 29 February becomes 28 February in a common year."""
    last = calendar.monthrange(day.year + years, day.month)[1]
    return day.replace(year=day.year + years, day=min(day.day, last))


@dataclass(frozen=True)
class Limit:
    """A length of time from an event. Hours and minutes are elapsed UTC; calendar days and years run to the end of the last day in Europe/London."""

    name: str
    length: int
    unit: str
    basis: str
    clause: str
    source: str

    @property
    def is_calendar(self) -> bool:
        """Counted in whole days of Europe/London, not in elapsed time."""
        return self.unit.startswith("calendar")

    @property
    def elapsed(self) -> timedelta:
        """The length as elapsed time. Raises ValueError for calendar days and years, which have none."""
        if self.unit not in ("hours", "minutes"):
            raise ValueError(f"{self.name} is counted in {self.unit}")
        return timedelta(**{self.unit: self.length})

    def due_at(self, basis_at: datetime) -> datetime:
        """The last instant at which the limit is still met. Raises ValueError for a moment without time zone."""
        if basis_at.tzinfo is None:
            raise ValueError(f"{self.name} runs from a moment with a time zone")
        if self.unit == "calendar years":
            return end_of_london_day(years_later(basis_at.astimezone(LONDON).date(), self.length))
        if self.unit == "calendar days":
            return end_of_london_day(basis_at.astimezone(LONDON).date() + timedelta(days=self.length))
        return basis_at.astimezone(UTC) + self.elapsed

    @property
    def words(self) -> str:
        """The length as the policy speaks of it: 7 days, where the sum counts 168 hours."""
        hours = 24
        if self.unit == "hours" and self.length > 2 * hours and self.length % hours == 0:
            return f"{self.length // hours} days"
        return f"{self.length} {self.unit if self.length != 1 else self.unit.removesuffix('s')}"

    @property
    def sentence(self) -> str:
        decided = "" if self.source == "policy" else ", force decision"
        return f"{self.words} from {self.basis} (clause {self.clause}{decided})"


@dataclass(frozen=True)
class Figure:
    name: str
    value: Decimal | str | bool
    clause: str
    source: str


@dataclass(frozen=True)
class Reminder:
    """Steps of a reminder ladder: `at` counts from the basis event, `before` back from the due date. From `seniors_from` on, seniors are told too."""

    name: str
    steps: tuple[int, ...]
    direction: str
    unit: str
    clause: str
    source: str
    seniors_from: int | None = None


@dataclass(frozen=True)
class Course:
    code: str
    title: str
    renewal_years: int | None
    clause: str
    source: str

    def expires_date(self, completed: date) -> date | None:
        """The last day on which the course counts; None where it is taken once."""
        return None if self.renewal_years is None else years_later(completed, self.renewal_years)


@dataclass(frozen=True)
class Choice:
    code: str
    label: str
    clause: str


@dataclass(frozen=True)
class Category(Choice):
    """A watchlist category. `tied_to_who`: grounds that listed people may be at this place are asked for (X-20)."""

    tied_to_who: bool


@dataclass(frozen=True)
class Edition:
    name: str
    title: str
    force: str
    sha256: str
    limits: dict[str, Limit] = field(repr=False)
    figures: dict[str, Figure] = field(repr=False)
    reminders: dict[str, Reminder] = field(repr=False)
    courses: dict[str, Course] = field(repr=False)
    required_courses: dict[str, tuple[str, ...]] = field(repr=False)
    categories: tuple[Category, ...] = field(repr=False)
    use_cases: tuple[Choice, ...] = field(repr=False)
    purposes: tuple[Choice, ...] = field(repr=False)
    deviations: dict[str, str] = field(repr=False)
    may_follow_verbal: tuple[str, ...] = field(repr=False)

    def limit(self, name: str) -> Limit:
        return self.limits[name]

    def value(self, name: str) -> Figure:
        return self.figures[name]

    def number(self, name: str) -> Decimal:
        value = self.figures[name].value
        if not isinstance(value, Decimal):
            raise TypeError(f"{name} is no number")
        return value

    def allows(self, name: str) -> bool:
        """Whether the force has switched it on."""
        return self.figures[name].value is True

    def reminder(self, name: str) -> Reminder:
        return self.reminders[name]

    def courses_for(self, role: str) -> tuple[Course, ...]:
        """The courses that a role must have current (P-4); roles not named need what everyone needs."""
        return tuple(self.courses[code] for code in self.required_courses.get(role, self.required_courses["everyone"]))
