"""D-3, D-4: what the product holds about people is really deleted; what stays for the figures is unlinkable; a hold on footage wins."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.files.storage import default_storage

from accounts.models import Notice
from audit.models import TrailEntry
from deployments import services as acts
from deployments.counts import figures_of
from deployments.models import Alert, AlertPersonal, Breach, Deployment, Footage, LogNote, Residue
from deployments.services import erasing
from deployments.services.holdings import LARGEST
from deployments.states import LogKind, Outcome, Result
from deployments.tasks import erase_due
from lfr_governance.demonstration.people import Cast
from obligations.models import Certificate, Obligation
from obligations.services import ask_hold, place_hold, release_hold
from obligations.states import Basis, Kind
from obligations.states import State as Clock
from policy.refusals import NotVisible
from tests.deployments.stages import DAY, DURING, HOUR, MINUTE, NOON, SECOND, alert_in, day_of, stage
from tests.refusals import refused

CONTENT = b"not really a film, but bytes that must be gone"


@pytest.fixture(autouse=True)
def a_store_of_its_own(settings: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder for the files; a test's own transaction counts as committed."""
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    monkeypatch.setattr("django.db.transaction.on_commit", lambda do: do())


def erased(at: object) -> list[str]:
    return list(erase_due(at=at))


def clock_of(thing: object, kind: str) -> Obligation:
    return Obligation.objects.about(thing, kind).get()


def test_d3_at_its_target_the_personal_data_of_an_alert_are_deleted_and_certified(cast: Cast, live: Deployment):
    alert = day_of(cast).engaged(live, Result.TRUE_CONFIRMED, at=DURING, outcomes=(Outcome.ARREST,), subject_reference="C/118/24", note="Grey jacket")
    clock = clock_of(alert.personal, Kind.ALERT_DATA)
    assert erased(DURING + 20 * HOUR - SECOND) == []
    assert erased(DURING + 20 * HOUR) == [""]
    assert not AlertPersonal.objects.exists()
    certificate = Certificate.objects.get(obligation=clock)
    assert (certificate.counts, certificate.lateness, certificate.due_at) == ({"records": 1}, timedelta(), DURING + 24 * HOUR)
    assert erased(DURING + 30 * HOUR) == []


def test_d3_what_stays_is_unlinkable_and_the_figures_are_the_same(cast: Cast, live: Deployment):
    day_of(cast).engaged(live, Result.TRUE_CONFIRMED, at=DURING + 17 * MINUTE, outcomes=(Outcome.ARREST,))
    day_of(cast).dismissed(live, at=DURING + 40 * MINUTE, similarity=Decimal("0.6"))
    before = figures_of(live)
    assert erased(DURING + DAY) == ["", ""]
    for alert in Alert.objects.all():
        moments = [getattr(alert, name) for name in erasing.TIMES]
        assert all(moment is None or (moment.minute, moment.second, moment.microsecond) == (0, 0, 0) for moment in moments)
        assert (alert.camera, alert.category, alert.is_unlinked) == ("", "", True)
    assert figures_of(live) == before
    breach = Breach.objects.get()
    assert (breach.alert_id, breach.happened_at, breach.noted_at.minute) == (None, DURING, 0)


def test_d3_nothing_else_in_the_database_leads_from_a_moment_to_the_alert(cast: Cast, live: Deployment):
    alert = alert_in(cast, live, "raised", at=DURING + 17 * MINUTE)
    personal = alert.personal.pk
    erased(DURING + 2 * DAY)
    assert not Obligation.objects.filter(subject_id=alert.pk).exists()
    assert not Notice.objects.filter(key__contains=str(alert.pk)).exists() and not Notice.objects.filter(link__contains=str(alert.pk)).exists()
    assert not TrailEntry.objects.filter(payload__contains=str(alert.pk)).exists()
    assert not Alert.objects.filter(pk=personal).exists()


@pytest.mark.parametrize(("number", "kept"), [(4, ""), (5, "wanted_by_courts")])
def test_d3_a_small_category_is_merged(cast: Cast, live: Deployment, number: int, kept: str):
    for n in range(number):
        day_of(cast).dismissed(live, at=DURING + n * 31 * MINUTE)
    day_of(cast).dismissed(live, at=DURING + 200 * MINUTE, category="missing")
    assert set(erased(DURING + 2 * DAY)) == {""}
    assert sorted(Alert.objects.values_list("category", flat=True)) == sorted([kept] * number + [""])


def test_d3_an_alert_still_open_when_its_data_go_is_closed_by_the_hour(cast: Cast, live: Deployment):
    alert = alert_in(cast, live, "passed_on", at=DURING + 17 * MINUTE)
    erased(DURING + DAY)
    at = DURING + DAY + 20 * MINUTE
    with refused("D-3", "7.10"):
        acts.decide_engagement(alert, engage=False, result=Result.NOT_DETERMINED, note="Lost in the crowd", by=cast.engagement, at=at)
    acts.decide_engagement(alert, engage=False, result=Result.NOT_DETERMINED, by=cast.engagement, at=at)
    assert alert.again().decided_at == DURING + DAY


def test_d3_notes_about_a_person_go_the_entry_stays(cast: Cast, live: Deployment):
    about = acts.log(live, kind=LogKind.ENGAGEMENT, note="A man in green", about_person=True, by=cast.engagement, at=DURING)
    plain = acts.log(live, kind=LogKind.SIGNS, note="Signs are out", by=cast.engagement, at=DURING)
    assert erased(DURING + 20 * HOUR) == [""]
    assert list(LogNote.objects.all()) == [plain.note]
    assert live.log_entries.filter(pk=about.pk).exists()
    assert Certificate.objects.get().counts == {"notes": 1}


@pytest.mark.parametrize("step", ["unlink", "scrub"])
def test_d6_cut_off_in_the_middle_it_is_taken_up_again(cast: Cast, live: Deployment, monkeypatch: pytest.MonkeyPatch, step: str):
    alert = alert_in(cast, live, "raised")
    with monkeypatch.context() as broken:
        broken.setattr(erasing, step, lambda *_: (_ for _ in ()).throw(OSError("a secret")))
        assert erased(DURING + DAY) == ["not erased"]
    assert AlertPersonal.objects.filter(alert=alert).exists() and not alert.again().is_unlinked
    assert erased(DURING + DAY + HOUR) == [""]
    assert Certificate.objects.get().attempts == 2


def test_d6_one_that_fails_stops_no_other(cast: Cast, live: Deployment, monkeypatch: pytest.MonkeyPatch):
    poison, good = alert_in(cast, live, "raised"), alert_in(cast, live, "closed")
    real = erasing.unlink

    def unlink(alert: Alert) -> None:
        if alert.pk == poison.pk:
            raise OSError
        real(alert)

    monkeypatch.setattr(erasing, "unlink", unlink)
    assert sorted(erased(DURING + DAY)) == ["", "not erased"]
    assert good.again().is_unlinked


def stored(cast: Cast, deployment: Deployment, **more: object) -> Footage:
    return acts.store_footage(deployment, **{"name": "Camera 2", "content": CONTENT, "recorded_at": NOON, **more}, by=cast.operator, at=DURING)


def test_d4_stored_footage_is_taken_out_of_storage_at_its_target(cast: Cast, live: Deployment, tmp_path: Path):
    footage = stored(cast, live)
    assert footage.is_there and default_storage.open(footage.path).read() == CONTENT
    clock = clock_of(footage, Kind.CCTV)
    assert (clock.target_at - NOON, clock.due_at - NOON) == (29 * DAY, 31 * DAY)
    assert erased(NOON + 29 * DAY - SECOND) == []
    assert erased(NOON + 29 * DAY) == [""]
    assert not footage.is_there and not any(path.is_file() for path in tmp_path.rglob("*"))
    assert Certificate.objects.get(obligation=clock).counts == {"files": 1}


def test_d4_what_somebody_else_holds_is_not_deleted_here(cast: Cast, live: Deployment):
    footage = acts.record_footage(live, name="Town centre 4", held_by="City council", recorded_at=NOON, by=cast.operator, at=DURING)
    assert erased(NOON + 40 * DAY) == []
    assert clock_of(footage, Kind.CCTV).state == Clock.OPEN


def test_d4_a_hold_on_footage_wins_and_released_it_goes_at_once(cast: Cast, live: Deployment):
    footage = stored(cast, live)
    clock = clock_of(footage, Kind.CCTV)
    hold = ask_hold(clock, basis=Basis.CPIA, footage="Camera 2", reason="Evidence", by=cast.silver, at=DURING + DAY)
    place_hold(hold, by=cast.infomgmt, at=DURING + 2 * DAY)
    assert erased(NOON + 60 * DAY) == [] and footage.is_there
    release_hold(hold, reason="The case is closed.", by=cast.infomgmt2, at=NOON + 61 * DAY)
    assert erased(NOON + 61 * DAY) == [""]
    assert not footage.is_there and Certificate.objects.get(obligation=clock).holds[0]["basis"] == Basis.CPIA


def test_d4_a_file_that_is_not_there_any_more_is_no_error(cast: Cast, live: Deployment):
    footage = stored(cast, live)
    default_storage.delete(footage.path)
    assert erased(NOON + 29 * DAY) == [""]


def test_d4_a_file_that_cannot_be_deleted_is_tried_again_and_never_certified(cast: Cast, live: Deployment, monkeypatch: pytest.MonkeyPatch):
    footage = stored(cast, live)
    with monkeypatch.context() as broken:
        broken.setattr(default_storage, "delete", lambda path: None)
        assert erased(NOON + 29 * DAY) == ["not erased"]
    assert clock_of(footage, Kind.CCTV).last_error == "not everything is gone" and not Certificate.objects.exists()
    assert erased(NOON + 29 * DAY + HOUR) == [""]


@pytest.mark.parametrize("content", [b"", b"x" * (LARGEST + 1)])
def test_d4_only_small_files_are_kept_here(cast: Cast, live: Deployment, content: bytes):
    with refused("D-4", "7.11"):
        stored(cast, live, content=content)
    assert live.footage.count() == 1


def test_d4_a_refused_file_leaves_no_trace_in_storage(cast: Cast, live: Deployment, tmp_path: Path):
    with pytest.raises(NotVisible):
        acts.store_footage(live, name="Camera 2", content=CONTENT, recorded_at=NOON, by=cast.stranger, at=DURING)
    assert not any(path.is_file() for path in tmp_path.rglob("*"))


def test_d6_a_sweep_that_was_down_for_days_erases_all_once(cast: Cast):
    deployment = stage(cast, "full day")
    personal = AlertPersonal.objects.count()
    done = erased(NOON + 4 * DAY)
    assert done == [""] * (personal + 1) and personal == 6
    assert Certificate.objects.count() == personal + 1
    assert erased(NOON + 5 * DAY) == []
    assert figures_of(deployment).alerts == 6


def test_the_rewriting_of_the_tables_is_owed_until_it_is_done(cast: Cast, live: Deployment):
    alert_in(cast, live, "raised")
    erased(DURING + DAY)
    assert Residue.objects.count() == 1  # within a test's transaction it cannot be done
