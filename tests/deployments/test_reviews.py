"""O-4, 7.4, 7.6: Silver's reviews at the times of the plan, every question answered, with the figures as they stood; overdue ones are told."""

from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Notice
from accounts.states import Role
from deployments import services as acts
from deployments.models import Deployment
from deployments.reviewing import QUESTIONS
from deployments.services.clocks import TECHNICAL_REVIEW
from deployments.states import Decision, Method
from deployments.tasks import notify_due
from lfr_governance.demonstration import texts_two
from lfr_governance.demonstration.people import Cast
from obligations.models import Obligation
from obligations.states import Kind
from operations.services import appoint
from policy.refusals import NotPermitted
from tests.deployments.pages import address, page, send, today, typed
from tests.deployments.stages import AFTER, DURING, HOUR, MINUTE, NOON, SECOND, day_of, stage
from tests.refusals import found, refused


def reviewed(deployment: Deployment, by: object, at: object, **more: object) -> object:
    return acts.review(deployment, **{"answers": texts_two.REVIEW, "decision": Decision.CONTINUE, **more}, by=by, at=at)


def test_o4_reviewed_it_is_due_again_after_the_time_of_the_plan(cast: Cast, live: Deployment):
    review = reviewed(live, cast.silver, NOON + 50 * MINUTE)
    assert (review.role, review.due_at, review.decision) == (Role.SILVER, NOON + HOUR, Decision.CONTINUE)
    assert live.again().review_due_at == NOON + 110 * MINUTE


def test_o4_silver_answers_five_short_questions_that_cover_74_and_76():
    asked = QUESTIONS[Role.SILVER]
    assert [question.clause for question in asked] == ["7.4a", "7.4b", "7.4c", "7.4d", "7.6"]
    words = " ".join(question.asks for question in asked).lower()
    assert all(word in words for word in ("lawful", "necessary", "proportionate", "safeguards", "officers", "subject", "figures", "engagements"))
    assert max(len(question.asks) for question in asked) < 80


@pytest.mark.parametrize("question", [question.key for question in QUESTIONS[Role.SILVER]])
def test_74_every_question_is_answered(cast: Cast, live: Deployment, question: str):
    with refused("O-4", "7.6") as told:
        reviewed(live, cast.silver, DURING, answers={**texts_two.REVIEW, question: " "})
    assert found(told) == {("O-4", f"review.{question}")}


def test_o4_the_figures_are_kept_as_they_stood(cast: Cast, live: Deployment):
    acts.read_faces(live, count=3000, method=Method.COMPARED, by=cast.operator, at=DURING)
    day_of(cast).dismissed(live, at=DURING)
    review = reviewed(live, cast.silver, DURING + 5 * MINUTE)
    day_of(cast).dismissed(live, at=DURING + 10 * MINUTE)
    kept = type(review).objects.get(pk=review.pk).figures
    assert (kept["alerts"], kept["faces"], kept["system_rate"]) == (1, 3000, "0.033 % (1 of 3,000; 1 in 3,000; 95 % interval 0.00084 to 0.19 %)")


def test_o4_golds_reviews_are_recorded_and_move_nothing(cast: Cast, live: Deployment):
    review = reviewed(live, cast.gold, DURING, answers=texts_two.GOLD_REVIEW)
    assert (review.role, review.due_at, live.again().review_due_at) == (Role.GOLD, None, NOON + HOUR)


def test_o4_a_loggist_writes_for_silver_nobody_else(cast: Cast, live: Deployment):
    reviewed(live, cast.loggist, DURING, person=cast.silver, reviewed_at=DURING - MINUTE)
    assert live.again().review_due_at == DURING - MINUTE + HOUR
    with refused("access", "", kind=NotPermitted):
        reviewed(live, cast.operator, DURING, person=cast.silver)


@pytest.mark.parametrize(("late", "told"), [(-SECOND, 0), (0 * SECOND, 0), (SECOND, 1), (3 * HOUR, 1)])
def test_o4_an_overdue_review_is_told_once(cast: Cast, live: Deployment, late: object, told: int):
    for _ in range(2):
        assert set(notify_due(at=NOON + HOUR + late)) <= {""}
    assert Notice.objects.filter(person=cast.silver, key__startswith="review:").count() == told
    assert live.review_is_overdue(NOON + HOUR + late) == bool(told)
    reviewed(live, cast.silver, NOON + HOUR + 3 * HOUR)
    assert not Notice.objects.unread().filter(key__startswith="review:").exists()


def test_o4_none_is_due_while_suspended_and_anew_from_resuming(cast: Cast):
    deployment = stage(cast, "suspended")
    assert deployment.review_due_at is None
    list(notify_due(at=DURING + 5 * HOUR))
    assert not Notice.objects.filter(key__startswith="review:").exists()


def test_o4_a_review_entered_after_the_end_is_a_fact(cast: Cast):
    deployment = stage(cast, "concluded")
    reviewed(deployment, cast.silver, DURING + 9 * HOUR, reviewed_at=DURING)
    assert deployment.reviews.count() == 1 and deployment.again().review_due_at is None


def day_with_an_analyst(cast: Cast) -> Deployment:
    deployment = stage(cast, "full day")
    appoint(deployment.operation, person=cast.technician, role=Role.TECHNICAL_ANALYST, by=cast.applicant, at=AFTER)
    return deployment


def technical(cast: Cast, deployment: Deployment, **more: Any) -> Any:
    said = {"answers": texts_two.TECHNICAL_REVIEW, "decision": Decision.NO_CONCERN, **more}
    return acts.review(deployment, **said, by=cast.technician, at=AFTER)


def test_o12_alerts_are_looked_at_again_before_the_footage_goes(cast: Cast):
    deployment = day_with_an_analyst(cast)
    clock = Obligation.objects.about(deployment, TECHNICAL_REVIEW).get()
    footage = Obligation.objects.about(deployment.footage.get(), Kind.CCTV).get()
    assert clock.due_at == footage.target_at < footage.due_at
    assert {owner.role for owner in clock.owners.all()} == {Role.TECHNICAL_ANALYST, Role.SILVER}
    review = technical(cast, deployment)
    assert (review.role, review.figures["alerts"], review.due_at) == (Role.TECHNICAL_ANALYST, 6, None)
    assert Obligation.objects.get(pk=clock.pk).done_by == cast.technician


def test_o12_without_an_alert_there_is_nothing_to_look_at_until_one_is_entered(cast: Cast):
    deployment = stage(cast, "concluded")
    assert not Obligation.objects.about(deployment, TECHNICAL_REVIEW).exists()
    for minute in (1, 2):
        day_of(cast).raised(deployment, raised_at=DURING, at=AFTER + minute * MINUTE)
    clock = Obligation.objects.about(deployment, TECHNICAL_REVIEW).get()
    acts.correct_times(deployment.again(), live_at=NOON - HOUR, reason="Wrong hour", by=cast.silver, at=AFTER + HOUR)
    assert Obligation.objects.get(pk=clock.pk).due_at == clock.due_at - HOUR


def test_o12_a_concern_is_said_and_told_and_each_review_decides_what_is_its_own(cast: Cast):
    deployment = day_with_an_analyst(cast)
    with refused("O-12", "10.16"):
        technical(cast, deployment, decision=Decision.CONCERN)
    with refused("O-4", "7.6"):
        technical(cast, deployment, decision=Decision.SUSPEND)
    with refused("O-4", "7.6"):
        reviewed(deployment, cast.silver, AFTER, decision=Decision.NO_CONCERN)
    technical(cast, deployment, decision=Decision.CONCERN, reason="More false alerts at dusk than by day.")
    told = Notice.objects.filter(key__startswith="technical:")
    assert {notice.person for notice in told} == {cast.ao, cast.gold, cast.silver}


def test_o12_through_its_page(cast: Cast):
    deployment = today(cast, began=20 * HOUR).concluded()
    appoint(deployment.operation, person=cast.technician, role=Role.TECHNICAL_ANALYST, by=cast.applicant, at=AFTER)
    assert "Have the alerts looked at again" in page(cast.technician, "/")
    at = address("add_review", deployment, Role.TECHNICAL_ANALYST)
    assert at in page(cast.technician, address("reviews", deployment)) and at not in page(cast.silver, address("reviews", deployment))
    said = {"alerts": "Borne out.", "factors": "None.", "safeguards": "yes", "decision": "no_concern", "reason": "", "opened_at": ""}
    send(cast.technician, at, {**said, **typed(timezone.now(), "reviewed_at")})
    assert "No concern" in page(cast.gold, address("reviews", deployment))
    assert "looked at again" not in page(cast.technician, "/")
