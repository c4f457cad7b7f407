"""Words that would tell who somebody is. Found by shape: a bare name has none, so the page asks the writer as well."""

import re

MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
SOMEBODY = r"(?:boy|girl|child|youth|teenager|person|son|daughter|brother|sister|who is|is)"
NAME = r"[A-Z][a-zA-Z’'-]+"
# (what it looks like, pattern), the more telling first: a part of the text is reported once.
SHAPES = (
    ("an email address", re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")),
    ("a date of birth", re.compile(r"\b(?i:d\.?o\.?b\.?|date of birth|born(?: on)?)\b[^.;\n]{0,20}\d[\d./-]*(?:\s*[A-Za-z]+\s*\d{2,4})?")),
    ("a date, which could be a date of birth", re.compile(r"\b\d{1,2}\s*[./-]\s*\d{1,2}\s*[./-]\s*(?:\d{4}|\d{2})\b|\b\d{4}-\d{2}-\d{2}\b")),
    ("a date, which could be a date of birth", re.compile(rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)? (?i:{MONTH}),? \d{{2,4}}\b")),
    ("a National Insurance number", re.compile(r"\b[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b")),
    ("a postcode", re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b")),
    ("a reference number", re.compile(r"\b[A-Z]{0,4}[/-]?\d{1,6}[/-]\d{1,7}(?:[/-]\d{1,6})?[A-Z]?\b|\b[A-Z]{1,4}-?\d{4,}[A-Z]?\b")),
    ("a telephone or reference number", re.compile(r"(?:\+|\b)\d(?:[ -]?\d){5,}\b")),
    ("a name", re.compile(rf"\b(?:Mr|Mrs|Ms|Miss|Mx|Master|Dr|Sir|Lady|Rev)\b\.? {NAME}(?: {NAME})*")),
    ("a name", re.compile(rf"\b(?i:named|nicknamed|alias|aka|known as|name is|{SOMEBODY} called):? {NAME}(?: {NAME})*")),
)


def traces(text: str) -> list[tuple[str, str]]:
    """(what it looks like, the words) for everything in the text that could tell who is meant, in the order of the text."""
    found: list[tuple[int, int, str]] = []
    for looks_like, shape in SHAPES:
        for hit in shape.finditer(text):
            if all(hit.end() <= start or hit.start() >= end for start, end, _ in found):
                found.append((hit.start(), hit.end(), looks_like))
    return [(looks_like, text[start:end].strip()) for start, end, looks_like in sorted(found)]
