"""A-17, 7.1: what was submitted is frozen. Every act that writes refuses, the text answers to its hash, and any change makes another hash."""

import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from accounts.states import Role
from authorisations.canonical import content_of, frozen
from authorisations.models import Application, Submission
from authorisations.services import applying, content, deciding
from authorisations.states import Outcome
from lfr_governance.demonstration import texts
from lfr_governance.demonstration.people import Cast
from library.models import Version
from library.services import complete_local_cia, review_assessment
from library.states import ASSESSMENTS
from operations.services import appoint
from tests.authorisations.stages import DAY, DECIDING, ENDS, LATER, STARTS, authority_of, stage
from tests.cast import NOON
from tests.refusals import refused
from watchlists import services as watchlists

Writing = Callable[[Cast, Application, Any], Any]


def section(cast: Cast, application: Application, at: Any) -> Any:
    return partial(content.save_section, application.sections.get(name="necessity"), answers={"aim": "Another."}, by=cast.applicant, at=at)


def assessment(cast: Cast, application: Application, at: Any) -> Any:
    version = Version.objects.current(application.operation.force_id, ASSESSMENTS[0], at)
    return partial(review_assessment, application.operation, document_version=version, outcome="Other.", sufficient=True, by=cast.applicant, at=at)


def day(application: Application, **more: Any) -> dict[str, Any]:
    return {"place": application.days.get().place, "starts_at": STARTS + DAY, "ends_at": ENDS + DAY, **more}


# Every act that writes the application, or what is submitted with it.
WRITING: dict[str, Writing] = {
    "save a section": section,
    "hand a section over": lambda cast, one, at: partial(content.hand_section, one, name="public", person=cast.comms, by=cast.applicant, at=at),
    "add a day": lambda cast, one, at: partial(content.put_day, one, **day(one), by=cast.applicant, at=at),
    "change a day": lambda cast, one, at: partial(content.put_day, one, **day(one, day=one.days.get()), by=cast.applicant, at=at),
    "remove a day": lambda cast, one, at: partial(content.remove_day, one.days.get(), by=cast.applicant, at=at),
    "add a deviation": lambda cast, one, at: partial(content.add_deviation, one, clause="9.4", what="Less", why="So", by=cast.applicant, at=at),
    "put a category": lambda cast, one, at: partial(
        watchlists.put_line, one.composition, category="at_risk", subjects=1, images=1, by=cast.applicant, at=at
    ),
    "remove a category": lambda cast, one, at: partial(watchlists.remove_line, one.composition.lines.first(), by=cast.applicant, at=at),
    "add an under-18": lambda cast, one, at: partial(
        watchlists.justify_child,
        one.composition,
        category="missing",
        under_13=False,
        best_interests="Safety.",
        necessity="Harm.",
        by=cast.applicant,
        at=at,
    ),
    "attest": lambda cast, one, at: partial(watchlists.attest, one.composition, steps_taken="Looked.", by=cast.applicant, at=at),
    "import counts": lambda cast, one, at: partial(
        watchlists.import_counts, one.composition, text="category,subjects,images\nmissing,1,1", by=cast.applicant, at=at
    ),
    "review an assessment": assessment,
    "complete the local assessment": lambda cast, one, at: partial(complete_local_cia, one.operation, **texts.CIA, by=cast.npt, at=at),
}
CLOSED = ["submitted", "authorised", "refused", "cancelled", "withdrawn_complete"]


@pytest.mark.parametrize("act", WRITING)
@pytest.mark.parametrize("state", CLOSED)
def test_a17_after_submission_every_writing_act_refuses(cast: Cast, state: str, act: str):
    application = stage(cast, state)
    if state == "cancelled":  # two days
        application.days.exclude(pk=application.days.first().pk).delete()
    perform = WRITING[act](cast, application, LATER)
    with refused("A-17", "7.1", chain=application.operation_id):
        perform()


@pytest.mark.parametrize("act", WRITING)
@pytest.mark.parametrize("state", ["complete", "returned"])
def test_a17_while_it_is_open_each_of_them_writes(cast: Cast, state: str, act: str):
    WRITING[act](cast, stage(cast, state), LATER)()


def test_a17_the_text_is_canonical_and_answers_to_its_hash(cast: Cast):
    submission = stage(cast, "submitted").submissions.get()
    told = json.loads(submission.content)
    assert hashlib.sha256(submission.content.encode()).hexdigest() == submission.sha256
    assert submission.content == json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert set(told) == {
        "schema",
        "reference",
        "title",
        "force",
        "version",
        "applicant",
        "policy",
        "sections",
        "days",
        "people",
        "watchlist",
        "assessments",
        "deviations",
    }


def test_a17_the_text_is_what_stands_in_the_rows(cast: Cast):
    application = stage(cast, "submitted")
    assert frozen(content_of(application)) == (application.submissions.get().content, application.submissions.get().sha256)


def hashed(application: Application) -> str:
    return frozen(content_of(application.again()))[1]


@pytest.mark.parametrize("act", [act for act in WRITING if act != "hand a section over"])
def test_a17_any_change_makes_another_hash(cast: Cast, act: str):
    application = stage(cast, "complete")
    before = hashed(application)
    WRITING[act](cast, application, LATER)()
    assert hashed(application) != before


def test_a17_a_change_of_people_makes_another_hash(cast: Cast):
    application = stage(cast, "complete")
    before = hashed(application)
    appoint(application.operation, person=cast.technician, role=Role.TECHNICAL_ANALYST, by=cast.applicant, at=NOON)
    assert hashed(application) != before


@pytest.mark.parametrize("question", [(name, key) for name, answers in texts.SECTIONS.items() for key in answers], ids="-".join)
def test_a17_every_answer_is_under_the_hash(cast: Cast, question: tuple[str, str]):
    name, key = question
    application = stage(cast, "complete")
    before, row = hashed(application), application.sections.get(name=name)
    changed = [*row.answers[key], "more"] if isinstance(row.answers[key], list) else row.answers[key] + "."
    content.save_section(row, answers={**row.answers, key: changed}, by=cast.applicant, at=NOON)
    assert hashed(application) != before


def test_a17_reading_it_again_makes_the_same_hash(cast: Cast):
    application = stage(cast, "complete")
    assert hashed(application) == hashed(application)


def test_a17_the_document_names_the_hash_of_what_it_answers(cast: Cast):
    decision = authority_of(stage(cast, "authorised")).decision
    signed = json.loads(decision.content)
    assert signed["application_sha256"] == decision.submission.sha256
    assert hashlib.sha256(decision.content.encode()).hexdigest() == decision.sha256


class TestReturned:
    """A-15, A-17: returned for more, it opens again; what had been submitted stays, and is submitted again as a row of its own."""

    def test_a15_the_watchlist_goes_on_as_a_copy_and_the_submitted_one_stays(self, cast: Cast):
        application = stage(cast, "returned")
        older, copy = application.operation.compositions.exclude(pk=application.composition_id).get(), application.composition
        assert (older.frozen_at is None, copy.frozen_at) == (False, None)
        lines = [list(one.lines.values("category", "subjects", "images", "necessity")) for one in (older, copy)]
        assert lines[0] == lines[1] and lines[0]
        assert copy.attested_by == older.attested_by

    def test_a10_the_local_assessment_and_the_reviews_open_again(self, cast: Cast):
        operation = stage(cast, "returned").operation
        assert {operation.local_cia.frozen_at, *operation.assessment_reviews.values_list("frozen_at", flat=True)} == {None}

    def test_a17_it_is_submitted_again_as_another_row_with_another_hash(self, cast: Cast):
        application = stage(cast, "returned")
        first = application.submissions.get()
        answers = {**texts.SECTIONS["necessity"], "alternatives": "The publicity of the spring found four people in six weeks."}
        content.save_section(application.sections.get(name="necessity"), answers=answers, by=cast.applicant, at=LATER)
        applying.submit(application, by=cast.applicant, at=LATER)
        again, second = Submission.objects.get(pk=first.pk), application.submissions.get(number=2)
        assert (again.content, again.sha256) == (first.content, first.sha256)
        assert second.sha256 != first.sha256 and second.submitted_at == LATER
        assert json.loads(second.content)["sections"]["necessity"]["alternatives"] == answers["alternatives"]

    def test_a17_once_submitted_again_it_is_frozen_again(self, cast: Cast):
        application = stage(cast, "returned")
        applying.submit(application, by=cast.applicant, at=LATER)
        application = application.again()
        assert None not in {application.composition.frozen_at, application.operation.local_cia.frozen_at}
        with refused("A-17", "7.1"):
            section(cast, application, LATER)()

    def test_a15_the_officers_are_told_again(self, cast: Cast):
        application = stage(cast, "returned")
        applying.submit(application, by=cast.applicant, at=LATER)
        assert {cast.ao.notices.filter(key__startswith="submitted:").count(), cast.ao2.notices.filter(key__startswith="submitted:").count()} == {2}

    def test_a15_what_was_decided_stays_with_what_it_answered(self, cast: Cast):
        application = stage(cast, "returned")
        decision = application.submissions.get().decision
        assert (decision.outcome, decision.reasons) == (Outcome.RETURNED, texts.MORE_WANTED)
        applying.submit(application, by=cast.applicant, at=LATER)
        assert not hasattr(application.submissions.get(number=2), "decision")


class TestConsidering:
    @pytest.mark.parametrize("state", ["returned", "authorised", "refused", "cancelled", "lapsed"])
    def test_a17_nothing_is_added_to_the_answers_once_it_was_decided(self, cast: Cast, state: str):
        application = stage(cast, state)
        with refused("A-15", "6.1", chain=application.operation_id):
            deciding.consider(application, answers={"legality": "An afterthought."}, by=cast.ao, at=DECIDING + timedelta(hours=1))

    def test_a17_a_later_version_that_was_not_submitted_has_nothing_to_consider(self, cast: Cast):
        application = stage(cast, "amended")
        with refused("A-15", "6.1"):
            deciding.consider(application, answers={"legality": "Too early."}, by=cast.ao, at=LATER)
