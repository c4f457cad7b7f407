"""D-2, D-4, D-7: the pages of the clocks as each person finds them."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from accounts.states import Role
from lfr_governance.demonstration.people import Cast
from obligations.models import Certificate, Hold, Obligation
from obligations.services import ask_hold, attest, carry_out, discharge, place_hold
from obligations.states import Basis, HoldState, Manner, State
from operations.models import Operation
from operations.services import open_sight
from tests.clients import signed_in
from tests.obligations.duties import HOUR, again, alert_data, footage, media, record


def page(person: User, address: str, status: int = 200) -> str:
    answer = signed_in(person).get(address)
    assert answer.status_code == status, (answer.status_code, answer.content.decode()[:400])
    return answer.content.decode()


def sent(person: User, address: str, answers: dict[str, Any], version: int = 1) -> Any:
    return signed_in(person).post(address, {**answers, "version": version})


@pytest.fixture
def now() -> Any:
    return timezone.now().replace(microsecond=0)


def test_mine_are_listed_the_most_urgent_first_D7(operation: Operation, cast: Cast, now: Any) -> None:
    late = alert_data(operation, basis_at=now - 25 * HOUR, sentence="Delete alert one")
    soon = alert_data(operation, basis_at=now - 20 * HOUR, sentence="Delete alert two")
    text = page(cast.operator, "/clocks/")
    assert text.index(late.sentence) < text.index(soon.sentence)
    assert "Overdue" in text and "1 hour ago" in text and "LFR Operator, Silver Commander" in text
    assert late.sentence not in page(cast.stranger, "/clocks/") and "That is a good state" in page(cast.stranger, "/clocks/")


@pytest.mark.parametrize("who", ["infomgmt", "dpo", "sro"])
def test_the_force_is_counted_for_those_who_answer_for_it_D7(operation: Operation, cast: Cast, now: Any, who: str) -> None:
    alert_data(operation, basis_at=now - 25 * HOUR, sentence="Delete alert one")
    alert_data(operation, basis_at=now, sentence="Delete alert two")
    text = page(cast.people[who], "/clocks/")
    assert "All of the force" in text and "Personal data of an alert" in text and "Delete alert one" in text
    assert ("Delete alert two" in text) == (who != "sro")
    assert "All of the force" not in page(cast.silver, "/clocks/")


@pytest.mark.parametrize(
    ("show", "found"), [("overdue", {"late"}), ("day", {"late", "soon"}), ("held", {"held"}), ("", {"late", "soon", "far", "held"})]
)
def test_the_list_can_be_narrowed_D7(operation: Operation, cast: Cast, now: Any, show: str, found: set[str]) -> None:
    alert_data(operation, basis_at=now - 25 * HOUR, sentence="late")
    alert_data(operation, basis_at=now - 20 * HOUR, sentence="soon")
    footage(operation, basis_at=now, sentence="far")
    hold = ask_hold(footage(operation, basis_at=now, sentence="held"), basis=Basis.MOPI, footage="Camera 1", reason="r", by=cast.silver, at=now)
    place_hold(hold, by=cast.infomgmt, at=now)
    text = page(cast.silver, f"/clocks/?show={show}")
    assert {word for word in ("late", "soon", "far", "held") if f">{word} –" in text} == found


def test_one_clock_shows_its_sum_whose_it_is_and_what_is_to_come_D7(operation: Operation, cast: Cast, now: Any) -> None:
    clock = alert_data(operation, basis_at=now)
    text = page(cast.operator, clock.get_absolute_url())
    assert clock.sum in text and "LFR Operator" in text and "Should have been done by now" in text and "obligation" not in text.lower()
    page(cast.stranger, clock.get_absolute_url(), 404)
    page(cast.gold, clock.get_absolute_url(), 404)


def test_what_is_done_in_the_product_is_one_click_away_and_shows_its_proof_D7(operation: Operation, cast: Cast, now: Any) -> None:
    clock = record(operation, basis_at=now, link="/records/17/")
    assert 'href="/records/17/"' in page(cast.silver, clock.get_absolute_url())
    discharge(clock, proof="Record submitted", by=cast.silver, at=now)
    assert "Record submitted" in page(cast.silver, clock.get_absolute_url()) and "Record submitted" in page(cast.silver, "/clocks/done/")


def test_the_clocks_of_an_operation_are_those_one_may_see_D7(operation: Operation, cast: Cast, now: Any) -> None:
    alert_data(operation, basis_at=now, sentence="Delete an alert")
    footage(operation, basis_at=now, sentence="Delete footage")
    address = f"/clocks/operations/{operation.pk}/"
    assert "Delete an alert" in page(cast.operator, address)
    text = page(cast.gold, address)
    assert "Delete footage" in text and "Delete an alert" not in text
    page(cast.stranger, address, 404)
    page(cast.infomgmt, address, 404)
    open_sight(operation, office=Role.INFORMATION_MANAGEMENT, at=now)
    assert "Delete an alert" in page(cast.infomgmt, address)


def typed(at: Any) -> dict[str, str]:
    """A moment, in the boxes of a form."""
    local = timezone.localtime(at)
    return {"wiped_at_day": str(local.day), "wiped_at_month": str(local.month), "wiped_at_year": str(local.year), "wiped_at_time": f"{local:%H:%M}"}


def test_certified_and_confirmed_through_the_pages_D2(operation: Operation, cast: Cast, now: Any) -> None:
    clock = media(operation, basis_at=now - 5 * HOUR)
    address = f"{clock.get_absolute_url()}certify/"
    assert address in page(cast.operator, clock.get_absolute_url())
    answers = {**typed(now - HOUR), "item": "USB 0417", "count": "1", "how": "Overwritten"}
    assert sent(cast.operator, address, answers).status_code == 302
    assert again(clock).state == State.ATTESTED
    assert "another person has to confirm" in page(cast.operator, clock.get_absolute_url())
    confirm = f"{clock.get_absolute_url()}confirm/"
    assert "USB 0417" in page(cast.silver, confirm)
    assert sent(cast.operator, confirm, {"outcome": "confirm", "answer": "Seen"}, 2).status_code == 409
    assert sent(cast.silver, confirm, {"outcome": "confirm", "answer": "Seen"}, 2).status_code == 302
    text = page(cast.silver, f"{clock.get_absolute_url()}certificate/")
    assert "Certificate of deletion" in text and "USB 0417" in text and cast.operator.name in text and "In the trail" in text
    page(cast.stranger, f"{clock.get_absolute_url()}certificate/", 404)


def test_disputed_through_the_page_D2(operation: Operation, cast: Cast, now: Any) -> None:
    clock = media(operation, basis_at=now - 5 * HOUR)
    attest(clock, wiped_at=now - HOUR, how="Overwritten", item="USB 1", by=cast.operator, at=now)
    sent(cast.infomgmt, f"{clock.get_absolute_url()}confirm/", {"outcome": "dispute", "answer": "Readable"}, 2)
    assert again(clock).state == State.OPEN and "Not confirmed by" in page(cast.operator, clock.get_absolute_url())


def test_who_may_not_certify_is_told_or_finds_nothing_D2(operation: Operation, cast: Cast, now: Any) -> None:
    clock = media(operation, basis_at=now)
    page(cast.infomgmt, f"{clock.get_absolute_url()}certify/", 403)
    page(cast.stranger, f"{clock.get_absolute_url()}certify/", 404)
    page(cast.operator, f"{clock.get_absolute_url()}certificate/", 404)
    page(cast.silver, f"{clock.get_absolute_url()}confirm/", 409)


def test_a_hold_through_the_pages_asked_placed_reviewed_released_D4(operation: Operation, cast: Cast, now: Any) -> None:
    clock = footage(operation, basis_at=now)
    ask = f"{clock.get_absolute_url()}hold/"
    assert ask in page(cast.gold, clock.get_absolute_url()) and "a part" not in page(cast.gold, ask)
    asked = {"basis": Basis.CPIA, "footage": "Camera 2", "reason": "Arrest"}
    assert sent(cast.gold, ask, asked).status_code == 302
    hold = Hold.objects.get()
    assert "Deletion goes on until it is placed" in page(cast.gold, clock.get_absolute_url())
    assert "Camera 2" in page(cast.infomgmt, "/clocks/holds/")
    decide, review, release = (f"/clocks/holds/{hold.pk}/{word}/" for word in ("decide", "review", "release"))
    assert sent(cast.silver, decide, {"outcome": "place", "answer": "Yes"}).status_code == 403
    assert sent(cast.infomgmt, decide, {"outcome": "place", "answer": "Yes"}).status_code == 302
    assert again(clock).state == State.HELD and "On hold" in page(cast.silver, clock.get_absolute_url())
    assert sent(cast.infomgmt, review, {"answer": "With the court"}, 2).status_code == 302
    assert sent(cast.infomgmt, release, {"reason": "Done"}, 3).status_code == 409
    assert sent(cast.dpo, release, {"reason": "Done"}, 2).status_code == 409  # read before the review
    assert sent(cast.dpo, release, {"reason": "Done"}, 3).status_code == 302
    assert again(clock).state == State.OPEN and Hold.objects.get().state == HoldState.RELEASED


def test_a_hold_refused_through_the_page_and_a_part_where_it_can_be_cut_D4(operation: Operation, cast: Cast, now: Any) -> None:
    clock = footage(operation, basis_at=now, manner=Manner.ATTESTED)
    asked = {"basis": Basis.CPIA, "footage": "Camera 2", "reason": "Arrest", "covers": "part"}
    assert "A part of it" in page(cast.gold, f"{clock.get_absolute_url()}hold/")
    sent(cast.gold, f"{clock.get_absolute_url()}hold/", asked)
    sent(cast.dpo, f"/clocks/holds/{Hold.objects.get().pk}/decide/", {"outcome": "refuse", "answer": "No ground"})
    assert Hold.objects.get().state == HoldState.REFUSED and Obligation.objects.filter(kind="cctv").count() == 1


def test_too_late_is_said_and_nothing_typed_is_lost_D4(operation: Operation, cast: Cast, now: Any) -> None:
    clock = footage(operation, basis_at=now)
    hold = ask_hold(clock, basis=Basis.CPIA, footage="Camera 2", reason="Arrest", by=cast.gold, at=now)
    carry_out(clock, destroy=lambda _: {"files": 1}, verify=lambda _: None, at=now)
    answer = sent(cast.infomgmt, f"/clocks/holds/{hold.pk}/decide/", {"outcome": "place", "answer": "What I typed"})
    text = answer.content.decode()
    assert answer.status_code == 409 and "Too late: deletion of this footage began" in text and "What I typed" in text
    assert "too late" in page(cast.gold, clock.get_absolute_url())
    assert "1 file<" in page(cast.gold, f"{clock.get_absolute_url()}certificate/")


@pytest.mark.parametrize("who", ["silver", "sro", "stranger", "sysadmin"])
def test_holds_are_for_those_who_decide_on_them_D4(cast: Cast, who: str) -> None:
    page(cast.people[who], "/clocks/holds/", 403)
    assert "Holds" not in page(cast.people[who], "/clocks/")


def test_who_is_not_signed_in_is_asked_to(cast: Cast, operation: Operation, client: Any) -> None:
    clock = alert_data(operation)
    for address in ("/clocks/", clock.get_absolute_url(), f"/clocks/operations/{operation.pk}/"):
        assert client.get(address).status_code == 302


def test_a_failing_deletion_is_shown_D6(operation: Operation, cast: Cast, now: Any) -> None:
    clock = alert_data(operation, basis_at=now - 20 * HOUR)
    carry_out(clock, destroy=lambda _: 1 / 0, verify=lambda _: None, at=now)  # type: ignore[return-value]
    assert "Deletion has failed 1 time" in page(cast.infomgmt, "/clocks/")
    assert "Deletion has failed 1 time (ZeroDivisionError)" in page(cast.operator, clock.get_absolute_url())


def test_a_correction_after_the_certificate_is_said_beside_it_D6(operation: Operation, cast: Cast, now: Any) -> None:
    clock = alert_data(operation, basis_at=now - 20 * HOUR)
    carry_out(clock, destroy=lambda _: {}, verify=lambda _: None, at=now)
    Obligation.objects.filter(pk=clock.pk).update(due_at=clock.due_at - timedelta(hours=2))
    text = page(cast.operator, Certificate.objects.get().get_absolute_url())
    assert "was corrected afterwards" in text and "Nothing was left to delete" in text


@pytest.mark.parametrize("address", ["/clocks/", "/clocks/done/", "/clocks/operations/{operation}/"])
def test_statements_do_not_grow_with_the_clocks_D7(operation: Operation, cast: Cast, now: Any, address: str) -> None:
    def statements() -> int:
        client = signed_in(cast.operator)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert client.get(address.format(operation=operation.pk)).status_code == 200
        return len(seen)

    def more(n: int) -> None:
        for _ in range(n):
            carry_out(alert_data(operation, basis_at=now), destroy=lambda _: {}, verify=lambda _: None, at=now)
            alert_data(operation, basis_at=now)

    more(2)
    before = statements()
    more(6)
    assert statements() == before
