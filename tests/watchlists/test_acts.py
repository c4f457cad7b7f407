"""The acts on a watchlist: who may, when, and what they leave behind."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from audit.models import TrailEntry
from lfr_governance.demonstration.people import Cast
from operations.models import Tie
from policy import current
from policy.refusals import NotPermitted, NotVisible, RuleBroken, Stale
from tests.cast import NOON
from tests.watchlists.lists import REASONS, WORDS, complete, started, with_child, with_line
from watchlists.models import Child, Composition, Line
from watchlists.rules import canonical, findings
from watchlists.services import attest, copy, freeze, import_counts, justify_child, put_line, remove_child, remove_line

Act = Callable[[Composition, Any], Any]
ACTS: dict[str, Act] = {
    "put_line": lambda it, by: put_line(it, category="suspected", subjects=1, images=1, by=by, at=NOON),
    "remove_line": lambda it, by: remove_line(it.lines.get(category="wanted_by_courts"), by=by, at=NOON),
    "justify_child": lambda it, by: justify_child(it, category="missing", under_13=True, **REASONS, by=by, at=NOON),
    "remove_child": lambda it, by: remove_child(it.children.get(), by=by, at=NOON),
    "attest": lambda it, by: attest(it, steps_taken="Compared.", by=by, at=NOON),
    "import_counts": lambda it, by: import_counts(it, text="category,subjects,images\nmissing,2,2\n", by=by, at=NOON),
}
every_act = pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)


@every_act
def test_a_stranger_is_told_nothing(cast: Cast, act: Act) -> None:
    with pytest.raises(NotVisible):
        act(complete(cast), cast.stranger)


@every_act
def test_who_is_appointed_without_a_hand_in_it_is_refused(cast: Cast, act: Act) -> None:
    with pytest.raises(NotPermitted):
        act(complete(cast), cast.silver)


@every_act
def test_a_17_a_submitted_watchlist_refuses_every_act(cast: Cast, act: Act) -> None:
    composition = freeze(complete(cast), NOON)
    before = canonical(composition)
    with pytest.raises(RuleBroken) as refused:
        act(composition, cast.applicant)
    assert (refused.value.code, refused.value.clause) == ("A-17", "7.1")
    assert canonical(composition) == before


@every_act
def test_p_3_whoever_writes_the_watchlist_has_a_part_in_the_application(cast: Cast, act: Act) -> None:
    composition = complete(cast)
    Tie.objects.filter(person=cast.operator).delete()
    act(composition, cast.operator)
    assert Tie.objects.filter(operation=composition.operation, person=cast.operator, kind=Tie.Kind.CONTRIBUTED).exists()


@every_act
def test_g_5_every_act_stands_in_the_operation_s_trail_without_the_words(cast: Cast, act: Act) -> None:
    composition = complete(cast)
    before = TrailEntry.objects.count()
    act(composition, cast.applicant)
    (entry,) = TrailEntry.objects.order_by("id")[before:]
    assert (entry.chain, entry.actor_id) == (composition.operation_id, cast.applicant.pk)
    assert "exploited" not in entry.payload


def test_a_17_a_frozen_watchlist_stays_frozen_at_the_first_moment(cast: Cast) -> None:
    composition = freeze(complete(cast), NOON)
    assert freeze(composition, NOON.replace(hour=15)).frozen_at == NOON


def test_a_17_the_next_version_starts_with_the_same_content_and_is_open(cast: Cast) -> None:
    old = freeze(complete(cast), NOON)
    new = copy(old)
    assert (new.frozen_at, canonical(new), new.operation) == (None, canonical(old), old.operation)
    with_line(cast, new, "at_risk")
    assert canonical(new) != canonical(old) and not old.lines.filter(category="at_risk").exists()


def test_x_20_there_is_no_category_beyond_the_policy_s(cast: Cast) -> None:
    with pytest.raises(RuleBroken) as refused:
        with_line(cast, started(cast), "other")
    assert refused.value.code == "X-20"


@pytest.mark.parametrize(("subjects", "images", "where"), [(0, 0, "subjects"), (0, 3, "subjects"), (5, 4, "images")])
def test_w_1_each_subject_has_an_image_and_there_is_at_least_one(cast: Cast, subjects: int, images: int, where: str) -> None:
    composition = started(cast)
    with pytest.raises(RuleBroken) as refused:
        with_line(cast, composition, subjects=subjects, images=images)
    assert [finding.where for finding in refused.value.findings] == [where]
    assert not composition.lines.exists()


def test_w_3_several_images_of_a_subject_are_allowed(cast: Cast) -> None:
    assert with_line(cast, started(cast), subjects=1, images=6).images == 6


def test_w_1_putting_a_category_again_replaces_it(cast: Cast) -> None:
    composition = started(cast)
    with_line(cast, composition)
    with_line(cast, composition, subjects=12, images=12)
    assert list(composition.lines.values_list("subjects", flat=True)) == [12]


def test_a_category_that_somebody_else_added_meanwhile_is_not_overwritten(cast: Cast) -> None:
    composition = started(cast)
    line = with_line(cast, composition, version=0)
    with pytest.raises(Stale):
        with_line(cast, composition, version=0)
    with_line(cast, composition, version=line.version)
    with pytest.raises(Stale):
        with_line(cast, composition, version=line.version)


@pytest.mark.parametrize("change", [{"subjects": 41}, {"images": 56}, {"image_source": "Social media."}, {"image_quality": "Poor."}])
def test_w_3_other_images_need_another_attestation(cast: Cast, change: dict[str, Any]) -> None:
    composition = complete(cast)
    with_line(cast, composition, **change)
    assert [finding.where for finding in findings(composition.locked(), current())] == ["watchlist.attestation"]


def test_w_3_the_attestation_counts_everyone_under_18(cast: Cast) -> None:
    composition = complete(cast)
    with_child(cast, composition, child=composition.children.get(), under_13=True)
    assert composition.locked().attested_at
    with_child(cast, composition)
    assert composition.locked().attested_at is None


def test_w_3_other_reasons_leave_the_attestation_standing(cast: Cast) -> None:
    composition = complete(cast)
    with_line(cast, composition, necessity="Said better.")
    assert composition.locked().attested_by == cast.operator


def test_w_3_the_attestation_is_of_the_watchlist_that_was_seen(cast: Cast) -> None:
    composition = complete(cast).locked()
    with_line(cast, composition, "at_risk")
    with pytest.raises(Stale):
        attest(composition, steps_taken="Compared.", version=composition.version, by=cast.operator, at=NOON)


def test_w_3_an_empty_watchlist_and_empty_words_attest_nothing(cast: Cast) -> None:
    composition = started(cast)
    with pytest.raises(RuleBroken, match="no category"):
        attest(composition, steps_taken="Compared.", by=cast.operator, at=NOON)
    with_line(cast, composition)
    with pytest.raises(RuleBroken, match="which steps"):
        attest(composition, steps_taken="  ", by=cast.operator, at=NOON)


@pytest.mark.parametrize("empty", ["best_interests", "necessity"])
def test_w_2_each_under_18_has_their_own_reasons(cast: Cast, empty: str) -> None:
    composition = started(cast)
    with pytest.raises(RuleBroken) as refused:
        with_child(cast, composition, **{empty: " "})
    assert [finding.where for finding in refused.value.findings] == [empty]


def test_w_2_words_that_identify_a_young_person_are_refused_shown_and_kept_nowhere(cast: Cast) -> None:
    composition = started(cast)
    with pytest.raises(RuleBroken) as refused:
        with_child(cast, composition, best_interests="Miss Tansy Fell, born 4 May 2012, must be found.")
    assert [finding.sentence for finding in refused.value.findings] == [
        "“Miss Tansy Fell” looks like a name",
        "“born 4 May 2012” looks like a date of birth",
    ]
    entry = TrailEntry.objects.latest("id")
    assert entry.action == "act.refused" and "Tansy" not in entry.payload and "2012" not in entry.payload
    assert not Child.objects.exists()


def test_w_2_the_reasons_can_be_put_right(cast: Cast) -> None:
    child = with_child(cast, started(cast))
    with_child(cast, child.composition, child=child, under_13=True, version=child.version)
    assert Child.objects.get().under_13


def test_an_under_18_of_another_watchlist_cannot_be_reached_through_this_one(cast: Cast) -> None:
    child = with_child(cast, started(cast))
    with pytest.raises(Stale):
        with_child(cast, started(cast), child=child)


def test_w_2_a_category_does_not_leave_its_under_18s_behind(cast: Cast) -> None:
    composition = complete(cast)
    with pytest.raises(RuleBroken, match="under-18s"):
        remove_line(Line.objects.get(category="missing"), by=cast.applicant, at=NOON)
    remove_child(composition.children.get(), by=cast.applicant, at=NOON)
    remove_line(Line.objects.get(category="missing"), by=cast.applicant, at=NOON)
    assert list(composition.lines.values_list("category", flat=True)) == ["wanted_by_courts"]


def test_the_content_is_canonical_and_names_no_row(cast: Cast) -> None:
    content = canonical(complete(cast))
    assert sorted(content) == ["attestation", "children", "lines"]
    assert content["lines"][1] == {"category": "wanted_by_courts", "subjects": 40, "images": 55, "grounds_here": "", **WORDS}
    assert content["children"] == [{"category": "missing", "under_13": False, **REASONS}]
    assert json.loads(json.dumps(content)) == content
