"""The deployment record: compiled, completed, submitted, returned, accepted (R-1, D-5, P-5, 7.7)."""

from datetime import datetime
from typing import Any

from accounts.models import User
from accounts.notices import settle, tell
from accounts.states import Role
from audit.acts import Entry, act
from deployments.models import Deployment
from deployments.permissions import people_of
from deployments.services.ending import tell_result
from deployments.states import ENDED
from obligations.services import discharge, open_duty
from obligations.states import Kind
from operations.permissions import check_writes
from operations.services import open_sight
from policy.refusals import RuleBroken
from reporting.checklist import check_complete, check_dealt_with
from reporting.compiled import Known, content_of, frozen
from reporting.models import DeploymentRecord, RecordAnswer, RecordSubmission
from reporting.models.records import AGAIN
from reporting.permissions import ANSWER, RECORD
from reporting.rules import check_may_receive, check_open, check_said


@act
def compile_record(deployment: Deployment, *, by: User | None, at: datetime) -> Entry:
    """Once the deployment has ended its record is compiled from what is known; asked for again, it is the same record (R-1, 2)."""
    deployment = deployment.locked()
    if by is not None:
        check_writes(RECORD, by, deployment.operation, at)
    if record := DeploymentRecord.objects.filter(deployment=deployment).first():
        return Entry("record.compiled_again", record)
    if deployment.state not in ENDED:
        label = deployment.get_state_display().lower()  # type: ignore[attr-defined]
        raise RuleBroken("R-1", f"This deployment is {label}: there is no record to make yet.", clause="7.7", remedy="Conclude it first.")
    return Entry("record.compiled", DeploymentRecord.objects.create(deployment=deployment, compiled_at=at, compiled_by=by))


def taken_up(record: DeploymentRecord, version: int | None, by: User, at: datetime) -> DeploymentRecord:
    """Locked, by one of those who write it, and still theirs to write. Part of the acts that change it."""
    record = record.locked(version)
    check_writes(RECORD, by, record.deployment.operation, at)
    check_open(record)
    return record


@act
def complete(
    record: DeploymentRecord,
    *,
    issues: str,
    impact: str,
    learning: str,
    system_alerts: int | None,
    system_faces: int | None,
    reconciliation: str = "",
    version: int | None = None,
    by: User,
    at: datetime,
) -> Entry:
    """Silver or the applicant adds what only people know, and the LFR system's own totals to compare with (R-1, R-4, 2, 9.6)."""
    record = taken_up(record, version, by, at)
    record.issues, record.impact, record.learning = issues, impact, learning
    record.system_alerts, record.system_faces, record.reconciliation = system_alerts, system_faces, reconciliation
    record.completed_at, record.completed_by = at, by
    record.save()
    said = {"issues": issues, "impact": impact, "learning": learning, "reconciliation": reconciliation}
    return Entry("record.completed", record, {**said, "system_alerts": system_alerts, "system_faces": system_faces})


@act
def submit(record: DeploymentRecord, *, version: int | None = None, by: User, at: datetime) -> Entry:
    """To the Authorising Officer, when nothing is missing; frozen as text with its hash; its clock is met (R-1, D-5, 7.7)."""
    record = taken_up(record, version, by, at)
    known = Known(record)
    check_complete(known)
    record.step("submit")
    record.save()
    number = record.submissions.count() + 1
    content, sha256 = frozen({**content_of(known), "number": number})
    submission = RecordSubmission.objects.create(record=record, number=number, content=content, sha256=sha256, submitted_at=at, submitted_by=by)
    meet_clocks(record, by=by, at=at)
    settle(f"record-returned:{record.pk}", at=at)
    tell(
        [record.deployment.authority.ao],
        key=f"record:{submission.pk}",
        text=f"{record}: the deployment record awaits you",
        link=record.get_absolute_url(),
        at=at,
    )
    return Entry("record.submitted", record, {"number": number, "sha256": sha256})


def meet_clocks(record: DeploymentRecord, *, by: User, at: datetime) -> None:
    """It has reached the Authorising Officer (D-5). Part of submitting."""
    for duty in record.clocks().running():
        discharge(duty, proof="deployment record submitted", by=by, at=at)


def answered(
    record: DeploymentRecord, step: str, version: int | None, why: str, by: User, at: datetime, **said: Any
) -> tuple[DeploymentRecord, RecordAnswer]:
    """An Authorising Officer's answer to what was submitted last. Part of returning and accepting."""
    record = record.locked(version)
    check_writes(ANSWER, by, record.deployment.operation, at)
    silver = check_may_receive(by, record, why)
    record.step(step)
    record.save()
    given = {"is_silver": silver, "why_receiver": why, "answered_at": at, "answered_by": by, **said}
    answer = RecordAnswer.objects.create(submission=record.submissions.latest("number"), **given)
    settle(f"record:{answer.submission_id}", at=at)
    if silver:
        tell_sro(record, at=at)
    return record, answer


def tell_sro(record: DeploymentRecord, *, at: datetime) -> None:
    """The policy allows Silver to receive the record; the SRO is told (P-5)."""
    people = User.objects.holding(Role.SRO, at).filter(force=record.deployment.operation.force)
    text = f"{record}: its Silver received the deployment record"
    tell(people, key=f"record-silver:{record.pk}", text=text, link=record.get_absolute_url(), at=at)


@act
def give_back(record: DeploymentRecord, *, reasons: str, why_receiver: str = "", version: int | None = None, by: User, at: datetime) -> Entry:
    """The Authorising Officer wants more; its clock, counted from the same day, runs again (R-1, D-5, 7.7)."""
    check_said(reasons, "R-1", "What is wanting", "7.7", "reasons")
    record, answer = answered(record, "give_back", version, why_receiver, by, at, accepted=False, reasons=reasons)
    owe_again(record, answer, by=by, at=at)
    tell(
        people_of(record.deployment.operation, Role.SILVER, Role.APPLICANT),
        key=f"record-returned:{record.pk}",
        text=f"{record}: the deployment record was returned for more",
        link=record.get_absolute_url(),
        at=at,
    )
    return Entry("record.returned", record, {"reasons": reasons, "why_receiver": why_receiver})


def owe_again(record: DeploymentRecord, answer: RecordAnswer, *, by: User, at: datetime) -> None:
    """Returned, it has not reached the Authorising Officer: the same limit counts, from the deployment's date (D-5)."""
    deployment, policy = record.deployment, record.deployment.edition
    open_duty(
        kind=AGAIN,
        subject=answer,
        operation=deployment.operation,
        owner=(Role.SILVER, Role.APPLICANT),
        sentence="Mend the deployment record and submit it again",
        basis_event="deployment",
        basis_at=deployment.live_at,
        limit=policy.limit("record_to_ao"),
        seniors=(Role.AO, Role.SRO),
        link=record.get_absolute_url(),
        edition=policy.name,
        by=by,
        at=at,
    )


@act
def accept(record: DeploymentRecord, *, why_receiver: str = "", version: int | None = None, by: User, at: datetime) -> Entry:
    """The Authorising Officer accepts it, having dealt with every breach; analysts may see it, and the time for publishing runs (R-1, 7.7, 9.6)."""
    record, answer = answered(record, "accept", version, why_receiver, by, at, accepted=True)
    check_dealt_with(Known(record))
    operation, policy = record.deployment.operation, record.deployment.edition
    open_sight(operation, office=Role.ANALYST, at=at)
    open_duty(
        kind=Kind.PUBLICATION,
        subject=record,
        operation=operation,
        owner=Role.ANALYST,
        sentence="Publish the figures of a deployment",
        basis_event="record accepted",
        basis_at=at,
        limit=policy.limit("publication"),
        seniors=(Role.SRO,),
        link=record.get_absolute_url(),
        edition=policy.name,
        by=by,
        at=at,
    )
    tell_result(record.deployment, is_accepted=True, by=by, at=at)
    return Entry("record.accepted", record, {"why_receiver": why_receiver, "is_silver": answer.is_silver})
