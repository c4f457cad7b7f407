"""Paging by key: every row once, both ways, with no OFFSET and no count of everything."""

import re
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from govuk import fields, forms, lists


class Filter(forms.FilterForm):
    app = fields.ChoiceField(label="Part", called="a part", choices=[("shelf-a", "A"), ("shelf-b", "B")])


class Shelf(lists.KeysetList):
    template_name = "unused.html"
    ordering = ("-app_label", "model", "pk")
    page_size = 7
    filter_form_class = Filter

    def get_queryset(self):
        return ContentType.objects.filter(app_label__startswith="shelf-")

    def filter(self, queryset, answers):
        return queryset.filter(app_label=answers["app"]) if answers["app"] else queryset

    def render_to_response(self, context, **kwargs):
        answer: Any = HttpResponse()
        answer.context_data = context
        return answer


def look(url: str = "") -> dict[str, Any]:
    answer: Any = Shelf.as_view()(RequestFactory().get("/" + url))
    return answer.context_data


@pytest.fixture
def rows(db: None) -> list[ContentType]:
    """More rows of one first key than fit on a page, so that the second key must break the tie."""
    made = [ContentType(app_label=f"shelf-{letter}", model=f"book{number:02}") for letter, many in (("a", 20), ("b", 9)) for number in range(many)]
    ContentType.objects.bulk_create(made)
    return list(Shelf().get_queryset().order_by(*Shelf.ordering))


def test_forwards_shows_every_row_once_in_order(rows: list[ContentType]):
    seen, page = [], look()["page"]
    assert page.previous_url == ""
    while True:
        seen += page
        if not page.next_url:
            break
        page = look(page.next_url)["page"]
    assert seen == rows


def test_backwards_shows_the_same_pages(rows: list[ContentType]):
    first = look()["page"]
    second = look(first.next_url)["page"]
    back = look(second.previous_url)["page"]
    assert list(back) == list(first)
    assert back.previous_url == ""
    assert back.next_url


def test_a_row_added_meanwhile_moves_nothing(rows: list[ContentType]):
    first = look()["page"]
    ContentType.objects.create(app_label="shelf-z", model="new")
    assert list(look(first.next_url)["page"])[0] == rows[7]


def test_no_offset_and_no_count(rows: list[ContentType]):
    first = look()["page"]
    with CaptureQueriesContext(
        connection,
    ) as asked:
        look(first.next_url)
    assert len(asked) == 1
    assert not re.search("OFFSET|COUNT", asked[0]["sql"])


def test_a_filter_stays_while_paging(rows: list[ContentType]):
    page = look("?app=shelf-a")["page"]
    assert "app=shelf-a" in page.next_url
    assert {row.app_label for row in look(page.next_url)["page"]} == {"shelf-a"}


def test_a_filter_that_makes_no_sense_shows_nothing_rather_than_everything(rows: list[ContentType]):
    found = look("?app=elsewhere")
    assert list(found["page"]) == []
    assert found["filter_form"].errors


def test_an_empty_list_has_no_pages(db: None):
    page = look()["page"]
    assert (list(page), page.previous_url, page.next_url) == ([], "", "")


def test_a_forged_place_is_no_page(db: None):
    with pytest.raises(Http404):
        look("?after=forged")


def test_a_count_stops_counting(rows: list[ContentType]):
    with CaptureQueriesContext(connection) as asked:
        assert str(lists.capped_count(Shelf().get_queryset(), 10)) == "more than 10"
    assert "LIMIT 11" in asked[0]["sql"]
    assert str(lists.capped_count(Shelf().get_queryset(), 29)) == "29"
    assert str(lists.Count(1000, True)) == "more than 1,000"
