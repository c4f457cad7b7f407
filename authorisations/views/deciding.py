"""The Authorising Officer's pages: what is asked, the questions of the document beside their evidence, the decision and its signature."""

import json
from typing import Any

from django.contrib import messages
from django.urls import reverse

from accounts.signing import check_password_again
from authorisations.digest import digest
from authorisations.forms import OutcomeForm, PartForm, SignForm, limit_fields
from authorisations.models import Application, Consideration, Decision, PastResult
from authorisations.permissions import DECIDING
from authorisations.questions import PARTS, Part, Question, questions_for
from authorisations.rules.deciding import check_awaits_decision, check_may_decide
from authorisations.sections import SECTIONS, form_of
from authorisations.sections.base import shown
from authorisations.services import deciding
from authorisations.staffing import LATEST, staffing
from authorisations.states import GIVES_AUTHORITY, Outcome
from authorisations.views.pages import ApplicationPage
from govuk.refusals import linked
from govuk.views import ActView, VersionedActView
from operations.models import Operation
from policy.refusals import NotVisible


class DecidingPage(ApplicationPage):
    """For an Authorising Officer of the force. Whoever cannot decide on this one reads why."""

    access = DECIDING

    def row(self) -> Any:
        return DECIDING

    def get_operation(self) -> Operation:
        found = super().get_operation()
        if not self.application.submissions.exists():
            raise NotVisible()
        return found

    @property
    def submission(self) -> Any:
        return deciding.latest(self.application)

    @property
    def content(self) -> dict[str, Any]:
        return json.loads(self.submission.content)

    @property
    def answers(self) -> dict[str, Any]:
        row = Consideration.objects.filter(submission=self.submission, ao=self.request.user).first()
        return row.answers if row else {}

    @property
    def home(self) -> str:
        return reverse("authorisations:deciding", args=[self.application.pk])

    def find_url(self, where: str) -> str:
        """Where an answer that is missing can be given."""
        _, _, key = where.partition("wad.")
        for part in PARTS:
            if key in {question.key for question in part.questions} | LIMITS_IN.get(part.key, set()):
                return f"{reverse('authorisations:part', args=[self.application.pk, part.key])}#id_{key}"
        return ""

    def check_possible(self) -> None:
        check_awaits_decision(self.application)
        check_may_decide(self.person, self.application, self.at)


LIMITS_IN = {"means": {"minimum_threshold"}, "public": {"watchlist_ceiling", "children"}, "assessments": {"local_cia"}}


def decisions_on(operation: Operation) -> Any:
    """What Authorising Officers have decided on this operation before, whichever its version, the newest first."""
    rows = Decision.objects.filter(submission__application__operation=operation)
    return rows.select_related("ao", "submission__application", "authority").order_by("-decided_at")


class Deciding(DecidingPage, ActView):
    """What is asked, what is unusual, the parts of the document, and the choice of outcome."""

    template_name = "authorisations/deciding.html"
    form_class = OutcomeForm
    heading = "Decide on this application"
    button = "Continue to sign"

    def act(self, form: Any) -> str:
        return reverse("authorisations:sign", args=[self.application.pk, form.cleaned_data["outcome"]])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        missing = deciding.missing(self.submission, self.answers)
        open_ = {finding.where for finding in missing}
        parts = [
            {"part": part, "missing": self.open_in(part, open_), "href": reverse("authorisations:part", args=[self.application.pk, part.key])}
            for part in PARTS
        ]
        return super().get_context_data(
            digest=digest(self.submission),
            parts=parts,
            submission=self.submission,
            earlier=decisions_on(self.operation),
            **kwargs,
        )

    def open_in(self, part: Part, open_: set[str]) -> int:
        keys = {question.key for question in part.questions} | LIMITS_IN.get(part.key, set())
        return len({f"wad.{key}" for key in keys} & open_)


class PartPage(DecidingPage, ActView):
    """A few questions, each with its evidence beside it."""

    template_name = "authorisations/part.html"
    button = "Save and continue"

    @property
    def part(self) -> Part:
        found = next((part for part in PARTS if part.key == self.kwargs["part"]), None)
        if found is None:
            raise NotVisible()
        return found

    @property
    def heading(self) -> str:  # type: ignore[override]
        return self.part.title

    @property
    def back_url(self) -> str:  # type: ignore[override]
        return self.home

    def get_form(self, form_class: Any = None) -> PartForm:
        content = self.content
        limits = limit_fields(self.part, content, self.application.edition)
        return PartForm(self.request.POST or None, initial=self.answers, part=self.part, questions=questions_for(content), limits=limits)

    def act(self, form: Any) -> str:
        said = {name: "" if value is None else str(value) for name, value in form.cleaned_data.items()}
        deciding.consider(self.application, answers=said, by=self.request.user, at=self.at)
        return self.home

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        form, content = context["form"], self.content
        asked = {question.key: question for question in questions_for(content)}
        context["fields"] = [
            {"field": form[name], "question": asked.get(name), "evidence": self.evidence(asked[name], content) if name in asked else []}
            for name in form.fields
        ]
        past = PastResult.objects.at_places_of(self.application)[:LATEST]
        beside = {"past": past, "staffing": staffing(self.application)}
        return {**context, **beside, "least_words": self.application.edition.value("answer_words_least"), "content": content}

    def evidence(self, question: Question, content: dict[str, Any]) -> list[dict[str, Any]]:
        """The sections of the submitted application that bear on the question."""
        return [{"title": SECTIONS[name].title, "name": name, "answers": self.told(name, content)} for name in question.where]

    def told(self, name: str, content: dict[str, Any]) -> list[Any]:
        if SECTIONS[name].form is None:
            return []
        return shown(form_of(self.application, name, content["sections"].get(name) or {"": ""}), name)


class Sign(DecidingPage, VersionedActView):
    """The solemn act, on a page of its own that repeats what is about to be done."""

    template_name = "authorisations/sign.html"

    @property
    def outcome(self) -> Outcome:
        try:
            return Outcome(self.kwargs["outcome"])
        except ValueError:
            raise NotVisible() from None

    @property
    def heading(self) -> str:  # type: ignore[override]
        return f"{self.outcome.label}: {self.operation.reference}"

    @property
    def button(self) -> str:  # type: ignore[override]
        return {
            Outcome.AUTHORISED: "Sign and authorise",
            Outcome.WITH_CONDITIONS: "Sign and authorise with conditions",
            Outcome.RETURNED: "Sign and return it",
            Outcome.REFUSED: "Sign and refuse – this is final",
        }[self.outcome]

    @property
    def back_url(self) -> str:  # type: ignore[override]
        return self.home

    def get_thing(self) -> Application:
        return self.application.again()

    def get_form(self, form_class: Any = None) -> Any:
        return self.versioned(SignForm(self.request.POST or None, outcome=self.outcome))

    def act(self, form: Any) -> str:
        check_password_again(self.person, form.cleaned_data["password"])
        decision = deciding.decide(
            self.application,
            outcome=self.outcome,
            reasons=form.cleaned_data.get("reasons", ""),
            conditions=form.cleaned_data.get("conditions", ""),
            version=form.cleaned_data["version"],
            by=self.request.user,
            at=self.at,
        )
        messages.success(self.request, f"Signed: {decision.done.lower()}.")
        if decision.outcome in GIVES_AUTHORITY:
            return reverse("authorisations:authority", args=[decision.authority.pk])
        return reverse("authorisations:application", args=[self.application.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        answers = self.answers
        said = [(question, answers.get(question.key, "")) for question in questions_for(self.content)] if self.outcome in GIVES_AUTHORITY else []
        missing = linked(deciding.missing(self.submission, answers), self.find_url) if self.outcome in GIVES_AUTHORITY else []
        return super().get_context_data(
            missing=missing,
            digest=digest(self.submission),
            outcome=self.outcome,
            said=said,
            limits=answers,
            rank=self.person.rank_at(self.at),
            **kwargs,
        )
