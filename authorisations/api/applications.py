"""Applications: read by whoever may see them; written, submitted and withdrawn by the same acts as on the pages."""

from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.http import Http404, QueryDict
from django.urls import reverse
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from accounts.api.fields import Text, YesNo
from accounts.api.keyset import Asked, rows
from accounts.api.problems import finding_shown
from accounts.api.views import ActView, DetailView, ListView, PutView, Versioned
from authorisations.api.shown import AnswersField, ApplicationShown, ApplicationWhole, SectionSaved, StateShown
from authorisations.models import Application, Section, Submission
from authorisations.permissions import APPLICATION, LISTS, check_sees_application, may_write_section, row_of
from authorisations.rules.complete import findings
from authorisations.sections import SECTIONS, findings_of, form_of, typed
from authorisations.services import applying, content
from authorisations.states import ApplicationState
from operations.api.views import OfOperation
from policy.refusals import NotVisible

LONGEST = 20_000  # characters of one answer


class ApplicationsAsked(Asked):
    state = serializers.ChoiceField(choices=ApplicationState.choices, required=False)


class Applications(ListView):
    """The applications that you may see, the newest first (A-1)."""

    access = LISTS
    shown = ApplicationShown
    asked = ApplicationsAsked
    ordering = ("-started_at", "-pk")

    def get_queryset(self) -> Any:
        return Application.objects.visible_to(self.person, self.at)

    def narrowed(self, queryset: Any, said: dict[str, Any]) -> Any:
        return queryset.filter(state=said["state"]) if "state" in said else queryset


class OfApplication(OfOperation):
    """Mixin: the application that the address names. Whether the person sees it, the row or the act says."""

    access = APPLICATION

    def application(self) -> Application:
        found = Application.objects.select_related("operation__force", "composition").filter(pk=self.kwargs["application_id"]).first()
        if found is None:
            raise NotVisible()
        return found


class ApplicationDetail(OfApplication, DetailView):
    """One application with its answers, what is still missing, what was submitted and decided, and what you can do with it (A-1, A-17)."""

    shown = ApplicationWhole

    def body(self) -> dict[str, Any]:
        application = self.application()
        found = check_sees_application(application, self.person, self.at)
        prefetch_related_objects([application], Prefetch("sections", Section.objects.select_related("author")))
        missing = findings(application, self.at) if application.is_open else {}
        [row] = rows(Application.objects.filter(pk=application.pk), ApplicationShown(context={"view": self}))
        return {
            **row,
            "disposed": application.operation.disposed,
            "days": list(map(day_shown, application.days.select_related("place"))),
            "sections": [self.section(application, one, found) for one in sorted(application.sections.all(), key=in_order)],
            "findings": [finding_shown(one) for some in missing.values() for one in some],
            "submissions": list(map(submission_shown, application.submissions.select_related("decision__ao"))),
            "steps": steps(application, found),
            "page": reverse("authorisations:application", args=[application.pk]),
        }

    def section(self, application: Application, section: Section, found: frozenset[str]) -> dict[str, Any]:
        yours = may_write_section(application, section, self.person, found) and (
            application.is_open or content.may_still_follow(application, section.name)
        )
        about = {"name": section.name, "title": SECTIONS[section.name].title, "author_name": section.author.name if section.author else None}
        return {**about, "saved_at": section.saved_at, "answers": section.answers, "is_yours": yours, "version": section.version}


def in_order(section: Section) -> int:
    return list(SECTIONS).index(section.name)


def day_shown(day: Any) -> dict[str, Any]:
    return {"place": str(day.place), "starts_at": day.starts_at, "ends_at": day.ends_at}


def submission_shown(submission: Submission) -> dict[str, Any]:
    decision = decision_shown(submission.decision) if hasattr(submission, "decision") else None
    return {"number": submission.number, "submitted_at": submission.submitted_at, "sha256": submission.sha256, "decision": decision}


def decision_shown(decision: Any) -> dict[str, Any]:
    said = {"reasons": decision.reasons, "conditions": decision.conditions, "sha256": decision.sha256}
    return {"outcome": decision.outcome, "decided_at": decision.decided_at, "ao_name": decision.ao.name, **said}


def steps(application: Application, found: frozenset[str]) -> list[str]:
    """What its machine and the access table leave to this person here; the rules say the rest when it is tried."""
    if not found & row_of(application).writes:
        return []
    possible = {"submit": application.is_open, "withdraw": application.is_open or application.state == ApplicationState.SUBMITTED}
    return [name for name, can in possible.items() if can]


def state_of(application: Application) -> dict[str, Any]:
    return {"id": application.pk, "state": application.state, "version": application.version}


class SubmitInput(Versioned):
    urgent = YesNo(required=False, default=False, help_text="In urgency some sections may follow (A-16).")


class SubmitApplication(OfApplication, ActView):
    """Submit the whole application: from then on nothing in it can be edited (A-1, A-17). What is missing comes back as findings."""

    input = SubmitInput
    shown = StateShown

    def act(self, said: dict[str, Any]) -> dict[str, Any]:
        return state_of(applying.submit(self.application(), **said, by=self.person, at=self.at))


class WithdrawInput(Versioned):
    reason = Text(max_length=LONGEST)


class WithdrawApplication(OfApplication, ActView):
    """Withdraw the application, with the reason. This is final; it stays on record (A-1, X-6)."""

    input = WithdrawInput
    shown = StateShown

    def act(self, said: dict[str, Any]) -> dict[str, Any]:
        return state_of(applying.withdraw(self.application(), **said, by=self.person, at=self.at))


class SectionInput(Versioned):
    answers = AnswersField(help_text="Every answer of the section: one that is left out is emptied. Numbers and moments are typed as on the page.")


class SaveSection(OfApplication, PutView):
    """Save the answers of one section as typed; what is wrong comes back as findings (A-1). Sections made of rows are kept on their pages."""

    input = SectionInput
    shown = SectionSaved

    def act(self, said: dict[str, Any]) -> dict[str, Any]:
        application = self.application()
        section = self.section(application)
        answers = checked(form_of(application, section.name, None), said["answers"])
        saved = content.save_section(section, answers=answers, version=said["version"], by=self.person, at=self.at)
        wrong = findings_of(saved.application.again(), saved.name, self.at)
        return {"name": saved.name, "version": saved.version, "findings": list(map(finding_shown, wrong))}

    def section(self, application: Application) -> Section:
        name = self.kwargs["name"]
        spec = SECTIONS.get(name)
        if spec is None or spec.form is None or not form_of(application, name, None).fields:
            raise Http404
        return application.sections.get(name=name)


def checked(form: Any, answers: dict[str, Any]) -> dict[str, Any]:
    """The answers as the page would have sent them, or which of them this section has no question for."""
    wrong = {name: [said] for name, answer in answers.items() if (said := misshapen(form, name, answer))}
    if wrong:
        raise ValidationError({"answers": wrong})
    sent = QueryDict(mutable=True)
    for name, answer in answers.items():
        sent.setlist(name, answer if isinstance(answer, list) else [answer])
    return typed(form, sent)


def misshapen(form: Any, name: str, answer: Any) -> str:
    if name not in form.fields:
        return f"There is no such question. There are: {', '.join(form.fields)}."
    texts = answer if isinstance(answer, list) else [answer]
    if not all(isinstance(text, str) for text in texts):
        return "Send a text, or a list of texts."
    if any(len(text) > LONGEST or "\x00" in text or has_surrogate(text) for text in texts):
        return f"Send at most {LONGEST:,} characters, all of them proper ones."
    return ""


def has_surrogate(text: str) -> bool:
    return any("\ud800" <= letter <= "\udfff" for letter in text)
