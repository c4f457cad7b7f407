"""Every page of a deployment, in every state, as the people who use it see it: accessible, and nothing wider than a telephone."""

from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from deployments import services as acts
from deployments.models import Deployment
from deployments.states import BreachKind, Decision, MediaKind
from lfr_governance.demonstration import texts, texts_two
from lfr_governance.demonstration.people import Cast
from lfr_governance.sweep import run
from tests.deployments.pages import HOUR, MINUTE, address, today


@pytest.fixture(autouse=True)
def clocks_run(cast: Cast) -> None:
    """No banner about clocks that stand still."""
    run(at=timezone.now(), source="test", steps=())


def eventful(cast: Cast) -> tuple[Deployment, dict[str, Any]]:
    """Live for two hours: a run of false alerts, alerts at each step, entries, a review that is overdue, breaches."""
    day = today(cast)
    deployment = day.live()
    start, now = deployment.starts_at, timezone.now()
    day.logged(deployment, at=start + 10 * MINUTE)
    day.volunteers(deployment, at=start + 5 * MINUTE)
    acts.review(deployment, answers=texts_two.REVIEW, decision=Decision.CONTINUE, by=cast.silver, at=start + 40 * MINUTE)
    day.faces(deployment, 2100, at=start + 50 * MINUTE)
    for number in range(3):
        day.dismissed(deployment, at=start + (55 + 4 * number) * MINUTE)
    day.engaged(deployment, "true_confirmed", at=start + 70 * MINUTE, outcomes=("arrest",), subject_reference="C/118/24", note=texts_two.ALERT_NOTE)
    alerts = {
        "passed-on": day.passed_on(deployment, at=now - 4 * MINUTE),
        "raised": day.raised(deployment, at=now - 8 * MINUTE),
        "closed": day.engaged(deployment, "true_unconfirmed", at=now - 20 * MINUTE, note=texts_two.ALERT_NOTE),
    }
    engaging = day.passed_on(deployment, at=now - 6 * MINUTE)
    alerts["engaging"] = acts.decide_engagement(engaging, engage=True, by=cast.engagement, at=now - 3 * MINUTE)
    acts.read_faces(deployment, count=1900, method="compared", by=cast.operator, at=now - 2 * MINUTE)
    acts.note_breach(deployment, kind=BreachKind.ALERT_SUSPENDED, sentence="Alert while suspended", happened_at=now, by=cast.operator, at=now)
    return deployment.again(), alerts


def test_a_live_deployment_as_silver_sees_it(cast: Cast, sign_in: Any, browser_page: Page, look: Any) -> None:
    deployment, _ = eventful(cast)
    sign_in(browser_page, "silver")
    look("home-silver", "/")
    look("deployments", "/deployments/")
    look("live", deployment.get_absolute_url())
    for name in ("suspend", "terminate", "log", "add_entry", "reviews", "figures", "faces", "threshold", "data", "breaches", "conclude", "concern"):
        look(f"live-{name}", address(name, deployment))
    look("live-review", address("add_review", deployment, "silver"))
    look("live-warning", address("answer_warning", deployment, deployment.warnings.open()[0].pk))
    look("live-operation", f"/operations/{deployment.operation_id}/")


def test_a_live_deployment_as_those_see_it_who_work_on_alerts(cast: Cast, sign_in: Any, browser_page: Page, look: Any) -> None:
    deployment, alerts = eventful(cast)
    sign_in(browser_page, "operator")
    look("home-operator", "/")
    look("operator-live", deployment.get_absolute_url())
    look("alerts", address("alerts", deployment))
    look("alert-new", address("new_alert", deployment))
    look("alert-judge", address("judge", deployment, alerts["raised"].pk))
    sign_in(browser_page, "engagement")
    look("alert-decide", address("decide", deployment, alerts["passed-on"].pk))
    look("alert-result", address("record_result", deployment, alerts["engaging"].pk))
    look("alert-closed", address("alert", deployment, alerts["closed"].pk))
    for name in ("correct_result", "correct_time", "link_repeat", "evidence"):
        look(f"alert-{name}", address(name, deployment, alerts["closed"].pk))
    sign_in(browser_page, "loggist")
    look("loggist-entry", address("add_entry", deployment))
    look("loggist-correct", address("correct_entry", deployment, deployment.log_entries.first().pk))
    look("loggist-reviews", address("reviews", deployment))


def test_a_live_deployment_as_the_authorising_officer_and_the_sro_see_it(cast: Cast, sign_in: Any, browser_page: Page, look: Any) -> None:
    deployment, _ = eventful(cast)
    sign_in(browser_page, "ao")
    look("home-ao", "/")
    look("ao-live", deployment.get_absolute_url())
    look("ao-breaches", address("breaches", deployment))
    look("ao-breach", address("answer_breach", deployment, deployment.breaches.open()[0].pk))
    sign_in(browser_page, "sro")
    look("sro", deployment.get_absolute_url())
    sign_in(browser_page, "infomgmt")
    look("infomgmt", deployment.get_absolute_url())


def test_the_way_to_go_live(cast: Cast, sign_in: Any, browser_page: Page, look: Any) -> None:
    deployment = today(cast, began=-15 * MINUTE, conditions=texts.CONDITIONS).planned()
    sign_in(browser_page, "silver")
    look("planned", deployment.get_absolute_url())
    names = ("go_live", "assets", "notice", "watchlist", "threshold", "medium", "went_live", "stand_down", "consent")
    for name in names:
        look(f"ready-{name}", address(name, deployment))
    look("ready-asset", address("asset", deployment, 1))
    for point in ("conditions", "signs"):
        look(f"ready-{point}", address("answer", deployment, point))
    browser_page.goto(address("go_live", deployment))
    browser_page.get_by_role("button", name="Go live now").click()
    look("ready-refused")
    sign_in(browser_page, "operator")
    look("ready-operator", address("go_live", deployment))


def test_suspended_and_what_came_of_it(cast: Cast, sign_in: Any, browser_page: Page, look: Any) -> None:
    deployment = today(cast, began=3 * HOUR).live()
    acts.suspend(deployment, by=cast.operator, at=timezone.now() - 10 * MINUTE)
    sign_in(browser_page, "silver")
    look("suspended", deployment.get_absolute_url())
    look("suspended-reason", address("reason", deployment, deployment.changes.last().pk))
    look("suspended-resume-owed", address("resume", deployment))
    acts.give_reason(deployment.changes.last(), reason="weather", note=texts_two.RAIN, by=cast.silver, at=timezone.now() - 5 * MINUTE)
    look("suspended-resume", address("resume", deployment))
    look("stopped", address("stopped", deployment))
    acts.terminate(deployment, by=cast.silver, at=timezone.now())
    look("terminated", deployment.get_absolute_url())


def test_what_is_over(cast: Cast, sign_in: Any, browser_page: Page, look: Any) -> None:
    deployment = today(cast, began=8 * HOUR).concluded()
    acts.record_medium(deployment, kind=MediaKind.OTHER, serial="SD 4", custodian=cast.operator, by=cast.silver, at=timezone.now())
    content = {"name": "Clip of camera 1", "content": b"moving pictures", "recorded_at": deployment.live_at}
    acts.store_footage(deployment, **content, by=cast.operator, at=timezone.now())
    sign_in(browser_page, "silver")
    look("concluded", deployment.get_absolute_url())
    for name in ("reviews", "figures", "data", "store", "elsewhere", "correct_times", "breaches", "alerts", "log"):
        look(f"concluded-{name}", address(name, deployment))
    look("of-operation", f"/operations/{deployment.operation_id}/deployments/")
