"""Through the pages: what makes a deployment ready, going live, stopping, going on, the end (O-1, O-3, O-11)."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from deployments import services as acts
from deployments.checklist import items
from deployments.models import Deployment
from deployments.states import Move, Reason
from lfr_governance.demonstration import texts
from lfr_governance.demonstration.people import Cast
from lfr_governance.demonstration.stage_two import Day
from tests.clients import signed_in
from tests.deployments.pages import HOUR, MINUTE, address, page, send, today, typed


@pytest.fixture
def day(cast: Cast) -> Day:
    return today(cast, began=5 * MINUTE, conditions=texts.CONDITIONS)


@pytest.fixture
def planned(day: Day) -> Deployment:
    return day.planned()


def test_O1_everything_is_made_ready_through_the_pages(planned: Deployment, cast: Cast) -> None:
    now = timezone.now()
    send(cast.silver, address("answer", planned, "conditions"), {"met_0": "yes", "met_1": "yes", "note": ""})
    for point in ("informing", "signs"):
        send(cast.silver, address("answer", planned, point), {"met_0": "yes", "note": "Checked"})
    for point in ("camera", "deletion_setting"):
        send(cast.operator, address("answer", planned, point), {"met_0": "yes", "note": ""})
    asset = {"style": "van", "identifier": "LFR-02", "operator": cast.operator.pk, "engagement_officer": cast.engagement.pk, "briefed": "yes"}
    send(cast.silver, address("asset", planned, 1), asset)
    send(cast.comms, address("notice", planned), {"told": "yes", **typed(now - timedelta(days=2), "given_at"), "where": "Website", "late": ""})
    counts = {"wanted_by_courts_subjects": "398", "wanted_by_courts_images": "440", "children": "0", "beyond": "no"}
    send(cast.operator, address("watchlist", planned), {**typed(now - HOUR, "compiled_at"), **counts})
    send(cast.operator, address("threshold", planned), {"threshold": "0.66", "reason": "", **typed(now, "changed_at")})
    medium = {"kind": "usb", "serial": "USB 9", "custodian": cast.operator.pk, **typed(now, "loaded_at")}
    send(cast.operator, address("medium", planned), medium)
    text = page(cast.silver, address("go_live", planned))
    assert "Every point is met." in text and "Checked" in text
    assert "Silver takes it live." in page(cast.operator, address("go_live", planned))
    send(cast.operator, address("go_live", planned), {"version": planned.again().version}, 403)
    send(cast.silver, address("go_live", planned), {"version": planned.again().version})
    assert planned.again().state == "live"


def test_O1_a_refusal_names_each_point_with_a_link_to_where_it_is_mended(planned: Deployment, cast: Cast) -> None:
    answer = send(cast.silver, address("go_live", planned), {"version": planned.version}, 409)
    summary = answer.content.decode().partition("govuk-error-summary__body")[2].partition("</ul>")[0]
    for name in ("assets", "notice", "watchlist", "threshold", "medium"):
        assert f'href="{address(name, planned)}"' in summary
    for point in ("conditions", "informing", "signs", "camera", "deletion_setting"):
        assert f'href="{address("answer", planned, point)}"' in summary
    assert planned.again().state == "planned"


def test_O1_a_point_is_answered_by_whose_part_it_is(planned: Deployment, cast: Cast) -> None:
    assert "LFR Operator or LFR System Engineer" in page(cast.silver, address("answer", planned, "camera"), 403)
    page(cast.silver, address("answer", planned, "authority"), 404)
    page(cast.silver, address("answer", planned, "nonsense"), 404)
    assert "Enter" not in page(cast.silver, address("answer", planned, "signs"))
    assert "Select yes if this is so" in send(cast.silver, address("answer", planned, "signs"), {"note": ""}, 200).content.decode()


def test_X9_no_notice_needs_its_reason_and_a_late_one_may_say_why(planned: Deployment, cast: Cast) -> None:
    assert "Enter why not" in send(cast.comms, address("notice", planned), {"told": "no", "reason": ""}, 200).content.decode()
    send(cast.comms, address("notice", planned), {"told": "no", "reason": "Threat to life"})
    assert planned.public_notice.reason == "Threat to life"
    send(cast.comms, address("notice", planned), {"told": "yes", **typed(timezone.now(), "given_at"), "where": "Radio", "late": "Urgent"})
    planned.public_notice.refresh_from_db()
    assert (planned.public_notice.where, planned.public_notice.reason) == ("Radio", "Urgent")
    assert "Radio" in page(cast.comms, address("notice", planned))


def test_W4_a_category_that_was_not_authorised_can_be_entered_and_is_found(planned: Deployment, cast: Cast) -> None:
    counts = {"missing_subjects": "4", "missing_images": "4", "children": "0", "beyond": "yes", "poses_risk_subjects": "2", "poses_risk_images": "2"}
    send(cast.operator, address("watchlist", planned), {**typed(timezone.now(), "compiled_at"), **counts})
    assert "a category that is not authorised" in page(cast.silver, address("go_live", planned))
    assert 'value="2"' in page(cast.operator, address("watchlist", planned))


def test_O1_an_asset_is_changed_and_taken_off(planned: Deployment, cast: Cast) -> None:
    asset = {"style": "van", "identifier": "LFR-02", "operator": cast.operator.pk, "engagement_officer": cast.engagement.pk, "briefed": "no"}
    send(cast.silver, address("asset", planned, 1), asset)
    assert "LFR-02" in page(cast.silver, address("assets", planned)) and "LFR-02" in page(cast.silver, address("asset", planned, 1))
    send(cast.silver, address("remove_asset", planned, 1), {"reason": "Broke down"})
    assert not planned.assets.exists()
    send(cast.silver, address("remove_asset", planned, 1), {"reason": "Broke down"}, 404)


def test_O11_that_it_ran_without_the_check_is_a_fact(planned: Deployment, cast: Cast) -> None:
    at = timezone.now() - 2 * MINUTE
    send(cast.silver, address("went_live", planned), {**typed(at, "live_at"), "reason": "No signal at the site"})
    assert planned.again().state == "live" and planned.breaches.get().kind == "unchecked"


def test_O3_stood_down_with_a_reason(planned: Deployment, cast: Cast) -> None:
    said = {"reason": "postponed", "note": "The street is closed", "version": planned.version}
    send(cast.silver, address("stand_down", planned), {**said, "reason": ""}, 200)
    send(cast.silver, address("stand_down", planned), said)
    assert "A later day needs a new authority" in page(cast.silver, planned.get_absolute_url())
    assert "nothing of it is running" in send(cast.silver, address("suspend", planned), {}, 409).content.decode()


def test_O3_suspended_by_anyone_reason_skipped_then_given_then_resumed(day: Day, cast: Cast) -> None:
    live = day.live()
    answer = send(cast.engagement, address("suspend", live), {})
    change = live.changes.get(move=Move.SUSPENDED)
    assert answer.url == address("reason", live, change.pk) and change.on_order
    assert send(cast.silver, address("suspend", live), {}).url == answer.url  # pressed again, nothing changes
    assert "Say why" in page(cast.silver, live.get_absolute_url())
    assert "Say why it was suspended" in page(cast.silver, address("resume", live))
    page(cast.gold, address("reason", live, change.pk), 403)
    assert "Silver, or whoever pressed, says why" in page(cast.gold, live.get_absolute_url())
    send(cast.gold, address("reason", live, change.pk), {"reason": "lighting", "note": "", "version": change.version}, 403)
    send(cast.silver, address("reason", live, change.pk), {"reason": "lighting", "note": "Dusk", "version": change.version})
    said = {"reason": "Lamps are on", "version": live.again().version}
    refused = send(cast.silver, address("resume", live), said, 409).content.decode()
    assert "Camera set-up checked" in refused and "Lamps are on" in refused and "Watchlist media" not in refused
    send(cast.operator, address("answer", live, "camera"), {"met_0": "yes", "note": ""})
    assert "Silver resumes it." in page(cast.operator, address("resume", live))
    send(cast.operator, address("resume", live), said, 403)
    send(cast.silver, address("resume", live), said)
    assert live.again().state == "live"
    page(cast.silver, address("reason", live, live.pk), 404)


@pytest.mark.parametrize(("word", "state"), [("suspend", "suspended"), ("terminate", "terminated")])
def test_O3_the_stop_buttons_and_nothing_else_work_after_the_session_limit(word: str, state: str, day: Day, cast: Cast) -> None:
    live, client = day.live(), signed_in(cast.silver)
    assert client.get(live.get_absolute_url()).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        assert client.get(live.get_absolute_url()).status_code == 302
        assert client.get(address(word, live)).status_code == 200
        assert client.post(address(word, live)).url == address("stopped", live)
        shown = client.get(address("stopped", live)).content.decode()
        assert "It is done and recorded in your name" in shown and "Sign in and say why" in shown
        assert client.get(address("reason", live, live.changes.last().pk)).status_code == 302
    assert live.again().state == state
    assert signed_in(cast.stranger).post(address(word, live)).status_code == 404


def test_O3_concluded_with_its_counts_and_the_times_put_right(day: Day, cast: Cast) -> None:
    live = day.live()
    end = timezone.now()
    said = {**typed(end, "ended_at"), "note": "", "faces": "120", "version": live.version}
    assert "Select what the system counts" in send(cast.silver, address("conclude", live), said, 200).content.decode()
    send(cast.silver, address("conclude", live), {**said, "method": "compared", "version": live.again().version})
    concluded = live.again()
    assert (concluded.state, concluded.faces_counted) == ("concluded", 120)
    times = {**typed(concluded.live_at, "live_at"), **typed(concluded.ended_at, "ended_at"), "reason": "Slip"}
    unchanged = send(cast.silver, address("correct_times", live), {**times, "version": concluded.version}, 409).content.decode()
    assert "Nothing is corrected" in unchanged
    earlier = concluded.live_at - 3 * MINUTE
    send(cast.silver, address("correct_times", live), {**times, **typed(earlier, "live_at"), "version": concluded.version})
    assert live.again().live_at == earlier.replace(second=0) and live.again().ended_at == concluded.ended_at


def test_O1_of_a_deployment_that_is_over_the_check_shows_how_it_stood_when_it_went_live(cast: Cast) -> None:
    over = today(cast, began=30 * HOUR).concluded()
    text = page(cast.ao, address("go_live", over))
    assert "stood when it went live" in text and "Missing" not in text


@pytest.mark.parametrize(("off", "said"), [(-HOUR, "it begins"), (30 * HOUR, "it ended")])
def test_O1_the_authority_point_says_since_when_and_from_when(cast: Cast, off: timedelta, said: str) -> None:
    planned = today(cast, began=HOUR).planned()
    point = next(item for item in items(planned, planned.starts_at + off) if item.point.key == "authority")
    assert said in point.findings[0].sentence


def test_D2_nobody_concluded_it_and_silver_is_asked_for_the_time(cast: Cast) -> None:
    day = today(cast, began=9 * HOUR)
    deployment = acts.count_as_concluded(day.live(), by=None, at=timezone.now())
    assert "Nobody concluded it" in page(cast.silver, deployment.get_absolute_url())


def test_O11_without_authority_is_said_loudly(cast: Cast) -> None:
    live = today(cast, began=8 * HOUR).live()
    text = page(cast.silver, live.get_absolute_url())
    assert "Without authority since" in text and "None now" in text


def test_O4_reason_of_a_stop_cannot_be_given_twice(day: Day, cast: Cast) -> None:
    live = day.live()
    acts.suspend(live, reason=Reason.WEATHER, by=cast.silver, at=timezone.now())
    change: Any = live.changes.last()
    assert send(cast.silver, address("suspend", live), {}).url == live.get_absolute_url()
    again = send(cast.silver, address("reason", live, change.pk), {"reason": "other", "note": "", "version": change.version}, 409)
    assert "The reason has been given." in again.content.decode()
