"""A refusal ends as the right page, with the right status, and nothing that was typed is lost."""

from typing import Any

import pytest
from django.test import Client, RequestFactory
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from govuk import views
from tests.govuk import urls

FILLED = {
    "title": "Botchergate", "why": "Robbery", "images": "300", "threshold": "0.5", "day_day": "24", "day_month": "10", "day_year": "2026",
    "begins": "10:00", "kind": "prevent", "cameras": "n", "host": "cum", "live": "yes", "password": "secret-9", "sure": "on",
}  # fmt: skip


@pytest.fixture
def browser() -> Client:
    return Client(raise_request_exception=False)


def test_a_broken_rule_comes_back_as_the_same_page_with_all_that_was_typed(browser: Client):
    page = browser.post("/form", FILLED)
    assert page.status_code == 409
    assertContains(page, "The application is not complete.", status_code=409)
    assertContains(page, "Put right what is listed and submit again.", status_code=409)
    assertContains(page, '<p class="govuk-body-s app-clause">Clause 4.2</p>', status_code=409, html=True)
    assertContains(page, 'value="Botchergate"', status_code=409)
    assert b"<title>Error: All the questions" in page.content


def test_a_finding_leads_to_its_field_when_it_is_on_the_page(browser: Client):
    page = browser.post("/form", FILLED)
    assertContains(page, '<a class="govuk-link" href="#id_threshold">The threshold is below the policy&#x27;s.</a>', status_code=409, html=True)
    assertContains(page, "<li>Nobody is named as Silver. <span class='app-clause'>Clause 6.2</span></li>", status_code=409, html=True)


def test_a_password_is_never_sent_back(browser: Client):
    assert b"secret-9" not in browser.post("/form", FILLED).content


def test_a_form_with_errors_does_no_act(browser: Client):
    page = browser.post("/form", FILLED | {"images": "none"})
    assertContains(page, "The number of images must be a whole number")


def test_an_act_that_was_done_leads_on(browser: Client):
    assertRedirects(browser.post("/question", {"reason": "Rain"}), "/", fetch_redirect_response=False)


def test_a_stale_read_shows_the_thing_as_it_is_now_and_sending_again_is_a_decision(browser: Client):
    assertContains(browser.get("/versioned"), '<input type="hidden" name="version" value="4" id="id_version">', html=True)
    stale = browser.post("/versioned", {"reason": "Rain", "version": "3"})
    assertContains(stale, "Someone else changed this", status_code=409)
    assertContains(stale, "Rain", status_code=409)
    assertContains(stale, "What someone else saved", status_code=409)
    assertContains(stale, "Snow", status_code=409)
    assertContains(stale, 'name="version" value="4"', status_code=409)
    assertRedirects(browser.post("/versioned", {"reason": "Rain", "version": "4"}), "/", fetch_redirect_response=False)


def test_what_could_only_be_refused_shows_the_rule_in_place_of_the_form_but_keeps_what_was_typed_already(browser: Client):
    page = browser.get("/barred")
    assertContains(page, "It has been cancelled. Nothing more is needed.")
    assertNotContains(page, 'name="reason"')
    assertContains(browser.post("/barred", {"reason": "Rain"}), "Rain", status_code=409)


def test_a_page_without_its_version_is_asked_for_again(browser: Client):
    assertContains(browser.post("/versioned", {"reason": "Rain"}), "There is a problem")


def test_a_refused_button_is_a_page_with_a_way_back(browser: Client):
    page = browser.post("/refused", headers={"referer": "http://testserver/operations/1"})
    assertContains(page, "The system is not live.", status_code=409)
    assertContains(page, 'href="http://testserver/operations/1"', status_code=409)


def test_the_way_back_never_leads_elsewhere(browser: Client):
    assertContains(browser.post("/refused", headers={"referer": "https://elsewhere.example/"}), 'href="/">Go to your start page', status_code=409)


def test_a_button_says_which_version_was_seen():
    view = views.ButtonView()
    view.setup(RequestFactory().post("/", {"version": "7"}))
    assert view.version == 7
    view.setup(RequestFactory().post("/", {"version": "x"}))
    assert view.version is None


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/not-visible", 404, "There is nothing at this address that you can see."),
        ("/nowhere", 404, "There is nothing at this address that you can see."),
        ("/not-permitted", 403, "Only the Authorising Officer may sign."),
        ("/forbidden", 403, "Your role does not let you"),
        ("/rule-broken", 409, "It is over."),
        ("/broken", 500, "Sorry, there is a problem with the service"),
    ],
)
def test_whatever_goes_wrong_is_a_page(browser: Client, address: str, status: int, said: str):
    assertContains(browser.get(address), said, status_code=status)


def test_a_form_that_was_open_too_long_says_so():
    page = Client(enforce_csrf_checks=True).post("/question", {"reason": "Rain"})
    assertContains(page, "This page had been open too long", status_code=403)


def test_every_script_carries_the_nonce_of_the_answer(browser: Client):
    page = browser.get("/form")
    nonce = page["Content-Security-Policy"].split("'nonce-")[1].split("'")[0]
    assert page.content.decode().count("<script") == page.content.decode().count(f'nonce="{nonce}"') == 2


def test_an_act_view_without_an_act_is_a_mistake():
    with pytest.raises(NotImplementedError):
        views.ActView().act(urls.OneQuestion())
    with pytest.raises(NotImplementedError):
        views.ButtonView().act()


def test_finding_no_field_finds_no_link():
    view: Any = views.ActView()
    view.refused_form = urls.GalleryForm({})
    assert view.find_url("threshold") == "#id_threshold"
    assert view.find_url("elsewhere.entirely") == ""
