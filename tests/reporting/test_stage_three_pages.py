"""Who opens which page of Stage 3, and at what cost (access table, R-1, R-5, R-7)."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from deployments import services as acts
from deployments.states import LogKind
from lfr_governance.demonstration.people import Cast
from lfr_governance.demonstration.stage_three import Aftermath
from lfr_governance.demonstration.stage_two import Day
from policy.refusals import NotVisible
from reporting.models import Action
from tests.cast import NOON
from tests.clients import signed_in
from tests.reporting.stages import publication, record

RECORD = {"silver": 200, "applicant": 200, "operator": 200, "ao": 200, "ao2": 200, "sro": 200, "stranger": 404, "sysadmin": 404, "infomgmt": 404}
WRITING = {**RECORD, "operator": 403, "ao": 403, "ao2": 403, "sro": 403}
RECEIVING = {**RECORD, "silver": 403, "applicant": 403, "operator": 403, "sro": 403}
RECORD_PAGES = {
    "record": RECORD,
    "debrief": RECORD,
    "narrative": WRITING,
    "submit_record": WRITING,
    "arrange_debrief": WRITING,
    "accept_record": RECEIVING,
    "return_record": RECEIVING,
}
ANALYSTS = {"analyst": 200, "analyst2": 200, "silver": 404, "ao": 404, "sro": 404, "stranger": 404}
OVERSEERS = {"oversight": {"sro": 200, "infomgmt": 200, "scrutiny": 200, "ao": 403}, "record_review": {"sro": 200, "infomgmt": 403, "scrutiny": 403}}


def statuses(address: str, cast: Cast, expected: dict[str, int]) -> dict[str, int]:
    return {name: signed_in(cast.people[name]).get(address).status_code for name in expected}


@pytest.mark.parametrize("page", RECORD_PAGES)
def test_R1_who_opens_the_pages_of_a_record(cast: Cast, page: str) -> None:
    address = reverse(f"reporting:{page}", args=[record(cast, "submitted").pk])
    assert statuses(address, cast, RECORD_PAGES[page]) == RECORD_PAGES[page]


@pytest.mark.parametrize("page", ["publication", "write", "approve", "send_back", "correct", "withdraw"])
def test_R5_only_analysts_open_the_pages_of_an_edition(cast: Cast, page: str) -> None:
    address = reverse(f"reporting:{page}", args=[publication(cast, "checked").pk])
    assert statuses(address, cast, ANALYSTS) == ANALYSTS


@pytest.mark.parametrize("page", OVERSEERS)
def test_R7_who_opens_oversight(cast: Cast, page: str) -> None:
    publication(cast, "published")
    assert statuses(reverse(f"reporting:{page}"), cast, OVERSEERS[page]) == OVERSEERS[page]


def test_R7_scrutiny_reads_no_name(cast: Cast) -> None:
    publication(cast, "published")
    shown = signed_in(cast.scrutiny).get(reverse("reporting:oversight")).content.decode().replace(cast.scrutiny.name, "")
    assert "Buy two taller stands" in shown
    assert [person.name for person in cast.people.values() if person.name in shown] == []


def test_R1_whoever_is_asked_to_chair_sees_the_record_and_gold_has_no_hand_in_it(cast: Cast) -> None:
    address = reverse("reporting:hold_debrief", args=[record(cast, "compiling").pk])
    assert statuses(address, cast, {"chair": 200, "gold": 403, "silver": 403, "stranger": 404}) == {
        "chair": 200,
        "gold": 403,
        "silver": 403,
        "stranger": 404,
    }


def test_R2_whoever_chairs_takes_no_part_in_the_operation(cast: Cast) -> None:
    """Nothing of it is theirs to see besides the record, to stop or to log (access table)."""
    thing = record(cast, "compiling")
    later = acts.plan(thing.deployment.authority, by=None, at=NOON)[0]
    for address in (later.get_absolute_url(), reverse("authorisations:authority", args=[thing.deployment.authority_id])):
        assert statuses(address, cast, {"chair": 404, "silver": 200}) == {"chair": 404, "silver": 200}
    shown = signed_in(cast.chair).get(thing.get_absolute_url()).content.decode()
    assert "The cancellation report is there" in shown and f"/authorities/{thing.deployment.authority_id}/" not in shown, "no way to what is closed"
    for act in (partial(acts.suspend, later), partial(acts.terminate, later), partial(acts.log, later, kind=LogKind.OBSERVATION)):
        with pytest.raises(NotVisible):
            act(by=cast.chair, at=NOON)


def test_A15_the_list_of_authorities_offers_nobody_what_is_closed_to_them(cast: Cast) -> None:
    """An operation is open to an analyst, and to a debrief's chair, for its record; the authority is not (access table)."""
    authority = publication(cast, "published").record.deployment.authority
    address = reverse("authorisations:authority", args=[authority.pk])
    for person, listed in ((cast.analyst, False), (cast.chair, False), (cast.ao, True), (cast.inspector, True), (cast.silver, True)):
        reader = signed_in(person)
        assert (address in reader.get(reverse("authorisations:authorities")).content.decode()) is listed, person
        assert (reader.get(address).status_code == 200) is listed, person


def test_R2_whoever_has_to_do_it_says_on_its_page_that_it_is_done(cast: Cast) -> None:
    record(cast, "compiling")
    action = Action.objects.get()
    address, said = reverse("reporting:action", args=[action.pk]), {"outcome": "Two bought.", "version": action.version}
    assert signed_in(cast.silver).post(address, said).status_code == 403
    assert signed_in(cast.stranger).post(address, said).status_code == 404
    assert signed_in(cast.bronze).post(address, said).status_code == 302
    assert action.again().outcome == "Two bought."


def test_R1_a_list_of_records_costs_the_same_however_long(cast: Cast) -> None:
    record(cast, "accepted")
    silver = signed_in(cast.silver)
    silver.get(reverse("reporting:records"))
    with CaptureQueriesContext(connection) as one:
        silver.get(reverse("reporting:records"))
    Aftermath(cast).compiled(Day(cast, NOON + timedelta(days=40)).terminated())
    with CaptureQueriesContext(connection) as two:
        assert "Being compiled" in silver.get(reverse("reporting:records")).content.decode()
    assert len(one) == len(two)
