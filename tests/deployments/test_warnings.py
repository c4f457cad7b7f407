"""O-6, X-10, 10.16, 14.5: Silver is warned when even the interval's lower bound passes the expectation, at a run of false alerts, at a concern."""

import pytest

from accounts.models import Notice
from deployments import services as acts
from deployments.commitment import commitment
from deployments.models import Deployment, PerformanceWarning
from deployments.states import Decision, Method, Result, WarningKind
from deployments.tasks import notify_due
from lfr_governance.demonstration.people import Cast
from policy.refusals import NotPermitted, NotVisible
from tests.deployments.stages import DURING, ENDS, HOUR, MINUTE, NOON, SECOND, alert_in, day_of, stage
from tests.refusals import refused


def faces(cast: Cast, deployment: Deployment, count: int, at: object = DURING) -> None:
    acts.read_faces(deployment, count=count, method=Method.COMPARED, by=cast.operator, at=at)


def dismissed(cast: Cast, deployment: Deployment, *minutes: int) -> None:
    for minute in minutes:
        day_of(cast).dismissed(deployment, at=DURING + minute * MINUTE)


def warned(deployment: Deployment, kind: str) -> int:
    return deployment.warnings.filter(kind=kind).count()


def answered(cast: Cast, deployment: Deployment, at: object) -> PerformanceWarning:
    return acts.answer_warning(deployment.warnings.open().first(), decision=Decision.ADJUST, answer="Camera turned.", by=cast.silver, at=at)


def test_o6_never_from_one_alert_among_few_faces(cast: Cast, live: Deployment):
    faces(cast, live, 20)
    dismissed(cast, live, 0)  # 1 of 20 is 5 %, fifty times the expectation, and proves nothing
    assert not live.warnings.exists()


def test_o6_a_lower_bound_above_the_expectation_warns_once(cast: Cast, live: Deployment):
    faces(cast, live, 1000)
    dismissed(cast, live, 0, 40, 80)  # 3 of 1,000: the lower bound is 0.062 %
    assert warned(live, WarningKind.RATE) == 0
    dismissed(cast, live, 120)  # 4 of 1,000: 0.109 %
    assert warned(live, WarningKind.RATE) == 1
    dismissed(cast, live, 160)
    faces(cast, live, 1010, at=DURING + 170 * MINUTE)
    assert warned(live, WarningKind.RATE) == 1
    assert Notice.objects.filter(person=cast.silver, key__startswith="warning:", urgent=True).count() == 1


def test_x10_answered_it_warns_again_only_when_it_gets_worse(cast: Cast, live: Deployment):
    faces(cast, live, 1000)
    dismissed(cast, live, 0, 40, 80, 120)
    warning = answered(cast, live, DURING + 125 * MINUTE)
    assert (warning.decision, warning.answered_by, warning.figures["false"]) == (Decision.ADJUST, cast.silver, 4)
    faces(cast, live, 1020, at=DURING + 130 * MINUTE)
    assert warned(live, WarningKind.RATE) == 1
    dismissed(cast, live, 160)
    assert warned(live, WarningKind.RATE) == 2


def test_no_faces_counted_no_rate_no_warning(cast: Cast, live: Deployment):
    dismissed(cast, live, 0, 40, 80, 120)
    assert warned(live, WarningKind.RATE) == 0


@pytest.mark.parametrize(("minutes", "warns"), [((0, 15, 30), True), ((0, 15, 31), False), ((0, 40, 50, 69), True)])
def test_1016_a_run_of_false_alerts(cast: Cast, live: Deployment, minutes: tuple[int, ...], warns: bool):
    dismissed(cast, live, *minutes)
    assert warned(live, WarningKind.RUN) == warns


def test_1016_the_same_run_does_not_warn_twice_a_new_one_does(cast: Cast, live: Deployment):
    dismissed(cast, live, 0, 1, 2)
    answered(cast, live, DURING + 5 * MINUTE)
    dismissed(cast, live, 10, 11)
    assert warned(live, WarningKind.RUN) == 1
    dismissed(cast, live, 12)
    assert warned(live, WarningKind.RUN) == 2


def test_true_alerts_are_no_run(cast: Cast, live: Deployment):
    for minute in range(3):
        day_of(cast).engaged(live, Result.TRUE_CONFIRMED, at=DURING + minute * 7 * MINUTE)
    assert not live.warnings.exists()


def test_after_the_end_nobody_is_asked_to_halt(cast: Cast):
    deployment = stage(cast, "concluded")
    faces(cast, deployment, 100, at=ENDS + MINUTE)
    for _ in range(3):
        day_of(cast).dismissed(deployment, raised_at=DURING, at=ENDS + 2 * MINUTE)
    assert not deployment.warnings.exists()


@pytest.mark.parametrize("username", ["operator", "engagement", "npt", "comms", "gold"])
def test_1016_anyone_there_may_raise_a_concern(cast: Cast, live: Deployment, username: str):
    acts.raise_concern(live, sentence="It alerts on everyone in a cap.", by=cast.people[username], at=DURING)
    assert live.warnings.get().raised_by == cast.people[username]
    assert Notice.objects.filter(person=cast.silver, key__startswith="warning:").exists()


def test_only_silver_answers_and_says_why(cast: Cast, live: Deployment):
    warning = acts.raise_concern(live, sentence="Odd.", by=cast.operator, at=DURING).again()
    for person, kind in ((cast.operator, NotPermitted), (cast.gold, NotPermitted), (cast.stranger, NotVisible)):
        with pytest.raises(kind):
            acts.answer_warning(warning, decision=Decision.CONTINUE, answer="Seen.", by=person, at=DURING)
    with refused("O-6", "10.16"):
        acts.answer_warning(warning, decision=Decision.CONTINUE, answer="", by=cast.silver, at=DURING)
    acts.answer_warning(warning, decision=Decision.CONTINUE, answer="Seen, no pattern.", by=cast.silver, at=DURING)
    assert not Notice.objects.unread().filter(key__startswith="warning:").exists()
    with refused("O-6", "10.16"):
        acts.answer_warning(warning, decision=Decision.CONTINUE, answer="Again.", by=cast.silver, at=DURING)


@pytest.mark.parametrize(("waited", "told"), [(5 * MINUTE, 0), (5 * MINUTE + SECOND, 1), (HOUR, 1)])
def test_o6_an_alert_that_no_operator_judges_is_told_once_and_the_notice_names_no_alert(cast: Cast, live: Deployment, waited: object, told: int):
    alert = alert_in(cast, live, "raised", at=NOON + MINUTE)
    for _ in range(2):
        assert set(notify_due(at=NOON + MINUTE + waited)) <= {""}
    notices = Notice.objects.filter(person=cast.operator, key__startswith="unadjudicated:")
    assert notices.count() == told
    assert not Notice.objects.filter(key__contains=str(alert.pk)).exists()
    if told:
        assert notices.get().key.endswith(commitment(alert.personal.salt, alert.pk))


def test_an_alert_that_is_judged_is_not_told(cast: Cast, live: Deployment):
    alert_in(cast, live, "passed_on", at=NOON + MINUTE)
    list(notify_due(at=NOON + 30 * MINUTE))
    assert not Notice.objects.filter(key__startswith="unadjudicated:").exists()
