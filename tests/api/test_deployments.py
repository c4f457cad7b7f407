"""A live deployment by a program: read, brought from state to state, stopped by whatever is sent, entered into once (issue 3, contract)."""

import json
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.api.throttles import Pace
from accounts.models import KeptAnswer
from deployments.models import Alert, Deployment, LogEntry
from deployments.states import State
from lfr_governance.demonstration.people import Cast
from obligations.models import Obligation
from tests.api.asking import API, Program, in_session, problem, program
from tests.api.test_once import looked_up_then_stored
from tests.deployments.stages import AFTER, DURING, MINUTE, alert_in, day_of, kinds, stage
from tests.races import race

ALERT = {"similarity": "0.712", "category": "missing", "camera": "North", "note": "A man in green", "subject_reference": "W-17"}
KEY = {"Idempotency_Key": "phone-7:0001"}
LOG = {"kind": "observation", "note": "Rain has begun."}


@pytest.fixture(autouse=True)
def during() -> Iterator[None]:
    with time_machine.travel(DURING):
        yield


def address(deployment: Deployment, *more: Any) -> str:
    return "/".join([f"/deployments/{deployment.pk}", *map(str, more), ""])


class TestReading:
    def test_o6_silver_sees_its_story_figures_and_what_can_be_done(self, cast: Cast) -> None:
        live = stage(cast, "live")
        silver = program(cast.silver)
        [row] = silver.get("/deployments/").json()["items"]
        told = silver.get(address(live)).json()
        assert row.items() <= told.items()
        assert (told["state"], told["place"], Decimal(told["threshold"]), told["is_review_overdue"]) == ("live", "Botchergate", live.threshold, True)
        assert [change["move"] for change in told["changes"]] == ["planned", "went_live"]
        assert told["steps"] == ["suspend", "terminate", "conclude", "logs", "faces", "threshold"]
        assert told["figures"]["system_false_alert_rate"] == {
            "numerator": 0,
            "denominator": None,
            "percent": None,
            "one_in": None,
            "interval_95": None,
        }

    def test_o1_the_check_says_what_is_missing(self, cast: Cast) -> None:
        planned = stage(cast, "planned")
        told = program(cast.silver).get(address(planned)).json()
        points = {point["point"]: point["is_met"] for point in told["check"]}
        assert len(points) > 10 and points["signs"] is False
        assert all(finding["where"].startswith("go_live.") for point in told["check"] for finding in point["findings"])

    def test_the_sro_sees_state_and_figures_alone(self, cast: Cast) -> None:
        live = stage(cast, "live")
        told = program(cast.sro).get(address(live)).json()
        assert (told["state"], told["changes"], told["check"], told["conditions"], told["steps"]) == ("live", [], [], None, [])
        assert told["figures"]["alerts"] == 0

    def test_a_stranger_sees_nothing_and_learns_nothing(self, cast: Cast) -> None:
        live, stranger = stage(cast, "live"), program(cast.stranger)
        assert stranger.get("/deployments/").json()["items"] == []
        problem(stranger.get(address(live)), 404, "not-visible")
        for who in (cast.silver, cast.training):
            problem(stranger.post(address(live, "logs"), LOG | {"person_id": str(who.pk)}), 404, "not-visible")

    def test_costs_the_same_however_many_alerts_and_entries(self, cast: Cast) -> None:
        live, silver = stage(cast, "live"), program(cast.silver)
        paths = ["/deployments/", address(live)]
        silver.get("/me/")
        before = [statements(silver, path) for path in paths]
        for number in range(4):
            day_of(cast).dismissed(live, at=DURING - number * 10 * MINUTE)
        assert [statements(silver, path) for path in paths] == before


def statements(asker: Program, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert asker.get(path).status_code == 200
    return len(captured)


class TestTransitions:
    def test_o1_not_ready_is_refused_with_every_point(self, cast: Cast) -> None:
        planned = stage(cast, "planned")
        told = problem(program(cast.silver).post(address(planned, "go-live")), 409, "rule-broken")
        assert (told["rule"], told["clause"]) == ("O-1", "5.1") and len(told["findings"]) > 5
        assert planned.again().state == State.PLANNED

    def test_o3_from_ready_to_the_end(self, cast: Cast) -> None:
        ready, silver = stage(cast, "readied"), program(cast.silver)
        version = ready.version

        def does(act: str, body: dict[str, Any]) -> str:
            nonlocal version
            answer = silver.post(address(ready, act), body | ({"version": version} if act not in ("suspend", "terminate") else {}))
            version = answer.json()["version"]
            return answer.json()["state"]

        assert does("go-live", {}) == "live"
        assert does("suspend", {"reason": "resources"}) == "suspended"
        found = problem(silver.post(address(ready, "resume"), {"reason": "Enough officers"}), 409, "rule-broken")["findings"]
        assert [finding["where"] for finding in found] == ["go_live.staff"]
        assert does("conclude", {"note": "Done early."}) == "concluded"
        problem(silver.post(address(ready, "go-live")), 409, "rule-broken")

    def test_o11_it_went_live_without_the_check_is_accepted_and_flagged(self, cast: Cast) -> None:
        planned = stage(cast, "planned")
        body = {"live_at": (DURING - timedelta(hours=1)).isoformat(), "reason": "The line was down."}
        assert program(cast.silver).post(address(planned, "went-live"), body).json()["state"] == "live"
        assert kinds(planned) == ["unchecked"]

    def test_o3_stood_down(self, cast: Cast) -> None:
        planned, silver = stage(cast, "planned"), program(cast.silver)
        [error] = problem(silver.post(address(planned, "stand-down"), {"reason": "crowd_flow"}), 400, "malformed")["errors"]
        assert error["pointer"] == "#/reason"
        assert silver.post(address(planned, "stand-down"), {"reason": "postponed"}).json()["state"] == "stood_down"

    def test_who_has_no_hand_in_it_is_told_so(self, cast: Cast) -> None:
        live = stage(cast, "live")
        problem(program(cast.operator).post(address(live, "conclude")), 403, "not-permitted")

    @pytest.mark.parametrize("moment", ["2026-10-07T15:00:00", "yesterday", 5, "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
    def test_a_moment_says_its_zone(self, cast: Cast, moment: Any) -> None:
        live = stage(cast, "live")
        [error] = problem(program(cast.silver).post(address(live, "conclude"), {"ended_at": moment}, **KEY), 400, "malformed")["errors"]
        assert error["pointer"] == "#/ended_at"


class TestStopping:
    @pytest.mark.parametrize("act", ["suspend", "terminate"])
    @pytest.mark.parametrize("body", [b"", b"{", b'{"reason": "because", "happened_at": 7}', b"x" * 3_000_000, b'{"slip": 1}'])
    def test_o3_whatever_is_sent_it_stops(self, cast: Cast, act: str, body: bytes) -> None:
        live = stage(cast, "live")
        asker = program(cast.operator)
        for kind in ("application/json", "text/plain"):
            answer = asker.client.generic("POST", API + address(live, act), body, kind, headers=asker.headers | {"Idempotency-Key": "not a key"})
            assert answer.status_code == 200, answer.content
        told = answer.json()
        assert (told["owes_reason"], live.again().state) == (True, {"suspend": "suspended", "terminate": "terminated"}[act])

    def test_o3_the_reason_follows(self, cast: Cast) -> None:
        live, operator = stage(cast, "live"), program(cast.operator)
        told = operator.post(address(live, "suspend")).json()
        given = operator.post(address(live, "reasons", told["change_id"]), {"reason": "weather", "note": "Hail"})
        assert (given.status_code, given.json()["owes_reason"]) == (200, False)
        problem(operator.post(address(live, "reasons", told["change_id"]), {"reason": "weather"}), 409, "rule-broken")
        problem(operator.post(address(live, "reasons", live.pk), {"reason": "weather"}), 404, "not-visible")

    def test_o3_no_pace_and_no_session_limit_stand_in_the_way(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        live, asker = stage(cast, "live"), in_session(cast.engagement)
        asker.get("/me/")
        monkeypatch.setattr(Pace, "THROTTLE_RATES", {"user": "1/day"})
        with time_machine.travel(DURING + timedelta(hours=13)):
            problem(asker.get("/me/"), 401, "unknown-person")
            assert asker.post(address(live, "terminate")).json()["state"] == "terminated"

    def test_a_stranger_stops_nothing(self, cast: Cast) -> None:
        live = stage(cast, "live")
        problem(program(cast.stranger).post(address(live, "terminate")), 404, "not-visible")
        assert live.again().state == State.LIVE


class TestEntering:
    def test_o2_a_log_entry_once_with_its_own_time(self, cast: Cast) -> None:
        live, silver = stage(cast, "live"), program(cast.silver)
        body = LOG | {"happened_at": "2026-10-07T15:50:00+01:00", "place": "Crown Street"}
        first, second = (silver.post(address(live, "logs"), body, **KEY) for _ in range(2))
        assert (first.status_code, second.status_code, second["Idempotent-Replay"]) == (201, 201, "true")
        assert first.json() == second.json() and first.json()["happened_at"] == "2026-10-07T14:50:00Z"
        entry = LogEntry.objects.get()
        assert (entry.person, entry.place, entry.note.text) == (cast.silver, "Crown Street", LOG["note"])

    def test_o2_a_loggist_writes_for_a_named_person_nobody_else_does(self, cast: Cast) -> None:
        live, body = stage(cast, "live"), LOG | {"person_id": str(cast.gold.pk)}
        assert program(cast.loggist).post(address(live, "logs"), body).status_code == 201
        assert LogEntry.objects.get().person == cast.gold
        assert problem(program(cast.operator).post(address(live, "logs"), body), 403, "not-permitted")["rule"] == "O-2"
        [error] = problem(program(cast.loggist).post(address(live, "logs"), LOG | {"person_id": str(cast.training.pk)}), 400, "malformed")["errors"]
        assert error["pointer"] == "#/person_id"

    def test_o2_a_correction_points_at_an_entry_of_this_deployment(self, cast: Cast) -> None:
        live, silver = stage(cast, "live"), program(cast.silver)
        wrong = silver.post(address(live, "logs"), LOG).json()["id"]
        assert silver.post(address(live, "logs"), LOG | {"corrects_id": wrong, "note": "Hail, not rain."}).status_code == 201
        assert str(LogEntry.objects.get(kind="correction").corrects_id) == wrong
        [error] = problem(silver.post(address(live, "logs"), LOG | {"corrects_id": str(live.pk)}), 400, "malformed")["errors"]
        assert error["pointer"] == "#/corrects_id"

    def test_o5_an_alert_through_both_human_stages(self, cast: Cast) -> None:
        live, operator, officer = stage(cast, "live"), program(cast.operator), program(cast.engagement)
        told = operator.post(address(live, "alerts"), ALERT, **KEY)
        assert (told.status_code, told.json()["state"]) == (201, "raised")
        alert = told.json()["id"]
        assert operator.post(address(live, "alerts", alert, "judge"), {"passed_on": True, "factors": ["system"]}).json()["state"] == "passed_on"
        assert officer.post(address(live, "alerts", alert, "decide"), {"engage": True}).json()["state"] == "engaging"
        body = {"result": "true_confirmed", "outcomes": ["arrest"], "person_id": str(cast.engagement.pk)}
        ended = operator.post(address(live, "alerts", alert, "result"), body).json()
        assert (ended["state"], ended["result"]) == ("closed", "true_confirmed")
        made = Alert.objects.get()
        assert (made.adjudicated_by, made.decided_by, [one.kind for one in made.outcomes.all()]) == (cast.operator, cast.engagement, ["arrest"])
        assert made.personal.subject_reference == "W-17"
        assert Obligation.objects.filter(kind="alert_data").count() == 1

    def test_o5_closed_without_engagement_says_how(self, cast: Cast) -> None:
        live = stage(cast, "live")
        alert = alert_in(cast, live, "passed_on", at=DURING - 5 * MINUTE)
        officer = program(cast.engagement)
        [error] = problem(officer.post(address(live, "alerts", alert.pk, "decide"), {"engage": False}), 400, "malformed")["errors"]
        assert error["pointer"] == "#/result"
        assert officer.post(address(live, "alerts", alert.pk, "decide"), {"engage": False, "result": "not_determined"}).json()["state"] == "closed"
        problem(officer.post(address(live, "alerts", live.pk, "decide"), {"engage": True}), 404, "not-visible")

    def test_o11_what_happened_is_accepted_and_flagged(self, cast: Cast) -> None:
        suspended, operator = stage(cast, "suspended"), program(cast.operator)
        assert operator.post(address(suspended, "alerts"), ALERT).status_code == 201
        told = operator.post(address(suspended, "threshold"), {"threshold": "0.62", "reason": "By mistake"}).json()
        assert (told["threshold"], told["is_breach"]) == ("0.620", True)
        assert [operator.post(address(suspended, "faces"), {"count": count, "method": "compared"}).status_code for count in (900, 800)] == [201, 201]
        assert kinds(suspended) == ["alert_suspended", "faces_fewer", "threshold"]

    @pytest.mark.parametrize(
        ("where", "body", "pointer"),
        [
            ("alerts", ALERT | {"similarity": 0.712}, "#/similarity"),
            ("alerts", ALERT | {"similarity": "0.7123"}, "#/similarity"),
            ("alerts", ALERT | {"similarity": "NaN"}, "#/similarity"),
            ("alerts", ALERT | {"repeats_id": "7"}, "#/repeats_id"),
            ("logs", {"kind": "gossip"}, "#/kind"),
            ("logs", LOG | {"about_person": "yes"}, "#/about_person"),
            ("faces", {"count": "9", "method": "compared"}, "#/count"),
            ("faces", {"count": 10**12, "method": "compared"}, "#/count"),
            ("threshold", {"threshold": "0,66"}, "#/threshold"),
        ],
    )
    def test_what_is_misshapen_is_pointed_at(self, cast: Cast, where: str, body: dict[str, Any], pointer: str) -> None:
        live = stage(cast, "live")
        [error] = problem(program(cast.operator).post(address(live, where), body), 400, "malformed")["errors"]
        assert error["pointer"] == pointer

    def test_d3_what_is_kept_for_a_second_try_holds_nothing_that_must_be_erased(self, cast: Cast) -> None:
        live, operator = stage(cast, "live"), program(cast.operator)
        with time_machine.travel(DURING + timedelta(minutes=17, seconds=3), tick=False):
            operator.post(address(live, "alerts"), ALERT, **KEY)
        [kept] = KeptAnswer.objects.all()
        assert set(json.loads(kept.body)) == {"id", "state", "result", "version"}
        assert (kept.kept_at.minute, kept.kept_at.second) == (0, 0)
        others = {"camera": "South", "note": "Another", "subject_reference": "W-18", "category": "wanted_by_courts", "raised_at": AFTER.isoformat()}
        for name, other in others.items():
            assert operator.post(address(live, "alerts"), ALERT | {name: other}, **KEY)["Idempotent-Replay"] == "true"
        problem(operator.post(address(live, "alerts"), ALERT | {"similarity": "0.9"}, **KEY), 422, "key-reused")
        assert Alert.objects.count() == 1


@pytest.mark.django_db(transaction=True)
class TestAtTheSameMoment:
    def several(self, cast: Cast, number: int) -> list[Any]:
        live, first = stage(cast, "live"), program(cast.silver)
        first.get("/me/")
        askers = [Program(Client(), **first.headers) for _ in range(number)]
        return race(*(lambda asker=asker: asker.post(address(live, "logs"), LOG, **KEY) for asker in askers))

    def test_o9_what_a_device_sends_four_times_at_once_is_entered_once(self, cast: Cast) -> None:
        came = self.several(cast, 4)
        assert [answer.status_code for answer in came] == [201] * 4
        assert sorted(answer.headers.get("Idempotent-Replay", "") for answer in came) == ["", "true", "true", "true"]
        assert len({answer.json()["id"] for answer in came}) == LogEntry.objects.count() == 1

    def test_with_the_claim_after_the_act_it_is_entered_twice(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        """The negative control."""
        monkeypatch.setattr("accounts.api.views.once", looked_up_then_stored(2))
        self.several(cast, 2)
        assert LogEntry.objects.count() == 2
