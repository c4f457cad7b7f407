"""A page of an operation that changes something."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase

from accounts.views.staff import READING
from govuk.returning import next_path
from operations.permissions import check_hand
from operations.views import OperationPage


class Hand:
    """Mixin: one who sees the thing but has no hand in it is told so before they type (403).

    It comes after OperationPage in the order of methods: the reader's standings are known. Where whoever sees the page may read it, only sending
    its form takes a hand.
    """

    is_read_by_all = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not (self.is_read_by_all and request.method in READING):
            self.check_hand()
        self.prepare()
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]

    def check_hand(self) -> None:
        """By the row; a page whose writers no row can name overrides this."""
        page: Any = self
        check_hand(page.row(), page.standings)

    def prepare(self) -> None:
        """Called once person and thing are known."""


class WritingPage(OperationPage, Hand):
    """Mixin before ActView, for a page to which several others lead.

    It ends at `next_url`: `?next=` where given, else `done_url()`.
    """

    back_url = next_url = ""

    def done_url(self) -> str:
        return f"/operations/{self.operation.pk}/"

    def prepare(self) -> None:
        """A subclass adds what the page is called, and refuses a thing that cannot be changed."""
        self.back_url = self.next_url = next_path(self.request, self.done_url())
