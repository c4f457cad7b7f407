"""A-14, 11.11: the threshold asked for, and the minimum authorised, are the policy's or higher."""

from dataclasses import replace
from decimal import Decimal

import pytest

from authorisations.models import Application
from authorisations.sections import findings_of
from authorisations.services import applying, content, deciding
from authorisations.states import Outcome
from lfr_governance.demonstration import texts
from lfr_governance.demonstration.people import Cast
from tests.authorisations.stages import DECIDING, LATER, SUBMITTED, authority_of, stage
from tests.cast import NOON
from tests.refusals import finding, found, refused


def asking(cast: Cast, threshold: str) -> Application:
    application = stage(cast, "complete")
    answers = {**texts.SECTIONS["equipment"], "threshold": threshold}
    content.save_section(application.sections.get(name="equipment"), answers=answers, by=cast.applicant, at=NOON)
    return application.again()


@pytest.mark.parametrize("threshold", ["0.639", "0.63", "0", "-0.7", "1", "1.2", "0.6399", "high", ""])
def test_a14_one_below_the_minimum_or_none_at_all_is_not_submitted(cast: Cast, threshold: str):
    application = asking(cast, threshold)
    with refused("A-1", "6.1") as told:
        applying.submit(application, by=cast.applicant, at=SUBMITTED)
    assert found(told) == {("A-14", "equipment.threshold")}
    assert finding(told, "equipment.threshold").clause == "11.11"


@pytest.mark.parametrize("threshold", ["0.64", "0.640", "0.641", ".64", "0.999"])
def test_a14_the_minimum_itself_and_any_higher_one_is(cast: Cast, threshold: str):
    application = asking(cast, threshold)
    assert findings_of(application, "equipment", NOON) == ()
    assert applying.submit(application, by=cast.applicant, at=SUBMITTED).state == "submitted"


def decided(cast: Cast, minimum: str) -> Application:
    application = stage(cast, "considered")
    deciding.consider(application, answers={"minimum_threshold": minimum}, by=cast.ao, at=DECIDING)
    deciding.decide(application, outcome=Outcome.AUTHORISED, by=cast.ao, at=LATER)
    return application


@pytest.mark.parametrize("minimum", ["0.64", "0.66", "0.7", "0.999"])
def test_a14_the_ao_sets_the_minimum_the_policys_or_a_higher_one(cast: Cast, minimum: str):
    assert authority_of(decided(cast, minimum)).threshold == Decimal(minimum)


@pytest.mark.parametrize("minimum", ["0.639", "0.0", "1.0"])
def test_a14_nor_does_the_ao_authorise_a_lower_one(cast: Cast, minimum: str):
    application = stage(cast, "considered")
    deciding.consider(application, answers={"minimum_threshold": minimum}, by=cast.ao, at=DECIDING)
    with refused("A-14", "11.11", chain=application.operation_id):
        deciding.decide(application, outcome=Outcome.AUTHORISED, by=cast.ao, at=LATER)


@pytest.mark.parametrize(
    ("limit", "nonsense"), [("minimum_threshold", "high"), ("minimum_threshold", "0.6601"), ("watchlist_ceiling", "many"), ("watchlist_ceiling", "0")]
)
def test_a15_a_limit_that_is_no_number_is_no_answer(cast: Cast, limit: str, nonsense: str):
    application = stage(cast, "considered")
    deciding.consider(application, answers={limit: nonsense}, by=cast.ao, at=DECIDING)
    with refused("A-15", "7.1") as told:
        deciding.decide(application, outcome=Outcome.AUTHORISED, by=cast.ao, at=LATER)
    assert found(told) == {("A-15", f"wad.{limit}")}


def test_a14_the_figure_of_the_edition_that_was_pinned_decides_not_todays(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    application = stage(cast, "considered")
    pinned, least = application.edition, application.edition.value("minimum_threshold")
    stricter = replace(pinned, figures=pinned.figures | {"minimum_threshold": replace(least, value=Decimal("0.70"))})
    monkeypatch.setattr(Application, "edition", stricter)
    with refused("A-14", "11.11"):
        deciding.decide(application, outcome=Outcome.AUTHORISED, by=cast.ao, at=LATER)
