"""Words that would tell who somebody is. Found by shape: a bare name has none, so the page asks the writer as well."""

import re

MONTH = r"(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
IN_WORDS = rf"(?:st|nd|rd|th)?(?: of)? {MONTH},? \d{{2,4}}"
SOMEBODY = r"(?:boy|girl|child|youth|teenager|person|son|daughter|brother|sister|who is|is)"
NAMES = r"[A-Z][a-zA-Z’'-]+(?: [A-Z][a-zA-Z’'-]+)*"
FIVE_DIGITS, NO_YEARS = r"(?=(?:[^\d\s]*\d){5})", r"(?!(?:19|20)\d\d[/-](?:19|20)?\d\d\b)"
# (what it looks like, pattern), the more telling first: a part of the text is reported once.
SHAPES = tuple(
    (looks_like, re.compile(pattern))
    for looks_like, pattern in (
        ("an email address", r"[\w.+-]+@[\w-]+\.[\w.]+\w"),
        ("a date of birth", rf"\b(?i:d\.?o\.?b|date of birth|born)\b[^\d\n]{{0,15}}\d[\d./-]*(?:{IN_WORDS})?\b"),
        ("a date, which could be a date of birth", r"\b\d{1,2} ?[./-] ?\d{1,2} ?[./-] ?(?:\d{4}|\d{2})\b|\b\d{4}-\d{2}-\d{2}\b"),
        ("a date, which could be a date of birth", rf"\b\d{{1,2}}{IN_WORDS}\b"),
        ("a National Insurance number", r"\b[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b"),
        ("a postcode", r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b"),
        (
            "a reference number",
            rf"\b{FIVE_DIGITS}{NO_YEARS}\d{{1,6}}[A-Z]?[/-]\d{{1,7}}(?:[/-]\d{{1,6}})?[A-Z]?\b|\b[A-Z]{{1,4}}[/-]?\d{{4,}}[A-Z]?\b",
        ),
        ("a telephone or reference number", r"(?:\+|\b)\d(?:[ -]?\d){5,}\b"),
        ("a name", rf"\b(?:Mr|Mrs|Ms|Miss|Mx|Master|Dr|Sir|Lady|Rev)\b\.? {NAMES}"),
        ("a name", rf"\b(?i:named|nicknamed|alias|aka|known as|name is|{SOMEBODY} called):? {NAMES}"),
    )
)


def traces(text: str) -> list[tuple[str, str]]:
    """(what it looks like, the words) for everything in the text that could tell who is meant, in the order of the text."""
    found: list[tuple[int, int, str]] = []
    for looks_like, shape in SHAPES:
        for hit in shape.finditer(text):
            if all(hit.end() <= start or hit.start() >= end for start, end, _ in found):
                found.append((hit.start(), hit.end(), looks_like))
    return [(looks_like, text[start:end].strip()) for start, end, looks_like in sorted(found)]
