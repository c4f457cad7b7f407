"""Holds on footage (D-4, 7.11), and on alert data where the policy allows it (D-3, 7.10).

Whoever places one locks the same row as whoever deletes: one of them is first, and the other is told.
"""

from datetime import date, datetime
from typing import Any

from accounts.models import User
from accounts.notices import tell
from accounts.states import Role
from audit.acts import Entry, act
from obligations.models import Hold, Obligation, Owner
from obligations.permissions import check_decides_hold, check_keeps_holds, check_may_ask_hold, decides_holds
from obligations.recipients import people_behind
from obligations.rules import check_ground, check_may_be_held, check_not_one_of, check_not_too_late, review_due
from obligations.services.attesting import reference
from obligations.services.duties import discharge, open_duty, rearm, write_steps
from obligations.states import Basis, Covers, HoldState, Kind, Manner, State
from policy import edition

KEEPERS = (Role.INFORMATION_MANAGEMENT, Role.DPO)
# Said of alert data in the place of what footage is named by: words that lead to one alert would outlive it (D-3).
ONE_ALERT = "Personal data of one alert"
RELEASED_BY_A_THIRD = "You asked for or placed this hold: another person of Information Management releases it."


@act
def ask_hold(
    obligation: Obligation, *, basis: str, footage: str, reason: str, covers: str = Covers.WHOLE, by: User, at: datetime, version: int | None = None
) -> Entry:
    """Anyone appointed may ask that named footage be kept, on one of the policy's grounds. Until it is placed, deletion goes on (D-4, 7.11).

    Alert data: where the policy allows it, on the statutory ground, and nothing is said of them (D-3, 7.10).
    """
    obligation = obligation.locked(version)
    check_may_ask_hold(obligation, by, at)
    check_may_be_held(obligation)
    check_ground(obligation, basis)
    check_not_too_late(obligation)
    # The product deletes a stored file whole; only footage held elsewhere can be cut.
    covers = Covers(covers) if obligation.manner == Manner.ATTESTED else Covers.WHOLE
    footage = ONE_ALERT if obligation.is_alert_data else footage
    hold = Hold.objects.create(obligation=obligation, basis=Basis(basis), footage=footage, reason=reason, covers=covers, asked_at=at, asked_by=by)
    tell(
        deciders(obligation, at) - {by},
        key=f"hold-asked:{hold.pk}",
        link=obligation.get_absolute_url(),
        at=at,
        urgent=True,
        text=f"{reference(obligation)}a hold on {obligation.what_is_held} has been asked for; deletion goes on until it is placed",
    )
    return Entry("hold.asked", hold, {"clock": obligation.pk, "basis": basis, "covers": covers})


def deciders(obligation: Obligation, at: datetime) -> set[User]:
    offices = User.objects.filter(force=obligation.force_id, is_active=True)
    return {person for person in offices.filter(grants__role__in=KEEPERS).distinct() if decides_holds(obligation, person, at)}


def both_locked(hold: Hold, version: int | None) -> tuple[Obligation, Hold]:
    """First the clock, then the hold: the order everywhere, so that nobody waits for the other."""
    obligation = hold.obligation.locked()
    fresh = hold.locked(version)
    fresh.obligation = obligation
    return obligation, fresh


def check_another_decides(hold: Hold, by: Any) -> None:
    """Whoever asked does not decide (D-4, 7.11)."""
    check_not_one_of(by, {hold.asked_by_id}, "You asked for this hold: another person decides on it.")


def check_third_releases(hold: Hold, by: Any) -> None:
    """Whoever asked or placed does not release (D-4, 7.11)."""
    check_not_one_of(by, {hold.asked_by_id, hold.answered_by_id}, RELEASED_BY_A_THIRD)


@act
def place_hold(hold: Hold, *, review_date: date | None = None, answer: str = "", by: User, at: datetime, version: int | None = None) -> Entry:
    """Information Management or the DPO places it (on alert data the DPO alone), unless deletion has begun: then it is too late (D-3, D-4, 7.11)."""
    obligation, hold = both_locked(hold, version)
    check_decides_hold(obligation, by, at)
    check_another_decides(hold, by)
    check_not_too_late(obligation)
    hold.review_due_at = review_due(edition(obligation.edition).limit("hold_review"), review_date, at)
    hold.answered_at, hold.answered_by, hold.answer = at, by, answer
    hold.step("place")
    if hold.covers == Covers.PART:
        obligation = hold.obligation = part_of(obligation, hold, at)
    hold.save()
    if obligation.state == State.OPEN:
        obligation.step("hold")
        obligation.save()
    open_duty(
        kind=Kind.HOLD_REVIEW,
        subject=hold,
        owner=KEEPERS,
        sentence=f"Review the hold on {obligation.what_is_held}: is it still needed?",
        seniors=(Role.SRO,),
        operation=obligation.operation,
        force=obligation.force,
        basis_event="hold placed",
        basis_at=at,
        due_at=hold.review_due_at,
        clause=obligation.clause,
        link=obligation.get_absolute_url(),
        edition=obligation.edition,
        by=by,
        at=at,
    )
    return Entry(
        "hold.placed",
        hold,
        {
            "clock": obligation.pk,
            "basis": hold.basis,
            "covers": hold.covers,
            "review_due_at": hold.review_due_at,
            "asked_by": hold.asked_by_id,
            "original_due_at": obligation.due_at,
        },
    )


def part_of(obligation: Obligation, hold: Hold, at: datetime) -> Obligation:
    """The named part gets a clock of its own, the same as the whole's; the rest runs on and is deleted in time (7.11)."""
    own = {"id", "version", "state"}
    copied = {field.attname: getattr(obligation, field.attname) for field in Obligation._meta.concrete_fields if field.name not in own}
    part = Obligation(
        **{
            **copied,
            "subject_type": hold._meta.label_lower,
            "subject_id": hold.pk,
            "opened_at": at,
            "round": 1,
            "sentence": f"{obligation.sentence[:150]} (the part named in a hold)",
        }
    )
    part.save()
    Owner.objects.bulk_create(Owner(obligation=part, role=owner.role, person_id=owner.person_id) for owner in obligation.owners.all())
    write_steps(part)
    return part


@act
def refuse_hold(hold: Hold, *, answer: str, by: User, at: datetime, version: int | None = None) -> Entry:
    """Whoever may place it refuses it, with the reason; what it was about is deleted in time (D-3, D-4)."""
    obligation, hold = both_locked(hold, version)
    check_decides_hold(obligation, by, at)
    check_another_decides(hold, by)
    hold.step("refuse")
    hold.answered_at, hold.answered_by, hold.answer = at, by, answer
    hold.save()
    tell(
        [hold.asked_by],
        key=f"hold-refused:{hold.pk}",
        text=f"{reference(obligation)}the hold you asked for has been refused",
        link=obligation.get_absolute_url(),
        at=at,
    )
    return Entry("hold.refused", hold, {"clock": obligation.pk, "basis": hold.basis})


@act
def review_hold(hold: Hold, *, review_date: date | None = None, answer: str, by: User, at: datetime, version: int | None = None) -> Entry:
    """A hold that is still needed is looked at again in time (D-4, 7.11)."""
    obligation, hold = both_locked(hold, version)
    check_keeps_holds(obligation, by, at)
    hold.review_due_at = review_due(edition(obligation.edition).limit("hold_review"), review_date, at)
    check_placed(hold)
    hold.reviewed_at, hold.reviewed_by, hold.answer = at, by, answer
    hold.save()
    rearm(review_of(hold), basis_at=at, basis_event="hold reviewed", due_at=hold.review_due_at, reason="reviewed", by=by, at=at)
    return Entry("hold.reviewed", hold, {"clock": obligation.pk, "review_due_at": hold.review_due_at})


def check_placed(hold: Hold) -> None:
    if hold.state != HoldState.PLACED:
        hold.step("release")  # says in which state it is


def review_of(hold: Hold) -> Obligation:
    return Obligation.objects.about(hold, Kind.HOLD_REVIEW).get()


@act
def release_hold(hold: Hold, *, reason: str, by: User, at: datetime, version: int | None = None) -> Entry:
    """A third person releases it. Its original clock counts again, no fresh days: if that has run out, it is deleted at once (D-3, D-4, 7.11)."""
    obligation, hold = both_locked(hold, version)
    check_keeps_holds(obligation, by, at)
    check_third_releases(hold, by)
    hold.step("release")
    hold.released_at, hold.released_by, hold.release_reason = at, by, reason
    hold.save()
    if not obligation.holds.placed().exists():
        obligation.step("release")
        obligation.save()
    discharge(review_of(hold), proof="The hold has been released", by=by, at=at)
    tell(
        people_behind(obligation, at),
        key=f"hold-released:{hold.pk}",
        link=obligation.get_absolute_url(),
        at=at,
        text=f"{reference(obligation)}a hold has been released; deletion is due by the original limit",
    )
    return Entry("hold.released", hold, {"clock": obligation.pk, "basis": hold.basis, "due_at": obligation.due_at, **restarted(obligation)})


def restarted(obligation: Obligation) -> dict[str, Any]:
    return {"next_attempt_at": obligation.next_attempt_at, "state": obligation.state}
