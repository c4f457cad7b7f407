"""Every form writes itself as GOV.UK markup: `{{ form }}`, or one field with `{{ form.x.as_field_group }}`."""

from django.forms import widgets
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting

LOOKS: tuple[tuple[type[widgets.Widget], str], ...] = (
    (widgets.HiddenInput, ""),
    (widgets.CheckboxInput, "govuk-checkboxes__input"),
    (widgets.FileInput, "govuk-file-upload"),
    (widgets.Textarea, "govuk-textarea"),
    (widgets.Select, "govuk-select"),
    (widgets.Input, "govuk-input"),
)


def look(widget: widgets.Widget) -> str:
    return next((name for kind, name in LOOKS if isinstance(widget, kind)), "")


class GovukBoundField(BoundField):
    """What a field must say of itself so that a template can lay it out; the templates hold all the markup."""

    def option(self, name, default=None):
        return getattr(self.field, name, default)

    @property
    def page_heading(self):
        return self.option("page_heading", False)

    @property
    def heading_label(self):
        optional = getattr(self.form, "mark_optional", False) and not self.field.required and not self.is_tick
        return f"{self.label} (optional)" if optional else self.label

    @property
    def is_tick(self):
        return isinstance(self.field.widget, widgets.CheckboxInput)

    @property
    def is_password(self):
        return isinstance(self.field.widget, widgets.PasswordInput)

    @property
    def word_limit(self):
        return self.option("word_limit")

    @property
    def prefix(self):
        return self.option("prefix", "")

    @property
    def suffix(self):
        return self.option("suffix", "")

    @property
    def is_revealed(self):
        """Shown beneath one answer of another question, so not in the run of fields."""
        return any(self.name in revealed for field in self.form.fields.values() for revealed in getattr(field, "reveals", {}).values())

    @property
    def aria_describedby(self):
        said = (("hint", self.help_text), ("error", self.errors), ("info", self.word_limit))
        return " ".join(f"{self.auto_id}-{part}" for part, present in said if present and self.auto_id and not self.is_hidden)

    @property
    def bad_parts(self):
        """Which boxes of a question with several boxes are wrong; all of them unless the error names some."""
        found = [part for error in self.errors.as_data() for part in (error.params or {}).get("parts", ())]
        names = list(getattr(self.field.widget, "parts", ()))
        return [name for name in names if name in found] or (names if self.errors else [])

    @property
    def link_id(self):
        """What the error summary leads to: the first box or answer that is wrong."""
        if not self.use_fieldset:
            return self.id_for_label or self.auto_id
        names = list(getattr(self.field.widget, "parts", ()))
        first = names.index(self.bad_parts[0]) if names and self.bad_parts else 0
        return f"{self.auto_id}_{first}"

    def as_widget(self, widget=None, attrs=None, only_initial=False):
        shown = widget or self.field.widget
        shown.bad_parts = self.bad_parts
        reveals = self.option("reveals", {})
        shown.revealed = {str(value): [self.form[name] for name in names] for value, names in reveals.items()}
        return super().as_widget(widget, attrs, only_initial)

    def build_widget_attrs(self, attrs, widget=None):
        attrs = super().build_widget_attrs(attrs, widget)
        attrs.pop("required", None)  # the server says what is missing, in our words
        classes = self.look_classes(widget or self.field.widget)
        return {**attrs, "class": classes} if classes else attrs

    def look_classes(self, widget):
        base = look(widget)
        if not base:
            return ""
        classes = [base, widget.attrs.get("class", "")]
        if width := self.option("width"):
            classes.append(f"{base}--width-{width}")
        if self.word_limit:
            classes.append("govuk-js-character-count")
        if self.is_password:
            classes.append("govuk-password-input__input govuk-js-password-input-input")
        if self.errors and not self.is_tick:
            classes.append(f"{base}--error")
        return " ".join(filter(None, classes))


class GovukRenderer(TemplatesSetting):
    """FORM_RENDERER. Templates come from the project, so a page may override any of them."""

    form_template_name = "govuk/form.html"
    field_template_name = "govuk/field.html"
    bound_field_class = GovukBoundField
