"""One clock, and its certificate."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.views.generic import TemplateView

from audit.models import TrailEntry
from obligations.models import Certificate, Obligation
from obligations.permissions import CLOCK
from obligations.presented import Possible, step_words, word_of
from obligations.states import Basis, HoldState
from policy.refusals import NotVisible


class ClockPage:
    """Mixin: `clock` from the URL, if this reader sees it; `at`, the clock read once."""

    access = CLOCK
    request: HttpRequest
    kwargs: dict[str, Any]
    at: datetime

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)  # type: ignore[misc]
        self.at = timezone.now()

    def seen(self, pk: Any) -> Obligation:
        """To whom it is not visible it does not exist."""
        visible = Obligation.objects.visible_to(self.request.user, self.at)
        found = visible.filter(pk=pk).select_related("operation", "force", "done_by").first()
        if found is None:
            raise NotVisible()
        return found


class Clock(ClockPage, TemplateView):
    """D-7: what must be done, by whom, by when, how that was reckoned; what has been said; holds; proof."""

    template_name = "obligations/clock.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        clock = self.seen(self.kwargs["pk"])
        holds = clock.holds.select_related("asked_by", "answered_by", "released_by").order_by("asked_at")
        return super().get_context_data(
            clock=clock,
            word=word_of(clock, self.at),
            owners=list(clock.owners.select_related("person").order_by("pk")),
            possible=Possible.to(clock, self.request.user, self.at),
            steps=[(step_words(step), step) for step in clock.steps.all()],
            holds=holds,
            answers=[(hold, hold.state == HoldState.ASKED) for hold in holds],
            attestations=clock.attestations.select_related("attested_by", "confirmed_by", "disputed_by").order_by("pk"),
            certificate=Certificate.objects.filter(obligation=clock).first(),
            now=self.at,
            **kwargs,
        )


class CertificatePage(ClockPage, TemplateView):
    """The proof that it is gone (X-8), to be read or printed."""

    template_name = "obligations/certificate.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        clock = self.seen(self.kwargs["pk"])
        certificate = Certificate.objects.filter(obligation=clock).select_related("attested_by", "confirmed_by").first()
        if certificate is None:
            raise NotVisible()
        holds = [
            (Basis(hold["basis"]).label, datetime.fromisoformat(hold["placed_at"]), datetime.fromisoformat(hold["released_at"]))
            for hold in certificate.holds
        ]
        entry = TrailEntry.objects.filter(thing_id=str(certificate.pk)).order_by("pk").first()
        said = clock.attestations.filter(disputed_at=None).first()
        return super().get_context_data(clock=clock, certificate=certificate, holds=holds, entry=entry, attestation=said, **kwargs)
