"""A-15: the Authorising Officer answers each question in their own words, in as many sittings as needed. No blank and no one-click authority."""

import json

import pytest

from authorisations.models import Application, Consideration, Decision
from authorisations.questions import PARTS, questions_for
from authorisations.rules.deciding import answer_fault, copied_percent
from authorisations.services import applying, deciding
from authorisations.services.deciding import missing_limits
from authorisations.states import Outcome
from lfr_governance.demonstration import texts
from lfr_governance.demonstration.people import Cast
from policy import current
from tests.authorisations.stages import DECIDING, HOUR, LATER, authority_of, stage
from tests.refusals import finding, found, refused

QUESTIONS = [question for part in PARTS for question in part.questions]
APPLICATION = " ".join(f"told{number}" for number in range(200))


def own(number: int) -> str:
    return " ".join(f"own{one}" for one in range(number))


def taken(number: int, *, of: int) -> str:
    """So many words of the application in one run, the rest one's own."""
    return " ".join([*APPLICATION.split()[:number], own(of - number)]).strip()


def authorise(cast: Cast, application: Application, **more: str) -> Decision:
    return deciding.decide(application, outcome=Outcome.AUTHORISED, by=cast.ao, at=LATER, **more)


class TestWords:
    @pytest.mark.parametrize(("number", "fault"), [(0, "has not been answered"), (1, "has 1 word;"), (24, "has 24 words"), (25, ""), (26, "")])
    def test_a15_at_least_25_words(self, number: int, fault: str):
        assert answer_fault(own(number), APPLICATION, current()).startswith(fault) and bool(
            answer_fault(own(number), APPLICATION, current())
        ) == bool(fault)

    @pytest.mark.parametrize("blank", ["", "   ", "\n\n", "… – !!! ???"])
    def test_a15_blank_is_no_answer(self, blank: str):
        assert answer_fault(blank, APPLICATION, current()) == "has not been answered"

    @pytest.mark.parametrize(("number", "percent", "is_fault"), [(79, 79, False), (80, 80, True), (100, 100, True)])
    def test_a15_less_than_80_percent_taken_from_the_application(self, number: int, percent: int, is_fault: bool):
        answer = taken(number, of=100)
        assert copied_percent(answer, APPLICATION) == percent
        assert ("own words" in answer_fault(answer, APPLICATION, current())) == is_fault

    def test_a15_just_below_80_percent_is_below(self):
        assert answer_fault(taken(159, of=200), APPLICATION, current()) == ""  # 79.5 %
        assert "own words" in answer_fault(taken(160, of=200), APPLICATION, current())

    def test_a15_runs_of_fewer_than_five_words_are_common_speech(self):
        told = APPLICATION.split()
        scattered = " ".join(f"{' '.join(told[at : at + 4])} own{at}" for at in range(0, 100, 5))
        assert copied_percent(scattered, APPLICATION) == 0

    def test_a15_capitals_and_punctuation_hide_nothing(self):
        assert copied_percent(taken(100, of=100).upper().replace(" ", ", "), APPLICATION) == 100

    def test_a15_an_answer_copied_line_by_line_from_the_application_is_found(self, cast: Cast):
        application = stage(cast, "considered")
        deciding.consider(application, answers={"strategic": texts.SECTIONS["operation"]["objectives"]}, by=cast.ao, at=DECIDING)
        with refused("A-15", "7.1") as told:
            authorise(cast, application)
        assert "own words" in finding(told, "wad.strategic").sentence


class TestTheSameWordsAgain:
    """A word over and over, or one answer for every question, is a one-click authority in other clothes (A-15, 7.1)."""

    def test_a15_the_same_few_words_over_and_over_are_no_answer(self):
        assert "repeats 1 different words" in answer_fault("word " * 30, APPLICATION, current())
        assert "repeats 14 different words" in answer_fault(f"{own(14)} " * 9, APPLICATION, current())
        assert answer_fault(f"{own(15)} " * 2, APPLICATION, current()) == ""

    def test_a15_one_answer_for_several_questions_is_named_at_each(self, cast: Cast):
        application = stage(cast, "considered")
        deciding.consider(application, answers=dict.fromkeys(["legality", "dpia"], texts.ANSWERS["necessity"]), by=cast.ao, at=DECIDING)
        with refused("A-15", "7.1") as told:
            authorise(cast, application)
        assert found(told) == {("A-15", f"wad.{key}") for key in ("legality", "dpia", "necessity")}
        assert "what you answered to “Legality”" in finding(told, "wad.necessity").sentence

    @pytest.mark.parametrize(("shared", "is_fault"), [(79, False), (80, True), (100, True)])
    def test_a15_mostly_the_same_counts_as_the_same(self, shared: int, is_fault: bool):
        answer = f"{' '.join(f'said{one}' for one in range(shared))} {own(100 - shared)}"
        others = {"Legality": " ".join(f"said{one}" for one in range(150))}
        assert bool(answer_fault(answer, APPLICATION, current(), others)) == is_fault

    def test_a15_what_every_answer_of_an_honest_document_says_is_its_own(self):
        answers = {key: text for key, text in texts.ANSWERS.items() if key != "watchlist_ceiling"}
        for key, answer in answers.items():
            assert answer_fault(answer, "", current(), {other: text for other, text in answers.items() if other != key}) == "", key


class TestNoOneClickAuthority:
    def test_a15_nothing_answered_nothing_authorised(self, cast: Cast):
        application = stage(cast, "submitted")
        with refused("A-15", "7.1", chain=application.operation_id) as told:
            authorise(cast, application)
        content = json.loads(application.submissions.get().content)
        limits = {"minimum_threshold", "watchlist_ceiling"}
        assert found(told) == {("A-15", f"wad.{key}") for key in {question.key for question in questions_for(content)} | limits}

    @pytest.mark.parametrize("key", [*(question.key for question in QUESTIONS if not question.only), "minimum_threshold", "watchlist_ceiling"])
    @pytest.mark.parametrize("outcome", [Outcome.AUTHORISED, Outcome.WITH_CONDITIONS])
    def test_a15_every_single_answer_is_needed(self, cast: Cast, key: str, outcome: Outcome):
        application = stage(cast, "considered")
        deciding.consider(application, answers={key: " "}, by=cast.ao, at=DECIDING)
        with refused("A-15", "7.1") as told:
            deciding.decide(application, outcome=outcome, conditions="Two more signs.", by=cast.ao, at=LATER)
        assert found(told) == {("A-15", f"wad.{key}")}

    def test_a15_the_answers_are_those_of_the_officer_who_signs(self, cast: Cast):
        application = stage(cast, "considered")
        with refused("A-15", "7.1"):
            deciding.decide(application, outcome=Outcome.AUTHORISED, by=cast.ao2, at=LATER)

    def test_a15_answers_to_an_earlier_submission_do_not_count(self, cast: Cast):
        application = stage(cast, "considered")
        deciding.decide(application, outcome=Outcome.RETURNED, reasons="Say more.", by=cast.ao, at=DECIDING)
        resubmitted(cast, application)
        with refused("A-15", "7.1"):
            deciding.decide(application, outcome=Outcome.AUTHORISED, by=cast.ao, at=LATER)

    def test_a15_in_as_many_sittings_as_needed(self, cast: Cast):
        application = stage(cast, "submitted")
        answers = {**texts.ANSWERS, "minimum_threshold": "0.66"}
        for number, (key, answer) in enumerate(answers.items()):
            deciding.consider(application, answers={key: answer}, by=cast.ao, at=DECIDING + number * HOUR / 60)
        kept = Consideration.objects.get(ao=cast.ao)
        assert (kept.answers, kept.version) == (answers, len(answers))
        assert authorise(cast, application).outcome == Outcome.AUTHORISED

    def test_a15_another_officer_does_not_see_them(self, cast: Cast):
        application = stage(cast, "considered")
        deciding.consider(application, answers={"legality": "Mine."}, by=cast.ao2, at=DECIDING)
        assert Consideration.objects.get(ao=cast.ao).answers["legality"] == texts.ANSWERS["legality"]

    def test_a15_a_place_whose_dates_have_passed_is_not_authorised(self, cast: Cast):
        application = stage(cast, "considered")
        with refused("A-15", "6.1"):
            deciding.decide(application, outcome=Outcome.AUTHORISED, by=cast.ao, at=application.operation.ends_at)


def resubmitted(cast: Cast, application: Application) -> None:
    applying.submit(Application.objects.get(pk=application.pk), by=cast.applicant, at=DECIDING + HOUR)


class TestWhatIsAsked:
    def test_a15_5_11_anything_more_overt_is_asked_where_wired_cameras_are(self):
        sections = {"equipment": {"styles": ["wired"]}}
        assert [question.key for question in QUESTIONS if question not in questions_for({"sections": {}})] == ["overt"]
        assert questions_for({"sections": sections}) == QUESTIONS

    @pytest.mark.parametrize(
        "key",
        [
            "strategic",
            "legality",
            "necessity",
            "proportionality",
            "alternatives",
            "overt",
            "communities",
            "safeguards",
            "cia",
            "equality",
            "dpia",
            "sccsa",
            "staff",
            "equipment",
            "assets",
            "watchlist",
            "threshold",
            "retention",
        ],
    )
    def test_a15_the_document_covers_it(self, key: str):
        question = next(one for one in QUESTIONS if one.key == key)
        assert question.clause and question.where

    def test_w2_10_10_each_under_18_needs_a_yes_of_its_own(self):
        content = {"watchlist": {"children": [{"category": "missing"}]}, "assessments": {"local_cia": {"impact": "Some."}}}
        answers = {"minimum_threshold": "0.66", "watchlist_ceiling": "450"}
        assert [(one.code, one.where) for one in missing_limits(content, answers)] == [("A-15", "wad.children")]
        assert [(one.code, one.clause) for one in missing_limits(content, {**answers, "children": "no"})] == [("W-2", "10.10")]
        assert missing_limits(content, {**answers, "children": "yes"}) == []


class TestOutcomes:
    @pytest.mark.parametrize("said", ["", "  \n"])
    def test_a15_conditions_are_stated(self, cast: Cast, said: str):
        application = stage(cast, "considered")
        with refused("A-15", "6.1"):
            deciding.decide(application, outcome=Outcome.WITH_CONDITIONS, conditions=said, by=cast.ao, at=LATER)

    @pytest.mark.parametrize("outcome", [Outcome.RETURNED, Outcome.REFUSED])
    @pytest.mark.parametrize("said", ["", "  \n"])
    def test_a15_what_is_missing_and_why_it_is_refused_is_stated(self, cast: Cast, outcome: Outcome, said: str):
        application = stage(cast, "submitted")
        with refused("A-15", "6.1"):
            deciding.decide(application, outcome=outcome, reasons=said, by=cast.ao, at=LATER)

    def test_a15_the_conditions_stand_in_the_authority_and_in_what_was_signed(self, cast: Cast):
        authority = authority_of(stage(cast, "with_conditions"))
        assert authority.conditions == texts.CONDITIONS
        assert json.loads(authority.decision.content)["conditions"] == texts.CONDITIONS
        assert authority.decision.outcome == Outcome.WITH_CONDITIONS

    def test_a15_a_plain_authority_has_none_whatever_was_sent(self, cast: Cast):
        application = stage(cast, "considered")
        decision = authorise(cast, application, conditions="Smuggled in.")
        assert (decision.outcome, decision.conditions, authority_of(application).conditions) == (Outcome.AUTHORISED, "", "")

    def test_a15_it_is_signed_with_name_rank_time_and_manner(self, cast: Cast):
        decision = authority_of(stage(cast, "authorised")).decision
        signed = json.loads(decision.content)
        assert signed["signed"] == {"name": cast.ao.name, "rank": "Superintendent", "person": str(cast.ao.pk), "method": deciding.METHOD}
        assert signed["answers"] == {**texts.ANSWERS, "minimum_threshold": "0.66"}
        assert (signed["outcome"], signed["policy_edition"]) == ("authorised", "cumbria-1")

    def test_a15_the_applicant_is_told_by_reference_alone(self, cast: Cast):
        application = stage(cast, "refused")
        told = cast.applicant.notices.get(key__startswith="decided:")
        assert application.operation.reference in told.text and "Botchergate" not in told.text
