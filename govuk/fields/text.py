"""Words, passwords and files."""

from django import forms
from django.core.exceptions import ValidationError

from govuk.fields.spoken import Spoken, upper_first

LONGEST = 10_000  # characters: some five pages, and what every check of words gets through in a moment
LENGTHS = {"max_length": "{Called} must be %(limit_value)d characters or fewer", "min_length": "{Called} must be %(limit_value)d characters or more"}


class TextField(Spoken, forms.CharField):
    """One line. `width` in characters (2, 3, 4, 5, 10, 20, 30), `prefix` and `suffix` beside the box."""

    words = LENGTHS

    def __init__(self, *, inputmode="", autocomplete="", spellcheck=None, **kwargs):
        attrs = {"inputmode": inputmode, "autocomplete": autocomplete, "spellcheck": "" if spellcheck is None else str(spellcheck).lower()}
        kwargs.setdefault("widget", forms.TextInput({name: value for name, value in attrs.items() if value}))
        super().__init__(**kwargs)


class LongTextField(Spoken, forms.CharField):
    """Several lines, never without a limit; with `word_limit` the page counts along."""

    words = LENGTHS

    def __init__(self, *, rows=5, word_limit=None, **kwargs):
        self.word_limit = word_limit
        super().__init__(widget=forms.Textarea({"rows": rows}), **{"max_length": LONGEST, **kwargs})

    def widget_attrs(self, widget):
        """No `maxlength`: what is pasted is never cut off unseen; too much is told, and stays in the box."""
        return {name: value for name, value in super().widget_attrs(widget).items() if name != "maxlength"}

    def validate(self, value):
        super().validate(value)
        if self.word_limit and len(value.split()) > self.word_limit:
            raise ValidationError(f"{upper_first(self.called)} must be {self.word_limit} words or fewer", code="word_limit")


class EmailField(Spoken, forms.EmailField):
    words = LENGTHS | {"invalid": "Enter an email address in the correct format, like name@example.com"}

    def __init__(self, **kwargs):
        kwargs.setdefault("called", "an email address")
        super().__init__(widget=forms.EmailInput({"autocomplete": "email", "spellcheck": "false"}), **kwargs)


class PasswordField(Spoken, forms.CharField):
    """Never sent back to the page. Has a button that shows it."""

    words = LENGTHS

    def __init__(self, *, autocomplete="current-password", **kwargs):
        attrs = {"autocomplete": autocomplete, "autocapitalize": "none", "spellcheck": "false"}
        super().__init__(widget=forms.PasswordInput(attrs), strip=False, **kwargs)


class UploadField(Spoken, forms.FileField):
    empty_words = "Select {called}"
    words = {"missing": "Select {called}", "empty": "The selected file is empty", "invalid": "The selected file could not be uploaded – try again"}

    def __init__(self, *, accept="", **kwargs):
        kwargs.setdefault("called", "a file")
        super().__init__(widget=forms.FileInput({"accept": accept} if accept else {}), **kwargs)
