"""The two pages of the API that people read: their own tokens, and what a program can do."""

import re
from typing import Any

from playwright.sync_api import Page, expect

from lfr_governance.demonstration.people import Cast
from tests.cast import PASSWORD


def test_a_token_is_made_shown_once_and_revoked(browser_page: Page, cast: Cast, sign_in: Any, look: Any) -> None:
    page = browser_page
    sign_in(page, "silver")
    page.goto("/account/")
    page.get_by_role("link", name="Your tokens").click()
    page.get_by_label("Name").fill("The rota system")
    page.get_by_label("30 days").check()
    page.get_by_label("Your password").fill(PASSWORD)
    look("api-token-form")
    page.get_by_role("button", name="Make the token").click()
    token = page.get_by_text(re.compile("^lfr_[0-9a-f]{64}$"))
    expect(token).to_be_visible()
    look("api-token-made")
    page.get_by_role("link", name="Back to your tokens").click()
    expect(page.get_by_role("cell", name="The rota system lfr_")).to_be_visible()
    expect(token).to_have_count(0)
    look("api-tokens")
    page.get_by_role("button", name="Revoke").click()
    expect(page.get_by_text("It opens nothing any more")).to_be_visible()
    expect(page.get_by_role("button", name="Revoke")).to_have_count(0)


def test_the_documentation_can_be_read(browser_page: Page, cast: Cast, sign_in: Any, look: Any) -> None:
    page = browser_page
    sign_in(page, "silver")
    page.goto("/api/v1/docs/")
    page.get_by_text("POST /api/v1/deployments/{deployment_id}/suspend/").click()
    expect(page.get_by_text("Any body, or none, suspends").first).to_be_visible()
    look("api-docs")
