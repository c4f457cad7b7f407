"""Journeys in a real browser, against the product's own pages on PostgreSQL. See docs/house.md for what a page must be; here is how it is looked at.

    @pytest.mark.parametrize("browser_page", [PHONE], indirect=True)      # without this: the desk
    def test_…(browser_page, sign_in, look):
        sign_in(browser_page, "gold")
        look("home-gold", "/")

The CSP is strict: use `expect(locator)`, never `wait_for_function`. Every test fails on a message in the browser's console and on a script error.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, ConsoleMessage, Page, ViewportSize, expect, sync_playwright

from lfr_governance.demonstration.people import Cast
from lfr_governance.sweep import run
from tests.browser.desk import Desk

PHONE, DESK = 390, 1280
PATIENCE = 30_000  # milliseconds: three lanes of tests share two cores
expect.set_options(timeout=PATIENCE)
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
FLAGS = """--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync
    --disable-dev-shm-usage"""
AXE = Path(settings.BASE_DIR) / "node_modules" / "axe-core" / "axe.min.js"
# Only what is amiss is worked out in full and sent over: what passes is ten times as long.
AXE_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], "resultTypes": ["violations"]}
AXE_RUN = "async options => (await axe.run(document, options)).violations"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Each journey starts with an empty database that the server's own threads can see."""
    if os.environ.get("LFR_TEST_DB") != "postgres":
        raise pytest.UsageError("Browser journeys run on PostgreSQL: script/test --pg tests/browser")
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.django_db(transaction=True))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    assert chromium, "Chromium is missing: apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS.split())
        yield browser
        browser.close()


def is_amiss(message: ConsoleMessage) -> bool:
    """A refusal is a page with status 409, which the browser reports like a failure; here it is what was asked for."""
    return message.type in ("error", "warning") and "status of 409" not in message.text


@pytest.fixture
def browser_page(browser: Browser, live_server: Any, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A fresh browser, at the desk or (indirect parameter PHONE) on a telephone, that knows the product's address. Its console must stay empty."""
    width = getattr(request, "param", DESK)
    shape = ViewportSize(width=width, height=844 if width == PHONE else 900)
    context = browser.new_context(base_url=live_server.url, viewport=shape, has_touch=width == PHONE, locale="en-GB", timezone_id="Europe/London")
    context.set_default_timeout(PATIENCE)
    messages: list[str] = []
    context.on("console", lambda message: messages.append(message.text) if is_amiss(message) else None)
    context.on("weberror", lambda error: messages.append(str(error.error)))
    yield context.new_page()
    context.close()
    assert messages == [], "the browser's console"


@pytest.fixture
def sign_in(live_server: Any) -> Callable[[Page, str], None]:
    """Sign a person in by their session alone, as if they had just come through the sign-in page (which has journeys of its own)."""

    def sign_in(page: Page, username: str) -> None:
        client = Client()
        client.force_login(get_user_model().objects.get(username=username), backend=settings.AUTHENTICATION_BACKENDS[0])
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value, "url": live_server.url}
        page.context.add_cookies([{**cookie, "httpOnly": True}])  # type: ignore[typeddict-item]

    return sign_in


@pytest.fixture(scope="session")
def axe() -> Callable[..., None]:
    """`axe(page)`: no violation of WCAG 2.2 AA or of axe's best practice. `axe(page, without=["region"])` leaves a rule out; say why beside it."""
    source = AXE.read_text()

    def check(page: Page, without: tuple[str, ...] | list[str] = ()) -> None:
        if page.evaluate("typeof axe") == "undefined":
            page.evaluate(source)
        options = AXE_RULES | {"rules": {rule: {"enabled": False} for rule in without}}
        found = page.evaluate(AXE_RUN, options)
        told = [f"{finding['id']} ({finding['impact']}): {finding['help']}: {[node['html'] for node in finding['nodes']][:3]}" for finding in found]
        assert told == [], f"{page.url}\n" + "\n".join(told)

    return check


@pytest.fixture
def look(axe: Callable[..., None], browser_page: Page) -> Callable[..., None]:
    """`look(name, path)`: the page of that address (without one: the page that stands there) is accessible and fits, on a telephone and at the desk.

    LFR_PICTURES=folder keeps a picture of each.
    """
    pictures = os.environ.get("LFR_PICTURES")

    def look(name: str, path: str = "") -> None:
        if path:
            browser_page.goto(path)
        for width in (PHONE, DESK):
            browser_page.set_viewport_size({"width": width, "height": 900})
            if pictures:
                browser_page.screenshot(path=Path(pictures) / f"{name}-{width}.png", full_page=True)
            axe(browser_page)
            assert browser_page.evaluate(WIDER) == 0, f"{name} is wider than the screen"

    return look


@pytest.fixture
def desk(cast: Cast, browser_page: Page, sign_in: Any, axe: Any) -> Desk:
    """Where one person after another sits down: see tests/browser/desk.py."""
    run(at=timezone.now(), source="test", steps=())  # no banner about clocks that stand still
    return Desk(browser_page, sign_in, axe)
