"""D-3, 7.10: alert data outlive their limit only where the policy allows it, on the statutory ground, authorised by the Data Protection Officer."""

from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Notice, User
from lfr_governance.demonstration.people import Cast
from obligations.models import Hold, Obligation
from obligations.services import ask_hold, carry_out, place_hold, refuse_hold, release_hold, review_hold
from obligations.services.holds import ONE_ALERT
from obligations.states import Basis, HoldState, Kind, State
from operations.models import Operation
from policy import current
from policy.refusals import NotPermitted, NotVisible
from tests.obligations.duties import ALERT, HOUR, MANY, again, alert_data
from tests.obligations.test_pages import page, sent
from tests.refusals import refused

SOON = ALERT + HOUR


@pytest.fixture
def clock(operation: Operation) -> Obligation:
    return alert_data(operation, may_be_held=True)


def asked(clock: Obligation, by: User, **more: Any) -> Hold:
    return ask_hold(clock, **{"basis": Basis.CPIA, "footage": "The man of 13:31", "reason": "Disclosure 17", "by": by, "at": SOON, **more})


def placed(clock: Obligation, cast: Cast) -> Hold:
    return place_hold(asked(clock, cast.silver), by=cast.dpo, at=SOON + HOUR)


def erased(clock: Obligation, at: Any) -> bool:
    return carry_out(clock, destroy=lambda _: {"records": 1}, verify=lambda _: None, at=at) is not None


def test_where_the_policy_does_not_allow_it_it_is_refused_D3(operation: Operation, cast: Cast) -> None:
    clock = alert_data(operation)
    with refused("D-3", "7.10") as told:
        asked(clock, cast.silver)
    assert "policy does not allow" in told.value.sentence and "case system before the limit" in told.value.remedy


@pytest.mark.parametrize("basis", sorted(set(Basis) - {Basis.CPIA}))
def test_no_ground_but_the_statute_D3(clock: Obligation, cast: Cast, basis: str) -> None:
    with refused("D-3", "7.10"):
        asked(clock, cast.silver, basis=basis)


def test_anyone_appointed_may_ask_and_the_dpo_is_told_D3(clock: Obligation, cast: Cast) -> None:
    hold = asked(clock, cast.gold)
    assert (hold.state, hold.footage, again(clock).state) == (HoldState.ASKED, ONE_ALERT, State.OPEN)
    assert set(Notice.objects.filter(key=f"hold-asked:{hold.pk}").values_list("person__username", flat=True)) == {"dpo"}
    with pytest.raises(NotVisible):
        asked(clock, cast.stranger)
    assert erased(clock, clock.target_at), "deletion goes on until it is placed"


@pytest.mark.parametrize("decide", [place_hold, refuse_hold])
@pytest.mark.parametrize(
    ("who", "kind"), [("silver", NotPermitted), ("gold", NotPermitted), ("infomgmt", NotPermitted), ("stranger", NotVisible), ("sro", NotVisible)]
)
def test_only_the_dpo_decides_D3(clock: Obligation, cast: Cast, decide: Any, who: str, kind: Any) -> None:
    hold = asked(clock, cast.silver)
    with refused(None, kind=kind):
        decide(hold, answer="", by=cast.people[who], at=SOON)
    assert decide(hold, answer="", by=cast.dpo, at=SOON).answered_by == cast.dpo


def test_preserved_it_outlives_its_limit_and_has_its_review_D3(clock: Obligation, cast: Cast) -> None:
    hold = placed(clock, cast)
    assert (hold.state, again(clock).state, erased(clock, clock.due_at + MANY)) == (HoldState.PLACED, State.HELD, False)
    review = Obligation.objects.about(hold, Kind.HOLD_REVIEW).get()
    assert hold.review_due_at == review.due_at == current().limit("hold_review").due_at(SOON + HOUR)
    assert (review.sentence, review.clause) == ("Review the hold on alert data: is it still needed?", "7.10")
    assert review_hold(hold, answer="Still before the court", by=cast.infomgmt, at=review.due_at).review_due_at > review.due_at


def test_released_by_a_third_person_it_is_deleted_at_once_with_the_hold_on_the_certificate_D3(clock: Obligation, cast: Cast) -> None:
    hold, after = placed(clock, cast), clock.due_at + MANY
    with refused("D-4", "7.11"):
        release_hold(hold, reason="Closed", by=cast.dpo, at=after)
    release_hold(hold, reason="Closed", by=cast.infomgmt, at=after)
    assert (again(clock).due_at, list(Obligation.objects.to_carry_out(after))) == (clock.due_at, [clock])
    assert erased(clock, after) and [row["basis"] for row in again(clock).certificate.holds] == [Basis.CPIA]


def test_once_deletion_has_begun_it_is_too_late_D3(clock: Obligation, cast: Cast) -> None:
    hold = asked(clock, cast.silver)
    carry_out(clock, destroy=lambda _: 1 / 0, verify=lambda _: None, at=clock.target_at)  # type: ignore[return-value]
    for late in (lambda: place_hold(hold, by=cast.dpo, at=clock.due_at), lambda: asked(clock, cast.silver, at=clock.due_at)):
        with refused("D-3", "7.10") as told:
            late()
        assert "Too late: deletion of this alert data began" in told.value.sentence
    assert erased(clock, clock.due_at)


def test_through_the_pages_which_say_that_it_is_a_deviation_D3_G4(operation: Operation, cast: Cast) -> None:
    clock = alert_data(operation, basis_at=timezone.now().replace(microsecond=0), may_be_held=True)
    ask, says = f"{clock.get_absolute_url()}hold/", "deviation from clauses 7.10 and 10.16"
    assert ask in page(cast.gold, clock.get_absolute_url())
    form = page(cast.gold, ask)
    assert says in form and Basis.CPIA.label in form and Basis.MOPI.label not in form and "Which footage" not in form
    assert sent(cast.gold, ask, {"basis": Basis.MOPI, "reason": "Arrest"}).status_code == 200
    assert sent(cast.gold, ask, {"basis": Basis.CPIA, "reason": "Arrest"}).status_code == 302
    hold = Hold.objects.get()
    decide, release = (f"/clocks/holds/{hold.pk}/{word}/" for word in ("decide", "release"))
    for address in ("/clocks/holds/", clock.get_absolute_url()):
        assert decide in page(cast.dpo, address)
        assert decide not in page(cast.infomgmt, address) and "The Data Protection Officer decides on it" in page(cast.infomgmt, address)
    page(cast.infomgmt, decide, 403)
    assert says in page(cast.dpo, decide)
    assert sent(cast.dpo, decide, {"outcome": "place", "answer": "Yes"}).status_code == 302
    assert says in page(cast.silver, clock.get_absolute_url()) and release in page(cast.infomgmt, "/clocks/holds/")
    assert sent(cast.infomgmt, release, {"reason": "Done"}, 2).status_code == 302
    assert again(clock).state == State.OPEN
