"""The text that is hashed has one spelling, and an entry's hash binds it to its place (G-5)."""

import json
import uuid
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.chain import GENESIS, canonical, link, plain

texts = st.text(st.characters(exclude_categories=["Cs"]))  # no lone surrogates: they are no Unicode text
zones = st.sampled_from([UTC, ZoneInfo("Europe/London"), timezone(timedelta(hours=-5))])
moments = st.datetimes(timezones=zones, allow_imaginary=False)
leaves = st.one_of(st.none(), st.booleans(), st.integers(), texts, st.decimals(allow_nan=False), st.uuids(), st.dates(), moments)
values = st.recursive(leaves, lambda inner: st.lists(inner) | st.dictionaries(texts, inner), max_leaves=8)


@settings(max_examples=60)
@given(values)
def test_g5_reading_the_text_and_writing_it_again_gives_the_same_text(value: object):
    text = canonical(value)
    assert canonical(json.loads(text)) == text


@settings(max_examples=60)
@given(st.dictionaries(st.text(st.characters(codec="ascii")), values))
def test_g5_the_order_of_keys_does_not_matter(value: dict):
    assert canonical(dict(reversed(value.items()))) == canonical(value)


def test_g5_letters_composed_or_not_are_the_same_text():
    assert canonical({"name": "Jose\u0301"}) == canonical({"name": "José"})
    assert canonical({"Jose\u0301": 1}) == canonical({"José": 1})


@given(st.datetimes(timezones=st.just(UTC)))
def test_g5_a_moment_is_told_in_utc_wherever_it_was_read(moment: datetime):
    assert canonical(moment.astimezone(ZoneInfo("Europe/London"))) == canonical(moment)
    assert canonical(moment).endswith('Z"')


def test_g5_the_spelling_is_pinned():
    """Should this test ever fail, every trail written so far would be called tampered."""
    value = {
        "b": [1, True, None, Decimal("0.640")],
        "a": datetime(2026, 10, 25, 1, 30, tzinfo=ZoneInfo("Europe/London"), fold=1),
        "ü": {"id": uuid.UUID(int=7), "set": {"y", "x"}},
    }
    assert canonical(value) == (
        '{"a":"2026-10-25T01:30:00Z","b":[1,true,null,"0.640"],"ü":{"id":"00000000-0000-0000-0000-000000000007","set":["x","y"]}}'
    )
    assert link(uuid.UUID(int=1), 2, GENESIS, "{}") == "f1d02da5a080c806d12d1458da636314e228108e2fa9e170cb5357ca8137ae13"


@pytest.mark.parametrize("value", [0.64, float("nan"), {"threshold": 0.64}, [1, [0.1]]])
def test_g5_floats_are_refused(value: object):
    with pytest.raises(TypeError, match="float"):
        canonical(value)


@pytest.mark.parametrize("value", [datetime(2026, 1, 1), {"at": [datetime(2026, 1, 1)]}])  # noqa: DTZ001
def test_g5_moments_without_time_zone_are_refused(value: object):
    with pytest.raises(TypeError, match="time zone"):
        canonical(value)


@pytest.mark.parametrize("value", [object(), b"bytes", {"a": object()}])
def test_g5_what_has_no_spelling_is_refused(value: object):
    with pytest.raises(TypeError, match="cannot stand in the trail"):
        canonical(value)


def test_g5_plain_leaves_words_of_a_machine_as_text():
    assert plain({"state"}) == ["state"]


@given(
    one=st.tuples(st.uuids(), st.integers(1, 2**62), st.integers(0, 9), st.sampled_from(["{}", '{"a":1}'])),
    other=st.tuples(st.uuids(), st.integers(1, 2**62), st.integers(0, 9), st.sampled_from(["{}", '{"a":1}'])),
)
def test_g5_the_hash_binds_chain_place_predecessor_and_text(one: tuple, other: tuple):
    def linked(chain: uuid.UUID, seq: int, prev: int, payload: str) -> str:
        return link(chain, seq, f"{prev:064x}", payload)

    assert (linked(*one) == linked(*other)) == (one == other)
