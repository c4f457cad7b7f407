"""What the pages of an application and an authority offer next: to whom, and only while it could be done (P-3, A-15 to A-18)."""

import pytest
from django.utils import timezone
from django.utils.html import escape

from accounts.models import User
from accounts.states import Rank
from authorisations.models import Application
from authorisations.services import applying
from lfr_governance.demonstration import texts
from lfr_governance.demonstration.documents import make_library
from lfr_governance.demonstration.people import Cast
from lfr_governance.demonstration.stories import Story
from operations.services import end_appointment
from tests.authorisations.stages import DAY, HOUR, STARTS, authority_of, stage
from tests.authorisations.test_pages import text
from tests.authorisations.test_the_officer import officer
from tests.cast import FOUNDED, NOON, PASSWORD
from tests.clients import signed_in


class TestWhoIsLedToTheDecision:
    """P-2, P-3, 4.1, 6.1: the way to decide is shown to whoever may, and to nobody else."""

    def test_p3_an_officer_without_a_part_finds_the_way_on_the_application(self, cast: Cast):
        application = stage(cast, "submitted")
        decide = f'href="/authorities/decide/{application.pk}/"'
        page = text(signed_in(cast.ao), f"/applications/{application.pk}/")
        assert decide in page and "Decide on this application" in page
        for person in (cast.applicant, cast.silver, officer(cast, cast.gold)):
            assert decide not in text(signed_in(person), f"/applications/{application.pk}/"), person.username

    def test_p2_an_officer_below_the_rank_does_not(self, cast: Cast):
        application = stage(cast, "submitted")
        below = officer(cast, cast.stranger, rank=Rank.CHIEF_INSPECTOR)
        assert "Decide on this application" not in text(signed_in(below), f"/applications/{application.pk}/")

    @pytest.mark.parametrize("state", ["returned", "refused", "authorised"])
    def test_a15_what_does_not_await_a_decision_leads_nobody_there(self, cast: Cast, state: str):
        application = stage(cast, state)
        assert "Decide on this application" not in text(signed_in(cast.ao), f"/applications/{application.pk}/")


class TestWhatIsSaidOfAnAuthorityThatStands:
    @staticmethod
    def authorised(cast: Cast) -> Application:
        now = timezone.now()
        make_library(cast, now - 20 * DAY)
        return Story(cast).authorised(starts_at=now + 2 * DAY, at=now - DAY).application

    def test_a17_7_1_a_new_version_leaves_the_authority_in_force(self, cast: Cast):
        page = text(signed_in(cast.applicant), f"/applications/{self.authorised(cast).pk}/")
        assert "the authority in force stays until" in page

    @pytest.mark.parametrize("state", ["cancelled", "lapsed"])
    def test_a17_7_1_where_none_is_in_force_none_is_said_to_stay(self, cast: Cast, state: str):
        page = text(signed_in(cast.applicant), f"/applications/{stage(cast, state).pk}/")
        assert "Make a new version" in page and "the authority in force stays" not in page and "No authority is in force." in page

    def test_a16_6_1_a_verbal_authority_is_not_recorded_beside_one_that_stands(self, cast: Cast):
        make_library(cast, FOUNDED)
        authority = Story(cast).verbal(starts_at=STARTS, said_at=STARTS - HOUR)
        page = text(signed_in(cast.silver), f"/applications/{authority.application_id}/")
        assert "Record a verbal authority" not in page and f'href="/authorities/{authority.pk}/"' in page

    def test_a16_6_1_nor_while_a_new_version_waits_beside_a_written_one(self, cast: Cast):
        application = stage(cast, "amendment_considered")
        assert "Record a verbal authority" not in text(signed_in(cast.silver), f"/applications/{application.pk}/")

    def test_a16_6_1_where_none_stands_it_is_offered(self, cast: Cast):
        application = stage(cast, "submitted")
        assert "Record a verbal authority" in text(signed_in(cast.silver), f"/applications/{application.pk}/")


class TestAnAuthorityThatHasEnded:
    """A-18, 7.7: that it has ended, when and why stands before everything else, and nothing is said in the present."""

    @pytest.mark.parametrize(("state", "why"), [("cancelled", texts.NO_LONGER), ("lapsed", "Its time had run out.")])
    def test_a18_its_end_and_its_reason_stand_near_the_top(self, cast: Cast, state: str, why: str):
        page = text(signed_in(cast.silver), f"/authorities/{authority_of(stage(cast, state)).pk}/")
        top = page[page.index("<h1") : page.index("Permitted deploying")]
        assert f"{state.capitalize()} " in top and "nobody may deploy under it." in top and escape(why) in top
        assert "Permits deploying" not in page

    def test_a16_6_1_of_words_that_were_not_put_in_writing_it_says_so(self, cast: Cast):
        make_library(cast, FOUNDED)
        authority = Story(cast).verbal_lapsed(starts_at=STARTS + 2 * DAY, said_at=STARTS)
        assert "It was not put in writing in time." in text(signed_in(cast.silver), f"/authorities/{authority.pk}/")

    def test_a9_one_that_stands_permits(self, cast: Cast):
        page = text(signed_in(cast.silver), f"/authorities/{authority_of(stage(cast, 'authorised')).pk}/")
        assert "Permits deploying" in page and "nobody may deploy" not in page

    def test_a18_7_7_cancelling_says_that_nobody_may_deploy_and_a_late_report_does_not(self, cast: Cast):
        now = timezone.now()
        make_library(cast, now - 20 * DAY)
        authority, ended = (Story(cast).authorised(starts_at=start, at=now - 2 * DAY) for start in (now + 2 * DAY, now - DAY))
        his = signed_in(cast.ao)
        for one, told in ((authority, "Cancelled: nobody may deploy under it."), (ended, "The cancellation report has been made.")):
            words = {"reason": texts.NO_LONGER, "done_under": texts.DONE_UNDER, "password": PASSWORD, "version": one.version}
            assert told in his.post(f"/authorities/{one.pk}/cancel/", words, follow=True).content.decode()


class TestTheListOfAuthorities:
    def waits(self, person: User, application: Application) -> bool:
        return f"/authorities/decide/{application.pk}/" in text(signed_in(person), "/authorities/")

    def test_p3_an_officer_is_not_asked_about_an_operation_in_which_they_have_a_part(self, cast: Cast):
        application = stage(cast, "submitted")
        assert self.waits(cast.ao, application)
        assert not self.waits(officer(cast, cast.gold), application)

    def test_p3_nor_about_one_in_which_they_had_a_part(self, cast: Cast):
        application = stage(cast, "complete")
        end_appointment(application.operation.appointments.get(person=cast.bronze), reason="Moved on.", by=cast.applicant, at=NOON)
        applying.submit(application.again(), by=cast.applicant, at=NOON)
        assert not self.waits(officer(cast, cast.bronze), application)

    def test_a15_of_dates_that_have_passed_it_says_so(self, cast: Cast):
        stage(cast, "submitted")  # for a day in October 2026
        page = text(signed_in(cast.ao), "/authorities/")
        assert ("was to start" in page) == (timezone.now() > STARTS) and ("– starts" in page) == (timezone.now() < STARTS)
