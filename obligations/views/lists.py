"""Lists of clocks. Whoever the reader is, `visible_to` says what stands in them."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from accounts.states import Role
from govuk.lists import KeysetList
from obligations.forms import ClockFilter
from obligations.models import Hold, Obligation
from obligations.permissions import CLOCKS, HOLDS, OPERATION_CLOCKS
from obligations.presented import lines
from obligations.states import KEEPERS, HoldState, kind_label
from operations.views import OperationPage

# Whole-force figures: what runs now, and what was done in this time.
LOOKING_BACK = timedelta(weeks=5)
SEES_COUNTS = KEEPERS | {Role.SRO}
WITHIN = timedelta(days=1)


class ClockLists(KeysetList):
    """What the pages of the whole force share: the clock read once, the ways between them."""

    access = CLOCKS
    at: datetime

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.at = timezone.now()
        self.offices = request.user.offices(self.at) if request.user.is_authenticated else frozenset()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(now=self.at, sections=self.sections(), **kwargs)
        return {**context, "lines": lines(context["page"], self.at)}

    def sections(self) -> list[dict[str, Any]]:
        pages = [
            ("To be done", "obligations:clocks"),
            ("Done", "obligations:done"),
            *([("Holds", "obligations:holds")] if self.offices & KEEPERS else []),
        ]
        return [{"text": text, "href": reverse(name), "active": self.request.path == reverse(name)} for text, name in pages]


class ClockList(ClockLists):
    """D-7: what must be done by when. One's own; all of the force to Information Management; counts and what is overdue to the SRO."""

    template_name = "obligations/clocks.html"
    ordering = ("due_at", "pk")
    filter_form_class = ClockFilter

    def get_queryset(self) -> QuerySet:
        clocks = Obligation.objects.visible_to(self.request.user, self.at).not_ended()
        return clocks.select_related("operation", "certificate").prefetch_related("owners__person")

    def filter(self, queryset: Any, answers: dict[str, Any]) -> QuerySet:
        narrowed = {"overdue": queryset.overdue(self.at), "day": queryset.due_by(self.at + WITHIN), "held": queryset.held()}
        return narrowed.get(answers["show"], queryset)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(counts=self.counts(), **kwargs)

    def counts(self) -> list[dict[str, Any]]:
        if not self.offices & SEES_COUNTS:
            return []
        recent = Q(done_at=None) | Q(done_at__gte=self.at - LOOKING_BACK)
        rows = Obligation.objects.filter(recent, force=self.request.user.force_id).counts(self.at)  # type: ignore[union-attr]
        return [{**row, "label": kind_label(row["kind"])} for row in rows]


class DoneList(ClockLists):
    """What has been done, with its proof, the latest first (D-7)."""

    template_name = "obligations/done.html"
    ordering = ("-done_at", "pk")

    def get_queryset(self) -> QuerySet:
        return Obligation.objects.visible_to(self.request.user, self.at).done().select_related("operation", "certificate")


class HoldList(ClockLists):
    """Holds that are asked for or placed, for those who decide on them (D-4)."""

    access = HOLDS
    template_name = "obligations/holds.html"
    ordering = ("asked_at", "pk")

    def get_queryset(self) -> QuerySet:
        holds = Hold.objects.of_force(self.request.user.force_id).filter(state__in=(HoldState.ASKED, HoldState.PLACED))  # type: ignore[union-attr]
        return holds.select_related("obligation__operation", "asked_by", "answered_by")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = KeysetList.get_context_data(self, now=self.at, sections=self.sections(), **kwargs)
        return {**context, "holds": [(hold, Role.DPO in self.offices or not hold.obligation.is_alert_data) for hold in context["page"]]}


class OperationClocks(OperationPage, KeysetList):
    """The clocks of one operation that this reader sees, running and done."""

    access = OPERATION_CLOCKS
    template_name = "obligations/operation_clocks.html"
    ordering = ("due_at", "pk")

    def get_queryset(self) -> QuerySet:
        clocks = Obligation.objects.visible_to(self.request.user, self.at).filter(operation=self.operation)
        return clocks.select_related("operation", "certificate").prefetch_related("owners__person")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {**context, "lines": lines(context["page"], self.at)}
