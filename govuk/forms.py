"""The form every page uses."""

from django import forms


class Form(forms.Form):
    """Says which questions are optional; an answer to a question that was not revealed does not count."""

    mark_optional = True

    def _clean_fields(self):
        super()._clean_fields()
        for name in self.not_revealed():
            self.errors.pop(name, None)
            self.cleaned_data[name] = getattr(self.fields[name], "empty_value", None)

    def not_revealed(self):
        revealed, awake = set(), set()
        for parent, field in self.fields.items():
            for value, names in getattr(field, "reveals", {}).items():
                revealed.update(names)
                chosen = self[parent].value()
                if str(value) in (chosen if isinstance(chosen, list) else [str(chosen)]):
                    awake.update(names)
        return revealed - awake


class FilterForm(Form):
    """A list's filter, sent by GET: every question is optional, so none says so."""

    mark_optional = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False
