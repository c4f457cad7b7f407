"""What must stand before submission beside the questions: watchlist (W-1 to W-3, X-20), assessments (A-10), training (P-4), deviations (G-4)."""

import json
from datetime import date, timedelta
from typing import Any

import pytest

from accounts.models import TrainingRecord
from authorisations.digest import digest
from authorisations.models import Application
from authorisations.sections import findings_of
from authorisations.services import applying, content, deciding
from authorisations.services.deciding import missing_limits
from authorisations.states import Outcome
from lfr_governance.demonstration import texts
from lfr_governance.demonstration.people import Cast
from lfr_governance.demonstration.stories import Story
from library.models import AssessmentReview, Version
from library.services import adopt_version, review_assessment
from library.states import Kind
from policy import current
from tests.authorisations.stages import DAY, DECIDING, HOUR, LATER, STARTS, SUBMITTED, stage
from tests.cast import NOON
from tests.refusals import finding, found, refused
from watchlists.services import attest, import_counts, justify_child, put_line, remove_line


def submit(cast: Cast, application: Application) -> Any:
    return applying.submit(application.again(), by=cast.applicant, at=SUBMITTED)


class TestWatchlist:
    def test_w1_a_watchlist_without_categories_is_not_submitted(self, cast: Cast):
        application = stage(cast, "complete")
        for line in application.composition.lines.all():
            remove_line(line, by=cast.applicant, at=NOON)
        with refused("A-1", "6.1") as told:
            submit(cast, application)
        assert found(told) == {("W-1", "watchlist.lines")}

    @pytest.mark.parametrize(
        ("left_out", "code", "clause"),
        [
            ("necessity", "W-1", "10.3"),
            ("proportionality", "W-1", "10.3"),
            ("likelihood", "W-1", "10.3"),
            ("image_source", "W-3", "10.1"),
            ("image_quality", "W-3", "10.1"),
        ],
    )
    def test_w1_w3_each_category_is_justified_and_its_images_described(self, cast: Cast, left_out: str, code: str, clause: str):
        application = stage(cast, "complete")
        attested(cast, application, "missing", **{left_out: ""})
        with refused("A-1", "6.1") as told:
            submit(cast, application)
        assert found(told) == {(code, "watchlist.lines.missing")} and told.value.findings[0].clause == clause

    def test_w3_nothing_is_submitted_unattested(self, cast: Cast):
        application = stage(cast, "complete")
        put_line(application.composition, category="missing", **texts.LINES["missing"] | {"images": 15}, by=cast.applicant, at=NOON)
        with refused("A-1", "6.1") as told:
            submit(cast, application)
        assert found(told) == {("W-3", "watchlist.attestation")}

    def test_x20_where_a_category_is_tied_to_who_people_are_the_grounds_are_asked(self, cast: Cast):
        application = stage(cast, "complete")
        attested(cast, application, "order_or_ban")
        with refused("A-1", "6.1") as told:
            submit(cast, application)
        assert found(told) == {("X-20", "watchlist.lines.order_or_ban")} and told.value.findings[0].clause == "10.6"
        attested(cast, application, "order_or_ban", grounds_here="The orders name this ground.")
        assert submit(cast, application).state == "submitted"

    def test_x20_there_is_no_category_but_those_of_the_policy(self, cast: Cast):
        application = stage(cast, "complete")
        with refused("X-20", "5.2", chain=application.operation_id):
            put_line(application.composition, category="other", subjects=1, images=1, by=cast.applicant, at=NOON)
        assert "other" not in {category.code for category in current().categories}

    def test_x20_the_grounds_reach_the_officer(self, cast: Cast):
        application = stage(cast, "complete")
        attested(cast, application, "poses_risk", grounds_here="They trade here on Saturdays.")
        submit(cast, application)
        told = json.loads(application.submissions.get().content)["watchlist"]["lines"]
        assert [line["grounds_here"] for line in told if line["category"] == "poses_risk"] == ["They trade here on Saturdays."]

    def test_w2_more_under_18s_than_subjects_are_not_submitted(self, cast: Cast):
        application = stage(cast, "complete")
        for _ in range(2):
            justify_child(
                application.composition,
                category="suspected",
                under_13=False,
                best_interests="Safe at home.",
                necessity="In danger.",
                by=cast.applicant,
                at=NOON,
            )
        with refused("A-1", "6.1") as told:
            submit(cast, application)
        assert ("W-2", "watchlist.children") in found(told)

    def test_w2_a_table_with_a_protected_characteristic_is_refused_whole(self, cast: Cast):
        application = stage(cast, "complete")
        with refused("W-2", "10.10", chain=application.operation_id):
            import_counts(application.composition, text="category,subjects,images,Ethnicity\nmissing,1,1,x", by=cast.applicant, at=NOON)

    def test_w4_it_belongs_to_one_version_of_one_application(self, cast: Cast):
        application = stage(cast, "amended")
        lists = application.operation.applications.values_list("composition", flat=True)
        assert len(set(lists)) == 2

    def test_w1_the_officer_sets_how_large_it_may_be(self, cast: Cast):
        assert stage(cast, "authorised").authorities.get().watchlist_ceiling == int(texts.ANSWERS["watchlist_ceiling"])


def attested(cast: Cast, application: Application, category: str, **more: Any) -> None:
    line = {**texts.LINES["missing"], "subjects": 9, "images": 14}
    put_line(application.composition.again(), category=category, **(line | more), by=cast.applicant, at=NOON)
    attest(application.composition.again(), steps_taken=texts.STEPS_TAKEN, by=cast.applicant, at=NOON)


class TestAssessments:
    """A-10, 7.1, 8.4b: the four of the force reviewed in the version in force; the local one by neighbourhood supervision."""

    @pytest.mark.parametrize("kind", ["force_cia", "equality", "dpia", "sccsa"])
    def test_a10_each_is_reviewed_for_this_operation(self, cast: Cast, kind: str):
        application = stage(cast, "complete")
        AssessmentReview.objects.filter(kind=kind).delete()
        with refused("A-1", "6.1") as told:
            submit(cast, application)
        assert found(told) == {("A-10", f"assessments.{kind}")}

    def test_a10_one_found_insufficient_stands_in_the_way(self, cast: Cast):
        application = stage(cast, "complete")
        version = Version.objects.current(cast.force, Kind.DPIA, NOON)
        review_assessment(application.operation, document_version=version, outcome="Not for a fair.", sufficient=False, by=cast.applicant, at=NOON)
        with refused("A-1", "6.1") as told:
            submit(cast, application)
        assert found(told) == {("A-10", "assessments.dpia")}

    def test_a10_a_newer_version_is_to_be_reviewed_anew(self, cast: Cast):
        application = stage(cast, "complete")
        document = Version.objects.current(cast.force, Kind.DPIA, NOON).document
        dates = {"adopted_date": NOON.date(), "review_date": NOON.date() + timedelta(days=300)}
        adopt_version(document, **dates, reference="LFR/dpia/2", by=cast.infomgmt, at=NOON)
        with refused("A-1", "6.1") as told:
            submit(cast, application)
        assert "version 2 is now in force" in finding(told, "assessments.dpia").sentence

    def test_x11_an_expired_one_blocks_submission(self, cast: Cast):
        application = stage(cast, "complete")
        Version.objects.filter(document__kind=Kind.SCCSA).update(review_date=NOON.date() - DAY)
        with refused("A-1", "6.1") as told:
            submit(cast, application)
        assert found(told) == {("X-11", "assessments.sccsa")}

    def test_a10_the_officer_alone_dispenses_with_the_local_one_with_reasons(self, cast: Cast):
        application = stage(cast, "complete")
        application.operation.local_cia.delete()
        assert "assessments.local_cia" in {one.where for one in findings_of(application, "assessments", NOON)}
        submit(cast, application)
        Story(cast).considered(application, at=DECIDING)
        with refused("A-15", "7.1") as told:
            deciding.decide(application, outcome=Outcome.AUTHORISED, by=cast.ao, at=LATER)
        assert found(told) == {("A-15", "wad.local_cia")}
        deciding.consider(application, answers={"local_cia": "The force's own covers the station whole."}, by=cast.ao, at=LATER)
        decision = deciding.decide(application, outcome=Outcome.AUTHORISED, by=cast.ao, at=LATER)
        assert json.loads(decision.content)["answers"]["local_cia"].startswith("The force's own")

    def test_a10_with_a_local_one_there_is_nothing_to_dispense_with(self, cast: Cast):
        told = json.loads(stage(cast, "submitted").submissions.get().content)
        assert "wad.local_cia" not in {one.where for one in missing_limits(told, {})}


class TestTraining:
    @pytest.mark.parametrize("username", ["operator", "engagement", "silver"])
    def test_p4_x11_training_that_lapses_before_the_end_blocks_submission(self, cast: Cast, username: str):
        application = stage(cast, "complete")
        person = cast.people[username]
        person.training.filter(course="data_protection").delete()
        TrainingRecord.objects.create(
            person=person, course="data_protection", completed_date=date(2025, 10, 1), expires_date=(STARTS - DAY).date(), recorded_at=NOON
        )
        with refused("A-1", "6.1") as told:
            submit(cast, application)
        assert found(told) == {("P-4", "people.training")}
        assert person.name in told.value.findings[0].sentence


class TestDeviations:
    """G-4, 15.3: slightly outside, only where the policy allows it; never authority, rank, independence, threshold, human adjudication, deletion."""

    @pytest.mark.parametrize("clause", ["6/5.5", "5.8", "5.11", "7.6", "9.1", "9.2", "9.4", "12.3", "13.1", "13.2", "13.3", "13.6"])
    def test_g4_where_the_policy_allows_it(self, cast: Cast, clause: str):
        application = stage(cast, "complete")
        content.add_deviation(application, clause=clause, what="A little less.", why="Late intelligence.", by=cast.applicant, at=NOON)
        content.save_section(application.sections.get(name="deviations"), answers={"any": "yes"}, by=cast.applicant, at=NOON)
        assert submit(cast, application).state == "submitted"

    @pytest.mark.parametrize("clause", ["4.1", "5.1", "5.5", "5.10", "6.1", "7.7", "7.9b", "7.10", "7.11", "10.10", "11.11", "14.5", "", "nonsense"])
    def test_g4_and_nowhere_else(self, cast: Cast, clause: str):
        application = stage(cast, "complete")
        with refused("G-4", "15.3", chain=application.operation_id):
            content.add_deviation(application, clause=clause, what="A little less.", why="So.", by=cast.applicant, at=NOON)

    @pytest.mark.parametrize(("said", "listed"), [("yes", False), ("no", True)])
    def test_g4_what_is_said_and_what_is_listed_agree(self, cast: Cast, said: str, listed: bool):
        application = stage(cast, "complete")
        if listed:
            content.add_deviation(application, clause="9.4", what="Less notice.", why="Late intelligence.", by=cast.applicant, at=NOON)
        content.save_section(application.sections.get(name="deviations"), answers={"any": said}, by=cast.applicant, at=NOON)
        with refused("A-1", "6.1") as told:
            submit(cast, application)
        assert found(told) == {("G-4", "deviations")}

    def test_g4_it_can_be_taken_back_while_the_application_is_open(self, cast: Cast):
        application = stage(cast, "complete")
        deviation = content.add_deviation(application, clause="9.4", what="Less notice.", why="Late intelligence.", by=cast.applicant, at=NOON)
        content.remove_deviation(deviation, by=cast.applicant, at=NOON + HOUR)
        assert submit(cast, application).state == "submitted"

    def test_g4_it_reaches_the_officer_as_unusual(self, cast: Cast):
        application = stage(cast, "complete")
        content.add_deviation(application, clause="9.4", what="Two hours of notice.", why="Late intelligence.", by=cast.applicant, at=NOON)
        content.save_section(application.sections.get(name="deviations"), answers={"any": "yes"}, by=cast.applicant, at=NOON)
        submit(cast, application)
        assert any("clause 9.4" in sentence and "Two hours" in sentence for sentence in digest(application.submissions.get()).unusual)
