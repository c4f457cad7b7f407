"""Certifying a deletion, confirming it, and deciding on holds: each page does one act."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase

from govuk.views import VersionedActView
from obligations import forms, permissions, services
from obligations.models import Hold, Obligation
from obligations.rules import standing_attestation
from obligations.states import Manner
from obligations.views.clock import ClockPage
from policy.refusals import NotVisible


class ClockAct(ClockPage, VersionedActView):
    """An act on one clock. `may` is asked before the page is shown, and again by the act."""

    clock: Obligation
    said = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.prepare()
        return super().dispatch(request, *args, **kwargs)  # type: ignore[return-value]

    def prepare(self) -> None:
        self.clock = self.seen(self.kwargs["pk"])
        self.may()

    def may(self) -> None:
        raise NotImplementedError

    def get_thing(self) -> Any:
        return self.seen(self.clock.pk)

    @property
    def caption(self) -> str:  # type: ignore[override]
        return f"{self.clock.operation.reference} · {self.clock.sentence}" if self.clock.operation else self.clock.sentence

    @property
    def back_url(self) -> str:  # type: ignore[override]
        return self.clock.get_absolute_url()

    def act(self, form: Any) -> str:
        self.perform(form.cleaned_data, by=self.request.user, at=self.at, version=form.cleaned_data["version"])
        messages.success(self.request, self.said)
        return self.back_url

    def perform(self, answers: dict[str, Any], **act: Any) -> None:
        raise NotImplementedError


class Attest(ClockAct):
    """D-2: the custodian certifies."""

    form_class = forms.AttestForm
    heading, button = "Certify that it has been deleted", "Certify: another person then confirms it"
    said = "Certified. It waits for a second person to confirm it."

    def may(self) -> None:
        permissions.check_may_attest(self.clock, self.request.user, self.at)

    def perform(self, answers: dict[str, Any], **act: Any) -> None:
        services.attest(self.thing, **{name: answers[name] for name in ("wiped_at", "how", "item", "count")}, **act)


class Confirm(ClockAct):
    """D-2: a second person confirms or disputes."""

    form_class = forms.ConfirmForm
    template_name = "obligations/confirm.html"
    heading, button = "Confirm a deletion", "Save your answer"

    def may(self) -> None:
        permissions.check_may_confirm(self.clock, self.request.user, self.at)

    def check_possible(self) -> None:
        services.check_another_confirms(self.clock, self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(attestation=standing_attestation(self.clock), **kwargs)

    def perform(self, answers: dict[str, Any], **act: Any) -> None:
        done = services.confirm if answers["outcome"] == "confirm" else services.dispute
        done(self.thing, answer=answers["answer"], **act)
        self.said = "The certificate has been written." if answers["outcome"] == "confirm" else "It has to be deleted and certified again."


class AskHold(ClockAct):
    """D-3, D-4: anyone appointed may ask."""

    form_class = forms.AskHoldForm
    template_name = "obligations/ask_hold.html"
    button = "Ask for the hold"
    said = "It has been asked for. Deletion goes on until the hold is placed."

    def may(self) -> None:
        permissions.check_may_ask_hold(self.clock, self.request.user, self.at)

    @property
    def heading(self) -> str:  # type: ignore[override]
        return f"Ask for a hold on {self.clock.what_is_held}"

    def get_form_kwargs(self) -> dict[str, Any]:
        can_be_cut = self.clock.manner == Manner.ATTESTED
        return {**super().get_form_kwargs(), "can_be_cut": can_be_cut, "alert_data": self.clock.is_alert_data}

    def perform(self, answers: dict[str, Any], **act: Any) -> None:
        said = {name: answers[name] for name in ("basis", "reason", "covers") if name in answers}
        services.ask_hold(self.thing, footage=answers.get("footage", ""), **said, **act)


class HoldAct(ClockAct):
    """An act on a hold, by those who keep them."""

    hold: Hold
    template_name = "obligations/hold_act.html"

    def prepare(self) -> None:
        self.hold = self.get_thing()
        self.clock = self.seen(self.hold.obligation_id)
        self.may()

    def may(self) -> None:
        permissions.check_keeps_holds(self.clock, self.request.user, self.at)

    def get_thing(self) -> Hold:
        found = Hold.objects.filter(pk=self.kwargs["hold_id"]).select_related("obligation", "asked_by", "answered_by").first()
        if found is None:
            raise NotVisible()
        return found


class DecideHold(HoldAct):
    form_class = forms.DecideHoldForm
    heading, button = "Decide on a hold", "Save the decision"

    def may(self) -> None:
        permissions.check_decides_hold(self.clock, self.request.user, self.at)

    def check_possible(self) -> None:
        services.check_another_decides(self.hold, self.request.user)

    def perform(self, answers: dict[str, Any], **act: Any) -> None:
        if answers["outcome"] == "place":
            services.place_hold(self.thing, review_date=answers["review_date"], answer=answers["answer"], **act)
            self.said = f"The hold has been placed. The {self.clock.what_is_held} is kept."
        else:
            services.refuse_hold(self.thing, answer=answers["answer"], **act)
            self.said = f"The hold has been refused. The {self.clock.what_is_held} is deleted in time."


class ReviewHold(HoldAct):
    form_class = forms.ReviewHoldForm
    heading, button, said = "Review a hold", "Keep the hold", "The hold has been reviewed and stands."

    def perform(self, answers: dict[str, Any], **act: Any) -> None:
        services.review_hold(self.thing, review_date=answers["review_date"], answer=answers["answer"], **act)


class ReleaseHold(HoldAct):
    form_class = forms.ReleaseHoldForm
    heading, button, button_kind = "Release a hold", "Release it: the original limit applies again", "warning"
    said = "The hold has been released. The original limit applies again."

    def check_possible(self) -> None:
        services.check_third_releases(self.hold, self.request.user)

    def perform(self, answers: dict[str, Any], **act: Any) -> None:
        services.release_hold(self.thing, reason=answers["reason"], **act)
