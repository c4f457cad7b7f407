"""How an error speaks of a question."""

from django import forms
from django.db import models


def upper_first(words: str) -> str:
    return words[:1].upper() + words[1:]


def lower_first(words: str) -> str:
    return words if words[1:2].isupper() or words.startswith("I ") else words[:1].lower() + words[1:]


def called_after(label: str) -> str:
    """A label in the middle of a sentence; a question has no such form and needs `called`."""
    return "an answer" if not label or label.endswith("?") else lower_first(label)


class Spoken(forms.Field):
    """Mixed into a Django field. `called` goes into its errors: "Enter {called}", "{Called} must be …"."""

    empty_words = "Enter {called}"
    words: dict[str, str] = {}

    def __init__(self, *args, called="", page_heading=False, width=None, prefix="", suffix="", error_messages=None, **kwargs):
        self.called = called or called_after(str(kwargs.get("label") or ""))
        self.page_heading, self.width, self.prefix, self.suffix = page_heading, width, prefix, suffix
        super().__init__(*args, error_messages={**self.speak(), **(error_messages or {})}, **kwargs)

    def speak(self):
        names = {"called": self.called, "Called": upper_first(self.called)}
        return {code: sentence.format(**names) for code, sentence in {**self.words, "required": self.empty_words}.items()}


def as_read(field, value) -> str:
    """An answer as its reader sees it: the words of a choice, several one a line, what stands in several boxes, the unit after a number."""
    if hasattr(field.widget, "decompress"):
        boxes = value if isinstance(value, list) else field.widget.decompress(value)
        return " ".join(str(box) for box in boxes if box)
    value = [field.prepare_value(one) for one in value] if isinstance(value, list | tuple | models.QuerySet) else field.prepare_value(value)
    if not hasattr(field, "choices"):
        text = "" if value is None else str(value)
        return " ".join(part for part in (text, field.suffix if text else "") if part)
    labels = {str(code): str(label) for code, label in field.choices}
    chosen = value if isinstance(value, list) else [value]
    return "\n".join(labels.get(str(code), str(code)) for code in chosen if code not in (None, ""))
