"""Personal data in words that are to be published: own rules, each finding is removed or explained (R-5, 9.7). Plain Python, no database."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
TITLES = (
    "Mr|Mrs|Ms|Miss|Mx|Dr|Sir|Dame|Lord|Lady|Rev|Cllr|Councillor|PC|DC|PS|DS|PCSO|WPC|DI|DCI|DCS|ACC|DCC|CC|Sgt|Sergeant|Insp|Inspector|"
    "Supt|Superintendent|Constable|Officer|Detective|Commander|Gold|Silver|Bronze|Operator"
)
# Capitalised words that stand beside one another without being a person.
ORDINARY = """
    live facial recognition silver gold bronze commander authorising officer written authority document deployment record false alert rate zone lfr
    police constabulary city town centre street road station market square park bridge the a an on at in from of and but no if it its this that there
    these those one two three all each after before when while because nobody everyone public english christmas easter bank holiday uk bst gmt for to
    by with as we he she they was were monday tuesday wednesday thursday friday saturday sunday
    january february march april may june july august september october november december
"""
WORDS = frozenset(re.findall(r"\w+", ORDINARY))


@dataclass(frozen=True)
class Rule:
    """`ignores`: what looks like it and is not."""

    key: str
    what: str
    pattern: re.Pattern[str]


def rule(key: str, what: str, pattern: str, flags: int = 0) -> Rule:
    return Rule(key, what, re.compile(pattern, flags))


NAME = r"[A-Z][a-z’'\-]*[a-z](?:[A-Z][a-z]+)?"
RULES = (
    rule("named", "a name after a title or rank", rf"\b(?:{TITLES})\.?\s+{NAME}(?:\s+{NAME})?"),
    rule("name", "what may be a name", rf"\b{NAME}(?:\s+{NAME})+"),
    rule("birth", "a date of birth or an age", r"\b(?:d\.?o\.?b\.?|born|date of birth)\b[^.;\n]{0,30}", re.I),
    rule("birth", "a date of birth or an age", r"\b(?:aged?\s+\d{1,3}|\d{1,3}[\s-]years?[\s-]old)\b", re.I),
    rule("date", "a full date, which may be one of birth", r"\b\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})\b|\b(?:19|20)\d{2}-\d{2}-\d{2}\b"),
    rule("date", "a full date, which may be one of birth", rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{MONTHS})\s+(?:19|20)\d{{2}}\b", re.I),
    rule(
        "registration", "a vehicle registration number", r"\b[A-Z]{2}\d{2}\s?[A-Z]{3}\b|\b[A-Z]\d{1,3}\s?[A-Z]{3}\b|\b[A-Z]{3}\s?\d{1,3}[A-Z]\b", re.I
    ),
    rule("telephone", "a telephone number", r"(?<![\d/])(?:\+\s?44|0044|\(?0)(?:[\s().\-]{0,2}\d){8,12}(?!\d)"),
    rule("email", "an e-mail address", r"(?<![\w.+\-])[\w.+\-]{1,64}\s?@\s?[\w\-]{1,63}(?:\.[\w\-]{1,63}){1,8}"),
    rule("postcode", "a postcode", r"\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b", re.I),
    rule("national_insurance", "a National Insurance number", r"\b[A-Z]{2}(?:\s?\d{2}){3}\s?[A-D]\b", re.I),
    rule("pnc", "a PNC identifier", r"\b(?:19|20)?\d{2}\s?/\s?\d{1,7}\s?[A-Z]\b", re.I),
    rule("reference", "a reference", r"\b[A-Z]{1,4}/\d{1,6}/\d{2,4}\b|\b\d{6,}\b"),
)


@dataclass(frozen=True)
class Found:
    """`key` names rule and text by a hash, so that an explanation keeps nothing of what was taken out."""

    key: str
    what: str
    text: str
    where: str

    @property
    def sentence(self) -> str:
        return f"“{self.text}” looks like {self.what}."


def plain(text: str) -> str:
    """As a reader sees it: full-width digits are digits, invisible letters are none."""
    return unicodedata.normalize("NFKC", text).translate(INVISIBLE)


def search(texts: Iterable[tuple[str, str]], known: Iterable[str] = ()) -> list[Found]:
    """Each thing that may be personal data, once. `texts`: where it stands, and the words. `known`: names of people whom this service knows."""
    names = sorted({name for name in known if name}, key=len, reverse=True)
    people = [Rule("person", "the name of somebody who works with this service", re.compile(rf"\b{re.escape(name)}\b", re.I)) for name in names]
    found: dict[str, Found] = {}
    for where, text in texts:
        for one in matches(plain(text), [*people, *RULES], where):
            found.setdefault(one.key, one)
    return list(found.values())


def matches(text: str, rules: list[Rule], where: str) -> Iterator[Found]:
    taken: list[tuple[int, int]] = []
    for one in rules:
        for match in one.pattern.finditer(text):
            if one.key == "name" and not is_name(match.group()):
                continue
            if any(start <= match.start() and match.end() <= end for start, end in taken):
                continue
            taken.append(match.span())
            said = " ".join(match.group().split())
            yield Found(f"{one.key}.{hashlib.sha256(said.lower().encode()).hexdigest()[:12]}", one.what, said, where)


def is_name(words: str) -> bool:
    """Two capitalised words side by side, neither of them one that starts a sentence, a place or a term."""
    rest = [word for word in words.split() if word.lower() not in WORDS]
    return len(rest) >= 2
