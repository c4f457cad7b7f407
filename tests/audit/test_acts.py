"""An act: one transaction, its entry last; a refusal changes nothing and stands in the trail (G-5, 7.1e)."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from audit import acts
from audit.acts import Entry, append
from audit.chain import SYSTEM_CHAIN
from audit.models import ChainHead, TrailEntry
from audit.verify import verify
from operations.models import Operation
from operations.services import appoint, open_operation
from policy.refusals import NotPermitted, NotVisible, Refusal, RuleBroken, Stale
from tests.audit.kettle import Kettle, heat, heat_within, permitted_to_nobody, refused_within, seen_by_no_stranger, write_and_refuse
from tests.cast import NOON, Cast, Role, opened


def actions(chain: object) -> list[str]:
    return list(TrailEntry.objects.filter(chain=chain).order_by("seq").values_list("action", flat=True))


def last(chain: object) -> TrailEntry:
    return TrailEntry.objects.filter(chain=chain).order_by("-seq")[0]


def test_g5_an_act_leaves_its_entry(cast: Cast, kettle: Kettle):
    before = datetime.now(UTC)
    assert heat(kettle, by=cast.silver, at=NOON).state == "hot"
    entry = last(kettle.pk)
    assert (entry.action, entry.actor_id, entry.thing_type, entry.thing_id, entry.at) == (
        "kettle.heated",
        cast.silver.pk,
        "tests.kettle",
        str(kettle.pk),
        NOON,
    )
    assert before <= entry.entered_at <= datetime.now(UTC)
    assert verify(kettle.pk) == (1, [])


def test_g5_event_time_and_entry_time_stand_apart(cast: Cast, kettle: Kettle):
    earlier = NOON - timedelta(hours=3)
    append(Entry("kettle.seen", kettle, happened_at=earlier), by=cast.silver, at=NOON)
    entry = last(kettle.pk)
    assert entry.at == earlier
    assert json.loads(entry.payload)["act_at"] == "2026-10-07T12:00:00Z"


def test_g5_the_system_is_an_actor_without_id(kettle: Kettle):
    heat(kettle, by=None, at=NOON)
    assert last(kettle.pk).actor_id is None


def test_g5_the_entry_and_its_head_are_the_last_statements(cast: Cast, kettle: Kettle):
    with CaptureQueriesContext(
        connection,
    ) as caught:
        heat(kettle, by=cast.silver, at=NOON)
    statements = [query["sql"] for query in caught if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    written = [statement for statement in statements if statement.startswith(("INSERT", "UPDATE"))]
    assert 'UPDATE "tests_kettle"' in written[0]
    assert 'INSERT INTO "audit_trailentry"' in statements[-2]
    assert 'UPDATE "audit_chainhead"' in statements[-1]


def test_g5_a_new_chain_is_announced_in_the_system_chain(cast: Cast, kettle: Kettle):
    heat(kettle, by=cast.silver, at=NOON)
    announcement = last(SYSTEM_CHAIN)
    assert (announcement.action, announcement.thing_id) == ("chain.opened", str(kettle.pk))


def test_g5_an_act_and_its_entry_are_rolled_back_together(cast: Cast, kettle: Kettle):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        heat(kettle, by=cast.silver, at=NOON)
        raise ZeroDivisionError
    assert kettle.again().state == "cold"
    assert not ChainHead.objects.filter(chain=kettle.pk).exists()


def test_g5_what_cannot_be_recorded_does_not_happen(cast: Cast, kettle: Kettle, monkeypatch: pytest.MonkeyPatch):
    def full_disk(*args: object, **kwargs: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(acts, "append", full_disk)
    with pytest.raises(OSError, match="no space left"):
        heat(kettle, by=cast.silver, at=NOON)
    assert kettle.again().state == "cold"


def test_g5_facts_that_have_no_spelling_undo_the_act(cast: Cast, kettle: Kettle):
    @acts.act
    def weigh(kettle: Kettle, *, by: object, at: datetime) -> Entry:
        Kettle.objects.filter(pk=kettle.pk).update(note="weighed")
        return Entry("kettle.weighed", kettle, {"weight": 0.5})

    with pytest.raises(TypeError):
        weigh(kettle, by=cast.silver, at=NOON)
    assert kettle.again().note == ""


@pytest.mark.django_db(transaction=True)
def test_g5_no_entry_without_a_transaction(cast: Cast):
    with pytest.raises(RuntimeError, match="inside the transaction"):
        append(Entry("force.seen", cast.force), by=cast.silver, at=NOON)


def test_g5_who_and_when_are_not_optional(kettle: Kettle):
    with pytest.raises(TypeError):
        heat(kettle)


def test_a_refused_act_changes_nothing_and_stands_in_the_trail_of_its_operation(cast: Cast, kettle: Kettle):
    with pytest.raises(RuleBroken):
        write_and_refuse(kettle, by=cast.silver, at=NOON)
    assert (kettle.again().note, kettle.again().version) == ("", 1)
    entry = last(kettle.pk)
    assert (entry.action, entry.actor_id, entry.thing_id) == ("act.refused", cast.silver.pk, str(kettle.pk))
    assert json.loads(entry.payload)["facts"] == {
        "act": "write_and_refuse",
        "code": "K-3",
        "clause": "1.3",
        "refusal": "Kettles take no notes.",
        "findings": [],
    }
    assert verify(kettle.pk)[1] == []


def test_a_strangers_refusal_goes_to_the_system_chain(cast: Cast, kettle: Kettle):
    heat(kettle, by=cast.silver, at=NOON)
    with pytest.raises(NotVisible):
        seen_by_no_stranger(kettle, by=cast.stranger, at=NOON)
    assert actions(kettle.pk) == ["kettle.heated"]
    entry = last(SYSTEM_CHAIN)
    assert (entry.action, entry.actor_id, entry.thing_id) == ("act.refused", cast.stranger.pk, str(kettle.pk))


def test_a_refused_making_of_something_stands_beside_the_person(cast: Cast):
    with pytest.raises(NotPermitted):
        permitted_to_nobody(by=cast.stranger, at=NOON)
    entry = last(SYSTEM_CHAIN)
    assert (entry.action, entry.actor_id, entry.thing_id) == ("act.refused", cast.stranger.pk, str(cast.stranger.pk))


def test_a_stale_act_is_refused_and_noted(cast: Cast, kettle: Kettle):
    with pytest.raises(Stale):
        heat(kettle, version=7, by=cast.silver, at=NOON)
    assert actions(kettle.pk) == ["act.refused"]


def test_an_act_within_an_act_leaves_both_entries_in_order(cast: Cast, kettle: Kettle):
    heat_within(kettle, by=cast.silver, at=NOON)
    assert actions(kettle.pk) == ["kettle.heated", "kettle.watched"]


def test_a_refusal_within_an_act_undoes_all_and_is_noted_once(cast: Cast, kettle: Kettle):
    with pytest.raises(RuleBroken):
        refused_within(kettle, by=cast.silver, at=NOON)
    assert kettle.again().state == "cold"
    assert actions(kettle.pk) == ["act.refused"]
    assert json.loads(last(kettle.pk).payload)["facts"]["act"] == "refused_within"


def test_the_act_after_a_refused_one_is_noted_again(cast: Cast, kettle: Kettle):
    for _ in range(2):
        with pytest.raises(RuleBroken):
            write_and_refuse(kettle, by=cast.silver, at=NOON)
    assert actions(kettle.pk) == ["act.refused", "act.refused"]


REFUSED: list[tuple[Callable[[Cast, Operation], object], type[Refusal], str]] = [
    (lambda cast, it: appoint(it, person=cast.bronze, role=Role.BRONZE, by=cast.stranger, at=NOON), NotVisible, "system"),
    (lambda cast, it: appoint(it, person=cast.bronze, role=Role.BRONZE, by=cast.operator, at=NOON), NotPermitted, "operation"),
    (lambda cast, it: appoint(it, person=cast.bronze, role=Role.GOLD, by=cast.applicant, at=NOON), RuleBroken, "operation"),
    (lambda cast, it: open_operation(title="Mine", by=cast.stranger, at=NOON), NotPermitted, "system"),
]


@pytest.mark.parametrize(("refused", "kind", "where"), REFUSED)
def test_refusals_of_real_acts_stand_where_they_belong(cast: Cast, refused: Callable, kind: type[Refusal], where: str):
    operation = opened(cast, ("operator", Role.OPERATOR))
    chain, other = (operation.pk, SYSTEM_CHAIN) if where == "operation" else (SYSTEM_CHAIN, operation.pk)
    before = actions(other)
    with pytest.raises(kind) as told:
        refused(cast, operation)
    assert last(chain).action == "act.refused"
    assert json.loads(last(chain).payload)["facts"]["code"] == told.value.code
    assert actions(other) == before
    assert operation.appointments.count() == 2
    assert verify()[1] == []
