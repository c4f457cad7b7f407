"""Lists paged by key, not by number: as fast on the last page as on the first, and no row is skipped or shown twice when others add some."""

import datetime
import decimal
import uuid
from dataclasses import dataclass

from django.core import signing
from django.db.models import Q, QuerySet
from django.http import Http404
from django.views.generic import TemplateView

from govuk.forms import Form

SALT = "govuk.lists"


@dataclass(frozen=True)
class Count:
    """How many there are, without counting them all."""

    number: int
    capped: bool

    def __str__(self):
        return f"more than {self.number:,}" if self.capped else f"{self.number:,}"


def capped_count(queryset: QuerySet, limit: int = 1000) -> Count:
    number = queryset.order_by()[: limit + 1].count()
    return Count(min(number, limit), number > limit)


@dataclass(frozen=True)
class Page:
    items: list
    previous_url: str
    next_url: str

    def __iter__(self):
        return iter(self.items)

    def __len__(self):
        return len(self.items)


def plain(value):
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return str(value) if isinstance(value, uuid.UUID | decimal.Decimal) else value


def key_of(row, ordering):
    """The row's place in the order."""
    values = []
    for name in ordering:
        value = row
        for part in name.lstrip("-").split("__"):
            value = getattr(value, part)
        values.append(plain(value))
    return values


def beyond(ordering, key) -> Q:
    """Rows after `key`: (a, b, pk) > key, each with its own direction. The first comparison stands apart so that an index can serve it."""
    after, same = Q(), Q()
    for name, value in zip(ordering, key, strict=True):
        field, than = name.lstrip("-"), "lt" if name.startswith("-") else "gt"
        after |= same & Q(**{f"{field}__{than}": value})
        same &= Q(**{field: value})
    first, than = ordering[0].lstrip("-"), "lte" if ordering[0].startswith("-") else "gte"
    return Q(**{f"{first}__{than}": key[0]}) & after


def turned(ordering):
    return tuple(name[1:] if name.startswith("-") else f"-{name}" for name in ordering)


class KeysetList(TemplateView):
    """A subclass gives `access`, `template_name`, `ordering` (never-empty fields, the last unique) and `get_queryset()`;
    with `filter_form_class` also `filter(queryset, answers)`. The template gets `page` and `filter_form`."""

    ordering: tuple[str, ...] = ("pk",)
    page_size = 25
    filter_form_class: type[Form] | None = None

    def get_queryset(self) -> QuerySet:
        raise NotImplementedError

    def filter(self, queryset: QuerySet, answers: dict) -> QuerySet:
        return queryset

    def get_filter_form(self):
        return self.filter_form_class(self.request.GET or None) if self.filter_form_class else None

    def filtered(self, form) -> QuerySet:
        queryset = self.get_queryset()
        if form is None or not form.is_bound:
            return queryset
        return self.filter(queryset, form.cleaned_data) if form.is_valid() else queryset.none()

    def url(self, word, row):
        query = self.request.GET.copy()
        for spent in ("after", "before"):
            query.pop(spent, None)
        query[word] = signing.dumps(key_of(row, self.ordering), salt=SALT)
        return f"?{query.urlencode()}"

    def asked(self):
        """Which way, and from where."""
        for word in ("after", "before"):
            if word in self.request.GET:
                try:
                    return word, signing.loads(self.request.GET[word], salt=SALT)
                except signing.BadSignature:
                    raise Http404("There is no such page") from None
        return "", None

    def get_page(self, queryset: QuerySet) -> Page:
        word, key = self.asked()
        back = word == "before"
        ordering = turned(self.ordering) if back else self.ordering
        found = queryset.order_by(*ordering)
        rows = list((found.filter(beyond(ordering, key)) if key else found)[: self.page_size + 1])
        more, rows = len(rows) > self.page_size, rows[: self.page_size]
        if back:
            rows.reverse()
        has_previous, has_next = (more, True) if back else (bool(key), more)
        return Page(rows, self.url("before", rows[0]) if rows and has_previous else "", self.url("after", rows[-1]) if rows and has_next else "")

    def get_context_data(self, **kwargs):
        form = self.get_filter_form()
        page = self.get_page(self.filtered(form))
        return super().get_context_data(page=page, filter_form=form, **kwargs)
