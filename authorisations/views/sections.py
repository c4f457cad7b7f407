"""One section a page: saved as typed, right or wrong. Rows within a section (days, deviations) have small pages of their own."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property

from accounts.models import User
from authorisations.forms import SOMEWHERE_ELSE, DayForm, DeviationForm, HandForm
from authorisations.models import Day, PastResult, Section
from authorisations.sections import SECTIONS, findings_of, form_of, typed
from authorisations.services import content
from authorisations.staffing import LATEST, staffing
from authorisations.views.pages import ApplicationPage, OfSection, url_of
from govuk.fields import whole
from govuk.returning import next_path, with_next
from govuk.views import ActView, ButtonView, VersionedActView
from operations.models import Place
from operations.writing import Hand
from policy.refusals import NotVisible, RuleBroken, Stale

ELSEWHERE = {"watchlist": "watchlists:overview", "assessments": "library:assessments"}


class SectionPage(OfSection, VersionedActView):
    """A section of the application. What is typed is always kept; what is still wrong is said at once."""

    template_name = "authorisations/section.html"
    button = "Save and continue"

    @property
    def section_name(self) -> str:  # type: ignore[override]
        return self.kwargs["name"]

    @property
    def spec(self) -> Any:
        return SECTIONS[self.section_name]

    @property
    def heading(self) -> str:  # type: ignore[override]
        return self.spec.title

    def get_thing(self) -> Section:
        return self.application.sections.get(name=self.spec.name)

    def saved_answers(self) -> dict[str, Any]:
        return self.thing.answers

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.spec.name in ELSEWHERE:
            return redirect(with_next(self.elsewhere(), self.done_url()))
        return super().get(request, *args, **kwargs)

    def done_url(self) -> str:
        """Back to where one came from (`?next=`): the answers that are being checked; else the task list."""
        return next_path(self.request, self.home)

    def elsewhere(self) -> str:
        target = self.application.composition_id if self.spec.name == "watchlist" else self.operation.pk
        return reverse(ELSEWHERE[self.spec.name], args=[target])

    def get_form(self, form_class: Any = None) -> Any:
        if self.request.method == "POST":
            return self.versioned(form_of(self.application, self.spec.name, self.request.POST))
        kept = QueryDict(mutable=True)
        for name, answer in self.thing.answers.items():
            kept.setlist(name, answer if isinstance(answer, list) else [answer])
        kept["version"] = str(self.thing.version)
        return self.versioned(form_of(self.application, self.spec.name, kept if self.thing.saved_at else None))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form()
        version = whole(request.POST.get("version", ""))
        answers = {name: answer for name, answer in typed(form, request.POST).items() if name != "version"}
        try:
            content.save_section(self.thing, answers=answers, version=version, by=request.user, at=self.at)
        except (RuleBroken, Stale) as refusal:
            return self.refused(form, refusal)
        if "later" in request.POST or not self.still_wrong():
            return HttpResponseRedirect(self.done_url())
        messages.info(request, "Your answers have been saved. Some need attention before the application can be submitted.")
        return HttpResponseRedirect(request.get_full_path())

    def still_wrong(self) -> bool:
        del self.thing
        return bool(findings_of(self.application.again(), self.spec.name, self.at))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = list(self.spec.more(self.application, self.at)) if self.thing.saved_at else []
        return super().get_context_data(
            rows=rows,
            spec=self.spec,
            back_url=self.done_url(),
            carried=self.carried,
            days=self.application.days.select_related("place"),
            deviations=self.application.deviations.all(),
            people=self.operation.appointments.in_force().select_related("person").order_by("role"),
            past=PastResult.objects.at_places_of(self.application)[:LATEST] if self.spec.name == "why" else (),
            staffing=staffing(self.application),
            handable="as applicant" in self.standings,
            **kwargs,
        )


class DayPage(OfSection, ActView):
    section_name = "when"
    form_class = DayForm
    button = "Save"

    @property
    def heading(self) -> str:  # type: ignore[override]
        return "Change a place, date and time" if self.day else "Add a place, date and time"

    @property
    def day(self) -> Day | None:
        if "day_id" not in self.kwargs:
            return None
        found = self.application.days.filter(pk=self.kwargs["day_id"]).first()
        if found is None:
            raise NotVisible()
        return found

    @property
    def back_url(self) -> str:  # type: ignore[override]
        return self.section_url()

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "places": Place.objects.filter(force=self.operation.force)}

    def get_initial(self) -> dict[str, Any]:
        return {"place": str(self.day.place_id), "starts_at": self.day.starts_at, "ends_at": self.day.ends_at} if self.day else {}

    def act(self, form: Any) -> str:
        said = form.cleaned_data
        somewhere_else = {"name": said["place_name"], "town": said["town"]}
        place = somewhere_else if said["place"] == SOMEWHERE_ELSE else Place.objects.get(pk=said["place"])
        content.put_day(
            self.application, place=place, starts_at=said["starts_at"], ends_at=said["ends_at"], day=self.day, by=self.request.user, at=self.at
        )
        return self.back_url


class RemoveDay(OfSection, ButtonView):
    section_name = "when"

    def act(self) -> str:
        day = self.application.days.filter(pk=self.kwargs["day_id"]).first()
        if day is None:
            raise NotVisible()
        content.remove_day(day, by=self.request.user, at=self.at)
        return self.section_url()


class AddDeviation(OfSection, ActView):
    section_name = "deviations"
    form_class = DeviationForm
    heading = "Add a deviation"
    button = "Add the deviation"

    @property
    def back_url(self) -> str:  # type: ignore[override]
        return self.section_url()

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "edition": self.application.edition}

    def act(self, form: Any) -> str:
        content.add_deviation(self.application, **form.cleaned_data, by=self.request.user, at=self.at)
        return self.back_url


class RemoveDeviation(OfSection, ButtonView):
    section_name = "deviations"

    def act(self) -> str:
        deviation = self.application.deviations.filter(pk=self.kwargs["deviation_id"]).first()
        if deviation is None:
            raise NotVisible()
        content.remove_deviation(deviation, by=self.request.user, at=self.at)
        return self.section_url()


class HandSection(ApplicationPage, Hand, ActView):
    """Hand a section to its own author."""

    form_class = HandForm
    button = "Hand it over"

    @property
    def spec(self) -> Any:
        if self.kwargs["name"] not in SECTIONS:
            raise NotVisible()
        return SECTIONS[self.kwargs["name"]]

    @property
    def heading(self) -> str:  # type: ignore[override]
        return f"Hand “{self.spec.title}” to someone"

    @property
    def back_url(self) -> str:  # type: ignore[override]
        return url_of(self.application, self.spec.name)

    @cached_property
    def parts(self) -> dict[Any, str]:
        """Who can write the section, and as what."""
        return content.writers_of(self.application, self.spec.name, but=self.person, at=self.at)

    def check_possible(self) -> None:
        content.check_open(self.application)
        content.check_somebody(self.parts, self.spec)

    def get_form_kwargs(self) -> dict[str, Any]:
        people = User.objects.filter(pk__in=self.parts).order_by("name")
        return {**super().get_form_kwargs(), "people": people, "parts": self.parts, "title": self.spec.title}

    def act(self, form: Any) -> str:
        person = form.cleaned_data["person"]
        content.hand_section(self.application, name=self.spec.name, person=person, by=self.request.user, at=self.at)
        messages.success(self.request, f"“{self.spec.title}” has been handed to {person.name}.")
        return self.home
