"""The pages of a watchlist: adding to a list without JavaScript, going back to where one came from, and who may open what."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.http import urlencode

from audit.models import TrailEntry
from lfr_governance.demonstration.people import Cast
from tests.cast import NOON
from tests.clients import signed_in
from tests.watchlists.lists import REASONS, WORDS, complete, started, with_child, with_line
from watchlists.models import Composition
from watchlists.services import freeze

LINE = {"subjects": "2", "images": "3", **WORDS}
CHILD = {"category": "missing", "under_13": "yes", **REASONS, "nobody": "on"}
PAGES = {
    "overview": {},
    "add_line": {},
    "line": {"category": "missing"},
    "remove_line": {"category": "missing"},
    "add_child": {},
    "child": {"child_id": ""},
    "remove_child": {"child_id": ""},
    "attest": {},
    "import_counts": {},
}
CHANGES = [name for name in PAGES if name != "overview"]


def address(composition: Composition, name: str, **more: Any) -> str:
    kwargs: dict[str, Any] = {"composition_id": composition.pk, **PAGES[name], **more}
    if "child_id" in kwargs:
        kwargs["child_id"] = composition.children.get().pk
    return reverse(f"watchlists:{name}", kwargs=kwargs)


@pytest.mark.parametrize("name", PAGES)
def test_to_a_stranger_no_page_exists(cast: Cast, name: str) -> None:
    assert signed_in(cast.stranger).get(address(complete(cast), name)).status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_to_nobody_signed_in_no_page_is_shown(cast: Cast, client: Client, name: str) -> None:
    assert client.get(address(complete(cast), name)).status_code == 302


@pytest.mark.parametrize("name", CHANGES)
def test_who_has_no_hand_in_it_is_told_so_before_they_type(cast: Cast, name: str) -> None:
    url = address(complete(cast), name)
    assert [signed_in(cast.silver).get(url).status_code, signed_in(cast.silver).post(url).status_code] == [403, 403]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("who", ["applicant", "operator"])
def test_applicant_and_compiler_open_every_page(cast: Cast, who: str, name: str) -> None:
    assert signed_in(cast.people[who]).get(address(complete(cast), name)).status_code == 200


@pytest.mark.parametrize("name", CHANGES)
def test_a_17_once_submitted_every_change_is_refused_and_the_page_says_so(cast: Cast, name: str) -> None:
    composition = freeze(complete(cast), NOON)
    assert signed_in(cast.applicant).get(address(composition, name)).status_code == 409
    page = signed_in(cast.applicant).get(address(composition, "overview")).content.decode()
    assert "cannot be changed" in page and "Add a category" not in page


def test_x_20_a_category_is_chosen_from_those_not_yet_there_then_its_page_asks_the_rest(cast: Cast) -> None:
    composition, person = complete(cast), signed_in(cast.applicant)
    url = address(composition, "add_line")
    page = person.get(url).content.decode()
    assert "At risk of harm" in page and "Wanted by the courts" not in page and 'value="other"' not in page
    answer = person.post(url, {"category": "at_risk"})
    assert answer.url.startswith(address(composition, "line", category="at_risk"))
    assert person.post(answer.url, {**LINE, "version": "0"}).url == address(composition, "overview")
    assert composition.lines.get(category="at_risk").images == 3


def test_x_20_grounds_for_this_place_are_asked_only_where_the_category_is_tied_to_who(cast: Cast) -> None:
    composition, person = complete(cast), signed_in(cast.applicant)
    asked = {
        code: "On what grounds" in person.get(address(composition, "line", category=code)).content.decode() for code in ("at_risk", "order_or_ban")
    }
    assert asked == {"at_risk": False, "order_or_ban": True}


def test_x_20_a_category_beyond_the_list_has_no_page(cast: Cast) -> None:
    assert signed_in(cast.applicant).get(address(complete(cast), "line", category="other")).status_code == 404


def test_a_1_after_saving_one_is_back_where_one_came_from_but_never_elsewhere(cast: Cast) -> None:
    composition, person = complete(cast), signed_in(cast.applicant)
    url, version = address(composition, "line"), str(composition.lines.get(category="missing").version)
    for asked, goes_to in [
        ("/applications/x/", "/applications/x/"),
        ("//evil.example/", address(composition, "overview")),
        ("https://evil.example", None),
    ]:
        answer = person.post(f"{url}?{urlencode({'next': asked})}", {**LINE, "version": version})
        assert answer.url == (goes_to or address(composition, "overview"))
        version = str(composition.lines.get(category="missing").version)


def test_the_links_of_the_overview_come_back_to_it_with_its_own_way_back(cast: Cast) -> None:
    here = f"{address(complete(cast), 'overview')}?{urlencode({'next': '/applications/x/'})}"
    page = signed_in(cast.applicant).get(here).content.decode()
    assert urlencode({"next": here}) in page and 'href="/applications/x/"' in page


def test_w_1_too_few_images_come_back_beside_the_question_with_what_was_typed(cast: Cast) -> None:
    composition = complete(cast)
    answer = signed_in(cast.applicant).post(address(composition, "line", category="at_risk"), {**LINE, "subjects": "9", "version": "0"})
    page = answer.content.decode()
    assert answer.status_code == 409 and 'href="#id_images"' in page and 'value="9"' in page and "Clause 10.2" in page


def test_somebody_else_s_change_is_told_and_what_was_typed_stays(cast: Cast) -> None:
    composition = complete(cast)
    old = composition.lines.get(category="missing").version
    with_line(cast, composition, "missing", subjects=8, images=8)
    answer = signed_in(cast.applicant).post(address(composition, "line"), {**LINE, "version": str(old)})
    assert answer.status_code == 409 and "Someone else changed this" in answer.content.decode() and 'value="2"' in answer.content.decode()


def test_w_1_a_category_is_removed_from_a_page_of_its_own(cast: Cast) -> None:
    composition, person = complete(cast), signed_in(cast.applicant)
    url = address(composition, "remove_line", category="wanted_by_courts")
    assert "40 subjects, 55 images" in person.get(url).content.decode()
    assert person.post(url, {"version": "1"}).url == address(composition, "overview")
    assert not composition.lines.filter(category="wanted_by_courts").exists()


def test_w_2_an_under_18_is_added_changed_and_removed(cast: Cast) -> None:
    composition, person = started(cast), signed_in(cast.applicant)
    with_line(cast, composition, "missing")
    assert person.post(address(composition, "add_child"), CHILD).status_code == 302
    page = person.get(address(composition, "overview")).content.decode()
    assert "of whom 1 under 13" in page and "Missing: under-18 1 of 1" in page
    person.post(address(composition, "child"), {**CHILD, "under_13": "no", "version": "1"})
    assert not composition.children.get().under_13
    person.post(address(composition, "remove_child"), {"version": "2"})
    assert not composition.children.exists()


def test_w_2_words_that_identify_are_refused_with_what_was_found_and_kept_in_the_form_alone(cast: Cast) -> None:
    composition = complete(cast)
    answer = signed_in(cast.applicant).post(address(composition, "add_child"), {**CHILD, "necessity": "Miss Fell was seen."})
    page = answer.content.decode()
    assert answer.status_code == 409 and "“Miss Fell” looks like a name" in page and 'href="#id_necessity"' in page
    assert composition.children.count() == 1 and not TrailEntry.objects.filter(payload__contains="Miss Fell").exists()


def test_w_2_the_writer_confirms_that_nobody_is_identified(cast: Cast) -> None:
    answers = {name: value for name, value in CHILD.items() if name != "nobody"}
    page = signed_in(cast.applicant).post(address(complete(cast), "add_child"), answers).content.decode()
    assert "Confirm that nothing you have written would tell anyone who they are" in page


def test_w_2_an_under_18_is_found_only_in_their_own_watchlist(cast: Cast) -> None:
    mine, other = started(cast), complete(cast)
    url = reverse("watchlists:child", kwargs={"composition_id": mine.pk, "child_id": other.children.get().pk})
    assert signed_in(cast.applicant).get(url).status_code == 404


def test_w_3_the_attestation_says_what_it_is_of(cast: Cast) -> None:
    composition, person = complete(cast), signed_in(cast.operator)
    with_line(cast, composition, "at_risk", subjects=2, images=2)
    seen = str(composition.locked().version)
    answer = person.post(address(composition, "attest"), {"steps_taken": "Compared.", "sure": "on", "version": seen})
    assert answer.status_code == 302 and composition.locked().steps_taken == "Compared."


def test_w_2_a_table_with_a_protected_column_is_refused_on_the_page(cast: Cast) -> None:
    composition = complete(cast)
    table = SimpleUploadedFile("counts.csv", b"category,subjects,images,religion\nmissing,1,1,x\n")
    answer = signed_in(cast.operator).post(address(composition, "import_counts"), {"table": table})
    assert answer.status_code == 409 and "“religion”" in answer.content.decode()


def test_w_1_a_table_of_counts_is_imported(cast: Cast) -> None:
    composition = complete(cast)
    table = SimpleUploadedFile("counts.csv", "category,subjects,images,image source\nmissing,4,9,Family’s own\n".encode("cp1252"))
    assert signed_in(cast.operator).post(address(composition, "import_counts"), {"table": table}).status_code == 302
    line = composition.lines.get(category="missing")
    assert (line.subjects, line.image_source) == (4, "Family’s own")


def test_g_5_opening_the_watchlist_is_noted_once_a_day(cast: Cast) -> None:
    composition, person = complete(cast), signed_in(cast.silver)
    for _ in range(2):
        person.get(address(composition, "overview"))
    assert TrailEntry.objects.filter(action="record.seen", thing_id=str(composition.pk)).count() == 1


def test_the_overview_asks_as_much_of_a_long_watchlist_as_of_a_short_one(cast: Cast, django_assert_num_queries: Any) -> None:
    composition, person = complete(cast), signed_in(cast.applicant)
    url = address(composition, "overview")
    person.get(url)
    with_queries = queries_of(person, url)
    for category in ("suspected", "order_or_ban", "at_risk", "poses_risk"):
        with_line(cast, composition, category)
        with_child(cast, composition, category=category)
    with django_assert_num_queries(with_queries):
        person.get(url)


def queries_of(person: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        person.get(url)
    return len(captured)
