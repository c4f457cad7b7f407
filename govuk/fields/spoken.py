"""How an error speaks of a question."""

from django import forms


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
