"""The list, the first page, the task list, check answers, and what becomes of an application."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from accounts.views import StaffPage
from authorisations.canonical import content_of
from authorisations.digest import digest
from authorisations.forms import ReasonForm, StartForm
from authorisations.models import Application, Authority
from authorisations.permissions import APPLYING, DECIDING, DRAFT, LISTS, VERBAL
from authorisations.rules.amending import check_withdrawable, is_amendable
from authorisations.rules.complete import blocking, findings
from authorisations.rules.deciding import can_decide
from authorisations.rules.urgency import outstanding
from authorisations.sections import SECTIONS, form_of
from authorisations.sections.base import shown
from authorisations.services import applying
from authorisations.states import IN_FORCE, WHOSE_TURN, ApplicationState
from authorisations.views.pages import ApplicationPage, url_of
from govuk.fields import SelectField, whole
from govuk.forms import FilterForm
from govuk.lists import KeysetList
from govuk.refusals import linked
from govuk.returning import with_next
from govuk.views import ActView, ButtonView
from operations.writing import Hand
from policy.refusals import RuleBroken, Stale


class StateFilter(FilterForm):
    state = SelectField(label="State", choices=ApplicationState.choices, blank="Any")


class Applications(KeysetList):
    access = LISTS
    template_name = "authorisations/applications.html"
    ordering = ("-started_at", "-pk")
    filter_form_class = StateFilter

    def get_queryset(self) -> Any:
        return Application.objects.visible_to(self.request.user, timezone.now()).select_related("operation", "applicant")

    def filter(self, queryset: Any, answers: dict[str, Any]) -> Any:
        return queryset.filter(state=answers["state"]) if answers["state"] else queryset


class Start(StaffPage, ActView):
    access = APPLYING
    changes = True
    form_class = StartForm
    heading = "Apply to deploy live facial recognition"
    button = "Start the application"
    back_url = "/applications/"

    def act(self, form: Any) -> str:
        application = applying.start(**form.cleaned_data, by=self.request.user, at=self.at)
        return reverse("authorisations:application", args=[application.pk])


def tasks(application: Application, found: dict[str, Any]) -> list[dict[str, Any]]:
    """The sections as a task list: completed, needs attention and how many, or not started."""
    rows = {row.name: row for row in application.sections.select_related("author")}
    return [task(application, spec.title, rows[name], found[name]) for name, spec in SECTIONS.items()]


def task(application: Application, title: str, section: Any, missing: Any) -> dict[str, Any]:
    started = section.saved_at or (section.name == "watchlist" and application.composition.lines.exists())
    status, colour = ("Completed", "") if not missing else (f"Needs attention: {len(missing)}", "yellow") if started else ("Not started", "blue")
    return {"title": title, "href": url_of(application, section.name), "status": status, "colour": colour, "author": section.author}


class ApplicationHome(ApplicationPage, TemplateView):
    """While it is open: the task list. Afterwards: what was submitted, and where it stands."""

    template_name = "authorisations/application.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        application, context = self.application, {}
        if application.is_open and self.standings & DRAFT.sees:
            found = findings(application, self.at)
            context = {"tasks": tasks(application, found), "missing": len(blocking(found))}
        submissions = list(application.submissions.select_related("decision__ao", "submitted_by"))
        decided = [row.decision for row in submissions if hasattr(row, "decision")]
        standing = Authority.objects.filter(operation=self.operation, state__in=IN_FORCE).first()
        return super().get_context_data(
            **context,
            submissions=submissions,
            decisions=decided,
            last_decision=decided[-1] if decided else None,
            turn=WHOSE_TURN.get(application.state, ""),
            mine="as applicant" in self.standings,
            digest=digest(submissions[-1]) if submissions else None,
            decidable=bool(self.standings & DECIDING.writes) and can_decide(self.person, application, self.at),
            urgent_hands=bool(self.standings & VERBAL.writes),
            outstanding=linked(outstanding(application, self.at), self.find_url)
            if application.urgent and application.state == ApplicationState.SUBMITTED
            else [],
            amendable=is_amendable(application),
            standing=standing,
            stands=standing is not None and self.at <= standing.permits_until,
            **kwargs,
        )


def answers_of(application: Application) -> list[dict[str, Any]]:
    """All sections with questions and answers, as the check page and the Authorising Officer read them."""
    saved = {row.name: row.answers for row in application.sections.all()}
    return [
        {
            "name": name,
            "title": spec.title,
            "answers": shown(form_of(application, name, saved[name]), name) if spec.form else [],
        }
        for name, spec in SECTIONS.items()
    ]


class Check(ApplicationPage, TemplateView):
    """Check your answers, then submit: one button that says what follows."""

    template_name = "authorisations/check.html"

    def find_url(self, where: str) -> str:
        """From here a section is changed, and one comes back here."""
        page, hash_, question = super().find_url(where).partition("#")
        return f"{with_next(page, self.request.path)}{hash_}{question}" if page else ""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        version = whole(request.POST.get("version", ""))
        try:
            applying.submit(self.application, urgent="urgent" in request.POST, version=version, by=request.user, at=self.at)
        except (RuleBroken, Stale) as refusal:
            self.application = self.application.again()
            return self.render_to_response(
                self.get_context_data(refusal=refusal, findings=linked(refusal.findings, self.find_url)), status=refusal.status
            )
        messages.success(request, "The application has been submitted to the Authorising Officers of the force.")
        return HttpResponseRedirect(self.home)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = findings(self.application, self.at) if self.application.is_open else {}
        return super().get_context_data(
            sections=[{**one, "href": self.find_url(one["name"])} for one in answers_of(self.application)],
            missing={name: linked(one, self.find_url) for name, one in found.items() if one},
            days=self.application.days.select_related("place"),
            people=self.operation.appointments.in_force().select_related("person"),
            content=content_of(self.application),
            **kwargs,
        )


class Withdraw(ApplicationPage, Hand, ActView):
    form_class = ReasonForm
    heading = "Withdraw this application"
    button = "Withdraw it – this is final"
    button_kind = "warning"

    def check_possible(self) -> None:
        check_withdrawable(self.application)

    def act(self, form: Any) -> str:
        applying.withdraw(self.application, reason=form.cleaned_data["reason"], by=self.request.user, at=self.at)
        messages.success(self.request, "The application has been withdrawn.")
        return self.home


class Amend(ApplicationPage, ButtonView):
    def act(self) -> str:
        newer = applying.amend(self.application, by=self.request.user, at=self.at)
        return reverse("authorisations:application", args=[newer.pk])
