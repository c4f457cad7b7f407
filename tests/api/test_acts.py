"""What is done: the acts of the pages by the same rules, in the words of problem details; with the version that was read."""

from typing import Any

import pytest

from audit.models import TrailEntry
from authorisations.models import Application
from lfr_governance.demonstration.people import Cast
from tests.api.asking import problem, program
from tests.authorisations.stages import stage

pytestmark = pytest.mark.usefixtures("then")


def address(application: Application, *more: str) -> str:
    return "/".join([f"/applications/{application.pk}", *more, ""])


def last_entry() -> TrailEntry:
    return TrailEntry.objects.latest("pk")


def test_a1_submit(cast: Cast) -> None:
    application = stage(cast, "complete")
    answer = program(cast.applicant).post(address(application, "submit"), {"version": application.version})
    told = answer.json()
    assert (answer.status_code, told["state"], answer["ETag"]) == (200, "submitted", f'"{application.version + 1}"')
    assert (last_entry().action, last_entry().actor_id) == ("application.submitted", cast.applicant.pk)


def test_a1_what_is_missing_comes_back_and_the_attempt_stands_in_the_trail(cast: Cast) -> None:
    application = stage(cast, "draft")
    told = problem(program(cast.applicant).post(address(application, "submit")), 409, "rule-broken")
    assert (told["rule"], told["clause"], bool(told["remedy"])) == ("A-1", "6.1", True)
    assert {"rule", "sentence", "clause", "where"} == set(told["findings"][0]) and len(told["findings"]) > 5
    assert (application.again().state, last_entry().action) == ("draft", "act.refused")


def test_a1_withdraw_with_the_reason(cast: Cast) -> None:
    application = stage(cast, "submitted")
    asker = program(cast.applicant)
    [error] = problem(asker.post(address(application, "withdraw")), 400, "malformed")["errors"]
    assert error["pointer"] == "#/reason"
    assert asker.post(address(application, "withdraw"), {"reason": "The market is cancelled."}).json()["state"] == "withdrawn"
    assert application.again().withdrawn_reason == "The market is cancelled."


@pytest.mark.parametrize(("body", "headers"), [({"version": 1}, {}), ({}, {"If_Match": '"1"'})])
def test_what_somebody_changed_meanwhile_is_not_overwritten(cast: Cast, body: dict[str, Any], headers: dict[str, str]) -> None:
    application = stage(cast, "complete")
    application.save()
    told = problem(program(cast.applicant).post(address(application, "withdraw"), {"reason": "Not needed."} | body, **headers), 409, "stale")
    assert "version" in told["remedy"] and application.again().state == "draft"


def test_the_etag_that_was_read_lets_it_be_done(cast: Cast) -> None:
    application = stage(cast, "complete")
    asker = program(cast.applicant)
    tag = asker.get(address(application))["ETag"]
    assert asker.post(address(application, "withdraw"), {"reason": "Not needed."}, If_Match=tag).status_code == 200


@pytest.mark.parametrize("tag", ["x", "1 2", '"-1"', '"' + "9" * 40 + '"', '"é"'])
def test_an_etag_that_is_none_is_named(cast: Cast, tag: str) -> None:
    application = stage(cast, "complete")
    [error] = problem(program(cast.applicant).post(address(application, "withdraw"), {"reason": "No."}, If_Match=tag), 400, "malformed")["errors"]
    assert error["parameter"] == "If-Match"


def test_who_sees_it_and_has_no_hand_in_it_is_told_so_and_a_stranger_nothing(cast: Cast) -> None:
    application = stage(cast, "submitted")
    body = {"reason": "Not needed."}
    assert problem(program(cast.silver).post(address(application, "withdraw"), body), 403, "not-permitted")["rule"] == "access"
    problem(program(cast.stranger).post(address(application, "withdraw"), body), 404, "not-visible")
    problem(program(cast.applicant).post("/applications/00000000-0000-4000-8000-000000000000/withdraw/", body), 404, "not-visible")
    assert application.again().state == "submitted"


def answers_of(application: Application, name: str, **changed: Any) -> dict[str, Any]:
    return {**application.sections.get(name=name).answers, **changed}


def test_a1_a_section_is_saved_as_typed_right_or_wrong(cast: Cast) -> None:
    application = stage(cast, "complete")
    section = application.sections.get(name="equipment")
    sent = {"answers": answers_of(application, "equipment", threshold="0.5"), "version": section.version}
    answer = program(cast.applicant).put(address(application, "sections", "equipment"), sent)
    told = answer.json()
    assert (answer.status_code, told["version"]) == (200, section.version + 1)
    assert [finding["where"] for finding in told["findings"]] == ["equipment.threshold"]
    assert section.again().answers == answers_of(application, "equipment", threshold="0.5")
    sent["answers"]["threshold"] = "0.66"
    problem(program(cast.applicant).put(address(application, "sections", "equipment"), sent), 409, "stale")


@pytest.mark.parametrize("answer", [1, None, {"a": "b"}, ["a", 1], "\x00", "\ud800", "x" * 20_001])
def test_a_section_takes_texts_alone(cast: Cast, answer: Any) -> None:
    application = stage(cast, "complete")
    sent = {"answers": {"threshold": answer}}
    [error] = problem(program(cast.applicant).put(address(application, "sections", "equipment"), sent), 400, "malformed")["errors"]
    assert error["pointer"] == "#/answers/threshold"


def test_a_question_that_is_none_is_named_and_so_are_those_there_are(cast: Cast) -> None:
    application = stage(cast, "complete")
    answer = program(cast.applicant).put(address(application, "sections", "equipment"), {"answers": {"treshold": "1"}})
    [error] = problem(answer, 400, "malformed")["errors"]
    assert error["pointer"] == "#/answers/treshold" and "threshold" in error["sentence"]


@pytest.mark.parametrize("name", ["when", "watchlist", "assessments", "bogus"])
def test_sections_made_of_rows_have_no_address(cast: Cast, name: str) -> None:
    application = stage(cast, "complete")
    problem(program(cast.applicant).put(address(application, "sections", name), {"answers": {}}), 404, "not-visible")


def test_a17_nothing_is_edited_after_submission_and_p1_nobody_writes_the_section_of_another(cast: Cast) -> None:
    application = stage(cast, "submitted")
    told = problem(program(cast.applicant).put(address(application, "sections", "why"), {"answers": {}}), 409, "rule-broken")
    assert told["rule"] == "A-17"
    assert problem(program(cast.operator).put(address(application, "sections", "why"), {"answers": {}}), 403, "not-permitted")["rule"] == "P-1"


def test_a15_there_is_no_way_to_sign_with_a_token(cast: Cast) -> None:
    application = stage(cast, "considered")
    asker = program(cast.ao)
    for what in ("decide", "sign", "authorise", "confirm", "cancel"):
        problem(asker.post(address(application, what), {"outcome": "authorised"}), 404, "not-visible")
    assert application.again().state == "submitted"
