"""Authorities, read by whoever may see them. They are given, confirmed and cancelled on the pages, where the signature is."""

from typing import Any

from django.urls import reverse
from rest_framework import serializers

from accounts.api.keyset import Asked, rows
from accounts.api.views import DetailView, ListView
from authorisations.api.applications import decision_shown
from authorisations.api.shown import AuthorityShown, AuthorityWhole
from authorisations.models import Authority
from authorisations.permissions import AUTHORITY, LISTS
from authorisations.states import AuthorityState
from operations.api.views import OfOperation
from operations.permissions import check_sees
from policy.refusals import NotVisible

WHOLE = ("operation", "application", "decision__ao", "note__given_to", "cancellation__cancelled_by")


class AuthoritiesAsked(Asked):
    state = serializers.ChoiceField(choices=AuthorityState.choices, required=False)


class Authorities(ListView):
    """The authorities that you may see, the newest first (A-15, A-16)."""

    access = LISTS
    shown = AuthorityShown
    asked = AuthoritiesAsked
    ordering = ("-given_at", "-pk")

    def get_queryset(self) -> Any:
        return Authority.objects.visible_to(self.person, self.at)

    def narrowed(self, queryset: Any, said: dict[str, Any]) -> Any:
        return queryset.filter(state=said["state"]) if "state" in said else queryset


class AuthorityDetail(OfOperation, DetailView):
    """One authority: its limits and conditions, the signed document with its hash, the note if it was verbal, how it ended (A-15 to A-18)."""

    access = AUTHORITY
    shown = AuthorityWhole

    def body(self) -> dict[str, Any]:
        authority = Authority.objects.select_related(*WHOLE).filter(pk=self.kwargs["authority_id"]).first()
        if authority is None:
            raise NotVisible()
        check_sees(AUTHORITY, self.person, authority.operation, self.at)
        [row] = rows(Authority.objects.filter(pk=authority.pk), AuthorityShown(context={"view": self}))
        decision, note, report = authority.decision, getattr(authority, "note", None), getattr(authority, "cancellation", None)
        return {
            **row,
            "disposed": authority.operation.disposed,
            "decision": decision_shown(decision) if decision else None,
            "document": decision.content if decision else None,
            "note": note_shown(note) if note else None,
            "cancellation": report_shown(report) if report else None,
            "page": reverse("authorisations:authority", args=[authority.pk]),
        }


def note_shown(note: Any) -> dict[str, Any]:
    said = {"means": note.means, "ground": note.ground, "words": note.words}
    return {"given_to_name": note.given_to.name, "said_at": note.said_at, **said, "confirmed_at": note.confirmed_at}


def report_shown(report: Any) -> dict[str, Any]:
    said = {"reason": report.reason, "done_under": report.done_under}
    return {**said, "cancelled_at": report.cancelled_at, "cancelled_by_name": report.cancelled_by.name}
