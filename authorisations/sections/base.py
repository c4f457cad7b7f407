"""What a section of the application is: its questions as a form, what is still missing, who may write it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.forms import MultipleChoiceField, ValidationError
from django.http import QueryDict

from accounts.states import Role
from govuk.fields import as_read
from govuk.forms import Form
from policy import Edition
from policy.refusals import Finding, RuleBroken

if TYPE_CHECKING:
    from authorisations.models import Application


class SectionForm(Form):
    """The questions of one section. A draft keeps every answer; `is_valid()` says whether the section is complete and right.

    `code` and `clause` name the rule behind a missing answer; `clauses` those of single questions.
    """

    mark_optional = False
    code = "A-1"
    clause = "7.1"
    clauses: dict[str, tuple[str, str]] = {}

    def __init__(self, *args: Any, application: "Application", **kwargs: Any):
        self.application = application
        self.edition: Edition = application.edition
        super().__init__(*args, **kwargs)
        self.ask()

    def ask(self) -> None:
        """Questions that depend on the application or on the policy edition."""

    def keep(self, rule: Callable[..., None], *args: Any, field: str) -> None:
        """Check a rule that stands elsewhere; what it refuses becomes this question's error."""
        try:
            rule(*args)
        except RuleBroken as broken:
            self.add_error(field, ValidationError(f"{broken.sentence} {broken.remedy}"))


def typed(form: SectionForm, data: QueryDict) -> dict[str, Any]:
    """The answers as typed, ready to be kept: one text a question, a list for checkboxes."""
    return {name: data.getlist(name) if isinstance(field, MultipleChoiceField) else data.get(name, "") for name, field in form.fields.items()}


def nothing_more(application: "Application", at: datetime) -> tuple[Finding, ...]:
    return ()


@dataclass(frozen=True)
class Spec:
    """One section: `more` finds what its form cannot know (days, watchlist, people, assessments). `hand_to`: who else writes it when appointed."""

    name: str
    title: str
    form: type[SectionForm] | None
    more: Callable[["Application", datetime], tuple[Finding, ...]] = nothing_more
    hand_to: frozenset[Role] = frozenset()

    @property
    def written_as(self) -> frozenset[Role]:
        """The parts in which somebody writes it beside the applicant. What stands on lower floors has its own writers and no other authors."""
        return self.hand_to | {Role.AUTHOR} if self.form else self.hand_to


@dataclass(frozen=True)
class Answer:
    """One question and its answer as a reader sees them. `where` is the key that leads back to the question."""

    label: str
    text: str
    where: str


def shown(form: SectionForm, name: str) -> list[Answer]:
    """The section's questions with the answers kept so far; those that were not revealed are left out."""
    hidden = form.not_revealed() if form.is_bound else set()
    return [
        Answer(str(field.label), as_read(field, form.data.get(key, "") if form.is_bound else ""), f"{name}.{key}")
        for key, field in form.fields.items()
        if key not in hidden
    ]
