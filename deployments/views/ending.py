"""The end of the day: conclude, and putting times right afterwards."""

from typing import Any

from deployments.counts import figures_of
from deployments.forms.running import ConcludeForm, CorrectTimesForm
from deployments.permissions import DEPLOYMENT
from deployments.presented import told
from deployments.services import conclude, correct_times
from deployments.states import ENDED
from deployments.views.pages import Acting, Timed
from govuk.views import VersionedActView


class Conclude(Timed, Acting, VersionedActView):
    """The times and the counts; the clocks of the watchlist begin here (7.3, 7.9b)."""

    access = DEPLOYMENT
    form_class = ConcludeForm
    template_name = "deployments/conclude.html"
    moments = ("ended_at",)
    heading = "Conclude the deployment"
    button = "Conclude – the clocks for deleting begin"

    def get_thing(self) -> Any:
        return self.deployment.again()

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "faces": self.deployment.faces_counted, "method": self.deployment.faces_method}

    def act(self, form: Any) -> str:
        said, ended_at = form.cleaned_data, form.moment("ended_at", self.deployment.live_at)
        faces = None if said["faces"] == self.deployment.faces_counted else said["faces"]
        read = {"faces": faces, "method": said["method"]}
        conclude(self.deployment, ended_at=ended_at, note=said["note"], **read, version=said["version"], by=self.request.user, at=self.at)
        return self.done("The deployment has been concluded.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        figures = figures_of(self.deployment)
        return super().get_context_data(
            figures=figures,
            rate=told(figures.system_rate),
            over=self.at > self.deployment.ends_at,
            wipe=self.deployment.edition.limit("watchlist_media"),
            **kwargs,
        )


class CorrectTimes(Timed, Acting, VersionedActView):
    access = DEPLOYMENT
    form_class = CorrectTimesForm
    template_name = "deployments/correct_times.html"
    moments = ()
    heading = "Correct the times"
    button = "Correct them – the clocks that run from them move"

    def get_thing(self) -> Any:
        return self.deployment.again()

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "ended": self.deployment.state in ENDED}

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "live_at": self.deployment.live_at, "ended_at": self.deployment.ended_at}

    def act(self, form: Any) -> str:
        said = form.cleaned_data
        # A time left as it was is not corrected: it is known to the second, and shown to the minute.
        moments = {name: form.moment(name, getattr(self.deployment, name)) for name in ("live_at", "ended_at")}
        changed = {name: moment for name, moment in moments.items() if moment != getattr(self.deployment, name)}
        correct_times(self.deployment, **changed, reason=said["reason"], version=said["version"], by=self.request.user, at=self.at)
        return self.done("The times have been corrected.")
