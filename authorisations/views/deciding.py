"""The Authorising Officer's pages: what is asked, the questions of the document beside their evidence, the decision and its signature."""

import json
from typing import Any

from django.contrib import messages
from django.urls import reverse
from django.utils.functional import cached_property

from accounts.signing import check_password_again
from authorisations.digest import digest
from authorisations.forms import OutcomeForm, PartForm, SignForm, limit_fields
from authorisations.models import Application, Authority, Consideration, Decision, PastResult
from authorisations.permissions import DECIDING
from authorisations.questions import PARTS, Part, Question, questions_for
from authorisations.rules.deciding import check_awaits_decision, check_may_decide
from authorisations.rules.urgency import outstanding
from authorisations.sections import SECTIONS, form_of
from authorisations.sections.base import shown
from authorisations.services import deciding
from authorisations.staffing import LATEST, staffing
from authorisations.states import GIVES_AUTHORITY, AuthorityState, Outcome
from authorisations.views.pages import ApplicationPage
from govuk.refusals import linked
from govuk.views import ActView, VersionedActView
from operations.models import Operation
from policy.refusals import Finding, NotVisible, refusal_of


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
            if key in keys_of(part):
                return f"{reverse('authorisations:part', args=[self.application.pk, part.key])}#id_{key}"
        return ""

    def check_possible(self) -> None:
        check_awaits_decision(self.application)
        check_may_decide(self.person, self.application, self.at)


LIMITS_IN = {"means": {"minimum_threshold"}, "public": {"watchlist_ceiling", "children"}, "assessments": {"local_cia"}}


def let_wait(verbal: Authority | None) -> list[str]:
    """The sections of which something was outstanding when the words were noted down (A-16)."""
    names = {where.partition(".")[0] for where in verbal.note.outstanding} if verbal else set()
    return [spec.title for name, spec in SECTIONS.items() if name in names]


def told_of(part: Part, faults: tuple[Finding, ...], answers: dict[str, Any]) -> dict[str, Any]:
    """Of one part: how many questions have no answer yet (`blank`), and the reason why each of the `wrong` answers does not do."""
    here = {f"wad.{key}" for key in keys_of(part)}
    wrong = {finding.where.removeprefix("wad."): finding.sentence for finding in faults if finding.where in here}
    blank = [key for key in wrong if not str(answers.get(key, "")).strip()]
    return {"blank": len(blank), "wrong": {key: sentence for key, sentence in wrong.items() if key not in blank}}


def keys_of(part: Part) -> set[str]:
    return {question.key for question in part.questions} | LIMITS_IN.get(part.key, set())


def decisions_on(operation: Operation) -> Any:
    """What Authorising Officers have decided on this operation before, whichever its version, the newest first."""
    rows = Decision.objects.filter(submission__application__operation=operation)
    return rows.select_related("ao", "submission__application", "authority").order_by("-decided_at")


class Deciding(DecidingPage, ActView):
    """What is asked, what is unusual, the parts of the document, and the choice of outcome."""

    template_name = "authorisations/deciding.html"
    form_class = OutcomeForm
    button = "Continue to sign"

    @cached_property
    def verbal(self) -> Authority | None:
        """The verbal authority of this application that is still to be put in writing (A-16)."""
        return self.application.authorities.filter(state=AuthorityState.VERBAL).select_related("note").first()

    @property
    def heading(self) -> str:  # type: ignore[override]
        if self.verbal is None:
            return "Decide on this application"
        return f"Put {'your' if self.verbal.ao_id == self.person.pk else 'the'} verbal authority in writing"

    def act(self, form: Any) -> str:
        return reverse("authorisations:sign", args=[self.application.pk, form.cleaned_data["outcome"]])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        submission, answers = self.submission, self.answers
        faults = deciding.faults(submission, answers)
        parts = [
            {**told_of(part, faults, answers), "part": part, "href": reverse("authorisations:part", args=[self.application.pk, part.key])}
            for part in PARTS
        ]
        return super().get_context_data(
            digest=digest(submission),
            parts=parts,
            submission=submission,
            low_ceiling=deciding.low_ceiling(submission, answers),
            verbal=self.verbal,
            let_wait=let_wait(self.verbal),
            outstanding=outstanding(self.application, self.at) if self.application.urgent and self.verbal else (),
            earlier=decisions_on(self.operation),
            **kwargs,
        )


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
        content, answers, part = self.content, self.answers, self.part
        limits = limit_fields(part, content, self.application.edition)
        asked: dict[str, Any] = {"part": part, "questions": questions_for(content), "limits": limits}
        wrong = {} if self.request.method == "POST" else told_of(part, deciding.faults(self.submission, answers), answers)["wrong"]
        if not wrong or refusal_of(self.check_possible):
            return PartForm(self.request.POST or None, initial=answers, **asked)
        opened_again = PartForm(answers, **asked)
        for key, sentence in wrong.items():
            if key not in opened_again.errors:
                opened_again.add_error(key, sentence)
        return opened_again

    def act(self, form: Any) -> str:
        said = {name: "" if value is None else str(value) for name, value in form.cleaned_data.items()}
        deciding.consider(self.application, answers=said, by=self.request.user, at=self.at)
        submission, answers = self.submission, self.answers
        told = told_of(self.part, deciding.faults(submission, answers), answers)
        if "watchlist_ceiling" in said and (notice := deciding.low_ceiling(submission, answers)):
            messages.info(self.request, notice)
        if told["wrong"] and "later" not in self.request.POST:
            number = len(told["wrong"])
            messages.info(self.request, f"Saved. {number} answer{' does' if number == 1 else 's do'} not do yet: the reason stands beside each.")
            return self.request.path
        to_answer = f" {told['blank']} question{'' if told['blank'] == 1 else 's'} still to answer." if told["blank"] else ""
        messages.success(self.request, f"“{self.part.title}” has been saved.{to_answer}")
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
        missing = linked(deciding.faults(self.submission, answers), self.find_url) if self.outcome in GIVES_AUTHORITY else []
        return super().get_context_data(
            missing=missing,
            digest=digest(self.submission),
            outcome=self.outcome,
            said=said,
            limits=answers,
            low_ceiling=deciding.low_ceiling(self.submission, answers),
            rank=self.person.rank_at(self.at),
            **kwargs,
        )
