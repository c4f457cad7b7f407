"""Every state of a deployment record × every act on it, and who may do it (R-1, D-5, P-5, 7.7)."""

import json
from functools import partial
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.models import Notice
from accounts.states import Role
from lfr_governance.demonstration import texts_three as texts
from lfr_governance.demonstration.people import Cast
from lfr_governance.demonstration.stage_three import Aftermath
from obligations.models import Obligation
from obligations.states import Kind
from operations.models import Sight
from policy.refusals import NotPermitted, NotVisible
from reporting import services as acts
from reporting.models import DeploymentRecord, RecordAnswer
from reporting.states import RecordState
from tests.cast import grant_confirmed
from tests.refusals import found, refused
from tests.reporting.stages import LATER, ended, record

SAID = {"issues": "None.", "impact": "Little.", "learning": "Nothing new.", "system_alerts": 6, "system_faces": 18230}
ACTS: dict[str, Any] = {
    "complete": lambda cast: partial(acts.complete, **SAID, by=cast.silver, at=LATER),
    "submit": lambda cast: partial(acts.submit, by=cast.applicant, at=LATER),
    "return": lambda cast: partial(acts.give_back, reasons="Say more.", by=cast.ao, at=LATER),
    "accept": lambda cast: partial(acts.accept, by=cast.ao, at=LATER),
}
LEADS_TO = {
    ("compiling", "complete"): "compiling",
    ("compiling", "submit"): "submitted",
    ("returned", "complete"): "returned",
    ("returned", "submit"): "submitted",
    ("submitted", "return"): "returned",
    ("submitted", "accept"): "accepted",
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("state", RecordState.values)
def test_R1_every_state_and_every_act(cast: Cast, state: str, act: str) -> None:
    thing = record(cast, state)
    assert thing.state == state
    perform = ACTS[act](cast)
    if target := LEADS_TO.get((state, act)):
        perform(thing)
        assert DeploymentRecord.objects.get(pk=thing.pk).state == target
    else:
        with refused("R-1", "7.7", chain=thing.chain_id) as told:
            perform(thing)
        assert thing.get_state_display().lower() in told.value.sentence


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize(("who", "kind"), [("stranger", NotVisible), ("sysadmin", NotVisible), ("operator", NotPermitted), ("gold", NotPermitted)])
def test_R1_a_stranger_sees_nothing_and_whoever_has_no_hand_changes_nothing(cast: Cast, act: str, who: str, kind: Any) -> None:
    thing = record(cast, "submitted" if act in ("return", "accept") else "compiling")
    perform = ACTS[act](cast)
    with refused("access", kind=kind):
        perform.func(thing, **{**perform.keywords, "by": cast.people[who]})


def test_R1_it_is_compiled_once_by_whoever_asks_first(cast: Cast) -> None:
    deployment = ended(cast)
    first = acts.compile_record(deployment, by=None, at=LATER)
    assert acts.compile_record(deployment, by=cast.silver, at=LATER) == first
    assert DeploymentRecord.objects.count() == 1


def test_R1_a_bare_record_says_all_that_is_missing(cast: Cast) -> None:
    thing = record(cast, "bare")
    with refused("R-1", "7.7") as told:
        acts.submit(thing, by=cast.silver, at=LATER)
    assert {where for _, where in found(told)} == {"authority", "narrative", "debrief"}


def test_R1_what_was_submitted_is_frozen_with_its_hash_and_cannot_be_changed_by_the_database_either(cast: Cast) -> None:
    submission = record(cast, "submitted").submissions.get()
    content = json.loads(submission.content)
    assert [item["letter"] for item in content["items"]] == list("abcdefghijklmn")
    assert content["cancellation"]["done_under"] == texts.DONE_UNDER
    assert content["figures"]["alerts"] == 6 and content["debrief"]["chair"] == cast.chair.name
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE reporting_recordsubmission SET content = '{}'")


def test_D5_submitting_meets_the_clock_returning_starts_it_again_from_the_same_day(cast: Cast) -> None:
    thing = record(cast, "returned")
    first = Obligation.objects.about(thing.deployment, Kind.RECORD_TO_AO).get()
    again = Obligation.objects.get(kind="returned_record")
    assert first.done_at and again.done_at is None and again.due_at == first.due_at
    acts.submit(thing, by=cast.silver, at=LATER)
    assert Obligation.objects.get(pk=again.pk).done_at == LATER


def test_96_accepting_opens_it_to_analysts_and_starts_the_time_for_publishing(cast: Cast) -> None:
    thing = record(cast, "accepted")
    clock = Obligation.objects.about(thing, Kind.PUBLICATION).get()
    assert "7 calendar days, clause 9.6" in clock.sum and clock.basis_at == RecordAnswer.objects.get().answered_at
    assert Sight.objects.filter(operation=thing.deployment.operation, office=Role.ANALYST).exists()


@pytest.mark.parametrize("why", ["", "  "])
def test_P5_silver_receives_it_only_with_a_reason(cast: Cast, why: str) -> None:
    thing = record(cast, "submitted")
    grant_confirmed(cast, cast.silver, Role.AO)
    with refused("P-5", "7.7") as told:
        acts.accept(thing, why_receiver=why, by=cast.silver, at=LATER)
    assert found(told) == {("P-5", "why_receiver")}


def test_P5_with_the_reason_it_is_flagged_and_the_sro_is_told(cast: Cast) -> None:
    thing = record(cast, "submitted")
    grant_confirmed(cast, cast.silver, Role.AO)
    acts.accept(thing, why_receiver=texts.AS_SILVER, by=cast.silver, at=LATER)
    answer = RecordAnswer.objects.get()
    assert answer.is_silver and answer.why_receiver == texts.AS_SILVER
    assert Notice.objects.filter(person=cast.sro, key=f"record-silver:{thing.pk}").exists()


def test_P5_another_authorising_officer_says_why_too_and_one_with_another_part_never_receives_it(cast: Cast) -> None:
    thing = record(cast, "submitted")
    with refused("P-5", "7.7"):
        acts.accept(thing, by=cast.ao2, at=LATER)
    grant_confirmed(cast, cast.gold, Role.AO)
    with refused("P-3", "4.1"):
        acts.accept(thing, why_receiver="Nobody else is here.", by=cast.gold, at=LATER)


def test_R4_totals_that_differ_are_explained(cast: Cast) -> None:
    thing = record(cast, "compiling")
    acts.complete(thing, **{**SAID, "system_faces": 18235}, by=cast.silver, at=LATER)
    with refused("R-1", "7.7") as told:
        acts.submit(thing, by=cast.silver, at=LATER)
    assert "18,230" in told.value.findings[0].sentence and "18,235" in told.value.findings[0].sentence
    acts.complete(thing, **{**SAID, "system_faces": 18235}, reconciliation=texts.TOTALS_DIFFER, by=cast.silver, at=LATER)
    assert acts.submit(thing, by=cast.silver, at=LATER).state == "submitted"


def test_R2_the_chair_is_not_gold_and_whoever_has_ties_is_flagged(cast: Cast) -> None:
    thing = record(cast, "bare")
    with refused("R-2", "7.6"):
        acts.arrange_debrief(thing, chair=cast.gold, by=cast.silver, at=LATER)
    assert acts.arrange_debrief(thing, chair=cast.chair, by=cast.silver, at=LATER).ties == ""
    assert acts.arrange_debrief(thing, chair=cast.bronze, by=cast.silver, at=LATER).ties == "was Bronze Commander of it"


def test_R2_only_the_chair_writes_it_and_every_objective_is_measured(cast: Cast) -> None:
    thing = record(cast, "bare")
    debrief = acts.arrange_debrief(thing, chair=cast.chair, by=cast.silver, at=LATER)
    nothing = {"answers": {}, "effects": {}, "impact": "", "learning": "", "recognition_short_enough": None}
    with refused("R-2", kind=NotPermitted):
        acts.hold_debrief(debrief, **nothing, by=cast.silver, at=LATER)
    with refused("R-2", "7.6") as told:
        acts.hold_debrief(debrief, **nothing, by=cast.chair, at=LATER)
    assert len(told.value.findings) == 3 + 3  # three objectives; impact, learning, recognition time


def test_R2_learning_becomes_an_action_with_a_clock_that_is_reported_to_the_authorising_officer(cast: Cast) -> None:
    thing = record(cast, "bare")
    Aftermath(cast).debriefed(thing)
    action = thing.debrief.actions.get()
    clock = Obligation.objects.about(action, "learning_action").get()
    assert clock.due_at == action.due_at
    with refused("R-2", kind=NotPermitted):
        acts.finish_action(action, outcome="Done.", by=cast.silver, at=LATER)
    acts.finish_action(action, outcome=texts.ACTION_DONE, by=cast.bronze, at=LATER)
    assert Obligation.objects.get(pk=clock.pk).done_at == LATER
    assert Notice.objects.filter(person=cast.ao, key=f"action-done:{action.pk}").exists()
