"""Disposing of what was signed in an operation: the proposal, and the second person’s answer (A-19, 7.1)."""

from typing import Any

from django.contrib import messages
from django.urls import reverse

from authorisations.permissions import KEEPING
from authorisations.services.keeping import check_not_proposed, kept_reviews, waiting_disposal
from govuk.views import ActView
from operations.views import OperationPage
from operations.writing import Hand
from reporting import services as acts
from reporting.forms import AgreeToDisposalForm, ProposeDisposalForm, TurnDownDisposalForm
from reporting.permissions import DISPOSAL
from reporting.rules import check_answers_disposal, check_disposable


class DisposalPage(OperationPage, Hand, ActView):
    access = DISPOSAL
    reads_signed = True
    template_name = "reporting/disposal.html"
    button_kind = "warning"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(proposed=waiting_disposal(self.operation), review=kept_reviews(self.operation).last(), **kwargs)


class Propose(DisposalPage):
    access = KEEPING
    form_class = ProposeDisposalForm
    heading, button = "Propose disposal of what was signed", "Propose disposal to a second person"

    def check_possible(self) -> None:
        check_disposable(self.operation, self.at)
        check_not_proposed(self.operation)

    def act(self, form: Any) -> str:
        acts.propose_disposal(self.operation, reason=form.cleaned_data["reason"], by=self.person, at=self.at)
        messages.success(self.request, "Proposed. Information Management and the Data Protection Officer have been told.")
        return reverse("operation", args=[self.operation.pk])


class AnswerPage(DisposalPage):
    """For another person than the proposer."""

    def check_possible(self) -> None:
        check_answers_disposal(waiting_disposal(self.operation), self.person)


class Confirm(AnswerPage):
    form_class = AgreeToDisposalForm
    heading, button = "Dispose of what was signed", "Confirm and destroy the texts – this is final"

    def check_possible(self) -> None:
        super().check_possible()
        check_disposable(self.operation, self.at)

    def act(self, form: Any) -> str:
        acts.confirm_disposal(self.operation, by=self.person, at=self.at)
        messages.success(self.request, "The texts have been destroyed. The certificate proves it.")
        return self.request.path


class TurnDown(AnswerPage):
    form_class = TurnDownDisposalForm
    heading, button, button_kind = "Keep what was signed", "Turn the disposal down", ""

    def act(self, form: Any) -> str:
        acts.turn_down_disposal(self.operation, reason=form.cleaned_data["reason"], by=self.person, at=self.at)
        messages.success(self.request, "Turned down. The next review runs from now.")
        return reverse("operation", args=[self.operation.pk])
