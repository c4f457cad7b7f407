"""A refused act: nothing is changed, the person is told which rule, its clause and how to put it right, and the attempt stands in the trail."""

import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from audit.chain import SYSTEM_CHAIN
from audit.models import ChainHead, TrailEntry
from policy.refusals import Finding, Refusal, RuleBroken
from tests.worlds import contents, differences

Told = pytest.ExceptionInfo[Refusal]


@contextmanager
def refused(code: str | None, clause: str | None = None, *, kind: type[Refusal] = RuleBroken, chain: uuid.UUID | None = None) -> Iterator[Told]:
    """What is done within is refused by the rule `code`, naming `clause` (None: whichever, but one). `chain`: where the attempt must stand."""
    before, entries = contents(TrailEntry, ChainHead), set(TrailEntry.objects.values_list("pk", flat=True))
    with pytest.raises(Refusal) as told:
        yield told
    refusal = told.value
    assert type(refusal) is kind, f"{type(refusal).__name__}: {refusal}"
    assert code in (None, refusal.code), f"{refusal.code}: {refusal}"
    if kind is RuleBroken:
        assert refusal.clause if clause is None else refusal.clause == clause, f"clause {refusal.clause}: {refusal}"
        assert refusal.remedy, f"no remedy: {refusal}"
    assert list(differences(before, contents(TrailEntry, ChainHead))) == [], "a refused act changes nothing"
    assert_noted(TrailEntry.objects.exclude(pk__in=entries).get(), refusal, chain)


def assert_noted(entry: TrailEntry, refusal: Refusal, chain: uuid.UUID | None) -> None:
    facts = json.loads(entry.payload)["facts"]
    assert (entry.action, facts["code"], facts["refusal"]) == ("act.refused", refusal.code, refusal.sentence)
    if chain is not None:
        assert entry.chain == chain, "in the system's chain" if entry.chain == SYSTEM_CHAIN else "in the operation's chain"


def found(told: Told) -> set[tuple[str, str]]:
    """(rule, where) of each finding."""
    return {(finding.code, finding.where) for finding in told.value.findings}


def finding(told: Told, where: str) -> Finding:
    return next(one for one in told.value.findings if one.where == where)
