"""Deployment records read by a program (R-1, P-5): what they say, what was submitted with a hash anyone can check, what was answered."""

import hashlib
from typing import Any

import pytest
import time_machine

from audit.models import TrailEntry
from lfr_governance.demonstration.people import Cast
from tests.api.asking import problem, program
from tests.reporting.stages import LATER, record


@pytest.fixture(autouse=True)
def later() -> Any:
    with time_machine.travel(LATER):
        yield


def test_r1_submitted_returned_accepted(cast: Cast) -> None:
    made = record(cast, "accepted")
    [row] = program(cast.silver).get("/records/?state=accepted").json()["items"]
    told = program(cast.ao).get(f"/records/{made.pk}/").json()
    assert row.items() <= told.items() and (told["state"], told["findings"]) == ("accepted", [])
    last = told["submissions"][-1]
    assert hashlib.sha256(last["content"].encode()).hexdigest() == last["sha256"]
    assert (last["answer"]["accepted"], last["answer"]["answered_by_name"]) == (True, cast.ao.name)


def test_r1_what_is_missing_while_it_is_open(cast: Cast) -> None:
    made = record(cast, "bare")
    found = program(cast.silver).get(f"/records/{made.pk}/").json()["findings"]
    assert {finding["where"] for finding in found} >= {"narrative", "debrief"}


def test_g5_that_it_was_read_is_noted_once_a_day(cast: Cast) -> None:
    made = record(cast, "submitted")
    for _ in range(2):
        program(cast.sro).get(f"/records/{made.pk}/")
    assert TrailEntry.objects.filter(action="record.seen", thing_id=str(made.pk), actor_id=cast.sro.pk).count() == 1


def test_a_stranger_sees_nothing(cast: Cast) -> None:
    made, stranger = record(cast, "accepted"), program(cast.stranger)
    assert stranger.get("/records/").json()["items"] == []
    problem(stranger.get(f"/records/{made.pk}/"), 404, "not-visible")
