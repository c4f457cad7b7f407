"""Reading a policy file. Whatever is wrong is refused with the file, the line and the fault, all faults at once."""

import hashlib
import re
import tomllib
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from policy import words
from policy.edition import Category, Choice, Course, Edition, Figure, Limit, PolicyFileError, Reminder


def read(path: Path) -> Edition:
    """The edition in the file. Raises PolicyFileError naming each line at fault."""
    try:
        raw = path.read_bytes()
        text = raw.decode()
        data = tomllib.loads(text)
    except FileNotFoundError:
        raise PolicyFileError(f"{path.name}: there is no such policy file") from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise PolicyFileError(f"{path.name}, line {line}: not UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        line = int(found[1]) if (found := re.search(r"at line (\d+)", str(error))) else len(text.splitlines())
        raise PolicyFileError(f"{path.name}, line {line}: {error}") from error
    return Reader(path, text, data).edition(hashlib.sha256(raw).hexdigest())


class Reader:
    """Takes the parsed file apart; collects faults with their lines."""

    def __init__(self, path: Path, text: str, data: dict[str, Any]):
        self.path, self.lines, self.data = path, text.splitlines(), data
        self.faults: list[str] = []

    def line(self, section: str, key: str = "") -> int:
        inside = not section
        for number, line in enumerate(self.lines, 1):
            if header := re.match(r"\s*\[([^\[\]]+)\]", line):
                inside = header[1] == section
                if (inside and not key) or header[1] == f"{section}.{key}":
                    return number
            elif inside and key and re.match(rf'\s*"?{re.escape(key)}"?\s*[=.]', line):
                return number
        return 1

    def fault(self, section: str, key: str, what: str) -> None:
        self.faults.append(f"{self.path.name}, line {self.line(section, key)}: {f'{section}.{key}'.strip('.')}: {what}")

    def section(self, name: str) -> dict[str, Any]:
        """The section, or an empty one: a missing section has its own fault."""
        found = self.data.get(name, {})
        return found if isinstance(found, dict) else {}

    def rows(self, section: str, needed: tuple[str, ...] = ()) -> dict[str, dict[str, Any]]:
        rows = self.section(section)
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

    def clause(self, section: str, name: str, row: dict[str, Any]) -> str:
        clause = row.get("clause")
        if not isinstance(clause, str) or not clause:
            self.fault(section, name, "needs a clause")
        return str(clause)

    def sourced(self, section: str, name: str, row: dict[str, Any]) -> tuple[str, str]:
        source = row.get("source")
        if source not in words.SOURCES:
            self.fault(section, name, f"source must be one of {', '.join(words.SOURCES)}")
        return self.clause(section, name, row), str(source)

    def unit(self, section: str, name: str, row: dict[str, Any]) -> str:
        unit = row.get("unit")
        if unit not in words.UNITS:
            self.fault(section, name, f"unit must be one of {', '.join(words.UNITS)}")
        return str(unit)

    def texts(self, section: str, key: str) -> tuple[str, ...]:
        texts = self.section(section).get(key)
        if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
            self.fault(section, key, "must be a list of texts")
            return ()
        return tuple(texts)

    def limits(self) -> dict[str, Limit]:
        found = {}
        for name, row in self.rows("limits", words.LIMITS).items():
            length, basis = row.get("length"), row.get("from")
            if type(length) is not int or length <= 0:
                self.fault("limits", name, "length must be a whole number above zero")
            if not isinstance(basis, str) or not basis:
                self.fault("limits", name, "needs the event it runs from")
            unit, sourced = self.unit("limits", name, row), self.sourced("limits", name, row)
            found[name] = Limit(name, length if type(length) is int else 0, unit, str(basis), *sourced)
        return found

    def figures(self) -> dict[str, Figure]:
        found = {name: self.number(name, row) for name, row in self.rows("figures", words.NUMBERS).items()}
        for name, row in self.rows("ranks", ("authorising_officer",)).items():
            if row.get("value") not in words.RANKS:
                self.fault("ranks", name, f"value must be one of {', '.join(words.RANKS)}")
            found[name] = Figure(name, str(row.get("value")), *self.sourced("ranks", name, row))
        for name, row in self.rows("switches", words.SWITCHES).items():
            if not isinstance(row.get("value"), bool):
                self.fault("switches", name, "value must be true or false")
            found[name] = Figure(name, row.get("value") is True, *self.sourced("switches", name, row))
        return found

    def number(self, name: str, row: dict[str, Any]) -> Figure:
        """A number stands in quotes: a float has already lost what the force wrote."""
        value = row.get("value")
        try:
            number = Decimal(value) if isinstance(value, str) else Decimal("NaN")
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite():
            self.fault("figures", name, "value must be a number in quotes")
        elif number <= 0:
            self.fault("figures", name, "value must be above zero")
        elif name == "minimum_threshold" and number >= 1:
            self.fault("figures", name, "must lie between 0 and 1")
        return Figure(name, number, *self.sourced("figures", name, row))

    def reminders(self) -> dict[str, Reminder]:
        found = {}
        for name, row in self.rows("reminders", words.REMINDERS).items():
            direction = "at" if "at" in row else "before"
            steps = row.get(direction)
            if not isinstance(steps, list) or not steps or any(type(step) is not int for step in steps):
                self.fault("reminders", name, "needs `at` or `before` as a list of whole numbers")
                steps = []
            seniors_from = row.get("seniors_from")
            if seniors_from is not None and seniors_from not in steps:
                self.fault("reminders", name, "seniors_from must be one of its steps, or left out")
            unit, sourced = self.unit("reminders", name, row), self.sourced("reminders", name, row)
            found[name] = Reminder(name, tuple(steps), direction, unit, *sourced, seniors_from)
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
        found = {role: self.texts("required_courses", role) for role in self.section("required_courses")}
        for role in words.TRAINED:
            if role not in found:
                self.fault("required_courses", "", f"{role} is missing")
        for role, codes in found.items():
            if role not in (*words.ROLES, "everyone"):
                self.fault("required_courses", role, "is no role")
            for code in codes:
                if code not in courses:
                    self.fault("required_courses", role, f"no course {code}")
        return found

    def choices(self, section: str) -> tuple[Choice, ...]:
        return tuple(Choice(code, self.label(section, code, row), self.clause(section, code, row)) for code, row in self.rows(section).items())

    def titles(self, section: str) -> dict[str, str]:
        rows = self.section(section)
        for key, title in rows.items():
            if not isinstance(title, str) or not title:
                self.fault(section, key, "needs its title, a text")
        return {key: str(title) for key, title in rows.items()}

    def label(self, section: str, code: str, row: dict[str, Any]) -> str:
        label = row.get("label")
        if not isinstance(label, str) or not label:
            self.fault(section, code, "needs a label")
        return str(label)

    def categories(self) -> tuple[Category, ...]:
        rows = self.rows("categories")
        for code, row in rows.items():
            if not isinstance(row.get("tied_to_who"), bool):
                self.fault("categories", code, "tied_to_who must be true or false")
        return tuple(Category(one.code, one.label, one.clause, rows[one.code].get("tied_to_who") is True) for one in self.choices("categories"))

    def check_outline(self) -> None:
        for section in words.SECTIONS:
            if not isinstance(self.data.get(section), dict):
                self.fault("", section, f"section [{section}] is missing")
        for name, value in self.data.items():
            if name not in (*words.SECTIONS, *words.HEADINGS, "in_force_from"):
                self.fault(*((name, "") if isinstance(value, dict) else ("", name)), "is not known")
        for key in words.HEADINGS:
            if not isinstance(self.data.get(key), str) or not self.data[key]:
                self.fault("", key, "is missing")
        if self.data.get("name") != self.path.stem:
            self.fault("", "name", f"must be that of the file, {self.path.stem}")

    def edition(self, sha256: str) -> Edition:
        self.check_outline()
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
            categories=self.categories(),
            use_cases=self.choices("use_cases"),
            purposes=self.choices("purposes"),
            deviations=self.titles("deviations"),
            may_follow_verbal=self.texts("verbal", "may_follow"),
        )
        if self.faults:
            raise PolicyFileError("\n".join(self.faults))
        return made
