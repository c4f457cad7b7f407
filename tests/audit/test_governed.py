"""The base of governed records: a version that every save compares, a state that only its machine changes (design 6; packages 2)."""

import uuid

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import QuerySet

from policy.refusals import NotVisible, RuleBroken, Stale
from tests.audit.kettle import EDGES, STATES, Kettle


def test_the_first_save_writes_version_one_each_further_one_raises_it(kettle: Kettle):
    assert kettle.version == 1
    for expected in (2, 3):
        kettle.save()
        assert kettle.version == kettle.again().version == expected


def test_a_save_over_somebody_elses_is_stale_and_writes_nothing(kettle: Kettle):
    other = kettle.again()
    kettle.note = "mine"
    kettle.save()
    other.note = "theirs"
    with pytest.raises(Stale), transaction.atomic():
        other.save()
    assert kettle.again().note == "mine"


def test_a_stale_save_stays_stale_when_tried_again(kettle: Kettle):
    other = kettle.again()
    kettle.note = "mine"
    kettle.save()
    for _ in range(3):
        with pytest.raises(Stale), transaction.atomic():
            other.save()
    assert (kettle.again().note, other.version) == ("mine", 1)


def test_saving_some_fields_compares_and_raises_the_version_too(kettle: Kettle):
    other = kettle.again()
    kettle.note = "mine"
    kettle.save(update_fields=["note"])
    assert kettle.again().version == 2
    with pytest.raises(Stale):
        other.save(update_fields=["note"])


def test_a_save_after_the_row_is_gone_is_stale(kettle: Kettle):
    Kettle.objects.all().delete()
    with pytest.raises(Stale), transaction.atomic():
        kettle.save()
    assert not Kettle.objects.exists()


def test_locked_reads_afresh_and_compares_the_version_the_caller_saw(kettle: Kettle):
    old = kettle.again()
    kettle.save()
    assert old.locked().version == 2
    assert old.locked(2).version == 2
    with pytest.raises(Stale):
        old.locked(1)


def test_locked_asks_for_the_row_lock(kettle: Kettle, monkeypatch: pytest.MonkeyPatch):
    asked: list[object] = []
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **options: asked.append(options.get("of")) or self)
    kettle.locked()
    assert asked == [("self",)]


def test_locking_what_does_not_exist_shows_nothing(kettle: Kettle):
    with pytest.raises(NotVisible):
        Kettle(pk=uuid.uuid4()).locked()


def test_the_state_cannot_be_set_by_hand(kettle: Kettle):
    with pytest.raises(AttributeError, match="not allowed"):
        kettle.state = "hot"


def test_a_refused_step_says_where_the_thing_stands_and_from_where_the_step_leads(kettle: Kettle):
    kettle.step("heat")
    with pytest.raises(RuleBroken) as refused:
        kettle.step("heat")
    assert (refused.value.code, refused.value.clause) == ("K-1", "1.1")
    assert refused.value.sentence == "This kettle is hot. It can be heated only while it is cold."


@pytest.mark.parametrize("state", [state for state, _ in STATES])
@pytest.mark.parametrize("step", ["heat", "pour"])
def test_every_state_and_every_step(kettle: Kettle, state: str, step: str):
    thing = Kettle(state=state)
    target = {"heat": "hot", "pour": "empty"}[step]
    if (state, target) in EDGES:
        thing.step(step)
        assert thing.state == target
    else:
        with pytest.raises(RuleBroken):
            thing.step(step)
        assert thing.state == state


class TestRefreshing:
    """Both editions of the library fail at this: one leaves the state unprotected after a failure, the other cannot refresh at all."""

    def test_it_sees_another_ones_step_and_the_state_stays_protected(self, kettle: Kettle):
        other = kettle.again()
        other.step("heat")
        other.save()
        kettle.refresh_from_db()
        assert (kettle.state, kettle.version) == ("hot", 2)
        with pytest.raises(AttributeError, match="not allowed"):
            kettle.state = "cold"

    def test_a_failure_keeps_the_state_and_its_protection_for_everyone(self, kettle: Kettle):
        Kettle.objects.all().delete()
        with pytest.raises(Kettle.DoesNotExist):
            kettle.refresh_from_db()
        assert kettle.state == "cold"
        for thing in (kettle, Kettle()):
            with pytest.raises(AttributeError, match="not allowed"):
                thing.state = "hot"

    def test_other_fields_leave_the_state_alone(self, kettle: Kettle):
        Kettle.objects.filter(pk=kettle.pk).update(note="new")
        kettle.step("heat")
        kettle.refresh_from_db(fields=["note"])
        assert (kettle.note, kettle.state) == ("new", "hot")

    def test_the_state_alone(self, kettle: Kettle):
        kettle.step("heat")
        kettle.refresh_from_db(fields=["state"])
        assert kettle.state == "cold"

    def test_a_deferred_state_is_loaded_when_asked_for(self, kettle: Kettle):
        assert Kettle.objects.defer("state").get().state == "cold"
        assert Kettle.objects.only("note").get().state == "cold"

    def test_another_queryset_may_serve(self, kettle: Kettle):
        with pytest.raises(Kettle.DoesNotExist):
            kettle.refresh_from_db(from_queryset=Kettle.objects.filter(note="other"))
        kettle.refresh_from_db(from_queryset=Kettle.objects.all())
        assert kettle.state == "cold"


class TestTheDatabaseItself:
    """A trigger lets the state change only along an edge of the machine, and only together with the version."""

    @pytest.mark.parametrize("target", ["hot", "empty", "boiling"])
    @pytest.mark.parametrize("step", [0, 1, 2, -1])
    @pytest.mark.parametrize("source", ["cold", "hot", "empty"])
    def test_every_change_of_state_by_raw_sql(self, kettle: Kettle, source: str, target: str, step: int):
        thing = Kettle.objects.create(state=source)
        changed = Kettle.objects.filter(pk=thing.pk)
        if source == target or ((source, target) in EDGES and step == 1):
            assert changed.update(state=target, version=1 + step) == 1 if step >= 0 else True
        else:
            with pytest.raises(DatabaseError, match="no such step"), transaction.atomic():
                changed.update(state=target, version=1 + step)
            assert thing.again().state == source

    def test_other_columns_are_free(self, kettle: Kettle):
        assert Kettle.objects.update(note="new") == 1

    def test_playing_the_replica_opens_no_way_round(self, kettle: Kettle):
        """PostgreSQL skips ordinary triggers in a session that says it is a replica."""
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL session_replication_role = replica")
        with pytest.raises(DatabaseError, match="no such step"), transaction.atomic():
            Kettle.objects.update(state="empty", version=2)
