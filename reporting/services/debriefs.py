"""The debrief, and what is to be done about what was learned (R-2, 7.6, 7.8)."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from accounts.models import User
from accounts.notices import settle, tell
from audit.acts import Entry, act
from deployments.rules.moments import event_time
from obligations.models import Obligation
from obligations.services import discharge, open_duty
from operations.permissions import check_not_disposed, check_sees
from operations.services import open_sight
from policy.refusals import Finding, RuleBroken
from reporting.checklist import unanswered
from reporting.compiled import Known
from reporting.models import Action, Debrief, DeploymentRecord
from reporting.permissions import DEBRIEF
from reporting.rules import check_chairs, check_does, check_may_chair, check_open, check_said, ties_of
from reporting.services.records import taken_up

LEARNING = "learning_action"


@act
def arrange_debrief(record: DeploymentRecord, *, chair: User, by: User, at: datetime) -> Entry:
    """Silver or the applicant asks someone other than Gold to chair; what ties them to the operation is shown with it (R-2, 7.6)."""
    record = taken_up(record, None, by, at)
    operation = record.deployment.operation
    check_may_chair(chair, operation)
    debrief = Debrief.objects.select_for_update().filter(record=record).first() or Debrief(record=record)
    if debrief.held_at:
        raise RuleBroken("R-2", "The debrief has been held.", clause="7.6", remedy="Its chair can add to it.")
    debrief.chair, debrief.ties, debrief.arranged_at, debrief.arranged_by = chair, ties_of(chair, operation), at, by
    debrief.save()
    open_sight(operation, person=chair, at=at)
    link = f"{record.get_absolute_url()}debrief/"
    tell([chair], key=f"debrief:{debrief.pk}:{chair.pk}", text=f"{record}: you chair the debrief", link=link, at=at)
    return Entry("debrief.arranged", debrief, {"chair": chair.pk, "ties": debrief.ties})


@act
def hold_debrief(
    debrief: Debrief,
    *,
    answers: Mapping[str, str],
    effects: Mapping[str, str],
    impact: str,
    learning: str,
    recognition_short_enough: bool | None,
    recognition: str = "",
    held_at: datetime | None = None,
    version: int | None = None,
    by: User,
    at: datetime,
) -> Entry:
    """The chair enters what it came to: every objective measured, every deviation and breach answered, what was learned (R-2, 14.8)."""
    debrief = debrief.locked(version)
    check_sees(DEBRIEF, by, debrief.operation, at)
    check_chairs(by, debrief)
    check_open(debrief.record)
    check_answers(debrief, answers, effects, recognition_short_enough, impact, learning)
    debrief.answers, debrief.effects = dict(answers), dict(effects)
    debrief.impact, debrief.learning = impact, learning
    debrief.recognition_short_enough, debrief.recognition = recognition_short_enough, recognition
    debrief.held_at, debrief.entered_at = event_time(held_at, at), at
    debrief.save()
    settle(f"debrief:{debrief.pk}:{by.pk}", at=at)
    tell(
        [debrief.record.deployment.authority.ao],
        key=f"learning:{debrief.pk}",
        text=f"{debrief.record}: the debrief has been held",
        link=debrief.record.get_absolute_url(),
        at=at,
    )
    facts = {"answers": debrief.answers, "effects": debrief.effects, "impact": impact, "learning": learning, "recognition": recognition}
    return Entry("debrief.held", debrief, {**facts, "recognition_short_enough": recognition_short_enough}, happened_at=debrief.held_at)


def check_answers(
    debrief: Debrief, answers: Mapping[str, str], effects: Mapping[str, str], short_enough: bool | None, impact: str, learning: str
) -> None:
    """A debrief leaves nothing open (R-2, 7.6, 14.8)."""
    open_ = [*unanswered(Known(debrief.record), dict(answers), dict(effects))]
    open_ += [f"Say what {called}." for called, said in (("impact it had", impact), ("was learned", learning)) if not said.strip()]
    if short_enough is None:
        open_.append("Say whether the recognition time was short enough to respond.")
    if open_:
        found = tuple(Finding("R-2", said, "7.6", "debrief") for said in open_)
        raise RuleBroken("R-2", "The debrief leaves something open.", clause="7.6", remedy="Answer each of these.", findings=found)


@act
def add_action(debrief: Debrief, *, what: str, person: User, due_at: datetime, by: User, at: datetime) -> Entry:
    """What is to be done about what was learned: by whom, by when; it has a clock like any duty (R-2, 7.6)."""
    debrief = debrief.locked()
    check_sees(DEBRIEF, by, debrief.operation, at)
    check_chairs(by, debrief)
    check_not_disposed(debrief.operation)
    action = act_on(debrief.operation.force, what=what, person=person, due_at=due_at, by=by, at=at, debrief=debrief)
    return Entry("action.opened", action, {"what": what, "person": person.pk, "due_at": due_at})


def act_on(force: Any, *, what: str, person: User, due_at: datetime, by: User, at: datetime, **source: Any) -> Action:
    """The action with its clock. Part of the acts that open one, of a debrief or of a board's review."""
    check_said(what, "R-2", "What is to be done", "7.6", "what")
    if due_at <= at:
        found = (Finding("R-2", "The day by which it is to be done must lie ahead.", "7.6", "due_date"),)
        raise RuleBroken("R-2", "That day is over.", clause="7.6", remedy="Choose a day that lies ahead.", findings=found)
    action = Action.objects.create(force=force, what=what, person=person, due_at=due_at, opened_at=at, opened_by=by, **source)
    debrief = source.get("debrief")
    open_duty(
        kind=LEARNING,
        subject=action,
        operation=debrief.operation if debrief else None,
        force=force,
        owner=person,
        sentence="Carry out an action from a debrief" if debrief else "Carry out a decision of a board",
        basis_event="agreed",
        basis_at=at,
        due_at=due_at,
        clause="7.6",
        link=f"/actions/{action.pk}/",
        by=by,
        at=at,
    )
    return action


@act
def finish_action(action: Action, *, outcome: str, version: int | None = None, by: User, at: datetime) -> Entry:
    """Whoever was to do it says what came of it; the Authorising Officer, or whoever recorded the board's decision, is told (R-2, R-7, 7.8)."""
    action = action.locked(version)
    check_does(by, action)
    if action.done_at:
        raise RuleBroken("R-2", "This has been done.", clause="7.6", remedy="Read what came of it.")
    check_said(outcome, "R-2", "What came of it", "7.6", "outcome")
    action.outcome, action.done_at, action.done_by = outcome, at, by
    action.save()
    for duty in Obligation.objects.about(action, LEARNING).running():
        discharge(duty, proof="action carried out", by=by, at=at)
    tell(
        reported_to(action),
        key=f"action-done:{action.pk}",
        text="An action that was agreed has been carried out",
        link=f"/actions/{action.pk}/",
        at=at,
    )
    return Entry("action.done", action, {"outcome": outcome})


def reported_to(action: Action) -> Iterable[User]:
    return [action.debrief.record.deployment.authority.ao] if action.debrief else [action.opened_by]
