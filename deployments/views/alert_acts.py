"""The steps of an alert, and putting it right."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.states import Role
from deployments.forms import alerts as forms
from deployments.forms.alerts import ENGAGE, PASS_ON
from deployments.models import Alert
from deployments.permissions import ALERTS
from deployments.presented import since
from deployments.services import adjudicate, correct_raised_at, correct_result, decide_engagement, link_repeat, note_evidence, record_result
from deployments.states import AFTER_ENGAGEMENT, WITHOUT_ENGAGEMENT, AlertState, Result
from deployments.views.alerts import AlertPage
from deployments.views.pages import Acting, Named, Timed
from govuk.times import log_time
from govuk.views import ActView, VersionedActView


class OfAlert(AlertPage, Acting):
    access = ALERTS
    template_name = "govuk/act.html"
    button = "Save"

    def prepare(self) -> None:
        self.back_url = self.alert_url


class Step(Timed, Named, OfAlert, ActView):
    """A step that is not the next one any more leads to the alert as it stands now."""

    template_name = "deployments/alert_step.html"
    state = AlertState.RAISED

    def prepare(self) -> None:
        self.back_url = self.to("alerts")

    @property
    def heading(self) -> str:  # type: ignore[override]
        return f"Alert at {since(self.alert.raised_at, self.at)}"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().get(request, *args, **kwargs) if self.alert.state == self.state else redirect(self.alert_url)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "is_unlinked": self.alert.is_unlinked}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        later = ("happened_at", "factors", "note")
        return {**context, "asked": [field for field in context["form"].visible_fields() if field.name not in later and not field.is_revealed]}

    def said(self, form: Any, not_before: Any) -> dict[str, Any]:
        """What each step says: who, when, what played a part, what was noticed."""
        answers = {"factors": form.cleaned_data["factors"], "note": form.cleaned_data.get("note", "")}
        who = {"person": self.named(form), "by": self.request.user, "at": self.at}
        return {**answers, **who, "happened_at": form.moment("happened_at", not_before)}


class Judge(Step):
    """The Operator dismisses it or passes it on (5.10)."""

    form_class = forms.JudgeForm
    roles = (Role.OPERATOR,)

    def act(self, form: Any) -> str:
        passed_on = form.cleaned_data["judgement"] == PASS_ON
        adjudicate(self.alert, passed_on=passed_on, **self.said(form, self.alert.raised_at))
        return self.alert_url if passed_on else self.done("The alert has been dismissed.")


class Decide(Step):
    """The Engagement Officer engages, or does not and says how it ended (5.10)."""

    state = AlertState.PASSED_ON
    form_class = forms.DecideForm
    roles = (Role.ENGAGEMENT_OFFICER,)

    def act(self, form: Any) -> str:
        engage = form.cleaned_data["decision"] == ENGAGE
        result = "" if engage else form.cleaned_data["result"]
        decide_engagement(self.alert, engage=engage, result=result, **self.said(form, self.alert.adjudicated_at))
        return self.alert_url if engage else self.done("The alert is closed.")


class RecordResult(Step):
    """What the engagement showed, what policing did; that the card was given is logged (2, 9.5, 9.6)."""

    state = AlertState.ENGAGING
    form_class = forms.ResultForm
    roles = (Role.ENGAGEMENT_OFFICER, Role.OPERATOR)

    def act(self, form: Any) -> str:
        answers = {name: form.cleaned_data[name] for name in ("result", "outcomes", "card_given")}
        record_result(self.alert, **answers, **self.said(form, self.alert.decided_at))
        return self.done("The alert is closed.")


class CorrectResult(OfAlert, VersionedActView):
    form_class = forms.CorrectResultForm
    heading = "Correct the result"

    def get_thing(self) -> Alert:
        return self.alert

    def allowed(self) -> tuple[Result, ...]:
        if self.alert.passed_on is False:
            return (Result.FALSE_UNCONFIRMED,)
        return AFTER_ENGAGEMENT if self.alert.engaged else WITHOUT_ENGAGEMENT

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "allowed": self.allowed()}

    def get_initial(self) -> dict[str, Any]:
        return {"result": self.alert.result, "outcomes": [outcome.kind for outcome in self.alert.outcomes.all()]}

    def act(self, form: Any) -> str:
        correct_result(self.alert, **form.cleaned_data, by=self.request.user, at=self.at)
        return self.done("The result has been corrected. What it was stands in the trail.")


class CorrectTime(Timed, OfAlert, ActView):
    form_class = forms.CorrectTimeForm
    moments = ()
    heading = "Correct the time of the alert"
    button = "Correct it – its clock moves"

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "raised_at": self.alert.raised_at}

    def act(self, form: Any) -> str:
        moment = form.moment("raised_at", self.deployment.live_at)
        correct_raised_at(self.alert, raised_at=moment, reason=form.cleaned_data["reason"], by=self.request.user, at=self.at)
        return self.done("The time has been corrected.")


class LinkRepeat(OfAlert, ActView):
    """Shown beside one another, never subtracted (9.6)."""

    form_class = forms.RepeatForm
    heading = "The same person as before?"

    @property
    def earlier(self) -> dict[str, Alert]:
        found = self.deployment.alerts.filter(raised_at__lte=self.alert.raised_at, is_unlinked=False).exclude(pk=self.alert.pk)
        return {str(alert.pk): alert for alert in found.order_by("-raised_at")[:50]}

    def get_form_kwargs(self) -> dict[str, Any]:
        labels = [(key, f"{log_time(alert.raised_at)}, {alert.camera or 'no camera'}") for key, alert in self.earlier.items()]
        return {**super().get_form_kwargs(), "earlier": labels}

    def get_initial(self) -> dict[str, Any]:
        return {"repeats": str(self.alert.repeats_id or "")}

    def act(self, form: Any) -> str:
        link_repeat(self.alert, repeats=self.earlier.get(form.cleaned_data["repeats"]), by=self.request.user, at=self.at)
        return self.alert_url


class Evidence(OfAlert, ActView):
    """Asked before the personal data go (7.10)."""

    form_class = forms.EvidenceForm
    heading = "Evidence"

    def get_initial(self) -> dict[str, Any]:
        kept = getattr(self.alert, "personal", None)
        return {"moved": self.alert.evidence_moved, "reference": kept.evidence_reference if kept else ""}

    def act(self, form: Any) -> str:
        said = form.cleaned_data
        note_evidence(self.alert, moved=said["moved"], reference=said["reference"] or "", by=self.request.user, at=self.at)
        return self.alert_url
