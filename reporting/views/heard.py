"""What was heard from outside, and the risk register: written by those who oversee (R-7)."""

from typing import Any

from django.contrib import messages
from django.urls import reverse

from govuk.views import ActView, VersionedActView
from policy.refusals import NotVisible
from reporting import services as acts
from reporting.forms import AnswerForm, CloseRiskForm, FeedbackForm, RatingForm, RiskForm
from reporting.models import Feedback, Risk
from reporting.permissions import HEARD
from reporting.views.oversight import OverseersPage


class OfOversight(OverseersPage):
    """Each leads back to the oversight page, with a word that it has been done."""

    changes = True
    back_url = "/oversight/"
    done = ""

    def over(self) -> str:
        messages.success(self.request, self.done)
        return reverse("reporting:oversight")


class OneThing(OfOversight, VersionedActView):
    """One row of the force; another force's does not exist here."""

    model: Any

    def get_thing(self) -> Any:
        found = self.model.objects.filter(pk=self.kwargs["pk"], force=self.force).first()
        if found is None:
            raise NotVisible()
        return found


class RecordFeedback(OfOversight, ActView):
    access = HEARD
    form_class = FeedbackForm
    heading, button = "Something heard from outside", "Record it"
    done = "Recorded."

    def act(self, form: Any) -> str:
        acts.record_feedback(**form.cleaned_data, by=self.me, at=self.at)
        return self.over()


class AnswerFeedback(OneThing):
    access = HEARD
    model = Feedback
    form_class = AnswerForm
    template_name = "reporting/answer_feedback.html"
    heading, button = "What was answered", "Record it"
    done = "The answer has been recorded."

    def act(self, form: Any) -> str:
        acts.answer_feedback(self.thing, answer=form.cleaned_data["answer"], version=form.cleaned_data["version"], by=self.me, at=self.at)
        return self.over()


class OpenRisk(OfOversight, ActView):
    form_class = RiskForm
    heading, button = "Put a risk on the register", "Put it on the register"
    done = "The risk is on the register."

    def act(self, form: Any) -> str:
        acts.open_risk(what=form.cleaned_data["what"], **form.rating(), by=self.me, at=self.at)
        return self.over()


class ReviewRisk(OneThing):
    model = Risk
    form_class = RatingForm
    template_name = "reporting/review_risk.html"
    heading, button = "Review a risk", "Save the review"
    done = "The risk has been rated again."

    def get_initial(self) -> dict[str, Any]:
        return {"likelihood": self.thing.likelihood, "impact": self.thing.impact, "measures": self.thing.measures}

    @property
    def closes_at(self) -> str:
        return reverse("reporting:close_risk", args=[self.thing.pk])

    def act(self, form: Any) -> str:
        acts.review_risk(self.thing, **form.rating(), version=form.cleaned_data["version"], by=self.me, at=self.at)
        return self.over()


class CloseRisk(OneThing):
    model = Risk
    form_class = CloseRiskForm
    template_name = "reporting/review_risk.html"
    heading, button = "Close a risk", "Close it"
    done = "The risk has been closed."

    def act(self, form: Any) -> str:
        acts.close_risk(self.thing, reason=form.cleaned_data["reason"], version=form.cleaned_data["version"], by=self.me, at=self.at)
        return self.over()
