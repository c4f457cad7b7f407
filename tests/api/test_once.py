"""A request sent twice is done once: the answer is kept in the transaction of the act, and given again; with the belt out the race goes wrong."""

import json
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
import time_machine
from django.test import Client

from accounts.models import KeptAnswer
from accounts.services import answers
from audit.models import TrailEntry
from authorisations.models import Application
from lfr_governance import sweep
from lfr_governance.demonstration.people import Cast
from lfr_governance.demonstration.stories import Story
from tests.api.asking import Program, problem, program
from tests.authorisations.stages import LATER, stage
from tests.cast import NOON
from tests.races import race

KEY = {"Idempotency_Key": "phone-7:0001"}
REASON = {"reason": "The market is cancelled."}


def address(application: Application, what: str = "withdraw") -> str:
    return f"/applications/{application.pk}/{what}/"


@pytest.mark.usefixtures("then")
class TestOneAfterTheOther:
    def test_the_second_gets_the_answer_of_the_first_and_nothing_is_done(self, cast: Cast) -> None:
        application = stage(cast, "submitted")
        asker = program(cast.applicant)
        first = asker.post(address(application), REASON, **KEY)
        entries = TrailEntry.objects.count()
        second = asker.post(address(application), REASON, **KEY)
        assert (first.status_code, first.headers.get("Idempotent-Replay")) == (200, None)
        assert (second.status_code, second["Idempotent-Replay"], second.json(), second["ETag"]) == (200, "true", first.json(), first["ETag"])
        assert TrailEntry.objects.count() == entries

    def test_without_a_key_the_second_is_refused_by_the_machine(self, cast: Cast) -> None:
        application = stage(cast, "submitted")
        asker = program(cast.applicant)
        assert [asker.post(address(application), REASON).status_code for _ in range(2)] == [200, 409]

    def test_a_refusal_is_kept_with_its_note_in_the_trail(self, cast: Cast) -> None:
        application = stage(cast, "draft")
        asker = program(cast.applicant)
        first = asker.post(address(application, "submit"), **KEY)
        refused = TrailEntry.objects.filter(action="act.refused").count()
        second = asker.post(address(application, "submit"), **KEY)
        assert problem(first, 409, "rule-broken") == problem(second, 409, "rule-broken")
        assert (second["Idempotent-Replay"], refused, TrailEntry.objects.filter(action="act.refused").count()) == ("true", 1, 1)

    @pytest.mark.parametrize("other", [{"reason": "Another."}, {"reason": "The market is cancelled.", "version": 7}])
    def test_the_same_key_with_another_body_is_refused(self, cast: Cast, other: dict[str, Any]) -> None:
        application = stage(cast, "submitted")
        asker = program(cast.applicant)
        asker.post(address(application), REASON, **KEY)
        assert problem(asker.post(address(application), other, **KEY), 422, "key-reused")["rule"] == "idempotency"

    def test_nor_for_another_thing_nor_another_version(self, cast: Cast) -> None:
        application = stage(cast, "submitted")
        asker = program(cast.applicant)
        asker.post(address(application), REASON, **KEY)
        problem(asker.post(address(application, "submit"), REASON | {"urgent": False}, **KEY), 400, "malformed")
        problem(asker.post(address(application, "submit"), {}, **KEY), 422, "key-reused")
        problem(asker.post(address(application), REASON, If_Match='"3"', **KEY), 422, "key-reused")

    def test_a_key_is_ones_own(self, cast: Cast) -> None:
        application = stage(cast, "submitted")
        program(cast.applicant).post(address(application), REASON, **KEY)
        problem(program(cast.silver).post(address(application), REASON, **KEY), 403, "not-permitted")
        assert KeptAnswer.objects.count() == 2

    def test_what_is_misshapen_keeps_no_key(self, cast: Cast) -> None:
        application = stage(cast, "submitted")
        asker = program(cast.applicant)
        problem(asker.post(address(application), {}, **KEY), 400, "malformed")
        assert asker.post(address(application), REASON, **KEY).status_code == 200

    @pytest.mark.parametrize("key", ["", "a b", "x" * 101, "é"])
    def test_a_key_that_is_none_is_named(self, cast: Cast, key: str) -> None:
        application = stage(cast, "submitted")
        [error] = problem(program(cast.applicant).post(address(application), REASON, Idempotency_Key=key), 400, "malformed")["errors"]
        assert error["parameter"] == "Idempotency-Key"

    def test_what_is_kept_holds_nobodys_words(self, cast: Cast) -> None:
        application = stage(cast, "submitted")
        program(cast.applicant).post(address(application), REASON, **KEY)
        [kept] = KeptAnswer.objects.values("key", "fingerprint", "body")
        assert "market" not in json.dumps(kept) and set(json.loads(kept["body"])) == {"id", "state", "version"}

    def test_answers_are_kept_for_48_hours_and_then_the_key_is_free(self, cast: Cast) -> None:
        application = stage(cast, "submitted")
        asker = program(cast.applicant)
        asker.post(address(application), REASON, **KEY)
        kept_at = KeptAnswer.objects.get().kept_at
        assert kept_at > LATER and answers.forget_answers(kept_at + timedelta(hours=48)) == 0
        assert asker.post(address(application), REASON, **KEY)["Idempotent-Replay"] == "true"
        [outcome] = sweep.run(
            at=kept_at + timedelta(hours=48, seconds=1), source="test", steps=[step for step in sweep.STEPS if step.name == "answers"]
        )
        assert (outcome.state, outcome.done) == ("done", 1)
        problem(asker.post(address(application), REASON, **KEY), 409, "rule-broken")

    def test_a_crash_leaves_neither_act_nor_answer(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        application = stage(cast, "submitted")
        asker = program(cast.applicant)
        asker.get("/me/")
        asker.client.raise_request_exception = False
        entries = TrailEntry.objects.count()
        monkeypatch.setattr("accounts.api.wire.Encoder.default", crash)  # the act is done, its answer is being written
        told = problem(asker.post(address(application), REASON, **KEY), 500, "fault")
        assert "crash" not in json.dumps(told)
        assert (application.again().state, KeptAnswer.objects.count(), TrailEntry.objects.count()) == ("submitted", 0, entries)
        monkeypatch.undo()
        assert asker.post(address(application), REASON, **KEY).status_code == 200


def crash(*args: Any, **kwargs: Any) -> str:
    raise RuntimeError("crash")


@pytest.mark.django_db(transaction=True)
class TestAtTheSameMoment:
    def both(self, cast: Cast) -> tuple[Application, list[Any]]:
        with time_machine.travel(LATER):
            application = Story(cast).drafted(at=NOON)
            first = program(cast.applicant)
            first.get("/me/")
            second = Program(Client(), **first.headers)
            came = race(*(lambda asker=asker: asker.post(address(application), REASON, **KEY) for asker in (first, second)))
        return application, came

    def test_one_acts_and_the_other_gets_its_answer(self, cast: Cast) -> None:
        application, came = self.both(cast)
        assert [answer.status_code for answer in came] == [200, 200], [getattr(answer, "content", answer) for answer in came]
        assert sorted(answer.headers.get("Idempotent-Replay", "") for answer in came) == ["", "true"]
        assert came[0].json() == came[1].json()
        assert TrailEntry.objects.filter(action="application.withdrawn", chain=application.operation_id).count() == 1

    def test_with_the_claim_made_after_the_act_it_goes_wrong(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        """The negative control: looked up first and stored last, as it is often done, the second one acts too and is refused."""
        monkeypatch.setattr("accounts.api.views.once", looked_up_then_stored(2))
        _, came = self.both(cast)
        assert sorted(answer.status_code for answer in came) == [200, 409]


def looked_up_then_stored(number: int) -> Any:
    """In place of `once`, as it is often done; all of them have looked before any acts."""
    all_of_them = Barrier(number)

    def once(person: Any, *, key: str, fingerprint: str, at: Any, do: Any) -> answers.Answer:
        kept = KeptAnswer.objects.filter(person=person, key=key).first()
        if kept:
            return answers.Answer(kept.status, kept.body, is_replay=True)
        all_of_them.wait(30)
        status, body = do()
        KeptAnswer.objects.update_or_create(
            person=person, key=key, defaults={"fingerprint": fingerprint, "status": status, "body": body, "kept_at": at}
        )
        return answers.Answer(status, body)

    return once
