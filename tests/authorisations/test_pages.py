"""The pages of Stage 1: a form that could only be refused is not shown, what others saved is, and each says whose it is."""

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from accounts.states import Role
from authorisations.models import Application, Section
from authorisations.services import applying, content, deciding
from authorisations.states import Outcome
from lfr_governance import awaiting
from lfr_governance.demonstration import texts
from lfr_governance.demonstration.documents import make_library
from lfr_governance.demonstration.people import Cast
from lfr_governance.demonstration.stories import Story
from lfr_governance.items import Item, once
from operations.services import appoint
from policy import current
from tests.authorisations.stages import DECIDING, HOUR, STARTS, authority_of, stage
from tests.authorisations.test_the_officer import officer
from tests.cast import FOUNDED, NOON, grant_confirmed, opened
from tests.clients import signed_in
from tests.worlds import world
from watchlists.services import attest, justify_child

FORM = "novalidate"  # every form of an act has it, no other form of a page


def text(browser: Client, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def is_barred(page: str) -> bool:
    return "app-cannot" in page and FORM not in page


class TestFormsThatCouldOnlyBeRefused:
    """What cannot be done now is shown with the rule, the clause and who can do it, in the place of the form."""

    def test_p3_an_officer_with_a_part_in_it_reads_the_rule_instead_of_the_form(self, cast: Cast):
        application = stage(cast, "submitted")
        his = signed_in(officer(cast, cast.gold))
        for tail in ("", "parts/law/", "sign/authorised/", "sign/returned/", "sign/refused/"):
            page = text(his, f"/authorities/decide/{application.pk}/{tail}")
            assert is_barred(page) and "has a part in this operation" in page and "Clause 4.1" in page, tail
        assert not is_barred(text(signed_in(cast.ao), f"/authorities/decide/{application.pk}/parts/law/"))

    def test_a15_what_has_been_decided_is_not_asked_again(self, cast: Cast):
        application = stage(cast, "refused")
        for tail in ("", "parts/law/", "sign/authorised/"):
            assert is_barred(text(signed_in(cast.ao), f"/authorities/decide/{application.pk}/{tail}")), tail

    @pytest.mark.parametrize(
        "tail", ["sections/necessity/", "sections/when/", "sections/deviations/", "days/new/", "deviations/new/", "sections/necessity/hand/"]
    )
    def test_a17_what_was_submitted_shows_no_form_to_edit_it(self, cast: Cast, tail: str):
        page = text(signed_in(cast.applicant), f"/applications/{stage(cast, 'submitted').pk}/{tail}")
        assert is_barred(page) and "can no longer be edited" in page

    def test_a1_what_was_decided_is_not_withdrawn(self, cast: Cast):
        assert is_barred(text(signed_in(cast.applicant), f"/applications/{stage(cast, 'authorised').pk}/withdraw/"))

    def test_a16_words_answer_what_has_been_submitted(self, cast: Cast):
        page = text(signed_in(cast.silver), f"/applications/{stage(cast, 'returned').pk}/verbal/")
        assert is_barred(page) and "Submit the application first" in page

    def test_a18_one_cancellation_report_for_each_authority(self, cast: Cast):
        assert is_barred(text(signed_in(cast.ao), f"/authorities/{authority_of(stage(cast, 'cancelled')).pk}/cancel/"))

    def test_p1_nobody_is_left_to_appoint(self, cast: Cast):
        operation = opened(cast, ("bronze", Role.BRONZE), ("stranger", Role.BRONZE))
        page = text(signed_in(cast.applicant), f"/operations/{operation.pk}/people/appoint/bronze/")
        assert is_barred(page) and "is already Bronze Commander" in page

    def test_p4_who_is_not_trained_is_not_offered_but_named_with_course_and_date(self, cast: Cast):
        operation = opened(cast)
        cast.operator.training.filter(course="lfr_role").delete()
        page = text(signed_in(cast.applicant), f"/operations/{operation.pk}/people/appoint/operator/")
        assert f"{cast.operator.name} has no record of the course" in page
        assert f'value="{cast.operator.pk}"' not in page and f'value="{cast.people["gmp_operator"].pk}"' in page


class TestAnotherOneSavedMeanwhile:
    def posted(self, cast: Cast, application: Application, **answers: Any) -> str:
        section = application.sections.get(name="command")
        sent = {**texts.SECTIONS["command"], **answers, "version": section.version - 1}
        answer = signed_in(cast.silver).post(f"/applications/{application.pk}/sections/command/", sent)
        assert answer.status_code == 409
        return answer.content.decode()

    def saved_by_gold(self, cast: Cast, application: Application) -> Section:
        answers = {**texts.SECTIONS["command"], "strategy": "Gold’s own words."}
        return content.save_section(application.sections.get(name="command"), answers=answers, by=cast.gold, at=NOON + HOUR)

    def test_a1_both_texts_are_shown_with_who_and_when(self, cast: Cast):
        application = stage(cast, "complete")
        self.saved_by_gold(cast, application)
        page = self.posted(cast, application, strategy="Silver’s own words.")
        assert "Gold’s own words." in page and "Silver’s own words." in page
        assert f"What {cast.gold.name} saved on 7 Oct 2026 14:00 BST" in page
        assert page.count("four pairs of officers at hand") == 1, "what both say alike is not shown twice"

    def test_a1_sending_it_again_is_then_a_decision(self, cast: Cast):
        application = stage(cast, "complete")
        section = self.saved_by_gold(cast, application)
        assert f'name="version" value="{section.version}"' in self.posted(cast, application, strategy="Silver’s own words.")


class TestWhatTheOfficerReads:
    def test_a15_earlier_decisions_on_the_operation_with_their_reasons(self, cast: Cast):
        application = stage(cast, "returned")
        applying.submit(application, by=cast.applicant, at=DECIDING + HOUR)
        page = text(signed_in(cast.ao2), f"/authorities/decide/{application.pk}/")
        assert "Earlier decisions on this operation" in page and "Returned for more" in page
        assert texts.MORE_WANTED in page and cast.ao.name in page

    def test_a15_of_a_first_submission_there_is_none(self, cast: Cast):
        assert "Earlier decisions" not in text(signed_in(cast.ao), f"/authorities/decide/{stage(cast, 'submitted').pk}/")

    def test_a9_each_day_of_a_series_stands_with_its_place_and_times(self, cast: Cast):
        application = applying.submit(stage(cast, "series"), by=cast.applicant, at=NOON + HOUR)
        Story(cast).considered(application, at=NOON + 2 * HOUR)
        authority = Story(cast).decided(application, Outcome.AUTHORISED, at=DECIDING).authority
        page = text(signed_in(cast.silver), f"/authorities/{authority.pk}/")
        for day in ("9 Oct 2026, 10:00 to 16:30 BST", "10 Oct 2026, 10:00 to 16:30 BST"):
            assert day in page
        assert "9 Oct 2026 10:00 BST to 10 Oct 2026 16:30 BST" not in page, "it is not one stretch"

    @pytest.mark.parametrize(("answer", "said"), [("yes", "Yes, authorised"), ("no", "No, not authorised"), ("", "Not answered yet")])
    def test_w2_10_10_the_answer_on_under_18s_stands_where_it_is_signed(self, cast: Cast, answer: str, said: str):
        application = with_child(cast)
        deciding.consider(application, answers={"children": answer}, by=cast.ao, at=DECIDING)
        page = text(signed_in(cast.ao), f"/authorities/decide/{application.pk}/sign/authorised/")
        assert "Missing, 13 to 17" in page and said in page

    def test_w2_10_10_and_in_the_authority(self, cast: Cast):
        application = with_child(cast)
        Story(cast).considered(application, at=NOON + 2 * HOUR, children="yes")
        authority = Story(cast).decided(application, Outcome.AUTHORISED, at=DECIDING).authority
        page = text(signed_in(cast.gold), f"/authorities/{authority.pk}/")
        assert "Missing, 13 to 17" in page and "Yes, authorised" in page


class WithChild(Story):
    def watchlist(self, application: Application, *, at: Any) -> None:
        super().watchlist(application, at=at)
        words, by = {"best_interests": "Safe at home.", "necessity": "In danger."}, {"by": self.cast.applicant, "at": at}
        justify_child(application.composition, category="missing", under_13=False, **words, **by)
        attest(application.composition.again(), steps_taken=texts.STEPS_TAKEN, **by)


def with_child(cast: Cast) -> Application:
    def make() -> Application:
        make_library(cast, FOUNDED)
        return WithChild(cast).submitted(starts_at=STARTS, at=NOON)

    return world("pages: with a child", make)


class TestWhatAwaits:
    def test_a10_the_local_assessment_awaits_neighbourhood_supervision_until_it_is_made(self, cast: Cast):
        application = Story(cast).drafted(at=NOON)
        appoint(application.operation, person=cast.npt, role=Role.NPT_SUPERVISOR, by=cast.applicant, at=NOON)
        (item,) = awaiting.mine(cast.npt, NOON)
        assert "Complete the local Community Impact Assessment" in item.text and application.operation.reference in item.text
        assert awaiting.mine(cast.comms, NOON) == []

    def test_a10_once_made_it_awaits_nobody(self, cast: Cast):
        stage(cast, "complete")
        assert not [item for item in awaiting.mine(cast.npt, NOON) if "local Community" in item.text]

    def test_p1_a_section_awaits_its_part_and_its_author_by_its_title(self, cast: Cast):
        application = Story(cast).drafted(at=NOON)
        appoint(application.operation, person=cast.comms, role=Role.COMMUNICATIONS, by=cast.applicant, at=NOON)
        assert [item.text.partition(" – ")[0] for item in awaiting.mine(cast.comms, NOON)] == ["Write “Telling the public”"]
        content.hand_section(application, name="public", person=cast.engineer, by=cast.applicant, at=NOON)
        assert awaiting.mine(cast.comms, NOON) == [], "it was handed to somebody else"
        assert [item.text.partition(" – ")[0] for item in awaiting.mine(cast.engineer, NOON)] == ["Write “Telling the public”"]

    def test_a16_what_may_follow_the_words_still_awaits_after_an_urgent_submission(self, cast: Cast):
        make_library(cast, FOUNDED)
        application = Hurried(cast).completed(starts_at=STARTS, at=NOON)
        applying.submit(application, urgent=True, by=cast.applicant, at=NOON + HOUR)
        assert [item.text.partition(" – ")[0] for item in awaiting.mine(cast.comms, DECIDING)] == ["Write “Telling the public”"]
        content.save_section(application.sections.get(name="public"), answers=texts.SECTIONS["public"], by=cast.comms, at=DECIDING)
        assert awaiting.mine(cast.comms, DECIDING) == []

    def test_r4_a_step_stands_in_the_place_of_the_duty_that_it_serves_with_its_time(self):
        duty, other = ("publication", 1), ("publication", 2)
        late, later = Item("Publish", "/record/", NOON, duty=duty), Item("Publish", "/other/", NOON + HOUR, duty=other)
        step = Item("Approve", "/publication/", serves=duty)
        assert [(item.text, item.href, item.due_at) for item in once([later, late, step])] == [
            ("Approve", "/publication/", NOON),
            ("Publish", "/other/", NOON + HOUR),
        ]


class Hurried(Story):
    """Corporate Communications have not written their section yet."""

    def section(self, application: Application, name: str, *, at: Any, **changed: Any) -> None:
        if name != "public":
            super().section(application, name, at=at, **changed)


class TestHandingASection:
    def test_p1_it_names_the_section_and_whoever_can_write_it_with_their_part(self, cast: Cast):
        application = Story(cast).drafted(at=NOON)
        page = text(signed_in(cast.applicant), f"/applications/{application.pk}/sections/public/hand/")
        assert "Who will write “Telling the public”?" in page
        assert cast.comms.name in page and "Corporate Communications" in page and "Author of a section" in page
        assert cast.sro.name not in page

    def test_p3_the_officer_who_decided_is_not_among_them(self, cast: Cast):
        application = stage(cast, "returned")
        officer_too = cast.ao
        grant_confirmed(cast, officer_too, Role.AUTHOR)
        assert officer_too.name not in text(signed_in(cast.applicant), f"/applications/{application.pk}/sections/necessity/hand/")


def test_g4_the_picker_says_what_each_clause_is_about(cast: Cast):
    page = text(signed_in(cast.applicant), f"/applications/{Story(cast).drafted(at=NOON).pk}/deviations/new/")
    assert "9.4 What is made ready for the public before a deployment" in page


def test_a9_limits_are_said_in_the_words_of_the_policy():
    limits = current().limits
    assert (limits["series"].words, limits["cctv"].words, limits["alert_data"].words) == ("7 days", "31 days", "24 hours")
    assert limits["cctv"].sentence == "31 days from the start of each day's recording (clause 7.11)"
    assert replace(limits["alert_data"], length=1).words == "1 hour"
