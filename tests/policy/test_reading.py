"""A policy file that cannot be used is refused with file, line and fault, all faults at once (requirements: the force's policy file)."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.states import Rank, Role
from policy import PolicyFileError, current, edition, edition_names, words
from policy.reading import read
from policy.shelf import EDITIONS

SHIPPED = (EDITIONS / "cumbria-1.toml").read_text()
LINES = SHIPPED.splitlines()
OPTIONAL_SECTIONS = {"categories", "use_cases", "purposes", "deviations"}  # a force may have fewer rows
Written = Callable[[str], Path]


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    path = tmp_path_factory.mktemp("editions") / "cumbria-1.toml"

    def write(text: str) -> Path:
        path.write_text(text)
        return path

    return write


def faults(path: Path) -> list[str]:
    with pytest.raises(PolicyFileError) as refused:
        read(path)
    return str(refused.value).splitlines()


def line_of(beginning: str) -> int:
    return next(number for number, line in enumerate(LINES, 1) if line.startswith(beginning))


def test_shipped_editions_load():
    assert "cumbria-1" in edition_names()
    for name in edition_names():
        assert edition(name).name == name
    assert re.fullmatch(r"[0-9a-f]{64}", current().sha256)


def test_an_edition_is_read_once_and_pinned_by_its_name():
    assert edition("cumbria-1") is current()


def test_roles_and_ranks_of_the_file_are_those_of_the_people():
    assert set(words.ROLES) == set(Role.values)
    assert tuple(Rank.values) == words.RANKS


# What is put for what (the first time it occurs), in which line the fault is reported, and what it says.
MUTATIONS = [
    ('name = "cumbria-1"', 'name = "cumbria-2"', "name", "must be that of the file, cumbria-1"),
    ('force = "Cumbria Constabulary"', "force = 5", "force", "is missing"),
    ("[limits]\nseries", "[limits]\nserie", "[limits]", "series is missing"),
    ("length = 168", "length = 168.0", "series", "length must be a whole number above zero"),
    ("length = 168", 'length = "168"', "series", "length must be a whole number above zero"),
    ("length = 168", "length = true", "series", "length must be a whole number above zero"),
    ("length = 168", "length = -7", "series", "length must be a whole number above zero"),
    ('unit = "hours"', 'unit = "days"', "series", "unit must be one of hours, minutes, calendar days, calendar years"),
    ('from = "the start of the first deployment", ', "", "series", "needs the event it runs from"),
    ('clause = "7.9b", ', "", "watchlist_media", "needs a clause"),
    ('clause = "7.9b"', "clause = 7.9", "watchlist_media", "needs a clause"),
    ('source = "policy" }', 'source = "custom" }', "series", "source must be one of policy, force decision"),
    ('cctv = { length = 744, unit = "hours"', 'cctv = 744 #"', "cctv =", "must be a table"),
    ('value = "0.64"', "value = 0.64", "minimum_threshold", "value must be a number in quotes"),
    ('value = "0.64"', 'value = "high"', "minimum_threshold", "value must be a number in quotes"),
    ('value = "0.64"', 'value = "NaN"', "minimum_threshold", "value must be a number in quotes"),
    ('value = "0.64"', "value = true", "minimum_threshold", "value must be a number in quotes"),
    ('value = "0.64"', 'value = "1"', "minimum_threshold", "must lie between 0 and 1"),
    ('value = "0.64"', 'value = "-0.64"', "minimum_threshold", "value must be above zero"),
    ("minimum_threshold", "threshold", "[figures]", "minimum_threshold is missing"),
    ('value = "superintendent"', 'value = "superintendant"', "authorising_officer", "value must be one of staff, constable"),
    ("authorising_officer = { value", "officer = { value", "[ranks]", "authorising_officer is missing"),
    ("value = false", 'value = "no"', "operator_may_engage", "value must be true or false"),
    ("alert_data_preservation = { value = false", "alert_data_preservation = { value = 1", "alert_data_preservation", "value must be true or false"),
    ("alert_data_preservation = { value = false", "preserve = { value = false", "[switches]", "alert_data_preservation is missing"),
    ("operator_may_engage", "operator_engages", "[switches]", "operator_may_engage is missing"),
    ("at = [14, 24, 28, 30, 31]", "at = []", "record_to_ao = { at", "needs `at` or `before` as a list of whole numbers"),
    ("seniors_from = 28", "seniors_from = 27", "record_to_ao = { at", "seniors_from must be one of its steps"),
    ('at = [2, 12, 20], unit = "hours"', 'at = [2, 12, 20], unit = "h"', "written_after_verbal = { at", "unit must be one of"),
    ("renewal_years = 3", "renewal_years = 0", "lfr_ao", "renewal_years must be a whole number above zero"),
    ('["lfr_ao", ', '["lfr_a0", ', "authorising_officer = [", "no course lfr_a0"),
    ("operator = [", "opperator = [", "operator = [", "is no role"),
    ('["lfr_ao", "data_protection", "security_classifications"]', '"lfr_ao"', "authorising_officer = [", "must be a list of texts"),
    ('everyone = ["security_classifications"]', "", "[required_courses]", "everyone is missing"),
    ('clause = "5.2", tied_to_who = false', 'clause = "", tied_to_who = false', "wanted_by_courts", "needs a clause"),
    ("tied_to_who = false", 'tied_to_who = "false"', "wanted_by_courts", "tied_to_who must be true or false"),
    ('label = "Event", ', "", "event", "needs a label"),
    ('"5.8" = "Why a location is chosen, and its review"', '"5.8" = 5', '"5.8" =', "needs its title, a text"),
    ("[verbal]", "[words]", "[verbal]", "is not known"),
    ("[deviations]", "[limitations]", "[deviations]", "is not known"),
    ("in_force_from", "author = 1\nin_force_from", "in_force_from", "is not known"),
    ("[figures]", "[figures", "[figures]", "at line"),
    ("[limits]\nseries", '[limits]\nslip = { length = 1, unit = "hours" }\nseries', "slip", "Cannot overwrite a value"),
]


@pytest.mark.parametrize(("old", "new", "where", "fault"), MUTATIONS, ids=[f"{new[:40]!r}" for _, new, _, _ in MUTATIONS])
def test_every_fault_is_refused_with_file_line_and_fault(written: Written, old: str, new: str, where: str, fault: str):
    assert old in SHIPPED
    found = faults(written(SHIPPED.replace(old, new, 1)))
    line = line_of(where) + ("slip" in new)  # one line was put in before it
    assert [one for one in found if one.startswith(f"cumbria-1.toml, line {line}: ") and fault in one], found


def test_all_faults_are_told_at_once(written: Written):
    found = faults(written(SHIPPED.replace("length = 168", "length = 0").replace('value = "0.64"', "value = 0.64")))
    assert len(found) == 2


def test_a_table_may_be_written_out(written: Written):
    series = next(line for line in LINES if line.startswith("series"))
    apart = SHIPPED.replace(series, "") + '\n[limits.series]\nlength = 168\nunit = "days"\nfrom = "start"\nclause = "6.1"\nsource = "policy"\n'
    (fault,) = faults(written(apart))
    line = apart.splitlines().index("[limits.series]") + 1
    assert fault == f"cumbria-1.toml, line {line}: limits.series: unit must be one of hours, minutes, calendar days, calendar years"


def test_a_file_that_is_missing_or_no_text_is_refused(written: Written):
    assert faults(EDITIONS / "nowhere.toml") == ["nowhere.toml: there is no such policy file"]
    path = written("")
    path.write_bytes(b'name = "x"\ntitle = "\xff"\n')
    assert faults(path) == ["cumbria-1.toml, line 2: not UTF-8"]


def test_an_empty_file_names_everything_that_is_missing(written: Written):
    found = "\n".join(faults(written("")))
    for name in (*words.HEADINGS, *words.SECTIONS, *words.LIMITS, *words.NUMBERS, *words.REMINDERS):
        assert name in found


def deletable(number: int) -> bool:
    line = LINES[number]
    section = next((header[1:-1] for header in reversed(LINES[:number]) if header.startswith("[")), "")
    return not line or line.startswith(("#", "in_force_from")) or (section in OPTIONAL_SECTIONS and not line.startswith("["))


@pytest.mark.parametrize("number", [number for number in range(len(LINES)) if not deletable(number)])
def test_no_line_that_matters_can_be_left_out(written: Written, number: int):
    assert faults(written("\n".join(LINES[:number] + LINES[number + 1 :])))


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    number=st.integers(0, len(LINES) - 1),
    value=st.sampled_from(["5", "-1", "0.5", "true", '""', '"x"', "[]", "[[1]]", "{}", '{ value = "1" }', "2026-01-01", "inf", "nan"]),
    whole=st.booleans(),
)
def test_whatever_is_written_ends_in_an_edition_or_in_named_lines(written: Written, number: int, value: str, whole: bool):
    """No other error than PolicyFileError, whatever stands where a value should: the start must be able to say what to mend."""
    line = LINES[number]
    mutated = re.sub(r"=.*", f"= {value}", line) if whole else re.sub(r"= [^{][^,}]*", f"= {value}", line, count=1)
    if line.startswith("["):
        mutated = f"{line[1:-1]} = {value}"
    path = written("\n".join([*LINES[:number], mutated, *LINES[number + 1 :]]))
    try:
        read(path)
    except PolicyFileError as refused:
        assert all(re.match(r"cumbria-1\.toml, line [1-9]\d*: .", one) for one in str(refused).splitlines())
