"""What is missing before a watchlist can be submitted, and how it is counted."""

import pytest

from lfr_governance.demonstration.people import Cast
from policy import current
from tests.watchlists.lists import WORDS, complete, started, with_child, with_line
from watchlists.models import Composition
from watchlists.rules import findings, totals


def found(composition: Composition) -> list[tuple[str, str]]:
    return [(finding.code, finding.where) for finding in findings(composition.locked(), current())]


def test_w_1_nothing_is_missing_from_a_complete_watchlist(cast: Cast) -> None:
    assert found(complete(cast)) == []


def test_w_1_an_empty_watchlist_lacks_its_lines_and_its_attestation(cast: Cast) -> None:
    assert found(started(cast)) == [("W-1", "watchlist.lines"), ("W-3", "watchlist.attestation")]


@pytest.mark.parametrize(
    ("missing", "code"), [("necessity", "W-1"), ("proportionality", "W-1"), ("likelihood", "W-1"), ("image_source", "W-3"), ("image_quality", "W-3")]
)
def test_w_1_w_3_every_category_is_justified_and_says_what_its_images_are(cast: Cast, missing: str, code: str) -> None:
    composition = started(cast)
    with_line(cast, composition, **{missing: " "})
    assert found(composition)[0] == (code, "watchlist.lines.wanted_by_courts")


def test_w_1_a_category_without_words_is_one_finding_a_rule(cast: Cast) -> None:
    composition = started(cast)
    with_line(cast, composition, **dict.fromkeys(WORDS, ""))
    first = findings(composition, current())[0]
    assert first.sentence == "Wanted by the courts: say why it is necessary, why it is proportionate and how likely they are to pass."


@pytest.mark.parametrize("category", ["order_or_ban", "poses_risk"])
def test_x_20_a_category_tied_to_who_somebody_is_needs_grounds_for_this_place(cast: Cast, category: str) -> None:
    composition = started(cast)
    with_line(cast, composition, category)
    assert ("X-20", f"watchlist.lines.{category}") in found(composition)
    with_line(cast, composition, category, grounds_here="Each is banned from the ground beside this place.")
    assert found(composition) == [("W-3", "watchlist.attestation")]


def test_w_2_under_18s_are_among_the_subjects_of_their_category(cast: Cast) -> None:
    composition = complete(cast)
    with_line(cast, composition, "missing", subjects=1, images=1)
    with_child(cast, composition)
    assert ("W-2", "watchlist.children") in found(composition)
    with_line(cast, composition, "missing", subjects=2, images=2)
    assert ("W-2", "watchlist.children") not in found(composition)


def test_w_1_somebody_in_two_categories_counts_twice_and_several_images_of_one_once(cast: Cast) -> None:
    composition = started(cast)
    with_line(cast, composition, "wanted_by_courts", subjects=1, images=4)
    with_line(cast, composition, "suspected", subjects=1, images=2)
    assert vars(totals(composition)) == {"subjects": 2, "images": 6, "children": 0, "under_13": 0}


def test_w_2_under_18s_and_under_13s_are_counted(cast: Cast) -> None:
    composition = complete(cast)
    with_child(cast, composition, under_13=True)
    assert vars(totals(composition)) == {"subjects": 43, "images": 60, "children": 2, "under_13": 1}
