"""The logs: read newest first, written by pressing what it is, corrected by a later entry that points at the first (O-2)."""

import uuid
from typing import Any

from django.utils.functional import cached_property

from accounts.models import User
from audit.reading import note_sight
from deployments.forms.day import QUICK, LogFilter, LogForm
from deployments.models import LogEntry
from deployments.permissions import LOGGIST, LOGS, PERSONAL_NOTES
from deployments.services import log, mark_about_person
from deployments.states import LogKind
from deployments.views.pages import Acting, DeploymentPage, Timed, appointed
from govuk.lists import KeysetList
from govuk.views import ActView, ButtonView
from operations.writing import Hand
from policy.refusals import NotVisible


class LogList(DeploymentPage, KeysetList):
    access = LOGS
    part = "log"
    template_name = "deployments/log.html"
    ordering = ("-happened_at", "-pk")
    filter_form_class = LogFilter

    def get_queryset(self) -> Any:
        found = self.deployment.log_entries.select_related("person", "entered_by", "note", "corrects__person")
        return found.prefetch_related("corrected_by")

    def filter(self, queryset: Any, answers: dict[str, Any]) -> Any:
        return queryset.filter(**{name: answer for name, answer in answers.items() if answer})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sees = bool(self.standings & PERSONAL_NOTES.sees)
        context = super().get_context_data(sees_personal=sees, writes=self.may(LOGS), is_loggist=LOGGIST in self.standings, **kwargs)
        if sees and any(hasattr(entry, "note") and entry.note.about_person for entry in context["page"]):
            note_sight(self.deployment, by=self.request.user, at=self.at)
        return context


class AddEntry(Timed, Acting, ActView):
    """What is pressed is the kind. Sent twice by a shaky line it is kept once."""

    access = LOGS
    part, back_to = "log", "log"
    form_class = LogForm
    template_name = "deployments/add_entry.html"
    heading = "Log"

    @cached_property
    def people(self) -> dict[str, User]:
        """For whom a loggist writes."""
        if LOGGIST not in self.standings:
            return {}
        return {str(person.pk): person for person in appointed(self.operation).exclude(pk=self.request.user.pk)}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "people": [(key, person.name) for key, person in self.people.items()]}

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "entry_id": uuid.uuid4()}

    def corrects(self) -> LogEntry | None:
        return None

    def act(self, form: Any) -> str:
        said = form.cleaned_data
        log(
            self.deployment,
            kind=said["kind"],
            note=said["note"],
            about_person=said["about_person"],
            person=self.people.get(said.get("person") or ""),
            happened_at=form.moment("happened_at"),
            place=said["place"],
            corrects=self.corrects(),
            entry_id=said["entry_id"],
            by=self.request.user,
            at=self.at,
        )
        return self.done(f"Logged: {LogKind(said['kind']).label}.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(kinds=QUICK, **kwargs)


class CorrectEntry(AddEntry):
    """A mistake is put right by a later entry."""

    template_name = "deployments/correct_entry.html"
    heading = "Correct an entry"

    def prepare(self) -> None:
        super().prepare()
        found = self.deployment.log_entries.select_related("person", "note").filter(pk=self.kwargs["entry_id"]).first()
        if found is None:
            raise NotVisible()
        self.wrong = found

    def corrects(self) -> LogEntry:
        return self.wrong

    def get_initial(self) -> dict[str, Any]:
        mine = self.wrong.person_id == self.request.user.pk
        return {**super().get_initial(), "happened_at": self.wrong.happened_at, "person": "" if mine else str(self.wrong.person_id)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(wrong=self.wrong, sees_personal=bool(self.standings & PERSONAL_NOTES.sees), **kwargs)


class AboutPerson(DeploymentPage, Hand, ButtonView):
    """Its words turn out to be about a person."""

    access = LOGS
    part = "log"

    def act(self) -> str:
        found = self.deployment.log_entries.select_related("deployment__operation", "person").filter(pk=self.kwargs["entry_id"]).first()
        if found is None:
            raise NotVisible()
        mark_about_person(found, by=self.request.user, at=self.at)
        return self.to("log")
