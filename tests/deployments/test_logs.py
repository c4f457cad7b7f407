"""O-2, O-7, O-8: logs are append-only; event time beside entry time; own hand or by a loggist for a named person; words are parted from facts."""

import json
import uuid

import pytest
from django.db import DatabaseError, transaction

from accounts.states import Role
from audit.models import TrailEntry
from deployments import services as acts
from deployments.commitment import commitment
from deployments.models import Deployment, LogEntry, LogNote
from deployments.seeing import notes_of
from deployments.states import LogKind
from lfr_governance.awaiting_on_the_day import to_store_away
from lfr_governance.demonstration.people import Cast
from obligations.models import Obligation
from operations.services import end_appointment
from policy.refusals import NotPermitted
from tests.clients import signed_in
from tests.deployments.stages import DURING, ENDS, HOUR, MINUTE, SECOND, stage
from tests.refusals import refused


def logged(deployment: Deployment, by: object, **more: object) -> LogEntry:
    return acts.log(deployment, **{"kind": LogKind.OBSERVATION, "note": "The street is quiet.", **more}, by=by, at=DURING)


def test_o2_event_time_entry_time_and_whose_log(cast: Cast, live: Deployment):
    entry = logged(live, cast.loggist, person=cast.gold, happened_at=DURING - HOUR, place="Control room")
    assert (entry.person, entry.log_of, entry.entered_by, entry.by_another) == (cast.gold, Role.GOLD, cast.loggist, True)
    assert (entry.happened_at, entry.entered_at, entry.place) == (DURING - HOUR, DURING, "Control room")
    assert TrailEntry.objects.get(action="log.entered").at == DURING - HOUR


def test_o2_only_a_loggist_writes_for_others(cast: Cast, live: Deployment):
    with refused("O-2", "7.1", kind=NotPermitted):
        logged(live, cast.operator, person=cast.silver)
    with refused("O-2", "7.1"):
        logged(live, cast.loggist, person=cast.stranger)


def test_o2_whose_part_has_ended_keeps_what_is_entered_for_them(cast: Cast, live: Deployment):
    end_appointment(live.operation.appointments.get(role=Role.BRONZE), reason="Ill", by=cast.gold, at=DURING)
    assert logged(live, cast.loggist, person=cast.bronze, happened_at=DURING - HOUR).log_of == Role.BRONZE


def test_o2_a_mistake_is_corrected_by_a_later_entry(cast: Cast, live: Deployment):
    first = logged(live, cast.silver)
    second = logged(live, cast.silver, corrects=first, note="The street is busy.")
    assert (second.kind, list(first.corrected_by.all())) == (LogKind.CORRECTION, [second])
    with refused("O-2", "7.1"):
        logged(live, cast.silver, kind=LogKind.CORRECTION)


def test_o2_the_database_keeps_an_entry_as_it_was(cast: Cast, live: Deployment):
    entry = logged(live, cast.silver)
    for harm in (lambda rows: rows.update(place="Elsewhere"), lambda rows: rows._raw_delete("default")):
        with pytest.raises(DatabaseError), transaction.atomic():
            harm(LogEntry.objects.filter(pk=entry.pk))


def test_o9_sent_twice_by_a_device_it_is_kept_once(cast: Cast, live: Deployment):
    key = uuid.uuid4()
    assert logged(live, cast.silver, entry_id=key) == logged(live, cast.silver, entry_id=key)
    assert (LogEntry.objects.count(), LogNote.objects.count()) == (1, 1)


def test_d3_the_trail_holds_the_words_as_a_salted_digest_only(cast: Cast, live: Deployment):
    note = logged(live, cast.silver, note="A man in a green coat", about_person=True).note
    entry = TrailEntry.objects.get(action="log.entered")
    assert json.loads(entry.payload)["facts"]["note"] == commitment(note.salt, note.text)
    assert not TrailEntry.objects.filter(payload__contains="green coat").exists()


def test_d3_words_about_a_person_have_a_clock_from_their_event_others_none(cast: Cast, live: Deployment):
    plain, about = logged(live, cast.silver), logged(live, cast.silver, about_person=True, happened_at=DURING - HOUR)
    assert not Obligation.objects.about(plain.note, "log_note").exists()
    clock = Obligation.objects.about(about.note, "log_note").get()
    assert clock.due_at - (DURING - HOUR) == 24 * HOUR and clock.target_at - (DURING - HOUR) == 20 * HOUR
    acts.mark_about_person(plain, by=cast.silver, at=DURING + MINUTE)
    assert Obligation.objects.about(plain.note, "log_note").get().due_at == DURING + 24 * HOUR


def test_marking_needs_words_and_ones_own_hand(cast: Cast, live: Deployment):
    bare = logged(live, cast.silver, note="")
    with refused("D-3", "7.10"):
        acts.mark_about_person(bare, by=cast.silver, at=DURING)
    with refused("O-2", "7.1", kind=NotPermitted):
        acts.mark_about_person(bare, by=cast.operator, at=DURING)


READS = {"silver": True, "operator": True, "engagement": True, "gold": False, "bronze": False, "npt": False, "ao": False, "loggist": True}


@pytest.mark.parametrize("username", READS)
def test_words_about_a_person_are_read_by_few_and_by_their_writer(cast: Cast, live: Deployment, username: str):
    entries = [logged(live, cast.loggist, person=cast.silver, about_person=True), logged(live, cast.silver)]
    notes = notes_of(live, entries, by=cast.people[username], at=DURING)
    assert (entries[0].pk in notes, entries[1].pk in notes) == (READS[username], True)
    assert TrailEntry.objects.filter(action="record.seen", actor_id=cast.people[username].pk).exists() == READS[username]


def test_o2_logs_begin_with_planning(cast: Cast):
    deployment = stage(cast, "planned")
    acts.log(deployment, kind=LogKind.PLANNING, note="The van fits.", by=cast.silver, at=DURING - SECOND)
    assert deployment.log_entries.get().kind == LogKind.PLANNING


def test_o7_a_break_between_two_days_waits_for_silver_until_it_is_logged_where_media_and_kit_are(cast: Cast):
    """Nothing waits after a last day, and nobody but Silver is asked."""
    assert to_store_away(cast.silver) == []
    deployment = stage(cast, "concluded", days=2)
    assert [item.text for item in to_store_away(cast.silver)] == [f"Log where media and kit are kept until the next day – {deployment}"]
    assert to_store_away(cast.operator) == []
    assert LogKind.STORED_AWAY.label in signed_in(cast.silver).get(to_store_away(cast.silver)[0].href).content.decode()
    acts.log(deployment, kind=LogKind.STORED_AWAY, note="Safe of Durranhill, key with the duty officer.", by=cast.silver, at=ENDS + HOUR)
    assert to_store_away(cast.silver) == []


def test_o7_nothing_waits_after_the_last_day(cast: Cast):
    stage(cast, "concluded")
    assert to_store_away(cast.silver) == []


@pytest.mark.parametrize("kind", [LogKind.SIGNS, LogKind.INFORMATION_OFFERED, LogKind.COMPLAINT, LogKind.SECTION_60AA])
def test_o8_measures_of_awareness_complaints_and_section_60aa_are_logged_as_what_they_are(cast: Cast, live: Deployment, kind: LogKind):
    entry = logged(live, cast.engagement, kind=kind)
    page = signed_in(cast.silver).get(f"/deployments/{live.pk}/log/?kind={kind}").content.decode()
    assert (entry.kind, entry.log_of) == (kind, Role.ENGAGEMENT_OFFICER)
    assert page.count(kind.label) > signed_in(cast.silver).get(f"/deployments/{live.pk}/log/?kind=planning").content.decode().count(kind.label)
