"""How an authority ends: it lapses by itself at the end of its validity (A-9), or is cancelled (A-18, 7.7). Either way a report is owed, once."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from audit.models import TrailEntry
from authorisations.models import Authority
from authorisations.services import applying, ending
from authorisations.tasks import lapse_due
from lfr_governance.demonstration import texts
from lfr_governance.demonstration.people import Cast
from lfr_governance.demonstration.stories import LASTS, Story
from lfr_governance.sweep import run
from obligations.models import Obligation
from obligations.states import State
from policy.refusals import NotPermitted, NotVisible
from tests.authorisations.stages import DAY, ENDS, HOUR, LATER, SECOND, STARTS, authority_of, stage
from tests.cast import NOON
from tests.refusals import refused

WORDS = {"reason": texts.NO_LONGER, "done_under": texts.DONE_UNDER}


def in_force(cast: Cast) -> Authority:
    return authority_of(stage(cast, "authorised"))


def owed(authority: Authority) -> Any:
    return Obligation.objects.about(authority, ending.REPORT)


class TestLapsing:
    @pytest.mark.parametrize("after", [timedelta(0), -SECOND, -DAY])
    def test_a9_it_does_not_lapse_before_its_end_nor_at_its_exact_instant(self, cast: Cast, after: timedelta):
        authority = in_force(cast)
        with refused("A-9", "6.1", chain=authority.operation_id):
            ending.lapse(authority, by=None, at=ENDS + after)
        assert list(lapse_due(at=ENDS + after)) == []

    @pytest.mark.parametrize("late", [SECOND, DAY, 40 * DAY])
    def test_a9_the_task_lapses_it_however_late_as_of_its_own_end(self, cast: Cast, late: timedelta):
        authority = in_force(cast)
        assert list(lapse_due(at=ENDS + late)) == [""]
        authority = authority.again()
        assert (authority.state, authority.ended_at) == ("lapsed", ENDS)
        entry = TrailEntry.objects.get(action="authority.lapsed")
        assert (entry.at, entry.actor_id, entry.chain) == (ENDS, None, authority.operation_id)

    def test_a9_once(self, cast: Cast):
        in_force(cast)
        assert list(lapse_due(at=ENDS + SECOND)) == [""]
        assert list(lapse_due(at=ENDS + SECOND)) == []

    def test_a9_a_sweep_that_was_down_for_days_finds_them_all(self, cast: Cast):
        authority = in_force(cast)
        others = [Story(cast, f"Another {number}", "Kendal town centre").authorised(starts_at=STARTS + number * HOUR, at=NOON) for number in (1, 2)]
        outcomes = {one.name: one for one in run(at=ENDS + 9 * DAY, source="tests")}
        assert (outcomes["lapse"].state, outcomes["lapse"].done, outcomes["lapse"].failed) == ("done", 3, 0)
        assert {one.again().state for one in (authority, *others)} == {"lapsed"}
        assert [one.again().ended_at for one in others] == [STARTS + number * HOUR + LASTS for number in (1, 2)]

    def test_a9_one_that_cannot_be_lapsed_stops_no_other(self, cast: Cast, monkeypatch: pytest.MonkeyPatch):
        bad = in_force(cast)
        good = Story(cast, "Another", "Kendal town centre").authorised(starts_at=STARTS + HOUR, at=NOON)
        owe = ending.owe_report
        monkeypatch.setattr(ending, "owe_report", lambda one, **more: 1 / 0 if one.pk == bad.pk else owe(one, **more))
        assert list(lapse_due(at=ENDS + DAY)) == ["ZeroDivisionError", ""]
        assert (bad.again().state, good.again().state) == ("written", "lapsed")

    def test_a9_by_the_command_as_of_a_moment(self, cast: Cast):
        authority = in_force(cast)
        call_command("sweep", at=(ENDS + SECOND).isoformat(), stdout=StringIO())
        assert authority.again().state == "lapsed"

    def test_a9_those_concerned_are_told_by_reference_alone(self, cast: Cast):
        authority = in_force(cast)
        list(lapse_due(at=ENDS + SECOND))
        told = {person.username for person in cast.people.values() if person.notices.filter(key=f"lapsed:{authority.pk}").exists()}
        assert told >= {"ao", "applicant", "gold", "silver"} and not told & {"ao2", "stranger", "bronze"}
        assert "Botchergate" not in cast.ao.notices.get(key=f"lapsed:{authority.pk}").text

    def test_a9_it_permits_nothing_after_its_end_though_no_sweep_has_been_by(self, cast: Cast):
        authority = in_force(cast)
        assert authority.state == "written" and not authority.is_in_force(ENDS + SECOND)
        assert authority not in Authority.objects.in_force(ENDS + SECOND)
        assert authority in Authority.objects.in_force(ENDS)


class TestTheReport:
    def test_a18_lapsing_opens_the_clock_of_whoever_gave_the_authority(self, cast: Cast):
        authority = authority_of(stage(cast, "lapsed"))
        duty = owed(authority).get()
        assert (duty.state, duty.basis_at) == (State.OPEN, ENDS)
        assert duty in Obligation.objects.owed_by(cast.ao, LATER) and duty not in Obligation.objects.owed_by(cast.ao2, LATER)
        assert authority in Authority.objects.without_report()

    def test_a18_an_authority_in_force_owes_none_yet(self, cast: Cast):
        assert not owed(in_force(cast)).exists()

    def test_a18_the_report_discharges_it_and_the_authority_stays_lapsed(self, cast: Cast):
        authority = authority_of(stage(cast, "lapsed"))
        at = ENDS + 2 * DAY
        report = ending.cancel(authority, **WORDS, by=cast.ao, at=at)
        duty = owed(authority).get()
        assert (duty.state, duty.done_at) == (State.DISCHARGED, at)
        assert (authority.again().state, authority.again().ended_at) == ("lapsed", ENDS)
        assert (report.reason, report.done_under, report.cancelled_at, report.cancelled_by) == (*WORDS.values(), at, cast.ao)
        assert authority not in Authority.objects.without_report()

    def test_a18_another_independent_officer_of_the_force_may_make_it(self, cast: Cast):
        authority = authority_of(stage(cast, "lapsed"))
        ending.cancel(authority, **WORDS, by=cast.ao2, at=ENDS + DAY)
        assert owed(authority).get().state == State.DISCHARGED

    @pytest.mark.parametrize("state", ["lapsed", "authorised"])
    def test_a18_only_one(self, cast: Cast, state: str):
        authority = authority_of(stage(cast, state))
        ending.cancel(authority, **WORDS, by=cast.ao, at=ENDS + DAY)
        with refused("A-18", "7.7", chain=authority.operation_id):
            ending.cancel(authority, **WORDS, by=cast.ao2, at=ENDS + DAY)

    @pytest.mark.parametrize("said", [{"reason": " "}, {"done_under": ""}])
    def test_a18_it_says_why_and_what_was_done(self, cast: Cast, said: dict[str, str]):
        authority = in_force(cast)
        with refused("A-18", "7.7"):
            ending.cancel(authority, **(WORDS | said), by=cast.ao, at=LATER)


class TestCancelling:
    def test_a18_it_ends_the_permission_at_once(self, cast: Cast):
        authority = in_force(cast)
        ending.cancel(authority, **WORDS, by=cast.ao2, at=STARTS + HOUR)
        authority = authority.again()
        assert (authority.state, authority.ended_at) == ("cancelled", STARTS + HOUR)
        assert not authority.is_in_force(STARTS + HOUR + SECOND)
        assert list(lapse_due(at=ENDS + DAY)) == []

    def test_a18_one_already_past_its_end_has_lapsed_then_though_no_sweep_came_by(self, cast: Cast):
        authority = in_force(cast)
        ending.cancel(authority, **WORDS, by=cast.ao, at=ENDS + DAY)
        authority = authority.again()
        assert (authority.state, authority.ended_at) == ("lapsed", ENDS)

    @pytest.mark.parametrize("username", ["applicant", "gold", "silver", "sro", "infomgmt", "inspector"])
    def test_a18_not_by_those_who_only_see_it(self, cast: Cast, username: str):
        authority = in_force(cast)
        with refused("access", kind=NotPermitted, chain=authority.operation_id):
            ending.cancel(authority, **WORDS, by=cast.people[username], at=LATER)

    @pytest.mark.parametrize("username", ["stranger", "sysadmin", "gmp_operator"])
    def test_a18_nor_by_those_who_do_not(self, cast: Cast, username: str):
        authority = in_force(cast)
        with refused("access", kind=NotVisible):
            ending.cancel(authority, **WORDS, by=cast.people[username], at=LATER)


class TestWithdrawing:
    """A-1, X-6: the applicant withdraws what has not been decided; it stays on record with its reason."""

    @pytest.mark.parametrize("state", ["complete", "submitted", "returned"])
    def test_a1_the_reason_stays_on_record(self, cast: Cast, state: str):
        application = applying.withdraw(stage(cast, state), reason="The event is off.", by=cast.applicant, at=LATER)
        assert (application.state, application.withdrawn_reason) == ("withdrawn", "The event is off.")

    def test_a1_without_a_reason_it_is_refused(self, cast: Cast):
        application = stage(cast, "submitted")
        with refused("A-1", "6.1"):
            applying.withdraw(application, reason="  ", by=cast.applicant, at=LATER)
