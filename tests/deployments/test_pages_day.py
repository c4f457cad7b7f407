"""Through the pages: alerts, logs, reviews, figures, what is held, what is flagged (O-2, O-4, O-5, O-6, O-10, O-11, D-3, D-4, W-5)."""

import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from audit.models import TrailEntry
from deployments import services as acts
from deployments.models import Alert, Deployment
from deployments.services.erasing import destroy_alert
from deployments.states import LogKind
from lfr_governance.demonstration import texts_two
from lfr_governance.demonstration.people import Cast
from lfr_governance.demonstration.stage_two import Day
from obligations.models import Obligation
from obligations.states import Kind
from tests.clients import signed_in
from tests.deployments.pages import HOUR, MINUTE, address, page, send, today, typed

YES = dict.fromkeys(("necessary", "safeguards", "support", "factors"), "yes")
REVIEW = {**YES, "analysis": "Good; nobody engaged", "decision": "continue", "reason": ""}


@pytest.fixture
def day(cast: Cast) -> Day:
    return today(cast, began=HOUR)


@pytest.fixture
def live(day: Day) -> Deployment:
    return day.live()


def new(**more: Any) -> dict[str, Any]:
    now = timezone.now()
    said = {"similarity": "0.712", "judgement": "later", "category": "missing", "camera": "Van", "note": "", "subject_reference": ""}
    return {**said, **typed(now, "raised_at"), "opened_at": now.isoformat(), "alert_id": str(uuid.uuid4()), **more}


def step(**more: Any) -> dict[str, Any]:
    now = timezone.now()
    return {**typed(now, "happened_at"), "opened_at": now.isoformat(), "note": "", **more}


def test_O5_an_alert_sent_twice_over_a_shaky_line_is_kept_once(live: Deployment, cast: Cast) -> None:
    said = new(judgement="dismiss", factors=["environment"])
    for _ in range(2):
        send(cast.operator, address("new_alert", live), said)
    alert = live.alerts.get()
    assert (alert.result, alert.adjudicated_by, alert.factors) == ("false_unconfirmed", cast.operator, ["environment"])
    next_one = page(cast.operator, address("new_alert", live))  # begins with this one's camera, folded away until something is different
    assert 'value="Van"' in next_one and "As the last one: Missing, Van. Now" in next_one


def test_O5_the_minute_that_was_typed_holds_the_moment_of_going_live(cast: Cast) -> None:
    """Times are typed to the minute: that makes no alert earlier than go-live, and no judgement earlier than its alert."""
    day = today(cast, began=HOUR)
    live = day.live()
    acts.correct_times(live, live_at=live.live_at.replace(second=50), reason="To the second", by=cast.silver, at=timezone.now())
    live = live.again()
    send(cast.operator, address("new_alert", live), new(**typed(live.live_at, "raised_at"), opened_at=""))
    alert = live.alerts.get()
    assert alert.raised_at == live.live_at and not live.breaches.exists()
    send(cast.operator, address("judge", live, alert.pk), step(judgement="pass_on", **typed(live.live_at, "happened_at"), opened_at=""))
    assert alert.again().adjudicated_at == live.live_at


def test_O5_a_loggist_enters_for_those_who_did_it(live: Deployment, cast: Cast) -> None:
    nobody = send(cast.loggist, address("new_alert", live), new(judgement="pass_on", person=str(cast.gold.pk)), 200)
    assert "Select which Operator" in nobody.content.decode()
    send(cast.loggist, address("new_alert", live), new(judgement="pass_on", person=str(cast.operator.pk)))
    alert = live.alerts.get()
    send(cast.loggist, address("decide", live, alert.pk), step(decision="engage", person=str(cast.engagement.pk)))
    said = step(result="true_confirmed", outcomes=["arrest", "safeguarding"], card_given="yes", person=str(cast.engagement.pk))
    send(cast.loggist, address("record_result", live, alert.pk), said)
    alert = alert.again()
    assert (alert.adjudicated_by, alert.decided_by, alert.result) == (cast.operator, cast.engagement, "true_confirmed")
    assert live.log_entries.filter(kind=LogKind.INFORMATION_OFFERED).count() == 1
    text = page(cast.gold, address("alert", live, alert.pk))
    assert "Confirmed true" in text and "Safeguarding action" in text and "Correct the result" not in text


def test_O5_what_is_open_leads_to_its_next_question_and_what_is_past_back_to_the_alert(day: Day, live: Deployment, cast: Cast) -> None:
    alert = day.raised(live, at=timezone.now() - 7 * MINUTE)
    at = {name: address(name, live, alert.pk) for name in ("alert", "judge", "decide", "record_result")}
    client = signed_in(cast.operator)
    assert client.get(at["alert"]).url == at["judge"] and client.get(at["decide"]).url == at["alert"]
    assert "Open since 7 minutes ago" in page(cast.operator, address("alerts", live))
    assert "the Operator has not judged it" in page(cast.ao, address("alerts", live))
    assert "LFR Operator" in page(cast.ao, at["alert"])
    page(cast.ao, at["judge"], 403)
    send(cast.engagement, at["decide"], step(decision="not_engage", result="not_determined"), 409)


def test_O5_a_result_and_a_time_are_put_right_and_repeats_are_linked(day: Day, live: Deployment, cast: Cast) -> None:
    now = timezone.now()
    first = day.dismissed(live, at=now - 20 * MINUTE)
    second = day.engaged(live, "true_confirmed", at=now - 10 * MINUTE, outcomes=("arrest",))
    said = {"result": "false_confirmed", "outcomes": [], "reason": "Another person", "version": second.version}
    send(cast.engagement, address("correct_result", live, second.pk), said)
    assert second.again().result == "false_confirmed" and not second.outcomes.exists()
    send(cast.engagement, address("link_repeat", live, second.pk), {"repeats": str(first.pk)})
    send(cast.engagement, address("evidence", live, second.pk), {"moved": "yes", "reference": "CC/26/1"})
    send(cast.operator, address("correct_time", live, second.pk), {**typed(now - 12 * MINUTE, "raised_at"), "reason": "Misread"})
    again = Alert.objects.get(pk=second.pk)
    assert again.repeats == first and again.raised_at == (now - 12 * MINUTE).replace(second=0, microsecond=0)
    text = page(cast.engagement, address("alert", live, second.pk))
    assert "CC/26/1" in text and "Went to the case system" in text
    assert "CC/26/1" not in page(cast.gold, address("alert", live, second.pk))
    assert "1 of these repeats" in page(cast.gold, address("figures", live))


def test_G5_a_look_at_personal_data_is_noted_once(day: Day, live: Deployment, cast: Cast) -> None:
    alert = day.dismissed(live, at=timezone.now() - MINUTE, note=texts_two.ALERT_NOTE)
    for _ in range(2):
        assert "Grey jacket" in page(cast.silver, address("alert", live, alert.pk))
    assert "Grey jacket" not in page(cast.ao, address("alert", live, alert.pk))
    assert TrailEntry.objects.filter(action="record.seen", actor_id=cast.silver.pk).count() == 1
    assert not TrailEntry.objects.filter(action="record.seen", thing_id=str(alert.pk)).exists()


def test_D3_after_erasure_the_page_says_so_and_takes_no_note(day: Day, live: Deployment, cast: Cast) -> None:
    alert = day.passed_on(live, at=timezone.now() - MINUTE, note=texts_two.ALERT_NOTE)
    destroy_alert(Obligation.objects.about(alert.personal, Kind.ALERT_DATA).get())
    text = page(cast.engagement, address("decide", live, alert.pk))
    assert "Its personal data have been deleted" in text and 'name="note"' not in text
    send(cast.engagement, address("decide", live, alert.pk), step(decision="not_engage", result="true_unconfirmed"))


def test_O2_an_entry_is_one_press_and_its_correction_points_at_it(live: Deployment, cast: Cast) -> None:
    said = step(kind="observation", place="", entry_id=str(uuid.uuid4()))
    for _ in range(2):
        send(cast.silver, address("add_entry", live), {**said, "note": "Signs blown over"})
    entry = live.log_entries.get()
    assert entry.kind == "observation" and entry.note.text == "Signs blown over"
    correction = step(kind="correction", note="Only one of them", place="", entry_id=str(uuid.uuid4()))
    page(cast.operator, address("correct_entry", live, live.pk), 404)
    send(cast.silver, address("correct_entry", live, entry.pk), correction)
    text = page(cast.gold, address("log", live))
    assert "Corrects the entry of" in text and "<strong>Corrected</strong>" in text
    assert "Only one of them" in page(cast.gold, address("log", live) + "?log_of=silver&kind=correction")
    assert "Nothing has been logged that fits" in page(cast.gold, address("log", live) + "?log_of=gold&kind=")
    assert "Select what kind of entry" in send(cast.silver, address("add_entry", live), step(note="No kind"), 200).content.decode()


def test_O2_a_loggist_writes_in_the_log_of_a_named_person_and_nobody_else_does(live: Deployment, cast: Cast) -> None:
    for_silver = step(kind="decision", note="Continue", person=str(cast.silver.pk), place="", entry_id=str(uuid.uuid4()))
    send(cast.loggist, address("add_entry", live), for_silver)
    entry = live.log_entries.get()
    assert (entry.person, entry.entered_by, entry.log_of) == (cast.silver, cast.loggist, "silver")
    assert f"by {cast.loggist.name}" in page(cast.silver, address("log", live))
    assert "Whose log?" not in page(cast.operator, address("add_entry", live))
    send(cast.operator, address("add_entry", live), {**for_silver, "entry_id": str(uuid.uuid4())})
    assert live.log_entries.filter(entered_by=cast.operator, person=cast.operator).count() == 1


def test_D3_words_about_a_person_are_for_those_who_work_on_alerts(live: Deployment, cast: Cast) -> None:
    said = step(kind="engagement", note="A man in a green coat", place="", entry_id=str(uuid.uuid4()))
    send(cast.comms, address("add_entry", live), said)
    entry = live.log_entries.get()
    assert "green coat" in page(cast.ao, address("log", live))
    send(cast.gold, address("about_person", live, entry.pk), {}, 403)
    send(cast.comms, address("about_person", live, entry.pk), {})
    for reader, sees in ((cast.silver, True), (cast.comms, True), (cast.ao, False), (cast.gold, False)):
        for name in ("log", "deployment"):
            assert ("green coat" in page(reader, address(name, live))) is sees, (reader, name)


def test_O4_a_review_asks_why_not_and_leads_to_the_stop_it_decides(live: Deployment, cast: Cast) -> None:
    now = timezone.now()
    said = {**REVIEW, **typed(now, "reviewed_at")}
    missing = send(cast.silver, address("add_review", live, "silver"), {**said, "safeguards": "no", "safeguards_why": ""}, 200)
    assert "Enter what is not so" in missing.content.decode()
    answer = send(cast.silver, address("add_review", live, "silver"), {**said, "support": "no", "support_why": "Two left", "decision": "suspend"})
    assert answer.url == address("suspend", live)
    assert live.reviews.get().answers["support"] == "No. Two left"
    assert "No. Two left" in page(cast.gold, address("reviews", live))
    page(cast.gold, address("add_review", live, "silver"), 403)
    gold = {"strategy": "yes", "strategy_more": "As planned", "decision": "continue", "reason": "", **typed(now, "reviewed_at")}
    send(cast.loggist, address("add_review", live, "gold"), gold)
    review = live.reviews.get(role="gold")
    assert (review.person, review.entered_by, review.answers) == (cast.gold, cast.loggist, {"strategy": "Yes. As planned"})


def test_O6_O10_faces_threshold_and_volunteers_as_read(live: Deployment, cast: Cast) -> None:
    now = timezone.now()
    send(cast.operator, address("faces", live), {"count": "2,100", "method": "detected", **typed(now, "read_at")})
    send(cast.operator, address("threshold", live), {"threshold": "0.62", "reason": "", **typed(now, "changed_at")}, 200)
    send(cast.operator, address("threshold", live), {"threshold": "0.62", "reason": "By mistake", **typed(now, "changed_at")})
    send(cast.operator, address("consent", live), {"label": "B1", **typed(now - HOUR, "consented_at")})
    send(cast.operator, address("blue_run", live, live.volunteers.get().pk), {"passes": "10", "correct": "9", **typed(now, "ran_at")})
    page(cast.operator, address("blue_run", live, live.pk), 404)
    text = page(cast.sro, address("figures", live))
    for shown in ("None of 2,100 faces", "so at most 0.18 %", "9 of 10 passes", "0.62", "By mistake", "Faces that the software detected"):
        assert shown in text
    assert live.breaches.get().kind == "threshold"


def test_O11_the_authorising_officer_deals_with_a_breach(live: Deployment, cast: Cast) -> None:
    acts.change_threshold(live, threshold=live.authority.threshold / 2, reason="Mistake", by=cast.operator, at=timezone.now())
    breach = live.breaches.get()
    at = address("answer_breach", live, breach.pk)
    assert "Deal with a breach" in page(cast.ao, "/") and at in page(cast.ao, address("breaches", live))
    page(cast.silver, at, 403)
    page(cast.ao, address("answer_breach", live, live.pk), 404)
    send(cast.ao, at, {"answer": "", "version": breach.version}, 200)
    send(cast.ao, at, {"answer": "Operator spoken to", "version": breach.version})
    assert "Operator spoken to" in page(cast.sro, address("breaches", live))
    assert "This has been dealt with" in send(cast.ao, at, {"answer": "Again", "version": breach.version + 1}, 409).content.decode()


def test_O6_a_concern_asks_silver_who_decides(live: Deployment, cast: Cast) -> None:
    send(cast.npt, address("concern", live), {"sentence": "Glare on the lens"})
    warning = live.warnings.get()
    at = address("answer_warning", live, warning.pk)
    assert "Glare on the lens" in page(cast.silver, live.get_absolute_url()) and at in page(cast.silver, address("breaches", live))
    page(cast.operator, at, 403)
    answer = send(cast.silver, at, {"decision": "suspend", "answer": "Until it is shaded", "version": warning.version})
    assert answer.url == address("suspend", live)


def test_D4_footage_held_elsewhere_and_a_small_piece_here_each_with_its_clock(live: Deployment, cast: Cast) -> None:
    now = timezone.now()
    send(cast.silver, address("elsewhere", live), {"name": "Council camera 3", "held_by": "Carlisle City", **typed(now, "recorded_at")})
    file = SimpleUploadedFile("clip.mp4", b"moving pictures")
    send(cast.operator, address("store", live), {"name": "Clip", "file": file, **typed(now, "recorded_at")})
    text = page(cast.infomgmt, address("data", live))
    for shown in (
        "Council camera 3",
        "Carlisle City",
        "Clip",
        "Stored here, 15",
        "All cameras",
        "USB 0417",
        "Its clock begins when the deployment ends",
    ):
        assert shown in text
    assert text.count(">Its clock<") == 3
    again = {"name": "Council camera 3", "held_by": "Carlisle City", **typed(now, "recorded_at")}
    assert "has been recorded" in send(cast.silver, address("elsewhere", live), again, 409).content.decode()
