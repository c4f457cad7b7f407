"""The public register, without signing in (R-6, 9.4, 9.6)."""

from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.generic import TemplateView

from accounts.models import Force
from govuk.lists import KeysetList
from policy import current
from policy.refusals import NotVisible
from reporting.charts import trend
from reporting.forms import RegisterFilter
from reporting.kept import SECONDS, kept
from reporting.models import Publication
from reporting.not_given import deletions, in_time, not_given, reasons, share
from reporting.open_schema import DEFS, LICENCE, LICENCE_URL, NAME, fields
from reporting.permissions import REGISTER
from reporting.published import FOOTNOTES, charts, lines, rate_words
from reporting.register import Asked
from reporting.states import PublicationState
from reporting.summary import breaks, method_label, months, pooled_rate, totals


class PublicPage:
    """Mixin: whoever is not signed in gets a page that may be kept for a minute."""

    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        if not request.user.is_authenticated:
            patch_cache_control(response, public=True, max_age=SECONDS)
        return response


class Register(PublicPage, KeysetList):
    """Days to come, what was published of those past, and what it comes to."""

    access = REGISTER
    template_name = "reporting/register.html"
    ordering = ("-started_at", "-pk")
    filter_form_class = RegisterFilter

    def get_filter_form(self) -> RegisterFilter:
        asked = any(name in self.request.GET for name in RegisterFilter.NAMES)
        return RegisterFilter(RegisterFilter.data_of(self.request.GET) if asked else None)

    def get_queryset(self) -> Any:
        return Publication.objects.in_force().prefetch_related("force")

    def filter(self, queryset: Any, answers: dict[str, Any]) -> Any:
        return self.asked_of(answers).past().prefetch_related("force")

    def asked_of(self, answers: dict[str, Any]) -> Asked:
        return Asked(answers["force"], answers["place"], answers["from"], answers["to"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context, now = super().get_context_data(**kwargs), timezone.now()
        form = context["filter_form"]
        asked = self.asked_of(form.cleaned_data) if form.is_bound and form.is_valid() else Asked()
        first = not any(word in self.request.GET for word in ("after", "before"))
        more = kept("together", asked, lambda: self.put_together(asked)) if first else {}
        return {**context, **more, "days": asked.coming(now) if first else [], "first": first, "now": now, "query": urlencode(asked.as_query)}

    def put_together(self, asked: Asked) -> dict[str, Any]:
        published = asked.past()
        row, points = totals(published), months(published)
        rate = pooled_rate(row)
        value, more = rate_words(rate)
        expected = current().number("expected_false_alert_percent")
        return {
            "totals": row,
            "rate_value": value,
            "rate_more": more,
            "positive": (row["sum_true_confirmed"] or 0) + (row["sum_true_unconfirmed"] or 0),
            "false": (row["sum_false_confirmed"] or 0) + (row["sum_false_unconfirmed"] or 0),
            "months": [{"month": point, "words": " ".join(rate_words(point.rate)), "method": method_label(point.method)} for point in points],
            "trend": trend("trend", f"False alert rate by month, with 95 % intervals. {value}. {more}", points, expected) if len(points) > 1 else "",
            "breaks": breaks(published),
        }


class PublishedDeployment(PublicPage, TemplateView):
    """The twelve items of one deployment, in the edition in force, or an earlier one."""

    access = REGISTER
    template_name = "reporting/published.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        editions = list(
            Publication.objects.ever_public()
            .filter(register_id=self.kwargs["register_id"])
            .select_related("force", "record__deployment")
            .order_by("-edition")
        )
        wanted = self.kwargs.get("edition")
        shown = next((one for one in editions if wanted is None or one.edition == wanted), None)
        if shown is None:
            raise NotVisible()
        operation = shown.record.deployment.operation_id
        deleted = deletions(shown.force_id, timezone.now(), operation=operation)
        return super().get_context_data(
            **presented(shown),
            latest=editions[0],
            editions=editions,
            deleted=deleted,
            deleted_in_time=share(in_time(deleted)),
            withdrawn=shown.state == PublicationState.WITHDRAWN,
            **kwargs,
        )


def presented(publication: Publication) -> dict[str, Any]:
    """As the public sees it: also the preview of the analysts."""
    element = publication.element
    return {
        "publication": publication,
        "element": element,
        "lines": lines(element, publication.beside),
        "metrics": publication.beside.get("metrics", []),
        "expected": Decimal(publication.beside.get("expected_percent", "0.1")),
        "footnotes": FOOTNOTES,
        **charts(publication, element),
    }


class NotGiven(PublicPage, TemplateView):
    """What was not authorised, called off, ended early; and whether data were deleted in time (X-6, X-8)."""

    access = REGISTER
    template_name = "reporting/not_given.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now, most = timezone.now(), int(current().number("small_number_most"))
        forces = [
            {"force": force, "numbers": not_given(force), "reasons": reasons(force, most), **self.deleted(force, now)}
            for force in Force.objects.filter(is_host=False).order_by("name")
        ]
        return super().get_context_data(forces=forces, now=now, **kwargs)

    def deleted(self, force: Force, now: Any) -> dict[str, Any]:
        found = kept("deletions", force.pk, lambda: deletions(force, now))
        return {"deleted": [(one, share(one.in_time)) for one in found], "in_time": share(in_time(found))}


class AboutTheData(PublicPage, TemplateView):
    """How to use these data: fields, units, nulls, editions, licence (X-1)."""

    access = REGISTER
    template_name = "reporting/about_the_data.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        tables = [("Each deployment", fields(DEFS["deployment"])), ("All put together", fields(DEFS["summary.json"]))]
        return super().get_context_data(tables=tables, schema=NAME, licence=LICENCE, licence_url=LICENCE_URL, **kwargs)
