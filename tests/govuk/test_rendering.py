"""A form writes itself as GOV.UK markup in which everything that belongs together is said to belong together."""

import re
from pathlib import Path
from typing import Any

import pytest
from django import forms as django_forms
from django.template import engines
from pytest_django.asserts import assertInHTML

from govuk import fields, forms
from tests.govuk.urls import GalleryForm, OneQuestion


def written(text: str, **context: Any) -> str:
    return engines["django"].from_string(text).render(context)


def described(html: str) -> set[str]:
    return {word for found in re.findall(r'aria-describedby="([^"]+)"', html) for word in found.split()}


def ids(html: str) -> list[str]:
    return re.findall(r'\bid="([^"]+)"', html)


@pytest.fixture(params=["new", "sent empty"])
def page(request: pytest.FixtureRequest) -> str:
    return str(GalleryForm() if request.param == "new" else GalleryForm({}))


def test_every_description_and_label_leads_to_something(page: str):
    assert described(page) <= set(ids(page))
    assert set(re.findall(r'\bfor="([^"]+)"', page)) <= set(ids(page))


def test_no_id_stands_twice(page: str):
    assert len(ids(page)) == len(set(ids(page)))


def test_the_browser_does_not_speak_for_us(page: str):
    assert " required" not in page


def test_a_box_has_its_label_hint_and_error():
    html = str(GalleryForm({})["title"].as_field_group())
    assertInHTML('<label class="govuk-label govuk-label--s" for="id_title">Title of the operation</label>', html)
    assertInHTML('<div id="id_title-hint" class="govuk-hint">A name the public could read</div>', html)
    error = '<p class="govuk-error-message"><span class="govuk-visually-hidden">Error:</span> Enter title of the operation</p>'
    assertInHTML(error, html)
    assert 'aria-describedby="id_title-hint id_title-error"' in html
    assert "govuk-input--width-20 govuk-input--error" in html


def test_a_question_with_several_answers_has_a_legend():
    html = str(GalleryForm({})["live"].as_field_group())
    assert '<fieldset class="govuk-fieldset" role="group" aria-describedby="id_live-error">' in html
    assertInHTML('<legend class="govuk-fieldset__legend govuk-fieldset__legend--s">Is it live?</legend>', html)


def test_only_the_wrong_box_of_a_date_is_marked():
    html = str(GalleryForm({"day_day": "4", "day_year": "2026"})["day"].as_field_group())
    assert html.count("govuk-input--error") == 1
    assert re.search(r'name="day_month"[^>]*govuk-input--error', html)


def test_the_label_or_legend_may_be_the_heading_of_the_page():
    html = str(OneQuestion())
    assert re.search(r"<h1[^>]*>\s*<label[^>]*govuk-label--l[^>]*>Why are you cancelling\?</label>\s*</h1>", html)


def test_optional_questions_say_so():
    html = str(GalleryForm())
    assert "When did it end? (optional)" in html
    assert "Title of the operation (optional)" not in html


def test_a_revealed_question_stands_beneath_its_answer_and_nowhere_else():
    html = str(GalleryForm())
    assert html.count('name="other"') == 1
    assert html.index('value="other"') < html.index('name="other"') < html.index('name="cameras"')


def test_a_form_of_django_itself_is_written_so_too():
    class Plain(django_forms.Form):
        login = django_forms.CharField()
        remember = django_forms.BooleanField(required=False)

    html = str(Plain())
    assert '<input type="text" name="login" class="govuk-input" id="id_login">' in html
    assert "govuk-checkboxes__input" in html


def test_the_error_summary_leads_to_the_first_box_that_is_wrong():
    html = written("{% error_summary %}", form=GalleryForm({"day_day": "4", "day_year": "2026"}))
    assertInHTML('<a href="#id_day_1">The day of the deployment must include a month</a>', html)
    assertInHTML('<a href="#id_title">Enter title of the operation</a>', html)
    assertInHTML('<a href="#id_kind_0">Select what it is for</a>', html)
    targets = set(re.findall(r'href="#([^"]+)"', html))
    assert targets <= set(ids(str(GalleryForm({}))))


def test_an_error_of_the_whole_form_is_in_the_summary():
    form = forms.Form({})
    form.add_error(None, "The end must be after the start")
    assert "<li>The end must be after the start</li>" in written("{% error_summary %}", form=form)


def test_the_title_of_a_page_with_errors_begins_so():
    page = '{% extends "base.html" %}{% block title %}Cancel{% endblock %}'
    assert "<title>Error: Cancel –" in written(page, form=OneQuestion({}))
    assert "<title>Cancel –" in written(page, form=OneQuestion())


def test_rows_without_a_link_keep_the_column_only_where_there_is_one():
    rows = '{% summary_list %}{% row "A" %}a{% endrow %}{% if link %}{% row "B" "/b" "the b" %}b{% endrow %}{% endif %}{% endsummary_list %}'
    assert "app-summary-list--actions" not in written(rows)
    linked = written(rows, link=True)
    assert "app-summary-list--actions" in linked
    assertInHTML('<a class="govuk-link" href="/b">Change<span class="govuk-visually-hidden"> the b</span></a>', linked)


def test_what_people_typed_is_never_markup():
    html = written(
        "{% row x %}{{ x }}{% endrow %}{% tag x %}{% button x %}{% details x %}{{ x }}{% enddetails %}{% event x %}{{ x }}{% endevent %}", x="<b>"
    )
    assert "<b>" not in html


def test_a_hint_and_an_answer_are_never_markup():
    class Form(forms.Form):
        x = fields.ChoiceField(label="<b>", help_text="<b>", choices=[("<b>", "<b>")], hints={"<b>": "<b>"})

    assert "<b>" not in str(Form({}))


def test_templates_are_short():
    """Templates ≤ 150 lines (docs/house.md)."""
    root = Path(__file__).parents[2] / "templates"
    assert [path.name for folder in ("govuk", "errors") for path in (root / folder).rglob("*.html") if path.read_text().count("\n") > 60] == []
