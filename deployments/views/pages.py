"""What the pages of a deployment share: the deployment, who the reader is to it, its pages, and where each finding can be mended."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import cached_property

from accounts.models import User
from accounts.states import Role
from deployments.models import Deployment
from deployments.permissions import ALERTS, BREACHES, DEPLOYMENT, FIGURES, HOLDINGS, LOGS, REVIEWS, SILVER, STOP, people_of
from deployments.presented import hours
from govuk.returning import next_path
from operations.models import Operation
from operations.permissions import Row
from operations.views import OperationPage
from operations.writing import Hand
from policy.refusals import NotVisible

# Whoever sees any of the pages finds the first of them at the deployment's address.
FRONT = Row.of("deployment", sees={*DEPLOYMENT.sees, *FIGURES.sees, *HOLDINGS.sees, *BREACHES.sees})
PAGES: tuple[tuple[str, str, Row], ...] = (
    ("Overview", "deployment", DEPLOYMENT),
    ("Go-live", "go_live", DEPLOYMENT),
    ("Log", "log", LOGS),
    ("Alerts", "alerts", ALERTS),
    ("Reviews", "reviews", REVIEWS),
    ("Figures", "figures", FIGURES),
    ("Data", "data", HOLDINGS),
    ("Breaches", "breaches", BREACHES),
)
MADE_READY = {"assets": "assets", "staff": "assets", "notice": "notice", "watchlist": "watchlist", "threshold": "threshold", "media": "medium"}


def point_url(deployment: Deployment, point: str) -> str:
    """Where a point of the go-live check can be mended."""
    if point == "authority":
        return reverse("authorisations:authority", args=[deployment.authority_id])
    if point == "window":
        return f"{reverse('deployments:go_live', args=[deployment.pk])}#id_reason"
    if point in MADE_READY:
        return reverse(f"deployments:{MADE_READY[point]}", args=[deployment.pk])
    return reverse("deployments:answer", args=[deployment.pk, point])


class DeploymentPage(OperationPage):
    access = DEPLOYMENT
    base_template = "deployments/base_deployment.html"
    reads_signed = True
    deployment: Deployment
    part = "deployment"
    has_stop_bar = True

    def get_operation(self) -> Operation:
        found = (
            Deployment.objects.select_related("operation__force", "place", "authority__ao", "authority__application")
            .filter(pk=self.kwargs["deployment_id"])
            .first()
        )
        if found is None:
            raise NotVisible()
        self.deployment = found
        return found.operation

    def stays(self) -> Iterator[tuple[str, str, datetime | None, str]]:
        one = self.deployment
        yield f"{one}, {one.place}: {one.get_state_display().lower()}", "", one.ended_at or one.starts_at, ""  # type: ignore[attr-defined]

    def to(self, name: str, *args: Any) -> str:
        return reverse(f"deployments:{name}", args=[self.deployment.pk, *args])

    def find_url(self, where: str) -> str:
        page, _, point = where.partition(".")
        if page == "go_live":
            return point_url(self.deployment, point)
        return f"#id_{point}" if page == "review" else super().find_url(where)  # type: ignore[misc]

    @cached_property
    def is_silver(self) -> bool:
        return SILVER in self.standings

    def may(self, row: Row) -> bool:
        return bool(self.standings & row.writes)

    def sections(self) -> list[dict[str, Any]]:
        """The pages of the deployment that this reader sees, with what waits on them."""
        waiting = {"alerts": (self.deployment.alerts.open, "open"), "breaches": (self.deployment.breaches.open, "not dealt with")}
        sections = []
        for text, name, row in PAGES:
            if row.sees & self.standings:
                find, of = waiting.get(name, (None, ""))
                sections.append(
                    {"text": text, "href": self.to(name), "active": name == self.part, "count": find().count() if find else 0, "count_of": of}
                )
        return sections

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            deployment=self.deployment,
            hours=hours(self.deployment),
            sections=self.sections(),
            may_stop=self.may(STOP),
            stop_bar=self.has_stop_bar and self.deployment.is_running and self.may(STOP),
            is_silver=self.is_silver,
            **kwargs,
        )


class Acting(DeploymentPage, Hand):
    """Mixin before ActView: a page that does one act, comes from `back_to` (or from where `?next=` says) and returns there."""

    back_to = "deployment"
    back_url = ""

    def prepare(self) -> None:
        self.back_url = next_path(self.request, self.to(self.back_to))

    def done(self, said: str, where: str = "") -> str:
        messages.success(self.request, said)
        return where or self.back_url


class Timed:
    """Mixin before ActView: its moments are prefilled with now."""

    moments: tuple[str, ...] = ("happened_at",)
    at: datetime

    def get_initial(self) -> dict[str, Any]:
        now = {"opened_at": self.at.isoformat(), **dict.fromkeys(self.moments, self.at)}
        return {**super().get_initial(), **now}  # type: ignore[misc]


class Named:
    """Mixin before ActView: who did it, chosen among those who have such a part in the operation."""

    roles: tuple[Role, ...] = ()
    operation: Operation

    @cached_property
    def people(self) -> dict[str, User]:
        return {str(person.pk): person for person in sorted(people_of(self.operation, *self.roles), key=lambda person: person.name)}

    def get_form_kwargs(self) -> dict[str, Any]:
        named = [(key, person.name) for key, person in self.people.items()]
        me = str(self.request.user.pk)  # type: ignore[attr-defined]
        return {**super().get_form_kwargs(), "people": named, "me": me}  # type: ignore[misc]

    def named(self, form: Any) -> User | None:
        return self.people.get(form.cleaned_data.get("person") or "")


def appointed(operation: Operation, *roles: Role) -> QuerySet[User]:
    """Those in these parts now, for a form to pick from; without a part named, everybody appointed."""
    part = {"appointments__role__in": roles} if roles else {}
    return User.objects.filter(appointments__operation=operation, appointments__ended_at=None, is_active=True, **part).distinct().order_by("name")
