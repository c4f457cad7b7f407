"""The pages of the library, and of an operation's assessments."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.http import urlencode

from audit.models import TrailEntry
from lfr_governance.demonstration.people import Cast
from library.models import Document, LocalCia, Version
from library.services import freeze_local_cia
from library.states import Kind
from tests.cast import NOON
from tests.clients import signed_in
from tests.library.shelf import CIA, adopted, completed, considered, diversity, in_force, registered, started

LONG_PAST, FAR = date(2025, 1, 6), date(2099, 1, 5)
OPERATION_PAGES = {"assessments": {}, "review": {"kind": "dpia"}, "local_cia": {}, "complete_local_cia": {}}
DATES = {"adopted_date_day": "5", "adopted_date_month": "1", "adopted_date_year": "2026", "review_date_day": "5", "review_date_month": "1"}
ADOPTION = {**DATES, "review_date_year": "2099", "reference": "RM/2026/9", "issues": "", "mitigations": ""}


def address(operation: Any, name: str) -> str:
    return reverse(f"library:{name}", kwargs={"operation_id": operation.pk, **OPERATION_PAGES[name]})


def text(client: Client, url: str) -> str:
    return client.get(url).content.decode()


@pytest.fixture
def current(cast: Cast) -> Any:
    """An operation that has considered everything, with assessments that last: pages ask the clock."""
    for kind in ("force_cia", "equality", "dpia", "sccsa"):
        in_force(cast, Kind(kind), review_date=FAR)
    return completed(cast, started(cast)).operation


@pytest.mark.parametrize("who", ["stranger", "scrutiny", "gmp_operator", "silver"])
def test_g_1_all_staff_read_the_library(cast: Cast, who: str) -> None:
    document = in_force(cast).document
    client = signed_in(cast.people[who])
    assert document.title in text(client, reverse("library:documents"))
    assert "RM/2026/17" in text(client, reverse("library:document", args=[document.pk]))


def test_the_library_is_not_for_those_who_are_not_signed_in(cast: Cast, client: Client) -> None:
    assert client.get(reverse("library:documents")).status_code == 302


def test_g_1_the_register_says_which_review_is_overdue_and_what_has_no_version(cast: Cast) -> None:
    in_force(cast, Kind.DPIA, adopted_date=LONG_PAST, review_date=date(2025, 6, 1))
    in_force(cast, Kind.SCCSA, review_date=FAR)
    registered(cast, Kind.SOP)
    page = text(signed_in(cast.stranger), reverse("library:documents"))
    assert [page.count(said) for said in ("Review overdue", "No version in force", "In force")] == [1, 1, 1]


def test_g_1_information_management_registers_from_the_register(cast: Cast) -> None:
    client = signed_in(cast.infomgmt)
    assert reverse("library:register") in text(client, reverse("library:documents"))
    answer = client.post(reverse("library:register"), {"kind": "sop", "title": "Deployment SOP", "owner": "gold"})
    assert answer.url == reverse("library:document", args=[Document.objects.get().pk])


def test_g_1_an_owner_whom_nobody_knows_is_told_beside_the_question(cast: Cast) -> None:
    page = signed_in(cast.infomgmt).post(reverse("library:register"), {"kind": "sop", "title": "SOP", "owner": "nobody"}).content.decode()
    assert "Nobody has this user name" in page


@pytest.mark.parametrize("who", ["stranger", "gold", "npt"])
def test_g_1_others_do_not_register(cast: Cast, who: str) -> None:
    client = signed_in(cast.people[who])
    assert client.get(reverse("library:register")).status_code == 403
    assert reverse("library:register") not in text(client, reverse("library:documents"))


def test_g_1_the_owner_adopts_from_the_document_s_page_others_are_told_who_does(cast: Cast) -> None:
    document = registered(cast, Kind.SOP)
    page, adopt = reverse("library:document", args=[document.pk]), reverse("library:adopt", args=[document.pk])
    assert adopt in text(signed_in(cast.gold), page) and "its owner, Alan Mounsey" in text(signed_in(cast.silver), page)
    assert signed_in(cast.silver).get(adopt).status_code == 403
    assert signed_in(cast.gold).post(adopt, {**ADOPTION, "version": "1"}).url == page
    assert document.versions.get().recorded_by == cast.gold


def test_g_1_a_wrong_date_comes_back_beside_its_question(cast: Cast) -> None:
    document = in_force(cast, Kind.SOP).document
    answer = signed_in(cast.gold).post(reverse("library:adopt", args=[document.pk]), {**ADOPTION, "review_date_year": "2026", "version": "2"})
    assert answer.status_code == 409 and 'href="#id_review_date_0"' in answer.content.decode()


def test_g_2_the_diversity_unit_approves_from_the_document_s_page(cast: Cast) -> None:
    version = adopted(cast, registered(cast, Kind.EQUALITY))
    page, approve = reverse("library:document", args=[version.document_id]), reverse("library:approve", args=[version.pk])
    assert "Waits for approval" in text(signed_in(cast.stranger), page) and approve not in text(signed_in(cast.stranger), page)
    assert signed_in(cast.stranger).post(approve).status_code == 403
    client = signed_in(diversity(cast))
    assert approve in text(client, page) and client.post(approve).url == page
    assert Version.objects.get().approved_by == cast.comms


@pytest.mark.parametrize("name", OPERATION_PAGES)
def test_to_a_stranger_no_page_of_an_operation_exists(cast: Cast, name: str) -> None:
    assert signed_in(cast.stranger).get(address(considered(cast), name)).status_code == 404


@pytest.mark.parametrize(
    ("name", "who"), [("review", "silver"), ("review", "npt"), ("complete_local_cia", "silver"), ("complete_local_cia", "applicant")]
)
def test_who_has_no_hand_in_it_is_told_so_before_they_type(cast: Cast, current: Any, name: str, who: str) -> None:
    client, url = signed_in(cast.people[who]), address(current, name)
    assert [client.get(url).status_code, client.post(url).status_code] == [403, 403]


def test_a_10_the_page_shows_each_version_what_was_made_of_it_and_what_is_to_do(cast: Cast, current: Any) -> None:
    page = text(signed_in(cast.applicant), address(current, "assessments"))
    assert page.count("It has not been reviewed for this operation") == 4 and page.count("Review it") == 4
    assert "Review it" not in text(signed_in(cast.silver), address(current, "assessments"))


def test_a_10_a_review_is_of_the_version_that_was_shown_and_goes_back_where_one_came_from(cast: Cast, current: Any) -> None:
    client, url = signed_in(cast.applicant), address(current, "review")
    answers = {"outcome": "Enough for a market day.", "sufficient": "yes", "read": "1", "version": "0"}
    assert client.post(f"{url}?{urlencode({'next': '/applications/x/'})}", answers).url == "/applications/x/"
    adopted(cast, Document.objects.get(kind=Kind.DPIA), review_date=FAR)
    answer = client.post(url, {**answers, "version": "1"})
    assert answer.status_code == 409 and "not the one in force" in answer.content.decode()
    assert current.assessment_reviews.get().document_version.number == 1


def test_a_10_an_assessment_without_a_version_cannot_be_reviewed(cast: Cast) -> None:
    assert signed_in(cast.applicant).get(address(started(cast), "review")).status_code == 409


def test_a_10_a_document_that_is_no_assessment_has_no_review_page(cast: Cast, current: Any) -> None:
    url = reverse("library:review", kwargs={"operation_id": current.pk, "kind": "sop"})
    assert signed_in(cast.applicant).get(url).status_code == 404


def test_a_10_npt_supervision_comes_straight_to_the_questions_others_see_who_answers_them(cast: Cast) -> None:
    operation = started(cast)
    url = f"{address(operation, 'local_cia')}?{urlencode({'next': '/applications/x/'})}"
    assert "Neighbourhood Policing Team supervisor appointed" in text(signed_in(cast.applicant), url)
    answer = signed_in(cast.npt).get(url)
    assert answer.url.startswith(address(operation, "complete_local_cia"))
    assert signed_in(cast.npt).post(answer.url, {**CIA, "version": "0"}).url == "/applications/x/"
    assert CIA["impact"] in text(signed_in(cast.applicant), url)


def test_a_10_two_who_complete_it_at_once_do_not_overwrite_each_other(cast: Cast, current: Any) -> None:
    answer = signed_in(cast.npt).post(address(current, "complete_local_cia"), {**CIA, "impact": "Other words.", "version": "0"})
    assert answer.status_code == 409 and "Other words." in answer.content.decode()
    assert LocalCia.objects.get().impact == CIA["impact"]


@pytest.mark.parametrize(("name", "who"), [("review", "applicant"), ("complete_local_cia", "npt")])
def test_a_17_once_submitted_the_pages_that_change_are_refused(cast: Cast, name: str, who: str) -> None:
    operation = considered(cast)
    freeze_local_cia(operation, NOON)
    assert signed_in(cast.people[who]).get(address(operation, name)).status_code == 409
    assert "Change the" not in text(signed_in(cast.people[who]), address(operation, "assessments"))


def test_g_5_reading_the_local_assessment_is_noted_once_a_day(cast: Cast, current: Any) -> None:
    client = signed_in(cast.silver)
    for _ in range(2):
        client.get(address(current, "local_cia"))
    assert TrailEntry.objects.filter(action="record.seen", thing_id=str(current.local_cia.pk)).count() == 1


def queries_of(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        client.get(url)
    return len(captured)


def test_the_register_asks_as_much_for_many_documents_and_versions_as_for_one(cast: Cast) -> None:
    client, url = signed_in(cast.stranger), reverse("library:documents")
    document = in_force(cast).document
    before = queries_of(client, url)
    adopted(cast, document)
    for kind in (Kind.SCCSA, Kind.SOP, Kind.EQUALITY):
        in_force(cast, kind)
    assert queries_of(client, url) == before


def test_a_document_s_page_asks_as_much_for_many_versions_as_for_one(cast: Cast) -> None:
    document = in_force(cast).document
    client, url = signed_in(cast.stranger), reverse("library:document", args=[document.pk])
    before = queries_of(client, url)
    for _ in range(3):
        adopted(cast, document)
    assert queries_of(client, url) == before


def test_the_assessments_ask_as_much_with_four_reviews_as_with_none(cast: Cast, current: Any) -> None:
    none = queries_of(signed_in(cast.silver), address(current, "assessments"))
    four = queries_of(signed_in(cast.silver), address(considered_again(cast, current), "assessments"))
    assert four == none


def considered_again(cast: Cast, operation: Any) -> Any:
    for version in Version.objects.select_related("document"):
        signed_in(cast.applicant).post(
            reverse("library:review", kwargs={"operation_id": operation.pk, "kind": version.document.kind}),
            {"outcome": "Enough.", "sufficient": "yes", "read": "1", "version": "0"},
        )
    assert operation.assessment_reviews.count() == 4
    return operation
