"""What is held and must go, each with its clock and its proof (D-2, D-3, D-4)."""

from typing import Any

from django.views.generic import TemplateView

from deployments.forms.day import FootageForm, StoreForm
from deployments.permissions import HOLDINGS
from deployments.preserving import preserved_data
from deployments.services import record_footage, store_footage
from deployments.views.pages import Acting, DeploymentPage, Timed
from govuk.views import ActView
from obligations.models import Obligation
from obligations.presented import word_of
from obligations.states import Kind, kind_label

BY_NUMBER = (Kind.ALERT_DATA, "log_note")


class DataPage(DeploymentPage, TemplateView):
    access = HOLDINGS
    part = "data"
    template_name = "deployments/data.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        media, footage = list(self.deployment.media.select_related("custodian")), list(self.deployment.footage.all())
        clocks = self.clocks([*media, *footage])
        return super().get_context_data(
            media=[(one, clocks.get(one.pk)) for one in media],
            footage=[(one, clocks.get(one.pk)) for one in footage],
            counted=self.counted(),
            preserved=preserved_data(self.deployment, self.standings, by=self.person, at=self.at),
            may_record=self.may(HOLDINGS),
            **kwargs,
        )

    def clocks(self, held: list[Any]) -> dict[Any, dict[str, Any]]:
        """The clock of each thing; a link where this reader may open it."""
        found = Obligation.objects.filter(subject_id__in=[one.pk for one in held]).select_related("certificate")
        open_ = set(Obligation.objects.visible_to(self.person, self.at).filter(pk__in=[clock.pk for clock in found]).values_list("pk", flat=True))
        return {clock.subject_id: {"clock": clock, "word": word_of(clock, self.at), "open": clock.pk in open_} for clock in found}

    def counted(self) -> list[dict[str, Any]]:
        """Alerts and notes are too many to list: how many run, how many are late, how many are gone."""
        mine = Obligation.objects.filter(operation=self.operation, link=self.deployment.get_absolute_url(), kind__in=BY_NUMBER)
        return [{**row, "label": kind_label(row["kind"])} for row in mine.counts(self.at)]


class Holding(Timed, Acting):
    access = HOLDINGS
    part, back_to = "data", "data"
    moments = ("recorded_at",)
    button = "Save"

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "recorded_at": self.deployment.live_at or self.at}


class Elsewhere(Holding, ActView):
    form_class = FootageForm
    heading = "Footage that somebody else holds"

    def act(self, form: Any) -> str:
        said, moment = form.cleaned_data, form.moment("recorded_at", self.deployment.live_at)
        record_footage(self.deployment, name=said["name"], held_by=said["held_by"], recorded_at=moment, by=self.request.user, at=self.at)
        return self.done("Recorded. Its clock runs.")


class Store(Holding, ActView):
    form_class = StoreForm
    template_name = "deployments/store.html"
    heading = "Keep a small piece of footage here"
    button = "Store it – this service deletes it in time"

    def act(self, form: Any) -> str:
        said, moment = form.cleaned_data, form.moment("recorded_at", self.deployment.live_at)
        store_footage(self.deployment, name=said["name"], content=said["file"].read(), recorded_at=moment, by=self.person, at=self.at)
        return self.done("Stored. Its clock runs.")
