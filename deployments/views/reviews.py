"""Silver's and Gold's reviews: the questions with the figures beside them (O-4, 7.4, 7.6)."""

from typing import Any

from django.utils.functional import cached_property

from accounts.models import User
from accounts.states import Role
from deployments.counts import figures_of
from deployments.forms.day import ReviewForm
from deployments.models import Review
from deployments.permissions import REVIEWS, as_, people_of
from deployments.presented import told
from deployments.reviewing import QUESTIONS, decisions
from deployments.services import review
from deployments.states import Decision
from deployments.views.pages import Acting, DeploymentPage, Timed
from govuk.lists import KeysetList
from govuk.views import ActView
from policy.refusals import NotPermitted, NotVisible

STOPS = {Decision.SUSPEND: "suspend", Decision.TERMINATE: "terminate"}


class ReviewList(DeploymentPage, KeysetList):
    access = REVIEWS
    part = "reviews"
    template_name = "deployments/reviews.html"
    ordering = ("-reviewed_at", "-pk")
    page_size = 10

    def get_queryset(self) -> Any:
        return self.deployment.reviews.select_related("person", "entered_by")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(may_review=self.may(REVIEWS), roles=self.roles(), **kwargs)
        return {**context, "reviews": [(row, answered(row)) for row in context["page"]]}

    def roles(self) -> list[Role]:
        """Whose reviews this reader can enter."""
        there = set(self.operation.appointments.in_force().values_list("role", flat=True)) if as_(Role.LOGGIST) in self.standings else ()
        return [role for role in QUESTIONS if as_(role) in self.standings or role in there]


def answered(review: Review) -> list[tuple[str, str]]:
    return [(question.title, review.answers.get(question.key, "")) for question in QUESTIONS[Role(review.role)]]


class AddReview(Timed, Acting, ActView):
    access = REVIEWS
    part, back_to = "reviews", "reviews"
    moments = ("reviewed_at",)
    form_class = ReviewForm
    template_name = "deployments/review.html"
    button = "Save the review"

    def prepare(self) -> None:
        """Whose it is: the reader's own, or that of the named one for whom a loggist writes."""
        super().prepare()
        if self.kwargs["role"] not in QUESTIONS:
            raise NotVisible()
        self.role = Role(self.kwargs["role"])
        if not self.standings & {as_(self.role), as_(Role.LOGGIST)}:
            raise NotPermitted("O-4", f"This review is {self.role.label}’s, or a Loggist’s to enter.", clause="7.4", remedy="Ask them.")

    @cached_property
    def reviewer(self) -> User | None:
        """Where the reader is not it, the one in that part."""
        return None if as_(self.role) in self.standings else next(iter(people_of(self.operation, self.role)), None)

    @property
    def heading(self) -> str:  # type: ignore[override]
        whose = f"{self.reviewer.name}’s" if self.reviewer else "Your"
        return f"{whose} review as {self.role.label}"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "questions": QUESTIONS[self.role], "decisions": decisions(self.role)}

    def act(self, form: Any) -> str:
        said = form.cleaned_data
        review(
            self.deployment,
            answers=form.answers(),
            decision=said["decision"],
            reason=said["reason"],
            person=self.reviewer,
            reviewed_at=form.moment("reviewed_at"),
            by=self.request.user,
            at=self.at,
        )
        stop = STOPS.get(said["decision"]) if self.deployment.is_running else None
        return self.done("The review has been recorded.", self.to(stop) if stop else "")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        figures = figures_of(self.deployment)
        return super().get_context_data(
            figures=figures,
            system=told(figures.system_rate),
            operational=told(figures.operational_rate),
            expected=self.deployment.edition.number("expected_false_alert_percent").normalize(),
            **kwargs,
        )
