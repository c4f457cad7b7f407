"""Somebody at a desk, for the journeys of Stage 1: they open, follow, fill and press; every page new to the journey is looked at, at every width."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from playwright.sync_api import Locator, Page, expect

from accounts.models import User
from tests.cast import PASSWORD

DESK, PHONE, NARROWEST = 1280, 390, 320
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d+")
FOCUSED = "element => element === document.activeElement"
Axe = Callable[..., None]


class Desk:
    """One browser, in which one person after another sits down."""

    def __init__(self, page: Page, sign_in: Callable[[Page, str], None], axe: Axe) -> None:
        self.page, self.sign_in, self.axe = page, sign_in, axe
        self.seen: set[str] = set()

    def sits(self, person: User | str) -> "Desk":
        self.sign_in(self.page, person if isinstance(person, str) else person.username)
        return self

    def opens(self, path: str) -> "Desk":
        self.page.goto(path)
        return self.looks()

    def follows(self, name: str | re.Pattern[str]) -> "Desk":
        """A link, whether it looks like one or like a button."""
        self.page.get_by_role("link", name=name).or_(self.page.get_by_role("button", name=name)).first.click()
        return self.looks()

    def presses(self, name: str | re.Pattern[str]) -> "Desk":
        """And waits for what comes of it: a click alone does not, and the next step would break off the request."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=name).first.click()
        return self.looks()

    def fills(self, **answers: Any) -> "Desk":
        """Each question by its name, as it is sent: a text, a choice, or a list of choices."""
        for name, answer in answers.items():
            self.answer(name, answer)
        return self

    def answer(self, name: str, answer: Any) -> None:
        boxes = self.page.locator(f"[name='{name}']")
        kind = boxes.first.evaluate("box => box.type")
        if kind in ("radio", "checkbox"):
            for choice in answer if isinstance(answer, list) else [answer]:
                self.page.locator(f"[name='{name}'][value='{choice}']").check()
        elif kind == "select-one":
            boxes.first.select_option(answer)
        else:
            boxes.first.fill(answer)

    def dates(self, name: str, at: datetime) -> "Desk":
        """The boxes of a moment: day, month, year, time."""
        typed = (str(at.day), str(at.month), str(at.year), f"{at:%H:%M}")
        for box, words in zip(self.page.locator(f"[name^='{name}_']").all(), typed, strict=True):
            box.fill(words)
        return self

    def signs(self, button: str | re.Pattern[str], **answers: Any) -> "Desk":
        return self.fills(**answers, password=PASSWORD).presses(button)

    def is_at(self, heading: str | re.Pattern[str]) -> "Desk":
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(heading)
        return self

    def reads(self, *texts: str | re.Pattern[str]) -> "Desk":
        for text in texts:
            expect(self.page.get_by_text(text).locator("visible=true").first).to_be_visible()
        return self

    def told(self, *texts: str | re.Pattern[str]) -> "Desk":
        """By the summary at the head of the page, which has the focus."""
        summary = self.page.locator(".govuk-error-summary")
        expect(summary).to_be_focused()
        for text in texts:
            expect(summary).to_contain_text(text)
        return self

    def looks(self) -> "Desk":
        """Accessible at the desk and on a telephone, nothing wider than the narrowest: each page and state once in a journey."""
        summary = self.page.locator(".govuk-error-summary").count()
        key = f"{ID.sub('…', self.page.url.partition('?')[0])} {self.page.title()} {summary}"
        if key not in self.seen:
            self.seen.add(key)
            self.is_clean()
        return self

    def is_clean(self) -> None:
        height = 900
        for width in (DESK, PHONE):
            self.page.set_viewport_size({"width": width, "height": height})
            self.axe(self.page)
        self.page.set_viewport_size({"width": NARROWEST, "height": height})
        assert self.page.evaluate(WIDER) == 0, f"{self.page.url} is wider than the screen"
        self.page.set_viewport_size({"width": DESK, "height": height})

    # By keyboard alone

    def tabs_to(self, target: Locator, most: int = 120) -> "Desk":
        """Presses Tab until the thing has the focus; it must then be seen to have it."""
        for _ in range(most):
            self.page.keyboard.press("Tab")
            if target.first.evaluate(FOCUSED):
                assert target.first.evaluate("element => element.matches(':focus-visible')"), "the focus is not visible"
                return self
        raise AssertionError(f"Tab never came to {target}")

    def types(self, words: str) -> "Desk":
        self.page.keyboard.type(words)
        return self

    def key(self, name: str) -> "Desk":
        self.page.keyboard.press(name)
        return self
