"""Suspend and terminate: one tap and one page to confirm, also after the session's limit; the reason follows. Standing down before the start."""

from typing import Any

from django.urls import reverse
from django.views.generic import TemplateView

from accounts.models import User
from authorisations.forms import NoQuestions
from deployments.forms.readiness import StandDownForm
from deployments.forms.running import ReasonForm
from deployments.models import StateChange
from deployments.permissions import DEPLOYMENT, LOGGIST, SILVER, STOP
from deployments.services import give_reason, stand_down, suspend, terminate
from deployments.states import Move
from deployments.views.pages import Acting, DeploymentPage
from govuk.views import ActView, VersionedActView
from policy.refusals import NotPermitted, NotVisible


class Stop(Acting, ActView):
    """Nothing is asked, and nothing stands in the way (O-3, 7.5)."""

    access = STOP
    form_class = NoQuestions
    template_name = "deployments/stop.html"
    button_kind = "warning"
    open_after_session_limit = True
    has_stop_bar = False
    word = ""
    move = ""

    @property
    def heading(self) -> str:  # type: ignore[override]
        return f"{self.word} this deployment?"

    @property
    def button(self) -> str:  # type: ignore[override]
        return f"{self.word} now" if self.is_silver else f"{self.word} now, on Silver’s order"

    def stopped(self) -> str:
        """Where the reason is asked. After the session's limit that needs signing in, so first a page says that it is done."""
        change = self.deployment.changes.filter(move=self.move).last()
        if getattr(self.request, "timed_out", None):
            return self.to("stopped")
        return self.to("reason", change.pk) if change and change.owes_reason else self.to("deployment")


class Suspend(Stop):
    word, move = "Suspend", Move.SUSPENDED

    def act(self, form: Any) -> str:
        suspend(self.deployment, by=self.request.user, at=self.at)
        return self.stopped()


class Terminate(Stop):
    word, move = "Terminate", Move.TERMINATED

    def act(self, form: Any) -> str:
        terminate(self.deployment, by=self.request.user, at=self.at)
        return self.stopped()


class Stopped(DeploymentPage, TemplateView):
    """That it is done, for somebody whose session has run out meanwhile. Nothing else stands here."""

    access = STOP
    open_after_session_limit = True
    template_name = "deployments/stopped.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        change = self.deployment.changes.filter(move__in=(Move.SUSPENDED, Move.TERMINATED)).select_related("entered_by").last()
        return super().get_context_data(change=change, **kwargs)


def may_explain(change: StateChange, person: User, found: frozenset[str]) -> bool:
    """Silver, whoever pressed, or a loggist for them."""
    return bool(found & {SILVER, LOGGIST}) or change.entered_by_id in (None, person.pk)


class GiveReason(Acting, VersionedActView):
    access = STOP
    form_class = ReasonForm
    template_name = "deployments/reason.html"
    button = "Save the reason"

    @property
    def heading(self) -> str:  # type: ignore[override]
        return f"{self.thing.get_move_display()}. Why?"

    def prepare(self) -> None:
        super().prepare()
        if not may_explain(self.thing, self.person, self.standings):
            raise NotPermitted("O-3", "Silver, or whoever pressed, says why it was stopped.", clause="7.5", remedy="Ask them.")

    def get_thing(self) -> StateChange:
        found = self.deployment.changes.select_related("entered_by", "deployment__operation").filter(pk=self.kwargs["change_id"]).first()
        if found is None:
            raise NotVisible()
        return found

    def act(self, form: Any) -> str:
        give_reason(self.thing, **form.cleaned_data, by=self.request.user, at=self.at)
        return self.done("The reason has been recorded.")


class StandDown(Acting, VersionedActView):
    access = DEPLOYMENT
    part = "go_live"
    form_class = StandDownForm
    template_name = "deployments/stand_down.html"
    heading = "Stand down or postpone"
    button = "Stand down – this is final"
    button_kind = "warning"

    def get_thing(self) -> Any:
        return self.deployment.again()

    def act(self, form: Any) -> str:
        stand_down(self.deployment, **form.cleaned_data, by=self.request.user, at=self.at)
        return self.done("The deployment has been stood down.", reverse("deployments:deployment", args=[self.deployment.pk]))
