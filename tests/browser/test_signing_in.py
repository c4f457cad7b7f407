"""Signing in and the pages of people, in a real browser: by keyboard, on a telephone, without JavaScript; every page clean for a screen reader."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from accounts.services import grant_role
from accounts.states import Role
from lfr_governance.demonstration.people import Cast
from tests.browser.conftest import DESK, PHONE
from tests.cast import NOON, PASSWORD

BOTH = pytest.mark.parametrize("browser_page", [PHONE, DESK], indirect=True)


@BOTH
def test_P1_sign_in_by_keyboard_alone(cast: Cast, browser_page: Page, axe: Callable[..., None]) -> None:
    page = browser_page
    page.goto("/")
    axe(page)
    page.get_by_label("User name").focus()
    page.keyboard.type("ao")
    page.keyboard.press("Tab")
    page.keyboard.type("guess")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("The user name or the password is wrong")
    axe(page)
    expect(page.get_by_label("User name")).to_have_value("ao")
    page.get_by_label("Password", exact=True).focus()
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def test_P1_sign_in_without_javascript(cast: Cast, browser: Browser, live_server: Any) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/training/")
    page.get_by_label("User name").fill("ao")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your training")
    context.close()


@BOTH
def test_P1_one_administrator_grants_and_another_confirms(cast: Cast, browser_page: Page, sign_in: Any, axe: Callable[..., None]) -> None:
    page, person = browser_page, f"/people/{cast.stranger.pk}/"
    sign_in(page, "sysadmin")
    for path in ("/people/", person, f"{person}rank/", f"{person}sign-in/", f"{person}deactivate/", "/people/register/", "/account/"):
        page.goto(path)
        axe(page)
    page.goto(person)
    page.get_by_role("button", name="Grant a role").click()
    page.get_by_label("Role").select_option(label="Loggist")
    axe(page)
    page.get_by_role("button", name=re.compile("Grant the role")).click()
    expect(page.get_by_text("You granted it, so another System Administrator confirms it")).to_be_visible()
    axe(page)
    sign_in(page, "sysadmin2")
    page.goto(person)
    page.get_by_role("button", name="Confirm the role").click()
    expect(page.get_by_role("alert")).to_contain_text("Gemma Strickland has the role from now on")
    assert Role.LOGGIST in cast.stranger.offices(NOON.replace(year=2100))


@BOTH
def test_P4_training_and_notices_are_clean(cast: Cast, browser_page: Page, sign_in: Any, axe: Callable[..., None]) -> None:
    grant_role(cast.stranger, role=Role.LOGGIST, by=cast.sysadmin, at=NOON)
    sign_in(browser_page, "training")
    paths = ("", "register/", "register/?state=lapsed", f"people/{cast.stranger.pk}/", f"people/{cast.gmp_operator.pk}/record/")
    for path in paths:
        browser_page.goto(f"/training/{path}")
        axe(browser_page)
    sign_in(browser_page, "sysadmin2")
    browser_page.goto("/notices/")
    axe(browser_page)
