"""Importing counts: a table is taken as a whole or not at all."""

import pytest

from audit.models import TrailEntry
from lfr_governance.demonstration.people import Cast
from policy import current
from policy.refusals import RuleBroken
from tests.cast import NOON
from tests.watchlists.lists import complete, started, with_line
from watchlists.counts import is_protected, read
from watchlists.models import Line
from watchlists.services import import_counts

GOOD = "category,subjects,images\n"
PROTECTED = [
    "race", "Ethnicity", "ethnic_group", "SelfDefinedEthnicity", "16+1 ethnicity", "IC code", "Gender", "gender identity", "subjectgender", "Sex",
    "sexual orientation",     "Religion", "religion or belief", "Faith", "Disability", "disabled?", "Age", "age band", "DOB", "Date of birth",
    "Pregnancy", "maternity", "Marital status",
    "civil partnership", "Nationality", "citizenship", "Skin colour", "transgender", "Males", "female",
]  # fmt: skip
HARMLESS = [
    "category",
    "subjects",
    "images",
    "Image source",
    "image_quality",
    "necessity",
    "proportionality",
    "likelihood",
    "grounds here",
    "percentage",
    "trace",
    "passage",
]


@pytest.mark.parametrize("heading", PROTECTED)
def test_w_2_a_column_that_looks_like_a_protected_characteristic_is_known(heading: str) -> None:
    assert is_protected(heading)


@pytest.mark.parametrize("heading", HARMLESS)
def test_w_2_other_columns_are_not_mistaken_for_one(heading: str) -> None:
    assert not is_protected(heading)


def test_w_2_a_table_with_a_protected_column_is_refused_whole_and_the_column_named(cast: Cast) -> None:
    composition = complete(cast)
    table = "Category,Subjects,Images,Gender\nwanted_by_courts,90,90,70 male\nmissing,9,9,5 male\n"
    with pytest.raises(RuleBroken) as refused:
        import_counts(composition, text=table, by=cast.operator, at=NOON)
    assert (refused.value.code, refused.value.clause) == ("W-2", "10.10")
    assert "“Gender”" in refused.value.sentence
    assert list(composition.lines.values_list("subjects", flat=True)) == [3, 40]
    entry = TrailEntry.objects.latest("id")
    assert entry.action == "act.refused" and "70 male" not in entry.payload


def test_w_2_the_protected_column_is_found_before_any_other_fault(cast: Cast) -> None:
    with pytest.raises(RuleBroken) as refused:
        read("ethnicity;subjects\nnonsense", current())
    assert refused.value.code == "W-2"


@pytest.mark.parametrize("heading", ["Name", "surname", "PNC ID", "Address"])
def test_w_1_a_table_that_tells_who_somebody_is_is_refused(heading: str) -> None:
    with pytest.raises(RuleBroken, match="who somebody is"):
        read(f"category,subjects,images,{heading}\nmissing,1,1,x\n", current())


def test_w_1_categories_are_taken_by_code_or_by_name_and_texts_with_them(cast: Cast) -> None:
    composition = started(cast)
    table = '\ufeffCategory,Subjects,Images,Image source\nWanted by the courts,"1,204",1310,Custody\n\nmissing,3,5,Family\n'
    import_counts(composition, text=table, by=cast.operator, at=NOON)
    assert list(composition.lines.values_list("category", "subjects", "images", "image_source")) == [
        ("missing", 3, 5, "Family"), ("wanted_by_courts", 1204, 1310, "Custody")
    ]  # fmt: skip


def test_w_1_what_is_not_in_the_table_stays(cast: Cast) -> None:
    composition = started(cast)
    kept, changed = with_line(cast, composition), with_line(cast, composition, "missing")
    import_counts(composition, text=GOOD + "missing,1,2\n", by=cast.operator, at=NOON)
    after = Line.objects.get(category="missing")
    assert (after.subjects, after.necessity, composition.lines.get(category="wanted_by_courts").subjects) == (1, changed.necessity, kept.subjects)


@pytest.mark.parametrize(
    ("table", "fault"),
    [
        ("", "missing"),
        ("category,subjects\nmissing,1\n", "“images” is missing"),
        (GOOD, "no rows"),
        (GOOD + "other,1,1\n", "Row 2: the category"),
        (GOOD + "missing,two,2\n", "Row 2: the number of subjects"),
        (GOOD + "missing,-1,2\n", "Row 2: the number of subjects"),
        (GOOD + "missing,5,4\n", "at least one image for each"),
        (GOOD + "missing,0,0\n", "at least one subject"),
        (GOOD + "missing,1,1,male\n", "more cells"),
        (GOOD + "missing,1,1\nmissing,2,2\n", "more than one row"),
        (GOOD[:-1] + ",colour of hair\nmissing,1,1,red\n", "protected"),
        (GOOD[:-1] + ",remarks\nmissing,1,1,x\n", "“remarks” is no column"),
        (GOOD[:-1] + ",images\nmissing,1,1,1\n", "twice"),
    ],
)
def test_w_1_a_table_with_any_fault_changes_nothing_and_every_fault_is_named(cast: Cast, table: str, fault: str) -> None:
    composition = started(cast)
    good_row = "wanted_by_courts,1,1\n" if table.startswith((GOOD + "m", GOOD + "o")) else ""
    with pytest.raises(RuleBroken) as refused:
        import_counts(composition, text=table + good_row, by=cast.operator, at=NOON)
    assert any(fault in finding.sentence for finding in refused.value.findings)
    assert not composition.lines.exists()
