"""The parts of the Written Authority Document: what is saved, what needs more, and why, told before the signature (A-14, A-15)."""

from typing import Any

from django.test import Client
from django.utils import timezone

from authorisations.models import Application, Consideration
from lfr_governance.demonstration import texts
from lfr_governance.demonstration.documents import make_library
from lfr_governance.demonstration.people import Cast
from lfr_governance.demonstration.stories import Story
from tests.authorisations.stages import DAY, STARTS, stage
from tests.cast import FOUNDED, NOON, PASSWORD
from tests.clients import signed_in
from watchlists.services import attest, put_line

LAW = {key: texts.ANSWERS[key] for key in ("strategic", "legality", "necessity", "proportionality", "alternatives")}
PEOPLE = {key: texts.ANSWERS[key] for key in ("communities", "safeguards", "watchlist", "retention")}
MEANS = {key: texts.ANSWERS[key] for key in ("staff", "equipment", "assets", "threshold")}


class Desk:
    """The officer at the parts of one document."""

    def __init__(self, cast: Cast, application: Application):
        self.browser: Client = signed_in(cast.ao)
        self.home = f"/authorities/decide/{application.pk}/"

    def saves(self, part: str, **answers: Any) -> tuple[str, str]:
        """Where it leads, and what stands there."""
        answer = self.browser.post(f"{self.home}parts/{part}/", answers)
        assert answer.status_code == 302
        return answer["Location"], self.browser.get(answer["Location"]).content.decode()

    def reads(self, tail: str = "") -> str:
        return self.browser.get(f"{self.home}{tail}").content.decode()


def desk(cast: Cast, at: str = "submitted") -> Desk:
    return Desk(cast, stage(cast, at))


def test_a15_a_part_whose_answers_do_leads_back_to_the_list_and_says_that_it_was_saved(cast: Cast):
    his = desk(cast)
    where, page = his.saves("law", **LAW)
    assert (where, "“Purpose and law” has been saved." in page) == (his.home, True)


def test_a15_what_has_no_answer_yet_is_counted(cast: Cast):
    where, page = desk(cast).saves("law", **{**LAW, "legality": "", "necessity": ""})
    assert "“Purpose and law” has been saved. 2 questions still to answer." in page and "2 to answer" in page


def test_a15_an_answer_that_is_too_short_is_kept_and_the_reason_stands_beside_it(cast: Cast):
    his = desk(cast)
    where, page = his.saves("law", **{**LAW, "legality": "It is lawful."})
    reason = "“Legality” has 3 words; at least 25 are needed"
    assert where == f"{his.home}parts/law/"
    assert "1 answer does not do yet" in page and page.count(reason) == 2, "in the summary and at the question"
    assert Consideration.objects.get().answers["legality"] == "It is lawful."
    assert reason in his.reads() and "Needs attention" in his.reads()


def test_a15_one_that_repeats_another_names_it(cast: Cast):
    his = desk(cast)
    where, page = his.saves("law", **{**LAW, "legality": LAW["necessity"]})
    assert "says what you answered to “Necessity”" in page and "says what you answered to “Legality”" in page


def test_a15_in_as_many_sittings_as_needed_one_may_come_back_later(cast: Cast):
    his = desk(cast)
    where, page = his.saves("law", legality="It is lawful.", later="1")
    assert where == his.home and "at least 25 are needed" in page
    assert "at least 25 are needed" in his.reads("parts/law/")


def test_a14_11_11_a_threshold_below_the_policys_is_told_when_the_part_is_saved(cast: Cast):
    his = desk(cast)
    where, page = his.saves("means", **MEANS, minimum_threshold="0.6")
    assert where.endswith("parts/means/") and "The threshold must be 0.64 or higher" in page
    assert "The threshold must be 0.64 or higher" in his.reads() and "The threshold must be 0.64 or higher" in his.reads("sign/authorised/")


def test_w4_10_4_a_largest_watchlist_below_what_is_asked_for_is_allowed_and_told(cast: Cast):
    his = desk(cast)
    where, page = his.saves("public", **PEOPLE, watchlist_ceiling="10")
    told = "You let the watchlist have at most 10 of the"
    assert where == his.home and page.count(told) == 2, "once in the message, and in the list from then on"
    assert told in his.reads() and told in his.reads("sign/authorised/")
    where, page = his.saves("public", **PEOPLE, watchlist_ceiling="100000")
    assert told not in page


def test_w1_one_is_said_in_the_singular(cast: Cast):
    make_library(cast, FOUNDED)
    page = Desk(cast, OneSubject(cast).submitted(starts_at=STARTS, at=NOON)).reads()
    assert "1 subject, 1 image, 0 under 18" in page and "1 subjects" not in page and "1 images" not in page


class OneSubject(Story):
    def watchlist(self, application: Application, *, at: Any) -> None:
        by = {"by": self.cast.applicant, "at": at}
        category, line = next(iter(texts.LINES.items()))
        put_line(application.composition, category=category, **{**line, "subjects": 1, "images": 1}, **by)
        attest(application.composition.again(), steps_taken=texts.STEPS_TAKEN, **by)


def test_a15_what_refuses_the_signature_leads_to_the_part_at_fault(cast: Cast):
    now = timezone.now()
    make_library(cast, now - 20 * DAY)
    application = Story(cast).submitted(starts_at=now + 3 * DAY, at=now - 2 * DAY)
    Story(cast).considered(application, at=now - DAY)
    his = Desk(cast, application)
    his.saves("means", **MEANS, minimum_threshold="0.6")
    answer = his.browser.post(f"{his.home}sign/authorised/", {"password": PASSWORD, "version": application.again().version})
    assert answer.status_code == 409 and f'href="{his.home}parts/means/#id_minimum_threshold"' in answer.content.decode()
