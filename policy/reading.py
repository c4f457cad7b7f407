"""Reading a policy file. Whatever is wrong is refused with the file, the line and the fault, all faults at once."""

import hashlib
import re
import tomllib
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from policy.edition import Category, Choice, Course, Edition, Figure, Limit, PolicyFileError, Reminder

UNITS = ("hours", "minutes", "calendar days")
SOURCES = ("policy", "force decision")
LIMITS = (
    "series",
    "watchlist_media",
    "alert_data",
    "alert_data_target",
    "cctv",
    "cctv_target",
    "record_to_ao",
    "written_after_verbal",
    "watchlist_age",
    "public_notice",
    "publication",
    "silver_review",
    "unadjudicated_alert",
    "slip",
    "hold_review",
    "cancellation",
    "session_idle",
    "session_absolute",
)
NUMBERS = (
    "minimum_threshold",
    "expected_false_alert_percent",
    "camera_megapixels",
    "inter_eye_pixels_least",
    "inter_eye_pixels_most",
    "people_abreast",
    "answer_words_least",
    "answer_copied_percent_below",
    "false_alert_run",
    "false_alert_run_minutes",
    "alerts_an_hour_least",
    "alerts_an_hour_most",
    "minutes_an_alert",
    "small_number_most",
)
REMINDERS = ("record_to_ao", "written_after_verbal", "document_review", "training")
SECTIONS = (
    "limits",
    "figures",
    "ranks",
    "switches",
    "reminders",
    "courses",
    "required_courses",
    "categories",
    "use_cases",
    "purposes",
    "deviations",
    "verbal",
)


def read(path: Path) -> Edition:
    """The edition in the file. Raises PolicyFileError naming each line at fault."""
    try:
        raw = path.read_bytes()
        data = tomllib.loads(raw.decode())
    except FileNotFoundError:
        raise PolicyFileError(f"{path.name}: there is no such policy file") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PolicyFileError(f"{path.name}: {error}") from error
    return Reader(path.name, raw.decode(), data).edition(hashlib.sha256(raw).hexdigest())


class Reader:
    """Takes the parsed file apart; collects faults with their lines."""

    def __init__(self, file: str, text: str, data: dict[str, Any]):
        self.file, self.lines, self.data = file, text.splitlines(), data
        self.faults: list[str] = []

    def line(self, section: str, key: str = "") -> int:
        inside = not section
        for number, line in enumerate(self.lines, 1):
            if header := re.match(r"\s*\[(.+)\]", line):
                inside = header[1] == section
                if inside and not key:
                    return number
            elif inside and key and re.match(rf"\s*{re.escape(key)}\s*=", line):
                return number
        return 1

    def fault(self, section: str, key: str, what: str) -> None:
        self.faults.append(f"{self.file}, line {self.line(section, key)}: {f'{section}.{key}'.strip('.')}: {what}")

    def rows(self, section: str, needed: tuple[str, ...] = ()) -> dict[str, dict[str, Any]]:
        rows = self.data.get(section, {})
        for name in needed:
            if name not in rows:
                self.fault(section, "", f"{name} is missing")
        good = {}
        for name, row in rows.items():
            if isinstance(row, dict):
                good[name] = row
            else:
                self.fault(section, name, "must be a table { … }")
        return good

    def sourced(self, section: str, name: str, row: dict[str, Any]) -> tuple[str, str]:
        clause, source = row.get("clause"), row.get("source")
        if not isinstance(clause, str) or not clause:
            self.fault(section, name, "needs a clause")
        if source not in SOURCES:
            self.fault(section, name, f"source must be one of {', '.join(SOURCES)}")
        return str(clause), str(source)

    def limits(self) -> dict[str, Limit]:
        found = {}
        for name, row in self.rows("limits", LIMITS).items():
            length, unit, basis = row.get("length"), row.get("unit"), row.get("from")
            if type(length) is not int or length <= 0:
                self.fault("limits", name, "length must be a whole number above zero")
            if unit not in UNITS:
                self.fault("limits", name, f"unit must be one of {', '.join(UNITS)}")
            if not basis:
                self.fault("limits", name, "needs the event it runs from")
            found[name] = Limit(name, length if type(length) is int else 0, str(unit), str(basis), *self.sourced("limits", name, row))
        return found

    def figures(self) -> dict[str, Figure]:
        found = {}
        for name, row in self.rows("figures", NUMBERS).items():
            try:
                value = Decimal(row.get("value", ""))
            except (InvalidOperation, TypeError):
                self.fault("figures", name, "value must be a number in quotes")
                continue
            found[name] = Figure(name, value, *self.sourced("figures", name, row))
        for section, kind in (("ranks", str), ("switches", bool)):
            for name, row in self.rows(section).items():
                if not isinstance(row.get("value"), kind):
                    self.fault(section, name, f"value must be {'true or false' if kind is bool else 'a rank'}")
                found[name] = Figure(name, row.get("value", ""), *self.sourced(section, name, row))
        if "minimum_threshold" in found and not 0 < Decimal(str(found["minimum_threshold"].value)) < 1:
            self.fault("figures", "minimum_threshold", "must lie between 0 and 1")
        return found

    def reminders(self) -> dict[str, Reminder]:
        found = {}
        for name, row in self.rows("reminders", REMINDERS).items():
            direction = "at" if "at" in row else "before"
            steps = row.get(direction)
            if not isinstance(steps, list) or not steps or any(type(step) is not int for step in steps):
                self.fault("reminders", name, "needs `at` or `before` as a list of whole numbers")
                steps = []
            seniors_from = row.get("seniors_from")
            if seniors_from is not None and seniors_from not in steps:
                self.fault("reminders", name, "seniors_from must be one of its steps, or left out")
            found[name] = Reminder(name, tuple(steps), direction, str(row.get("unit")), *self.sourced("reminders", name, row), seniors_from)
        return found

    def courses(self) -> dict[str, Course]:
        found = {}
        for code, row in self.rows("courses").items():
            years = row.get("renewal_years")
            if years is not None and (type(years) is not int or years <= 0):
                self.fault("courses", code, "renewal_years must be a whole number above zero, or left out")
            found[code] = Course(code, str(row.get("title", code)), years, *self.sourced("courses", code, row))
        return found

    def required_courses(self, courses: dict[str, Course]) -> dict[str, tuple[str, ...]]:
        found = {role: tuple(codes) for role, codes in self.data.get("required_courses", {}).items()}
        if "everyone" not in found:
            self.fault("required_courses", "", "everyone is missing")
        for role, codes in found.items():
            for code in codes:
                if code not in courses:
                    self.fault("required_courses", role, f"no course {code}")
        return found

    def choices(self, section: str) -> tuple[Choice, ...]:
        return tuple(Choice(code, str(row.get("label", code)), str(row.get("clause", ""))) for code, row in self.rows(section).items())

    def edition(self, sha256: str) -> Edition:
        for section in SECTIONS:
            if section not in self.data:
                self.faults.append(f"{self.file}: section [{section}] is missing")
        for section in set(self.data) - set(SECTIONS) - {"name", "title", "force", "in_force_from"}:
            self.fault(
                section if isinstance(self.data[section], dict) else "", "" if isinstance(self.data[section], dict) else section, "is not known"
            )
        for key in ("name", "title", "force"):
            if not self.data.get(key):
                self.faults.append(f"{self.file}, line 1: {key} is missing")
        courses = self.courses()
        made = Edition(
            name=str(self.data.get("name")),
            title=str(self.data.get("title")),
            force=str(self.data.get("force")),
            sha256=sha256,
            limits=self.limits(),
            figures=self.figures(),
            reminders=self.reminders(),
            courses=courses,
            required_courses=self.required_courses(courses),
            categories=tuple(
                Category(code, str(row.get("label", code)), str(row.get("clause", "")), bool(row.get("tied_to_who")))
                for code, row in self.rows("categories").items()
            ),
            use_cases=self.choices("use_cases"),
            purposes=self.choices("purposes"),
            deviations=tuple(self.data.get("deviations", {}).get("may", ())),
            may_follow_verbal=tuple(self.data.get("verbal", {}).get("may_follow", ())),
        )
        if self.faults:
            raise PolicyFileError("\n".join(self.faults))
        return made
