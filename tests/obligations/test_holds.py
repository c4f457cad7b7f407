"""D-4, 7.11: named footage, on a named ground, asked by one, placed by a second, released by a third; then its original clock again."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Notice, User
from accounts.states import Role
from lfr_governance import awaiting
from lfr_governance.demonstration.people import Cast
from obligations.models import Hold, Obligation
from obligations.services import ask_hold, attest, carry_out, place_hold, refuse_hold, release_hold, review_hold
from obligations.states import Basis, Covers, HoldState, Kind, Manner, State
from operations.models import Operation
from operations.services import appoint
from policy import current
from policy.edition import LONDON
from policy.refusals import NotPermitted, NotVisible, RuleBroken
from tests.cast import grant_confirmed
from tests.obligations.duties import ALERT, DAY, HOUR, MANY, again, footage, media

SOON = ALERT + DAY


@pytest.fixture
def clock(operation: Operation) -> Obligation:
    return footage(operation)


def asked(clock: Obligation, by: User, **more: object) -> Hold:
    words = {"basis": Basis.COMPLAINT, "footage": "Camera 2, 13:20 to 13:40", "reason": "Complaint 17", "by": by, "at": SOON}
    return ask_hold(clock, **{**words, **more})


def placed(clock: Obligation, cast: Cast, **more: object) -> Hold:
    return place_hold(asked(clock, cast.silver, **more), by=cast.infomgmt, at=SOON + HOUR)


def erased(clock: Obligation, at: object) -> bool:
    return carry_out(clock, destroy=lambda _: {"files": 1}, verify=lambda _: None, at=at) is not None


def test_deletion_goes_on_until_a_hold_is_placed_D4(clock: Obligation, cast: Cast) -> None:
    hold = asked(clock, cast.engagement)
    assert (hold.state, again(clock).state) == (HoldState.ASKED, State.OPEN)
    told = set(Notice.objects.filter(key=f"hold-asked:{hold.pk}", urgent=True).values_list("person__username", flat=True))
    assert told == {"infomgmt", "infomgmt2", "dpo"}
    assert erased(clock, clock.target_at)


def test_a_hold_that_was_asked_for_awaits_those_who_decide_D4(clock: Obligation, cast: Cast) -> None:
    hold = asked(clock, cast.gold)
    for person in (cast.infomgmt, cast.dpo):
        (item,) = [one for one in awaiting.mine(person, hold.asked_at) if one.text.startswith("Place or refuse")]
        assert item.href == f"/clocks/holds/{hold.pk}/decide/" and item.due_at == clock.due_at
    assert [one for one in awaiting.mine(cast.silver, hold.asked_at) if one.text.startswith("Place or refuse")] == []


def test_a_placed_hold_stops_deletion_however_late_D4(clock: Obligation, cast: Cast) -> None:
    hold = placed(clock, cast)
    assert (hold.state, again(clock).state, hold.answered_by) == (HoldState.PLACED, State.HELD, cast.infomgmt)
    assert not erased(clock, clock.due_at + MANY)
    assert not again(clock).is_overdue(clock.due_at + MANY)
    assert not Obligation.objects.to_carry_out(clock.due_at + MANY).exists()


def test_release_gives_back_the_original_clock_and_deletion_restarts_at_once_D4(clock: Obligation, cast: Cast) -> None:
    hold = placed(clock, cast)
    after = clock.due_at + MANY
    release_hold(hold, reason="Complaint closed", by=cast.infomgmt2, at=after)
    free = again(clock)
    assert (free.state, free.due_at, free.target_at) == (State.OPEN, clock.due_at, clock.target_at)
    assert free.is_overdue(after) and list(Obligation.objects.to_carry_out(after)) == [clock]
    assert erased(clock, after)
    certificate = again(clock).certificate
    assert [row["basis"] for row in certificate.holds] == [Basis.COMPLAINT] and certificate.lateness == MANY


def test_released_before_its_limit_it_has_no_fresh_days_D4(clock: Obligation, cast: Cast) -> None:
    release_hold(placed(clock, cast), reason="Closed", by=cast.infomgmt2, at=SOON + DAY)
    assert (again(clock).due_at, again(clock).next_attempt_at) == (clock.due_at, clock.target_at)


def test_a_second_hold_keeps_it_until_both_are_released_D4(clock: Obligation, cast: Cast) -> None:
    first, second = placed(clock, cast), placed(clock, cast, basis=Basis.CPIA)
    release_hold(first, reason="Closed", by=cast.infomgmt2, at=SOON + DAY)
    assert again(clock).state == State.HELD and not erased(clock, clock.due_at)
    release_hold(second, reason="Closed", by=cast.dpo, at=clock.due_at)
    assert erased(clock, clock.due_at)


def test_three_different_people_ask_place_and_release_D4(clock: Obligation, cast: Cast, operation: Operation) -> None:
    grant_confirmed(cast, cast.infomgmt, Role.LOGGIST, at=ALERT)
    appoint(operation, person=cast.infomgmt, role=Role.LOGGIST, by=cast.silver, at=ALERT)
    hold = asked(clock, cast.infomgmt)
    for refused in (place_hold, refuse_hold):
        with pytest.raises(RuleBroken, match="You asked"):
            refused(hold, answer="", by=cast.infomgmt, at=SOON)
    hold = place_hold(hold, by=cast.infomgmt2, at=SOON)
    for person in (cast.infomgmt, cast.infomgmt2):
        with pytest.raises(RuleBroken, match="another person"):
            release_hold(hold, reason="Closed", by=person, at=SOON)
    assert release_hold(hold, reason="Closed", by=cast.dpo, at=SOON).state == HoldState.RELEASED


def test_the_database_knows_the_three_people_too_D4(clock: Obligation, cast: Cast) -> None:
    hold = placed(clock, cast)
    for column, person in (("answered_by", cast.silver), ("released_by", cast.infomgmt), ("released_by", cast.silver)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Hold.objects.filter(pk=hold.pk).update(**{column: person, column.replace("_by", "_at"): SOON})


def test_who_may_ask_and_who_may_decide_D4(clock: Obligation, cast: Cast) -> None:
    for person in (cast.stranger, cast.ao, cast.bronze):
        with pytest.raises(NotVisible):
            asked(clock, person)
    with pytest.raises(NotPermitted):
        asked(clock, cast.infomgmt)
    hold = asked(clock, cast.gold)
    for decide in (place_hold, refuse_hold):
        with pytest.raises(NotPermitted):
            decide(hold, answer="", by=cast.silver, at=SOON)
        with pytest.raises(NotVisible):
            decide(hold, answer="", by=cast.stranger, at=SOON)


def test_only_footage_can_be_held_D4(operation: Operation, cast: Cast) -> None:
    """Personal data of an alert: tests/obligations/test_preservation.py."""
    with pytest.raises(RuleBroken, match="Only CCTV footage"):
        asked(media(operation), cast.silver)


def test_only_the_grounds_of_the_policy_D4(clock: Obligation, cast: Cast) -> None:
    with pytest.raises(ValueError, match="useful"):
        asked(clock, cast.silver, basis="useful")


def test_once_deletion_has_begun_it_is_too_late_and_never_shown_as_held_D4(clock: Obligation, cast: Cast) -> None:
    hold = asked(clock, cast.silver)
    carry_out(clock, destroy=lambda _: 1 / 0, verify=lambda _: None, at=clock.target_at)  # type: ignore[return-value]
    for late in (lambda: place_hold(hold, by=cast.infomgmt, at=clock.due_at), lambda: asked(clock, cast.silver, at=clock.due_at)):
        with pytest.raises(RuleBroken, match="Too late: deletion of this footage began"):
            late()
    assert (again(clock).state, Hold.objects.get(pk=hold.pk).state) == (State.ERASING, HoldState.ASKED)
    assert erased(clock, clock.due_at)


def test_too_late_after_somebody_has_certified_it_D4(operation: Operation, cast: Cast) -> None:
    clock = footage(operation, manner=Manner.ATTESTED)
    hold = asked(clock, cast.silver)
    attest(clock, wiped_at=SOON, how="Overwritten", item="NVR 4", by=cast.operator, at=SOON)
    with pytest.raises(RuleBroken, match="Too late: this footage has been certified as deleted"):
        place_hold(hold, by=cast.infomgmt, at=SOON + HOUR)


def test_held_footage_cannot_be_certified_as_deleted_D4(operation: Operation, cast: Cast) -> None:
    clock = footage(operation, manner=Manner.ATTESTED)
    placed(clock, cast)
    with pytest.raises(RuleBroken, match="on hold"):
        attest(clock, wiped_at=SOON + DAY, how="Overwritten", item="NVR 4", by=cast.operator, at=SOON + DAY)


def test_a_hold_on_a_part_lets_the_rest_be_deleted_in_time_D4(operation: Operation, cast: Cast) -> None:
    rest = footage(operation, manner=Manner.ATTESTED)
    hold = placed(rest, cast, covers=Covers.PART)
    part = hold.obligation
    assert (again(rest).state, again(part).state) == (State.OPEN, State.HELD)
    assert (part.due_at, part.target_at, part.sum, part.subject_id) == (rest.due_at, rest.target_at, rest.sum, hold.pk)
    assert attest(rest, wiped_at=SOON + DAY, how="Overwritten", item="NVR 4", by=cast.operator, at=SOON + DAY)
    release_hold(hold, reason="Closed", by=cast.dpo, at=rest.due_at)
    assert again(part).state == State.OPEN


def test_what_this_product_stores_is_held_whole_D4(clock: Obligation, cast: Cast) -> None:
    assert placed(clock, cast, covers=Covers.PART).obligation == clock


def test_a_refused_hold_changes_nothing_D4(clock: Obligation, cast: Cast) -> None:
    hold = refuse_hold(asked(clock, cast.silver), answer="No ground", by=cast.dpo, at=SOON)
    assert (hold.state, again(clock).state) == (HoldState.REFUSED, State.OPEN)
    assert Notice.objects.filter(person=cast.silver, key=f"hold-refused:{hold.pk}").exists()
    assert erased(clock, clock.target_at)


def test_a_hold_is_reviewed_within_the_policys_days_D4(clock: Obligation, cast: Cast) -> None:
    limit = current().limit("hold_review")
    last = limit.due_at(SOON + HOUR).astimezone(LONDON).date()
    for wrong in (last + timedelta(days=1), SOON.date() - timedelta(days=1)):
        with pytest.raises(RuleBroken, match="must be reviewed"):
            place_hold(asked(clock, cast.silver), review_date=wrong, by=cast.infomgmt, at=SOON + HOUR)
    hold = placed(clock, cast)
    assert hold.review_due_at == limit.due_at(SOON + HOUR)
    sooner = place_hold(asked(clock, cast.silver), review_date=SOON.date(), by=cast.infomgmt, at=SOON + HOUR)
    assert sooner.review_due_at < hold.review_due_at


def test_the_review_has_a_clock_of_its_own_D4(clock: Obligation, cast: Cast) -> None:
    hold = placed(clock, cast)
    review = Obligation.objects.about(hold, Kind.HOLD_REVIEW).get()
    assert (review.due_at, review.kind) == (hold.review_due_at, Kind.HOLD_REVIEW)
    again_at = hold.review_due_at - DAY
    hold = review_hold(hold, answer="Still with the courts", by=cast.dpo, at=again_at)
    assert again(review).due_at == hold.review_due_at == current().limit("hold_review").due_at(again_at)
    release_hold(hold, reason="Closed", by=cast.infomgmt2, at=again_at + DAY)
    assert again(review).state == State.DISCHARGED
    with pytest.raises(RuleBroken, match="released"):
        review_hold(hold, answer="", by=cast.dpo, at=again_at + DAY)
