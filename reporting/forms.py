"""The forms of Stage 3."""

from typing import Any

from accounts.models import Force
from govuk.fields import DateField, SelectField, TextField
from govuk.forms import FilterForm


class RegisterFilter(FilterForm):
    """Force, place or town, from which day until which."""

    NAMES = ("force", "place", "from", "to", "from_day", "from_month", "from_year", "to_day", "to_month", "to_year")
    force = SelectField(label="Police force", blank="All")
    place = TextField(label="Place or town", max_length=120)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        forces = Force.objects.filter(is_host=False).order_by("name").values_list("code", "name")
        self.fields["force"].choices = [("", "All"), *forces]  # type: ignore[attr-defined]
        self.fields["from"] = DateField(label="From", called="the first day", required=False)
        self.fields["to"] = DateField(label="To", called="the last day", required=False)

    @staticmethod
    def data_of(query: Any) -> dict[str, str]:
        """A day may stand in an address as 2026-09-12, as in the addresses of the data."""
        data = {name: query.get(name, "") for name in RegisterFilter.NAMES}
        for name in ("from", "to"):
            parts = data.pop(name).split("-")
            if len(parts) == 3:
                data |= dict(zip((f"{name}_year", f"{name}_month", f"{name}_day"), parts, strict=True))
        return data
