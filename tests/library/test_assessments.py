"""What an operation's application makes of the assessments."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from lfr_governance.demonstration.people import Cast
from library.models import AssessmentReview, LocalCia, Version
from library.rules import assessment_findings, canonical
from library.services import complete_local_cia, freeze_local_cia, review_assessment, unfreeze_local_cia
from library.states import ASSESSMENTS, Kind
from operations.models import Operation, Tie
from policy import current
from policy.edition import end_of_london_day
from policy.refusals import NotPermitted, NotVisible, RuleBroken, Stale
from tests.cast import NOON
from tests.library.shelf import CIA, REVIEW, adopted, completed, considered, in_force, reviewed, started

Act = Callable[[Operation, Any], Any]


def review_by(operation: Operation, by: Any) -> Any:
    return review_assessment(operation, document_version=Version.objects.get(document__kind=Kind.DPIA), outcome="x", sufficient=True, by=by, at=NOON)


def complete_by(operation: Operation, by: Any) -> Any:
    return complete_local_cia(operation, **CIA, by=by, at=NOON)


def found(operation: Operation, at: Any = NOON) -> list[tuple[str, str]]:
    return [(finding.code, finding.where) for finding in assessment_findings(operation, at, current())]


@pytest.mark.parametrize("act", [review_by, complete_by])
def test_a_stranger_is_told_nothing(cast: Cast, act: Act) -> None:
    with pytest.raises(NotVisible):
        act(considered(cast), cast.stranger)


@pytest.mark.parametrize("act", [review_by, complete_by])
def test_who_is_appointed_without_a_hand_in_it_is_refused(cast: Cast, act: Act) -> None:
    with pytest.raises(NotPermitted):
        act(considered(cast), cast.silver)


def test_a_10_the_local_assessment_is_npt_supervision_s_alone(cast: Cast) -> None:
    with pytest.raises(NotPermitted):
        complete_by(started(cast), cast.applicant)


def test_a_10_the_reviews_are_not_npt_supervision_s(cast: Cast) -> None:
    with pytest.raises(NotPermitted):
        review_by(considered(cast), cast.npt)


@pytest.mark.parametrize(("act", "who"), [(review_by, "applicant"), (complete_by, "npt")])
def test_a_17_what_was_submitted_is_frozen_until_the_application_opens_again(cast: Cast, act: Act, who: str) -> None:
    operation = considered(cast)
    freeze_local_cia(operation, NOON)
    before = canonical(operation)
    with pytest.raises(RuleBroken) as refused:
        act(operation, cast.people[who])
    assert (refused.value.code, canonical(operation)) == ("A-17", before)
    unfreeze_local_cia(operation)
    act(operation, cast.people[who])


def test_a_16_a_local_assessment_that_urgency_let_follow_can_be_completed_after_submission(cast: Cast) -> None:
    operation = started(cast)
    freeze_local_cia(operation, NOON)
    completed(cast, operation)


@pytest.mark.parametrize(("act", "who"), [(review_by, "applicant"), (complete_by, "npt")])
def test_p_3_whoever_writes_has_a_part_in_the_application(cast: Cast, act: Act, who: str) -> None:
    operation = considered(cast)
    Tie.objects.all().delete()
    act(operation, cast.people[who])
    assert Tie.objects.filter(operation=operation, person=cast.people[who], kind=Tie.Kind.CONTRIBUTED).exists()


@pytest.mark.parametrize("empty", list(CIA))
def test_a_10_every_question_of_the_local_assessment_is_answered(cast: Cast, empty: str) -> None:
    operation = started(cast)
    with pytest.raises(RuleBroken) as refused:
        completed(cast, operation, **{empty: " "})
    assert [finding.where for finding in refused.value.findings] == [empty]


def test_a_10_there_is_one_local_assessment_and_it_can_be_put_right(cast: Cast) -> None:
    operation = started(cast)
    first = completed(cast, operation, version=0)
    with pytest.raises(Stale):
        completed(cast, operation, version=0)
    completed(cast, operation, impact="More than was thought.", version=first.version)
    assert LocalCia.objects.get().impact == "More than was thought."


def test_a_10_nothing_is_missing_when_all_is_considered(cast: Cast) -> None:
    assert found(considered(cast)) == []


def test_a_10_without_documents_everything_is_missing(cast: Cast) -> None:
    assert found(started(cast)) == [("A-10", f"assessments.{kind.value}") for kind in ASSESSMENTS] + [("A-10", "assessments.local_cia")]


@pytest.mark.parametrize("kind", ASSESSMENTS)
def test_a_10_each_assessment_is_reviewed_in_the_version_in_force(cast: Cast, kind: Kind) -> None:
    operation = considered(cast)
    in_force(cast, kind)
    assert found(operation) == [("A-10", f"assessments.{kind.value}")]
    reviewed(cast, operation, Version.objects.current(cast.force, kind, NOON))
    assert found(operation) == []
    assert AssessmentReview.objects.get(operation=operation, kind=kind).document_version.number == 2


def test_a_10_a_version_not_in_force_cannot_be_reviewed(cast: Cast) -> None:
    first = in_force(cast)
    adopted(cast, first.document)
    with pytest.raises(RuleBroken, match="not the one in force"):
        reviewed(cast, started(cast), first)


def test_a_10_other_documents_are_no_assessments(cast: Cast) -> None:
    with pytest.raises(RuleBroken, match="none of the assessments"):
        reviewed(cast, started(cast), in_force(cast, Kind.SOP))


def test_a_10_an_assessment_found_insufficient_stands_in_the_way(cast: Cast) -> None:
    operation = considered(cast)
    reviewed(cast, operation, Version.objects.get(document__kind=Kind.SCCSA), sufficient=False)
    assert found(operation) == [("A-10", "assessments.sccsa")]


def test_x_11_an_expired_assessment_blocks_submission(cast: Cast) -> None:
    operation = considered(cast)
    last = end_of_london_day(REVIEW)
    assert found(operation, last) == []
    assert found(operation, last + timedelta(microseconds=1)) == [("X-11", f"assessments.{kind.value}") for kind in ASSESSMENTS]


def test_x_11_the_sentence_says_which_version_and_when(cast: Cast) -> None:
    in_force(cast, Kind.DPIA, review_date=date(2026, 9, 30))
    sentences = [finding.sentence for finding in assessment_findings(started(cast), NOON, current()) if finding.code == "X-11"]
    assert sentences == ["Data protection impact assessment: version 1 was to be reviewed by 30 September 2026 and has expired."]


def test_the_content_is_plain_and_says_which_version_was_reviewed(cast: Cast) -> None:
    content = canonical(considered(cast))
    assert [review["kind"] for review in content["reviews"]] == ["dpia", "equality", "force_cia", "sccsa"]
    assert content["reviews"][0]["number"] == 1 and content["local_cia"]["impact"] == CIA["impact"]
    assert json.loads(json.dumps(content)) == content
    assert canonical(started(cast)) == {"reviews": [], "local_cia": None}
