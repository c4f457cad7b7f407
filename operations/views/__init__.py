"""What every page of an operation shares: the operation, the moment, and who the reader is to it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, cast

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from accounts.models import User
from accounts.views.staff import READING
from audit.reading import last_change
from operations.models import Operation
from operations.permissions import OPERATION, Row, check_sees
from policy.refusals import NotVisible


class OperationPage:
    """Mixin: resolves `operation` from the URL, raises NotVisible to a stranger, gives `at` (the clock, read once) and `standings`."""

    access: Row = OPERATION
    base_template = "operations/base_operation.html"
    request: HttpRequest
    kwargs: dict[str, Any]
    at: datetime
    operation: Operation
    standings: frozenset[str]
    # Whether the page reads what is destroyed when what was signed is disposed of.
    reads_signed = False

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)  # type: ignore[misc]
        self.at = timezone.now()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.operation = self.get_operation()
        self.standings = check_sees(self.row(), request.user, self.operation, self.at)
        if self.reads_signed and self.operation.disposed_at:
            return self.disposed()
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]

    def disposed(self) -> HttpResponse:
        """In the place of a page whose texts are gone: that they are, and what stays of it (A-19, 7.1). What is sent to it changes nothing."""
        context = {"operation": self.operation, "standings": self.standings, "now": self.at, "stays": list(self.stays())}
        return render(self.request, "operations/disposed.html", context, status=200 if self.request.method in READING else 409)

    def stays(self) -> Iterator[tuple[str, str, datetime | None, str]]:
        """What, by whom, when, and its SHA-256."""
        yield from ()

    @property
    def person(self) -> User:
        """Who reads the page; the gate has let only signed-in people through."""
        return cast(User, self.request.user)

    def get_operation(self) -> Operation:
        """The operation that the address names. Pages of a thing within one override this."""
        found = Operation.objects.select_related("force").filter(pk=self.kwargs["operation_id"]).first()
        if found is None:
            raise NotVisible()
        return found

    def row(self) -> Row:
        """The row of the access table that applies now; pages of a thing whose state matters override this."""
        return self.access

    @property
    def trailed(self) -> Any:
        """In whose name the trail notes what this page changes."""
        return getattr(self, "thing", self.operation)

    def last_hand(self) -> tuple[str, datetime] | None:
        """Who changed it last, by name, and when."""
        entry = last_change(self.trailed)
        person = User.objects.filter(pk=entry.actor_id).first() if entry else None
        return (person.name, entry.at) if person and entry else None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(operation=self.operation, standings=self.standings, now=self.at, **kwargs)  # type: ignore[misc]
