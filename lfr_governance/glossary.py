"""The policy's terms in our own short words (G-6): on the help page, and explained where they are first used on a page."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import slugify

FILE = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True)
class Term:
    term: str
    says: str
    clause: str

    @property
    def key(self) -> str:
        return f"term-{slugify(self.term)}"

    @property
    def question(self) -> str:
        return f"What does “{self.term}” mean?"


@dataclass(frozen=True)
class Body:
    """One that oversees, inside the force or nationally (G-6, section 8)."""

    name: str
    does: str
    where: str
    clause: str
    link: str = ""


@dataclass(frozen=True)
class Glossary:
    terms: dict[str, Term]
    acronyms: dict[str, str]
    bodies: tuple[Body, ...]


@cache
def glossary() -> Glossary:
    read = tomllib.loads(FILE.read_text(encoding="utf-8"))
    terms = sorted((Term(**row) for row in read["terms"]), key=lambda term: term.term.lower())
    return Glossary({term.term.lower(): term for term in terms}, dict(sorted(read["acronyms"].items())), tuple(Body(**row) for row in read["bodies"]))


def first_use(context: Any, word: str) -> bool:
    """Whether the page has not explained this word yet; from now on it has."""
    request = context.get("request")
    if request is None:
        return True
    told = request.__dict__.setdefault("words_explained", set())
    if word in told:
        return False
    told.add(word)
    return True


def term(context: Any, word: str) -> dict[str, Any]:
    """`{% term "Zone of Recognition" %}`: what it is, behind a summary; once a page (G-6). It stands by itself, not inside a paragraph."""
    return {"term": glossary().terms[word.lower()] if first_use(context, word.lower()) else None}


def acronym(context: Any, letters: str) -> SafeString:
    """`{% acronym "WAD" %}`: in full with the letters in brackets the first time, the letters alone afterwards; inside a sentence."""
    full = glossary().acronyms[letters]
    if first_use(context, letters):
        return format_html("{} ({})", full, letters)
    return format_html('<abbr title="{}">{}</abbr>', full, letters)
