"""Opening a duty, moving its clock, ending it. All are acts, called inside the act that is their reason: their entries stand beside its own."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import models

from accounts.models import Force, User
from accounts.states import Role
from audit.acts import Entry, act
from obligations.models import Obligation, Owner, Step
from obligations.reckoning import Pinned, printed_sum, rungs
from obligations.rules import check_manner
from obligations.states import RUNNING, SENIORS, Manner, State
from operations.models import Operation
from policy import Limit, Reminder, current
from policy.refusals import RuleBroken

Owning = User | Role | Iterable[User | Role]


@act
def open_duty(
    *,
    kind: str,
    subject: models.Model,
    owner: Owning,
    sentence: str,
    basis_event: str,
    basis_at: datetime,
    limit: Limit | None = None,
    due_at: datetime | None = None,
    clause: str = "",
    target: Limit | None = None,
    reminder: Reminder | None = None,
    operation: Operation | None = None,
    force: Force | None = None,
    link: str = "",
    manner: str = Manner.ACT,
    may_be_held: bool = False,
    there_from: datetime | None = None,
    seniors: Iterable[Role] = SENIORS,
    repeats: bool = True,
    edition: str = "",
    by: Any,
    at: datetime,
) -> Entry:
    """Every duty of the policy has its own clock, opened by the event that starts it and counted from that event's moment (D-6).

    Either `limit` (of the policy edition that applies) or a stated `due_at` with its `clause`. `sentence` says what must be done; it goes into
    notices, so it names no place, no purpose and no person. `owner`: parts in the operation, offices, people. `seniors` are told when it is overdue.
    `there_from`: what must be deleted may lawfully have been deleted since then, before its clock began.
    """
    if Obligation.objects.about(subject, kind).exists():
        raise RuleBroken("D-6", "There is already a clock of this kind for it.", remedy="Correct the moment from which that one runs.")
    obligation = Obligation(
        kind=kind,
        subject_type=subject._meta.label_lower,
        subject_id=Obligation.identity(subject),
        sentence=sentence,
        link=link,
        operation=operation,
        force=force or (operation.force if operation else None),
        manner=manner,
        may_be_held=may_be_held,
        basis_event=basis_event,
        basis_at=basis_at,
        there_from=there_from,
        clause=limit.clause if limit else clause,
        edition=edition or current().name,
        pinned=Pinned(limit, target, reminder).as_json(),
        seniors=[role.value for role in seniors],
        repeats=repeats,
        opened_at=at,
    )
    reckon(obligation, due_at)
    obligation.save()
    own(obligation, owner)
    write_steps(obligation)
    return Entry("clock.opened", obligation, told(obligation))


def reckon(obligation: Obligation, due_at: datetime | None) -> None:
    """Target, due moment and the printed sum, from the basis and what the policy said when the clock was opened."""
    pinned = obligation.reckoned_with
    if pinned.limit:
        obligation.due_at = pinned.limit.due_at(obligation.basis_at)
        obligation.sum = printed_sum(obligation.basis_event, obligation.basis_at, pinned.limit)
    elif due_at:
        obligation.due_at = due_at
        obligation.sum = f"{obligation.basis_event}{f', clause {obligation.clause}' if obligation.clause else ''}"
    else:
        raise ValueError("a duty needs a limit or the moment it is due")
    obligation.target_at = pinned.target.due_at(obligation.basis_at) if pinned.target else None
    if obligation.manner == Manner.ERASURE and obligation.attempts == 0:
        obligation.next_attempt_at = obligation.target_at or obligation.due_at


def own(obligation: Obligation, owner: Owning) -> None:
    owners = [owner] if isinstance(owner, User | Role) else list(owner)
    Owner.objects.bulk_create(
        Owner(obligation=obligation, person=one) if isinstance(one, User) else Owner(obligation=obligation, role=Role(one).value) for one in owners
    )


def write_steps(obligation: Obligation) -> None:
    """The ladder as rows of this round. Of those already past, the next sweep fires the latest alone."""
    ladder = rungs(obligation.basis_at, obligation.target_at, obligation.due_at, obligation.reckoned_with)
    Step.objects.bulk_create(
        Step(obligation=obligation, round=obligation.round, rung=rung.name, reach=rung.reach, due_at=rung.due_at, next_at=rung.due_at)
        for rung in ladder
    )


def drop_steps(obligation: Obligation) -> None:
    """What has not been fired and need not be any more; what has stays as history."""
    obligation.steps.filter(fired_at=None).delete()


def told(obligation: Obligation) -> dict[str, Any]:
    """What the trail holds of a clock: moments and the sum, no words about anyone."""
    return {
        "kind": obligation.kind,
        "subject_type": obligation.subject_type,
        "subject": obligation.subject_id,
        "sum": obligation.sum,
        "edition": obligation.edition,
        "manner": obligation.manner,
        **moments(obligation),
    }


def moments(obligation: Obligation) -> dict[str, Any]:
    return {"basis_at": obligation.basis_at, "target_at": obligation.target_at, "due_at": obligation.due_at}


@act
def rearm(
    obligation: Obligation,
    *,
    basis_at: datetime,
    basis_event: str = "",
    due_at: datetime | None = None,
    limit: Limit | None = None,
    reason: str,
    by: Any,
    at: datetime,
) -> Entry:
    """When the moment it is counted from is corrected, due moment and steps are reckoned again; old and new stand in the trail (D-5, D-6).

    One that has ended keeps its proof as it was; its page shows that the moment was corrected afterwards.
    """
    obligation = obligation.locked()
    before = moments(obligation)
    if limit:
        obligation.pinned = {**obligation.pinned, "limit": asdict(limit)}
    obligation.basis_at, obligation.basis_event = basis_at, basis_event or obligation.basis_event
    obligation.round += 1
    reckon(obligation, due_at)
    obligation.save()
    if obligation.state in (*RUNNING, State.HELD):
        drop_steps(obligation)
        write_steps(obligation)
    facts = {"kind": obligation.kind, "reason": reason, "old": before, "new": moments(obligation), "sum": obligation.sum}
    return Entry("clock.moved", obligation, facts)


@act
def discharge(obligation: Obligation, *, proof: str, done_at: datetime | None = None, by: Any, at: datetime) -> Entry:
    """Done, with what proves it: it has been done in this product (D-5, D-7). Deletions are proved by a certificate instead."""
    obligation = obligation.locked()
    check_manner(obligation, Manner.ACT)
    obligation.step("discharge")
    end(obligation, proof=proof, done_at=done_at or at, by=by)
    facts = {"kind": obligation.kind, "proof": proof, "due_at": obligation.due_at, "done_at": obligation.done_at}
    return Entry("clock.discharged", obligation, facts)


@act
def lift(obligation: Obligation, *, reason: str, by: Any, at: datetime) -> Entry:
    """No longer needed: its ground has fallen away (a verbal authority refused, a deployment stood down). What must be deleted is never lifted."""
    obligation = obligation.locked()
    check_manner(obligation, Manner.ACT)
    obligation.step("lift")
    end(obligation, proof=reason, done_at=at, by=by)
    return Entry("clock.lifted", obligation, {"kind": obligation.kind, "reason": reason, "due_at": obligation.due_at})


def end(obligation: Obligation, *, proof: str, done_at: datetime, by: Any) -> None:
    """Save the ended duty; nobody is reminded of it any more."""
    obligation.proof, obligation.done_at, obligation.done_by = proof, done_at, by
    obligation.lease_until, obligation.next_attempt_at, obligation.last_error = None, None, ""
    obligation.save()
    drop_steps(obligation)
