"""What those who oversee see of the whole force: trends, what is late, breaches, deviations, learning, and their own reviews (R-7, 8.1)."""

from typing import Any

from django.contrib import messages
from django.urls import reverse
from django.views.generic import TemplateView

from accounts.models import User
from accounts.states import Role
from accounts.views.staff import StaffPage
from govuk.views import ActView
from policy import current
from policy.refusals import NotVisible
from reporting import services as acts
from reporting.charts import trend
from reporting.figures import breaches, clocks, deviations, heard_counts, learning, outcomes, said_with
from reporting.forms import ActionForm, ReviewForm
from reporting.models import BoardReview, Feedback, Pack, Risk
from reporting.not_given import deletions, in_time, not_given, share
from reporting.permissions import HEARD, OVERSIGHT
from reporting.published import rate_words
from reporting.register import Asked
from reporting.summary import breaks, method_label, months, pooled_rate, totals
from reporting.views.debriefs import end_of

MOST = 20


class OverseersPage(StaffPage):
    access = OVERSIGHT

    @property
    def force(self) -> Any:
        return self.me.force

    @property
    def records(self) -> bool:
        """External Scrutiny reads; the SRO records reviews and decisions."""
        return bool(self.standings & OVERSIGHT.writes)


class Oversight(OverseersPage, TemplateView):
    template_name = "reporting/oversight.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        force, at = self.force, self.at
        names = Role.SCRUTINY not in self.me.offices(at)
        deleted = deletions(force, at)
        return super().get_context_data(
            force=force,
            outcomes=outcomes(force),
            not_given=not_given(force),
            clocks=clocks(force, at),
            breaches=breaches(force),
            deviations=deviations(force, MOST),
            learning=learning(force, at),
            names=names,
            deleted=deleted,
            deleted_in_time=share(in_time(deleted)),
            reviews=BoardReview.objects.filter(force=force).prefetch_related("actions__person")[:MOST],
            records=self.records,
            hears=bool(self.standings & HEARD.writes),
            heard=Feedback.objects.filter(force=force)[:MOST],
            heard_counts=heard_counts(force),
            risks=Risk.objects.filter(force=force, closed_at=None)[:MOST],
            packs=Pack.objects.filter(force=force).defer("content")[:MOST],
            **self.trends(),
            **kwargs,
        )

    def trends(self) -> dict[str, Any]:
        """As on the public register, of this force."""
        published = Asked(force=self.force.pk).past()
        row, points, expected = totals(published), months(published), current().number("expected_false_alert_percent")
        value, more = rate_words(pooled_rate(row))
        return {
            "totals": row,
            "rate_value": value,
            "rate_more": more,
            "positive": (row["sum_true_confirmed"] or 0) + (row["sum_true_unconfirmed"] or 0),
            "false": (row["sum_false_confirmed"] or 0) + (row["sum_false_unconfirmed"] or 0),
            "months": [{"month": one, "words": " ".join(rate_words(one.rate)), "method": method_label(one.method)} for one in points],
            "trend": trend("trend", f"False alert rate by month, with 95 % intervals. {value}. {more}", points, expected) if len(points) > 1 else "",
            "breaks": breaks(published),
        }


class RecordReview(OverseersPage, ActView):
    changes = True
    form_class = ReviewForm
    heading, button = "Record a review", "Record it"
    back_url = "/oversight/"

    def act(self, form: Any) -> str:
        said = form.cleaned_data
        figures = said_with(self.force, said["from_date"], said["to_date"])
        acts.record_review(**said, figures=figures, by=self.me, at=self.at)
        messages.success(self.request, "The review has been recorded.")
        return reverse("reporting:oversight")


class AddDecision(OverseersPage, ActView):
    """A decision that is to be followed up."""

    changes = True
    form_class = ActionForm
    heading, button = "A decision to be followed up", "Add it"
    back_url = "/oversight/"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "people": User.objects.filter(force=self.force, is_active=True).order_by("name")}

    def act(self, form: Any) -> str:
        review = BoardReview.objects.filter(pk=self.kwargs["review_id"], force=self.force).first()
        if review is None:
            raise NotVisible()
        said = form.cleaned_data
        acts.add_decision(review, what=said["what"], person=said["person"], due_at=end_of(said["due_date"]), by=self.me, at=self.at)
        return reverse("reporting:oversight")
