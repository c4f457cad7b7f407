"""A-17, 7.1: a material change is a further version that needs the Authorising Officer again; the old authority stays until it is superseded."""

import json

import pytest

from authorisations.models import Application
from authorisations.services import applying, content, deciding
from authorisations.states import Outcome
from lfr_governance.demonstration import texts
from lfr_governance.demonstration.people import Cast
from lfr_governance.standing import standing
from library.services import complete_local_cia
from policy.refusals import NotPermitted
from tests.authorisations.stages import DAY, ENDS, HOUR, LATER, STARTS, stage
from tests.refusals import refused
from watchlists.services import put_line

SIGNED = LATER + 2 * HOUR


def first(newer: Application) -> Application:
    return newer.operation.applications.get(number=1)


@pytest.mark.parametrize("state", ["complete", "submitted", "returned", "refused", "withdrawn"])
def test_a17_only_what_was_authorised_is_amended(cast: Cast, state: str):
    application = stage(cast, state)
    with refused("A-17", "7.1", chain=application.operation_id):
        applying.amend(application, by=cast.applicant, at=LATER)


def test_a17_one_further_version_at_a_time(cast: Cast):
    newer = stage(cast, "amended")
    with refused("A-17", "7.1"):
        applying.amend(first(newer), by=cast.applicant, at=LATER)


def test_a17_the_superseded_version_is_not_amended_again(cast: Cast):
    older = stage(cast, "superseded")
    with refused("A-17", "7.1"):
        applying.amend(older, by=cast.applicant, at=SIGNED + HOUR)


def test_a17_one_that_came_to_nothing_stands_in_nobodys_way(cast: Cast):
    newer = stage(cast, "amendment_withdrawn")
    third = applying.amend(first(newer), by=cast.applicant, at=SIGNED)
    assert (third.number, third.state) == (3, "draft")


@pytest.mark.parametrize("username", ["gold", "silver", "bronze"])
def test_a17_only_the_applicant_amends(cast: Cast, username: str):
    application = stage(cast, "authorised")
    with refused("access", kind=NotPermitted, chain=application.operation_id):
        applying.amend(application, by=cast.people[username], at=LATER)


def test_a17_it_starts_as_a_copy_that_is_open(cast: Cast):
    newer = stage(cast, "amended")
    older = first(newer)
    assert (newer.number, newer.state) == (2, "draft")
    assert answers(newer) == answers(older) and days(newer) == days(older)
    assert newer.composition_id != older.composition_id and newer.composition.frozen_at is None
    assert list(newer.composition.lines.values_list("category", "subjects")) == list(older.composition.lines.values_list("category", "subjects"))


def answers(application: Application) -> dict:
    return {row.name: row.answers for row in application.sections.all()}


def days(application: Application) -> list:
    return list(application.days.values_list("place", "starts_at", "ends_at"))


def test_a17_everything_in_it_can_be_changed_again(cast: Cast):
    newer = stage(cast, "amended")
    content.save_section(newer.sections.get(name="safeguards"), answers=texts.SECTIONS["safeguards"], by=cast.applicant, at=LATER)
    put_line(newer.composition, category="at_risk", subjects=3, images=3, by=cast.applicant, at=LATER)
    complete_local_cia(newer.operation, **texts.CIA, by=cast.npt, at=LATER)
    assert newer.operation.local_cia.completed_at == LATER


def test_a17_the_first_version_and_what_was_signed_stay_as_they_were(cast: Cast):
    newer = stage(cast, "amended")
    older, submission = first(newer), first(newer).submissions.get()
    put_line(newer.composition, category="at_risk", subjects=3, images=3, by=cast.applicant, at=LATER)
    content.put_day(newer, place=days_place(newer), starts_at=STARTS + DAY, ends_at=ENDS + DAY, by=cast.applicant, at=LATER)
    assert older.submissions.get().content == submission.content
    assert [line["category"] for line in json.loads(submission.content)["watchlist"]["lines"]] == ["missing", "wanted_by_courts"]
    with refused("A-17", "7.1"):
        put_line(older.composition, category="at_risk", subjects=3, images=3, by=cast.applicant, at=LATER)


def days_place(application: Application):
    return application.days.get().place


class TestTheAuthorityInForce:
    def test_a17_it_stays_while_the_amendment_is_written_and_considered(self, cast: Cast):
        newer = stage(cast, "amendment_considered")
        assert newer.operation.authorities.get().is_in_force(STARTS)

    @pytest.mark.parametrize("outcome", [Outcome.RETURNED, Outcome.REFUSED])
    def test_a17_it_stays_when_the_amendment_is_returned_or_refused(self, cast: Cast, outcome: Outcome):
        newer = stage(cast, "amendment_considered")
        deciding.decide(newer, outcome=outcome, reasons="Not needed.", by=cast.ao, at=SIGNED)
        assert newer.operation.authorities.get().is_in_force(STARTS)

    def test_a17_it_is_superseded_when_the_amendment_is_authorised(self, cast: Cast):
        newer = stage(cast, "amendment_considered")
        older = newer.operation.authorities.get()
        deciding.decide(newer, outcome=Outcome.AUTHORISED, by=cast.ao, at=SIGNED)
        older, given = older.again(), newer.authorities.get()
        assert (older.state, older.ended_at, given.state) == ("superseded", SIGNED, "written")
        assert not older.is_in_force(STARTS) and given.is_in_force(STARTS)

    def test_a18_a_superseded_authority_owes_no_report(self, cast: Cast):
        older = stage(cast, "superseded").authorities.get()
        assert not older.operation.obligations.filter(kind="cancellation").exists()

    def test_a18_one_that_had_come_to_its_end_has_lapsed_though_no_sweep_came_by(self, cast: Cast):
        """Else nobody would have to say what was done under it."""
        newer = stage(cast, "amended")
        content.put_day(newer, place=days_place(newer), starts_at=STARTS + 3 * DAY, ends_at=ENDS + 3 * DAY, by=cast.applicant, at=LATER)
        content.remove_day(newer.days.first(), by=cast.applicant, at=LATER)
        applying.submit(newer, by=cast.applicant, at=LATER)
        deciding.consider(newer, answers={**texts.ANSWERS, "minimum_threshold": "0.66"}, by=cast.ao, at=ENDS + HOUR)
        deciding.decide(newer, outcome=Outcome.AUTHORISED, by=cast.ao, at=ENDS + 2 * HOUR)
        older = newer.operation.authorities.exclude(application=newer).get()
        assert (older.state, older.ended_at) == ("lapsed", ENDS)
        assert newer.operation.obligations.filter(kind="cancellation").running().count() == 1

    @pytest.mark.parametrize("state", ["amendment_withdrawn", "refused amendment"])
    def test_where_the_operation_stands_is_read_from_the_authority_again(self, cast: Cast, state: str):
        newer = stage(cast, "amendment_considered" if "refused" in state else state)
        if "refused" in state:
            deciding.decide(newer, outcome=Outcome.REFUSED, reasons="Not needed.", by=cast.ao, at=SIGNED)
        assert standing(newer.operation, STARTS).state == "Authority in force"
