"""The figures as they stand, and what they are read from: faces, threshold, volunteers."""

from typing import Any

from django.db.models import Sum
from django.views.generic import TemplateView

from deployments.counts import figures_of
from deployments.forms.day import ConsentForm, FacesForm, RunForm
from deployments.models import BlueVolunteer
from deployments.permissions import FIGURES, READINESS
from deployments.presented import told
from deployments.services import read_faces, record_blue, record_consent
from deployments.states import Method, Outcome, Result
from deployments.views.pages import Acting, DeploymentPage, Timed
from govuk.views import ActView
from policy.refusals import NotVisible

MOST = 50


class FiguresPage(DeploymentPage, TemplateView):
    access = FIGURES
    part = "figures"
    template_name = "deployments/figures.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        figures = figures_of(self.deployment)
        return super().get_context_data(
            figures=figures,
            results=[(result.label, getattr(figures, result.value)) for result in Result],
            outcomes=[(outcome.label, figures.outcomes[outcome]) for outcome in Outcome],
            system=told(figures.system_rate),
            operational=told(figures.operational_rate),
            recognition=told(figures.recognition_rate, "passes"),
            expected=self.deployment.edition.number("expected_false_alert_percent").normalize(),
            faces="not read yet" if figures.faces is None else f"{figures.faces:,}",
            readings=[(f"{one.count:,}", one) for one in self.deployment.face_readings.select_related("entered_by").order_by("-read_at")[:MOST]],
            thresholds=self.deployment.threshold_changes.select_related("entered_by").order_by("-changed_at")[:MOST],
            volunteers=self.deployment.volunteers.annotate(passes=Sum("runs__passes"), correct=Sum("runs__correct")).order_by("label"),
            may_read=self.may(FIGURES),
            may_make_ready=self.may(READINESS),
            **kwargs,
        )


class Reading(Acting):
    access = FIGURES
    part, back_to = "figures", "figures"
    button = "Save"


class ReadFaces(Timed, Reading, ActView):
    form_class = FacesForm
    moments = ("read_at",)
    heading = "Read faces"

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "method": self.deployment.faces_method or Method.COMPARED}

    def act(self, form: Any) -> str:
        said = form.cleaned_data
        moment = form.moment("read_at")
        read_faces(self.deployment, count=said["count"], method=said["method"], read_at=moment, by=self.request.user, at=self.at)
        return self.done(f"{said['count']:,} faces recorded.")


class Consent(Timed, Reading, ActView):
    access = READINESS
    form_class = ConsentForm
    moments = ("consented_at",)
    template_name = "deployments/consent.html"
    heading = "A volunteer’s written consent"

    def act(self, form: Any) -> str:
        moment = form.moment("consented_at")
        record_consent(self.deployment, label=form.cleaned_data["label"], consented_at=moment, by=self.request.user, at=self.at)
        return self.back_url


class Run(Timed, Reading, ActView):
    form_class = RunForm
    moments = ("ran_at",)

    def prepare(self) -> None:
        super().prepare()
        found = BlueVolunteer.objects.select_related("deployment__operation").filter(pk=self.kwargs["volunteer_id"], deployment=self.deployment)
        if (volunteer := found.first()) is None:
            raise NotVisible()
        self.volunteer = volunteer

    @property
    def heading(self) -> str:  # type: ignore[override]
        return f"Volunteer {self.volunteer.label} walked through"

    def act(self, form: Any) -> str:
        said, moment = form.cleaned_data, form.moment("ran_at", self.volunteer.consented_at)
        record_blue(self.volunteer, passes=said["passes"], correct=said["correct"], ran_at=moment, by=self.request.user, at=self.at)
        return self.back_url
