"""Every state of an authority × every step, of the machine and by the acts (design 3; A-9, A-16, A-17, A-18)."""

from functools import partial

import pytest

from authorisations.models import Application, Authority
from authorisations.services import deciding, ending
from authorisations.states import AuthorityState, Outcome
from lfr_governance.demonstration.people import Cast
from policy.refusals import RuleBroken
from tests.authorisations.stages import AFTERWARDS, HOUR, LATER, stage
from tests.refusals import refused

STEPS = {"write": ("written", "A-16"), "lapse": ("lapsed", "A-9"), "cancel": ("cancelled", "A-18"), "supersede": ("superseded", "A-17")}
EDGES = {
    ("verbal", "write"), ("verbal", "lapse"), ("verbal", "cancel"),
    ("written", "lapse"), ("written", "cancel"), ("written", "supersede"),
}  # fmt: skip
IN_STATE = {"written": "authorised", "lapsed": "lapsed", "cancelled": "cancelled", "superseded": "superseded"}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("state", AuthorityState.values)
def test_every_state_and_every_step_of_the_machine(state: str, step: str):
    authority, (target, code) = Authority(state=state), STEPS[step]
    if (state, step) in EDGES:
        authority.step(step)
        assert authority.state == target
        return
    with pytest.raises(RuleBroken) as told:
        authority.step(step)
    assert (told.value.code, authority.state) == (code, state)
    assert told.value.clause and told.value.remedy
    assert authority.get_state_display().lower() in told.value.sentence


def cancelling(cast: Cast):
    return partial(ending.cancel, reason="Done.", done_under="One deployment.", by=cast.ao, at=AFTERWARDS)


def lapsing(cast: Cast):
    return partial(ending.lapse, by=None, at=AFTERWARDS)


# (state, act) -> the state afterwards, or the rule that refuses. An authority that lapsed by itself still gets its report, and stays lapsed.
BY_ACT = {
    ("written", lapsing): "lapsed",
    ("lapsed", lapsing): RuleBroken("A-9", ""),
    ("cancelled", lapsing): RuleBroken("A-9", ""),
    ("superseded", lapsing): RuleBroken("A-9", ""),
    ("lapsed", cancelling): "lapsed",
    ("cancelled", cancelling): RuleBroken("A-18", ""),
    ("superseded", cancelling): RuleBroken("A-18", ""),
}


@pytest.mark.parametrize(("state", "act"), BY_ACT, ids=lambda one: getattr(one, "__name__", one))
def test_a9_a18_every_state_and_every_act(cast: Cast, state: str, act):
    authority = stage(cast, IN_STATE[state]).authorities.get(state=state)
    expected = BY_ACT[state, act]
    if isinstance(expected, str):
        act(cast)(authority)
        assert authority.again().state == expected
    else:
        with refused(expected.code, chain=authority.operation_id):
            act(cast)(authority)
        assert authority.again().state == state


def test_a18_a_written_authority_is_cancelled_before_its_end(cast: Cast):
    authority = stage(cast, "authorised").authorities.get()
    ending.cancel(authority, reason="Called off.", done_under="Nothing.", by=cast.ao, at=LATER)
    authority = authority.again()
    assert (authority.state, authority.ended_at) == ("cancelled", LATER)
    assert not authority.is_in_force(authority.valid_from + HOUR)


@pytest.mark.parametrize("state", ["lapsed", "cancelled"])
def test_a17_an_authority_that_has_ended_is_not_superseded(cast: Cast, state: str):
    application = stage(cast, "amendment_considered")
    older = application.operation.authorities.get()
    at = application.submissions.get().submitted_at + HOUR
    if state == "cancelled":
        ending.cancel(older, reason="Called off.", done_under="Nothing.", by=cast.ao2, at=at)
    else:
        Authority.objects.filter(pk=older.pk).update(valid_from=older.given_at, valid_until=at)  # its end came early: no act shortens one
        ending.lapse(older, by=None, at=at + HOUR)
    deciding.decide(Application.objects.get(pk=application.pk), outcome=Outcome.AUTHORISED, by=cast.ao, at=at + 2 * HOUR)
    assert older.again().state == state
