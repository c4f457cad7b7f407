"""Reading a table of counts. It is refused whole as soon as it holds a column that nobody may keep (W-2, 10.10)."""

import csv
import re
from dataclasses import dataclass

from policy.edition import Edition
from policy.refusals import Finding, RuleBroken
from watchlists.models import TEXTS

NUMBERS = ("subjects", "images")
COLUMNS = ("category", *NUMBERS, *TEXTS)
# Whole words of a heading, and beginnings that are telling wherever they stand in it.
PROTECTED_WORDS = frozenset((
    "race", "races", "skin", "colour", "color", "origin", "origins", "heritage", "ic", "sde", "caste", "roma", "traveller",
    "sex", "sexes", "male", "males", "female", "females", "men", "women", "man", "woman", "boys", "girls", "trans", "gay", "lesbian",
    "age", "ages", "aged", "dob", "birth", "birthday", "birthdate", "born", "faith", "creed", "belief", "beliefs",
    "married", "single", "spouse", "partnership", "marriage",
))  # fmt: skip
PROTECTED_STEMS = (
    "ethnic", "racial", "gender", "sexual", "orientation", "relig", "disab", "impair", "pregnan", "matern", "marital", "national", "citizen",
)  # fmt: skip
IDENTITY_WORDS = frozenset((
    "name", "names", "surname", "forename", "firstname", "lastname", "fullname", "alias", "pnc", "pncid", "cro", "address", "postcode", "email",
))  # fmt: skip


@dataclass(frozen=True)
class Row:
    category: str
    subjects: int
    images: int
    texts: dict[str, str]


def words_of(heading: str) -> list[str]:
    """“SelfDefinedEthnicity_16+1” as separate small words."""
    return re.findall(r"[a-z]+", re.sub(r"([a-z])([A-Z])", r"\1 \2", heading).lower())


def is_protected(heading: str) -> bool:
    """Whether a column looks like a characteristic protected by the Equality Act, s. 4 (10.10, footnote 4)."""
    words = words_of(heading)
    return bool(PROTECTED_WORDS & set(words)) or any(stem in "".join(words) for stem in PROTECTED_STEMS)


def plain_heading(heading: str) -> str:
    return "_".join(words_of(heading))


def read(text: str, edition: Edition) -> list[Row]:
    """The rows of the table, or a refusal that names every fault; nothing of a refused table is kept."""
    lines = list(csv.reader(text.lstrip("\ufeff").replace("\0", "").splitlines()))
    headings, *cells = [line for line in lines if any(cell.strip() for cell in line)] or [[]]
    check_headings(headings)
    names = [plain_heading(heading) for heading in headings]
    faults: list[str] = []
    found = [read_row(number, dict(zip(names, line, strict=False)), len(line) > len(names), edition, faults) for number, line in enumerate(cells, 2)]
    rows = [row for row in found if row]
    doubled = {row.category for row in rows if sum(other.category == row.category for other in rows) > 1}
    faults += [f"The category {code} stands in more than one row" for code in sorted(doubled)]
    if faults or not rows:
        raise refused("The table was not imported: some of its rows cannot be read.", faults or ["The table has no rows"])
    return rows


def check_headings(headings: list[str]) -> None:
    """No column may look like a protected characteristic, nor tell who somebody is; every column is one we know (W-2, 10.10)."""
    if protected := [heading.strip()[:40] for heading in headings if is_protected(heading)]:
        said = [f"The column “{heading}” looks like a protected characteristic" for heading in protected]
        raise refused(
            f"The table was refused whole: its column “{protected[0]}” looks like a protected characteristic. None of these is kept.",
            said,
            "W-2",
            "10.10",
        )
    if personal := [heading.strip()[:40] for heading in headings if IDENTITY_WORDS & set(words_of(heading))]:
        said = [f"The column “{heading}” could tell who somebody is" for heading in personal]
        raise refused(f"The table was refused whole: its column “{personal[0]}” could tell who somebody is. Only counts are kept here.", said)
    names = [plain_heading(heading) for heading in headings]
    missing = [name for name in COLUMNS[:3] if name not in names]
    unknown = [heading.strip()[:40] for heading, name in zip(headings, names, strict=True) if name not in COLUMNS]
    faults = [f"The column “{name}” is missing" for name in missing] + [f"“{heading}” is no column of this table" for heading in unknown]
    if len(set(names)) < len(names):
        faults.append("A column stands in the table twice")
    if faults:
        raise refused("The table was not imported: its columns are not those of a table of counts.", faults)


def read_row(number: int, cells: dict[str, str], too_many: bool, edition: Edition, faults: list[str]) -> Row | None:
    said = cells.get("category", "").strip()
    code = next((category.code for category in edition.categories if said.lower() in (category.code, category.label.lower())), "")
    wrong = [] if code else [f"Row {number}: the category is none of the policy’s list"]
    wrong += [f"Row {number}: the number of {name} is not a whole number" for name in NUMBERS if whole(cells.get(name, "")) is None]
    wrong += [f"Row {number} has more cells than there are columns"] if too_many else []
    subjects, images = (whole(cells.get(name, "")) or 0 for name in NUMBERS)
    if not wrong and not 0 < subjects <= images:
        wrong = [f"Row {number}: there must be at least one subject, and at least one image for each"]
    faults += wrong
    return None if wrong else Row(code, subjects, images, {name: cells[name].strip() for name in TEXTS if name in cells})


def whole(cell: str) -> int | None:
    digits = cell.strip().replace(",", "").replace(" ", "")
    return int(digits) if digits.isdecimal() and digits.isascii() and len(digits) <= 7 else None


def refused(sentence: str, faults: list[str], code: str = "W-1", clause: str = "10.3") -> RuleBroken:
    return RuleBroken(
        code,
        sentence,
        clause=clause,
        remedy="Put the table right and import it again. Nothing of it was kept.",
        findings=tuple(Finding(code, fault, clause, "table") for fault in faults),
    )
