"""What came of a deployment is told to the next application for its place: beside its reasons (A-5, 5.8), and in its sum of staff (A-12, 10.5)."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from authorisations.models import Application, PastResult
from authorisations.questions import PARTS
from authorisations.services import content
from authorisations.staffing import staffing
from deployments import services as acts
from deployments.models import Deployment
from deployments.states import Method, Reason
from lfr_governance.demonstration.people import Cast
from lfr_governance.demonstration.stage_three import Aftermath
from lfr_governance.demonstration.stories import Story
from operations.services import end_appointment
from tests.deployments.pages import page
from tests.deployments.stages import AFTER, DAY, DURING, ENDS, HOUR, NOON, STAGES, day_of, stage

WHERE_NECESSITY_IS_ASKED = next(part.key for part in PARTS if "why" in {name for question in part.questions for name in question.where})


def told(deployment: Deployment) -> PastResult:
    return PastResult.objects.get(key=deployment.register_id)


def next_application(cast: Cast, name: str = "submitted", place: str = "Botchergate") -> Application:
    """For the same place a week later."""
    return getattr(Story(cast, "Again", place), name)(starts_at=NOON + 9 * DAY, at=NOON + 2 * DAY)


@pytest.mark.parametrize("name", sorted(STAGES))
def test_a5_whatever_has_ended_is_told_to_its_place(cast: Cast, name: str) -> None:
    deployment = stage(cast, name)
    results = PastResult.objects.filter(place=deployment.place)
    assert results.count() == (1 if name in ("concluded", "terminated", "counted", "full day") else 0)
    for result in results:
        assert (result.began_at, result.reference, result.lasted) == (NOON, str(deployment), deployment.ended_at - NOON)


def test_a5_in_numbers_without_suspensions_and_told_anew_when_corrected_and_when_accepted(cast: Cast) -> None:
    live = stage(cast, "live")
    day_of(cast).dismissed(live, at=NOON + HOUR)
    acts.suspend(live, reason=Reason.WEATHER, by=cast.silver, at=DURING)
    acts.conclude(live, faces=3_000, method=Method.COMPARED, by=cast.silver, at=ENDS)
    result = told(live)
    assert (result.alerts, result.positive, result.false, result.outcomes, result.faces) == (1, 0, 1, 0, 3_000)
    assert (result.lasted, result.alerts_an_hour, result.is_accepted) == (3 * HOUR, Decimal("0.3"), False)
    acts.correct_times(live.again(), live_at=NOON - HOUR, reason="Wrong hour", by=cast.silver, at=AFTER)
    assert (told(live).began_at, told(live).lasted) == (NOON - HOUR, 4 * HOUR)


def test_a5_accepted_with_its_record(cast: Cast) -> None:
    deployment = stage(cast, "full day")
    Aftermath(cast).accepted(deployment)
    result = told(deployment)
    assert result.is_accepted and (result.alerts, result.positive, result.false) == (6, 3, 2)


def test_a5_applicant_and_authorising_officer_read_it_beside_the_reasons_for_the_place(cast: Cast) -> None:
    deployment = stage(cast, "full day")
    draft = next_application(cast, "completed")
    why = page(cast.applicant, reverse("authorisations:section", args=[draft.pk, "why"]))
    application = next_application(cast)
    reading = page(cast.ao, reverse("authorisations:part", args=[application.pk, WHERE_NECESSITY_IS_ASKED]))
    for text in (why, reading):
        assert str(deployment) in text and "6 alerts, 3 positive and 2 false" in text and "Not yet accepted" in text
    elsewhere = next_application(cast, "completed", place="Dalton Road")
    assert "None at the places asked for." in page(cast.applicant, reverse("authorisations:section", args=[elsewhere.pk, "why"]))


def test_a12_alerts_to_be_expected_come_from_the_places_history_else_from_the_policy(cast: Cast) -> None:
    live = stage(cast, "live")
    application = next_application(cast, "completed")
    found: Any = staffing(application)
    assert (found.alerts_least, found.alerts_most, "no history here yet" in found.source) == (1, 2, True)
    for minutes in range(0, 60, 5):
        day_of(cast).raised(live, at=NOON + timedelta(minutes=minutes))
    acts.terminate(live, by=cast.silver, at=NOON + 2 * HOUR)
    found = staffing(application)
    assert (found.alerts_least, found.alerts_most, found.source) == (6, 6, "from 1 earlier deployment here")
    PastResult.objects.update(lasted=timedelta(minutes=59))
    assert "no history" in staffing(application).source  # an hour says something of an hour, less does not


def test_a12_against_officers_who_are_named(cast: Cast) -> None:
    application = next_application(cast, "completed")
    people = application.sections.get(name="people")
    content.save_section(people, answers={**people.answers, "officers": "4"}, by=cast.applicant, at=NOON + 2 * DAY + HOUR)
    found: Any = staffing(application.again())
    assert (found.said, found.named, found.minutes_at_hand, found.enough, found.subjects) == (4, 1, 60, True, 421)
    end_appointment(application.operation.appointments.get(person=cast.engagement), reason="Ill", by=cast.applicant, at=NOON + 3 * DAY)
    found = staffing(application.again())
    assert (found.named, found.enough) == (0, False)
    text = page(cast.applicant, reverse("authorisations:section", args=[application.pk, "people"]))
    assert "0 are named and 4 will be at hand" in text and "That is not enough" in text
