"""Questions with more than one box or answer."""

from django import forms

from govuk.times import local


class Options:
    """Radios and checkboxes: a hint beneath an answer, further questions revealed by it."""

    template_name = "govuk/widgets/options.html"
    kind = ""

    def __init__(self, *args, hints=None, inline=False, small=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.hints, self.inline, self.small = hints or {}, inline, small
        self.revealed: dict = {}

    def hint(self, value):
        return self.hints(getattr(value, "instance", value)) if callable(self.hints) else self.hints.get(str(value), "")

    def create_option(self, name, value, label, selected, index, subindex=None, attrs=None):
        option = super().create_option(name, value, label, selected, index, subindex, attrs)
        shown = {"hint": self.hint(value) if value else "", "reveals": self.revealed.get(str(value), [])}
        return {**option, **shown}

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"].update(kind=self.kind, inline=self.inline, small=self.small)
        return context


class Radios(Options, forms.RadioSelect):
    kind = "radios"


class Checkboxes(Options, forms.CheckboxSelectMultiple):
    kind = "checkboxes"


class Boxes(forms.MultiWidget):
    """Several boxes for one answer, each with its own small label. `parts`: name -> (label, width)."""

    template_name = "govuk/widgets/boxes.html"
    parts: dict[str, tuple[str, int]] = {}
    bad_parts: list[str] = []

    def __init__(self, attrs=None):
        super().__init__(dict.fromkeys(self.parts, forms.TextInput), attrs)

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        for box, (part, (label, width)) in zip(context["widget"]["subwidgets"], self.parts.items(), strict=True):
            wrong = " govuk-input--error" if part in self.bad_parts else ""
            box["label"] = label
            box["attrs"]["class"] = f"govuk-input govuk-date-input__input govuk-input--width-{width}{wrong}"
            if part != "time":
                box["attrs"]["inputmode"] = "numeric"
        return context

    def decompress(self, value):
        return [f"{value:%-H:%M}" if part == "time" else str(getattr(value, part)) for part in self.parts] if value else ["" for _ in self.parts]


class DateBoxes(Boxes):
    parts = {"day": ("Day", 2), "month": ("Month", 2), "year": ("Year", 4)}


class MomentBoxes(Boxes):
    parts = {**DateBoxes.parts, "time": ("Time", 5)}

    def decompress(self, value):
        return super().decompress(local(value) if value else None)


class TimeBox(forms.TextInput):
    def format_value(self, value):
        return value if isinstance(value, str) or value is None else f"{value:%H:%M}"
