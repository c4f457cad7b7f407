"""D-3, G-4: alert data preserved are a deviation that the debrief answers, the record shows and oversight counts."""

import json

from django.urls import reverse

from deployments.models import Alert, AlertPersonal
from lfr_governance.demonstration.documents import make_library
from lfr_governance.demonstration.people import Cast
from lfr_governance.demonstration.stage_three import Aftermath
from lfr_governance.demonstration.stage_two import Day
from obligations.models import Hold, Obligation
from obligations.services import ask_hold, place_hold
from obligations.states import Basis, Kind
from reporting.checklist import checklist, unanswered
from reporting.compiled import Known
from reporting.figures import deviations
from reporting.models import DeploymentRecord
from tests.cast import FOUNDED, NOON
from tests.clients import signed_in
from tests.reporting.stages import DAY
from tests.worlds import world

WHAT = "Personal data of an alert preserved beyond their limit"


def compiled(cast: Cast) -> DeploymentRecord:
    """Of a deployment of which one alert's data are preserved."""

    def make() -> DeploymentRecord:
        make_library(cast, FOUNDED + DAY)
        deployment = Day(cast, NOON).concluded()
        personal = AlertPersonal.objects.filter(alert=Alert.objects.earliest("raised_at")).get()
        clock, at = Obligation.objects.about(personal, Kind.ALERT_DATA).get(), deployment.ended_at
        assert at
        place_hold(ask_hold(clock, basis=Basis.CPIA, footage="", reason="Disclosure 17", by=cast.silver, at=at), by=cast.dpo, at=at)
        return Aftermath(cast).compiled(deployment)

    return world("record: alert data preserved", make)


def test_G4_it_stands_in_the_record_until_the_debrief_has_answered_it(cast: Cast, preserving: str) -> None:
    record = compiled(cast)
    assert f"Deviation from clause 7.10 and 10.16 not answered: {WHAT}" in list(unanswered(Known(record), {}, {}))
    assert f"Deviation from clause 7.10 and 10.16: {WHAT}" in signed_in(cast.silver).get(record.get_absolute_url()).content.decode()
    Aftermath(cast).submitted(record.deployment)
    assert all(standing.is_met for standing in checklist(Known(record.again())))
    (told,) = json.loads(record.submissions.get().content)["deviations"]
    assert (told["what"], bool(told["answer"])) == (WHAT, True) and told["why"].startswith(Basis.CPIA.label)


def test_G4_oversight_counts_it_with_the_others(cast: Cast, preserving: str) -> None:
    compiled(cast)
    found = deviations(cast.sro.force, 20)
    assert (found["number"], found["preserved"]) == (1, 1) and found["rows"][0][1].pk == Hold.objects.get().pk
    shown = signed_in(cast.scrutiny).get(reverse("reporting:oversight")).content.decode()
    assert "1 deviation from the procedures, of which 1 by preserving alert data" in shown and WHAT in shown and "Disclosure 17" not in shown
