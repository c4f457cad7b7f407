"""Every state of an application × every act that would take it further: the machine’s act, the others are refused (A-1, A-15, A-17)."""

from functools import partial

import pytest

from authorisations.models import Application
from authorisations.services import applying, deciding
from authorisations.states import ApplicationState, Outcome
from lfr_governance.demonstration.people import Cast
from policy.refusals import NotVisible
from tests.authorisations.stages import LATER, stage
from tests.refusals import refused

# A draft and a withdrawn application that an AO can see at all are those of a second version.
IN_STATE = {
    "draft": "amended", "submitted": "considered", "returned": "returned", "authorised": "authorised", "refused": "refused",
    "withdrawn": "amendment_withdrawn",
}  # fmt: skip
ACTS = {
    "submit": lambda cast, at: partial(applying.submit, by=cast.applicant, at=at),
    "withdraw": lambda cast, at: partial(applying.withdraw, reason="Called off.", by=cast.applicant, at=at),
    "return": lambda cast, at: partial(deciding.decide, outcome=Outcome.RETURNED, reasons="Say more about the spring.", by=cast.ao, at=at),
    "authorise": lambda cast, at: partial(deciding.decide, outcome=Outcome.AUTHORISED, by=cast.ao, at=at),
    "authorise with conditions": lambda cast, at: partial(
        deciding.decide, outcome=Outcome.WITH_CONDITIONS, conditions="Two more signs.", by=cast.ao, at=at
    ),
    "refuse": lambda cast, at: partial(deciding.decide, outcome=Outcome.REFUSED, reasons="Patrols will do.", by=cast.ao, at=at),
}
LEADS_TO = {
    ("draft", "submit"): "submitted",
    ("draft", "withdraw"): "withdrawn",
    ("submitted", "withdraw"): "withdrawn",
    ("submitted", "return"): "returned",
    ("submitted", "authorise"): "authorised",
    ("submitted", "authorise with conditions"): "authorised",
    ("submitted", "refuse"): "refused",
    ("returned", "submit"): "submitted",
    ("returned", "withdraw"): "withdrawn",
}
RULE = {"submit": ("A-17", "7.1"), "withdraw": ("A-1", "6.1")}


def test_every_state_is_tried():
    assert set(IN_STATE) == set(ApplicationState)


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("state", IN_STATE)
def test_a1_a15_a17_every_state_and_every_act(cast: Cast, state: str, act: str):
    application = stage(cast, IN_STATE[state])
    assert application.state == state
    perform = ACTS[act](cast, LATER)
    if target := LEADS_TO.get((state, act)):
        perform(application)
        assert Application.objects.get(pk=application.pk).state == target
    else:
        with refused(*RULE.get(act, ("A-15", "6.1")), chain=application.operation_id) as told:
            perform(application)
        assert application.get_state_display().lower() in told.value.sentence


@pytest.mark.parametrize("act", [act for act in ACTS if act not in RULE])
def test_a_draft_that_was_never_submitted_does_not_exist_for_an_ao(cast: Cast, act: str):
    application = stage(cast, "complete")
    with refused("access", kind=NotVisible):
        ACTS[act](cast, LATER)(application)
