"""The browser, the server behind it and the accessibility check do what the journeys rely on."""

import pytest
from django.db import connection

from tests.browser.conftest import DESK, PHONE


@pytest.mark.parametrize("browser_page", [PHONE, DESK], indirect=True)
def test_a_page_is_served_from_postgresql(browser_page):
    assert connection.vendor == "postgresql"
    assert browser_page.request.get("/readyz").status == 200
    assert browser_page.viewport_size["width"] in (PHONE, DESK)


def test_axe_sees_what_is_wrong(browser_page, axe):
    browser_page.set_content("<html lang=en><title>T</title><main><h1>One</h1><img src='data:,'></main>")
    with pytest.raises(AssertionError, match="image-alt"):
        axe(browser_page)
    axe(browser_page, without=["image-alt"])


def test_the_style_and_script_of_the_front_end_are_served(browser_page):
    for name in ("app.css", "govuk-frontend.min.js"):
        assert browser_page.request.get(f"/static/build/{name}").status == 200
