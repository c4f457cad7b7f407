"""What does not add up is found before it is published (X-2, 9.6)."""

from typing import Any

import pytest

from lfr_governance.demonstration.people import Cast
from reporting.checking import results
from reporting.compiled import Known
from tests.reporting.stages import publication

WRONG: dict[str, tuple[str, dict[str, Any]]] = {
    "an alert too many": ("adds_up", {"alerts": 7}),
    "a rate cut off": ("rate", {"false_alert_rate": {"percent": "0.0109"}}),
    "a rate that is nothing": ("rate", {"false_alert_rate": {"percent": "0.00"}}),
    "a rate of other alerts": ("rate", {"false_alert_rate": {"numerator": 1}}),
    "an interval beside the rate": ("rate", {"false_alert_rate": {"interval_95": ["0.02", "0.04"]}}),
    "outcomes beside their total": ("outcomes", {"policing_outcomes": {"total": 4}}),
    "an end before the beginning": ("possible", {"end": "2026-10-07T12:00:00+01:00"}),
    "longer than it lasted": ("possible", {"duration_minutes": 900}),
    "more alerts than faces": ("possible", {"faces_scanned": 3}),
    "day and month swapped": ("planned", {"date": "2026-07-10"}),
    "an outcome counted twice": ("once", {"policing_outcomes": {"total": 9}}),
    "no faces": ("faces", {"faces_scanned": None, "false_alert_rate": {"percent": None}}),
    "no watchlist": ("watchlist", {"watchlist_subjects": None}),
}


@pytest.mark.parametrize("name", WRONG)
def test_X2_what_cannot_be_or_is_unlikely_is_found(cast: Cast, name: str) -> None:
    thing = publication(cast, "checked")
    said, (key, changed) = thing.element, WRONG[name]
    for field, value in changed.items():
        said[field] = {**said[field], **value} if isinstance(value, dict) else value
    found = {one.key: one for one in results(Known(thing.record), said, {})}
    assert found[key].found and found[key].is_open
    if name == "day and month swapped":
        assert "Are day and month swapped?" in found[key].found[0]


def test_X2_the_figures_of_an_ordinary_day_add_up(cast: Cast) -> None:
    """Only that one alert led to two outcomes asks for a word; no word makes right what cannot be."""
    thing = publication(cast, "checked")
    found = {one.key: one for one in results(Known(thing.record), thing.element, thing.explanations)}
    assert [key for key, one in found.items() if one.is_open] == []
    wrong = results(Known(thing.record), {**thing.element, "alerts": 7}, {"adds_up": "It is right all the same."})
    assert [one.key for one in wrong if one.is_open and one.hard] == ["adds_up"]
