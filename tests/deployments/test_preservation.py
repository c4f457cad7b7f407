"""D-3: preserved alert data are left alone by the product's own deletion, and gone once released; who reads them meanwhile."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine

from audit.models import Sighting
from deployments.models import Alert, AlertPersonal, Deployment
from deployments.preserving import preservations_of
from deployments.tasks import erase_due
from lfr_governance.demonstration.people import Cast
from obligations.models import Certificate, Hold, Obligation
from obligations.services import ask_hold, place_hold, release_hold
from obligations.states import Basis, Kind
from obligations.states import State as Clock
from tests.deployments.pages import address, page
from tests.deployments.stages import DAY, DURING, HOUR, MINUTE, day_of, stage
from tests.refusals import refused
from tests.worlds import contents

WORDS = {"subject_reference": "C/118/24", "note": "Grey jacket"}
LIMIT = DURING + DAY


def live_where_it_is_allowed(cast: Cast) -> Deployment:
    return stage(cast, "live", title="Where alert data may be preserved")


def preserved(cast: Cast, deployment: Deployment) -> tuple[Alert, Hold]:
    alert = day_of(cast).dismissed(deployment, at=DURING + 17 * MINUTE, **WORDS)
    hold = ask_hold(clock_of(alert), basis=Basis.CPIA, footage="", reason="Disclosure 17", by=cast.silver, at=DURING + HOUR)
    return alert, place_hold(hold, by=cast.dpo, at=DURING + 2 * HOUR)


def clock_of(alert: Alert) -> Obligation:
    return Obligation.objects.about(alert.personal, Kind.ALERT_DATA).get()


def erased(at: datetime) -> list[str]:
    return list(erase_due(at=at))


def test_d3_under_the_shipped_policy_it_is_refused(cast: Cast, live: Deployment):
    alert = day_of(cast).dismissed(live, at=DURING, **WORDS)
    with refused("D-3", "7.10"):
        ask_hold(clock_of(alert), basis=Basis.CPIA, footage="", reason="Disclosure 17", by=cast.silver, at=DURING + HOUR)
    assert erased(LIMIT) == [""] and preservations_of(live) == []


def test_d3_deletion_at_the_limit_leaves_what_is_preserved_and_takes_the_rest(cast: Cast, preserving: str):
    deployment = live_where_it_is_allowed(cast)
    other, (alert, _) = day_of(cast).dismissed(deployment, at=DURING, **WORDS), preserved(cast, deployment)
    assert erased(LIMIT + 30 * DAY) == [""]
    assert list(AlertPersonal.objects.values_list("alert", "notes")) == [(alert.pk, "Grey jacket")]
    assert (alert.again().is_unlinked, alert.again().camera, other.again().is_unlinked) == (False, "Van, front", True)


def test_d3_released_nothing_remains_and_the_certificate_names_the_hold(cast: Cast, preserving: str):
    deployment = live_where_it_is_allowed(cast)
    alert, hold = preserved(cast, deployment)
    clock, after = clock_of(alert), LIMIT + 30 * DAY
    release_hold(hold, reason="The case is closed.", by=cast.infomgmt, at=after)
    assert erased(after) == [""]
    assert (AlertPersonal.objects.count(), alert.again().is_unlinked, alert.again().camera) == (0, True, "")
    certificate = Certificate.objects.get(obligation=clock)
    assert (certificate.counts, [one["basis"] for one in certificate.holds]) == ({"records": 1}, [Basis.CPIA])
    everything = str(contents())
    assert not [word for word in WORDS.values() if word in everything]


def test_d3_log_notes_about_a_person_are_not_preserved(cast: Cast, preserving: str):
    day_of(cast).logged(live_where_it_is_allowed(cast), at=DURING)
    note = Obligation.objects.get(kind="log_note")
    with refused("D-4", "7.11"):
        ask_hold(note, basis=Basis.CPIA, footage="", reason="Disclosure 17", by=cast.silver, at=DURING + HOUR)


def test_g4_it_is_a_deviation_of_its_deployment_placed_and_released(cast: Cast, preserving: str):
    deployment = live_where_it_is_allowed(cast)
    alert, hold = preserved(cast, deployment)
    (found,) = preservations_of(deployment)
    assert (found.pk, found.clause) == (hold.pk, "7.10 and 10.16") and "authorised by the Data Protection Officer" in found.why
    release_hold(hold, reason="The case is closed.", by=cast.infomgmt, at=LIMIT)
    erased(LIMIT)
    (found,) = preservations_of(deployment)
    assert "released" in found.why and "Disclosure" not in found.why


@pytest.mark.parametrize(("late", "reader"), [(timedelta(0), "silver"), (MINUTE, "dpo")])
def test_d3_until_the_limit_those_on_site_read_it_from_then_on_those_who_keep_holds(cast: Cast, preserving: str, late: timedelta, reader: str):
    deployment = live_where_it_is_allowed(cast)
    alert, _ = preserved(cast, deployment)
    pages: dict[str, Any] = {"silver": address("alert", deployment, alert.pk), "dpo": address("data", deployment)}
    with time_machine.travel(clock_of(alert).due_at + late, tick=False):
        for who, url in pages.items():
            assert ("Grey jacket" in page(cast.people[who], url)) == (who == reader)
        assert "is preserved" in page(cast.gold, pages["silver"]) and "Grey jacket" not in page(cast.silver, pages["dpo"])
    assert [row.person_id for row in Sighting.objects.filter(thing_id=alert.personal.pk)] == [cast.people[reader].pk]
    assert clock_of(alert).state == Clock.HELD


def test_d3_the_alert_leads_those_appointed_to_where_it_is_asked_for(cast: Cast, preserving: str):
    deployment = live_where_it_is_allowed(cast)
    alert = day_of(cast).dismissed(deployment, at=DURING, **WORDS)
    url = address("alert", deployment, alert.pk)
    assert clock_of(alert).get_absolute_url() in page(cast.gold, url)
    assert clock_of(alert).get_absolute_url() not in page(cast.ao, url)
