"""The shipped edition says what docs/requirements.md says: its table of values, copied here by hand."""

from decimal import Decimal

import pytest

from policy import current

POLICY, FORCE = "policy", "force decision"
LIMITS = [
    ("series", 7 * 24, "hours", "6.1", POLICY),
    ("watchlist_media", 24, "hours", "7.9b", POLICY),
    ("alert_data", 24, "hours", "7.10", POLICY),
    ("alert_data_target", 20, "hours", "7.10", FORCE),
    ("cctv", 31 * 24, "hours", "7.11", POLICY),
    ("cctv_target", 29 * 24, "hours", "7.11", FORCE),
    ("record_to_ao", 31, "calendar days", "7.7", POLICY),
    ("written_after_verbal", 24, "hours", "6.1", FORCE),
    ("watchlist_age", 24, "hours", "10.9", FORCE),
    ("public_notice", 24, "hours", "9.4", FORCE),
    ("publication", 7, "calendar days", "9.6", FORCE),
    ("silver_review", 60, "minutes", "7.6", FORCE),
    ("unadjudicated_alert", 5, "minutes", "5.10", FORCE),
    ("slip", 30, "minutes", "7.1", FORCE),
    ("hold_review", 90, "calendar days", "7.11", FORCE),
    ("session_idle", 30, "minutes", "10.7", FORCE),
    ("session_absolute", 12, "hours", "10.7", FORCE),
]
FIGURES = [
    ("minimum_threshold", "0.64", "11.11", POLICY),
    ("expected_false_alert_percent", "0.1", "14.5", POLICY),
    ("camera_megapixels", "2", "12.3", POLICY),
    ("inter_eye_pixels_least", "20", "13.1", POLICY),
    ("inter_eye_pixels_most", "100", "13.1", POLICY),
    ("people_abreast", "4", "13.6", POLICY),
    ("answer_words_least", "25", "6.1", FORCE),
    ("answer_different_words_least", "15", "6.1", FORCE),
    ("answer_copied_percent_below", "80", "4.1", FORCE),
    ("answer_repeated_percent_below", "80", "4.1", FORCE),
    ("false_alert_run", "3", "10.16", FORCE),
    ("false_alert_run_minutes", "30", "10.16", FORCE),
    ("alerts_an_hour_least", "1", "10.5", FORCE),
    ("alerts_an_hour_most", "2", "10.5", FORCE),
    ("minutes_an_alert", "2", "10.5", FORCE),
    ("small_number_most", "4", "9.7", FORCE),
]
REMINDERS = [
    ("record_to_ao", (14, 24, 28, 30, 31), "at", "calendar days", 28),
    ("written_after_verbal", (2, 12, 20), "at", "hours", None),
    ("document_review", (60, 30, 7), "before", "calendar days", None),
]
COURSES = {
    "authorising_officer": {"lfr_ao", "data_protection", "security_classifications"},
    "operator": {"lfr_role", "data_protection", "bias_and_limits", "security_classifications"},
    "engagement_officer": {"lfr_role", "data_protection", "bias_and_limits", "security_classifications"},
    "silver": {"lfr_command", "data_protection", "security_classifications"},
    "gold": {"security_classifications"},
    "stranger": {"security_classifications"},
}
RENEWALS = {"data_protection": 1, "security_classifications": None, "lfr_ao": 3, "lfr_role": 3, "lfr_command": 3, "bias_and_limits": 3}


@pytest.mark.parametrize(("name", "length", "unit", "clause", "source"), LIMITS)
def test_limit(name: str, length: int, unit: str, clause: str, source: str):
    limit = current().limit(name)
    assert (limit.length, limit.unit, limit.clause, limit.source) == (length, unit, clause, source)
    assert limit.basis
    assert ("force decision" in limit.sentence) == (source == FORCE)


@pytest.mark.parametrize(("name", "value", "clause", "source"), FIGURES)
def test_figure(name: str, value: str, clause: str, source: str):
    figure = current().value(name)
    assert (figure.value, figure.clause, figure.source) == (Decimal(value), clause, source)
    assert current().number(name) == Decimal(value)


@pytest.mark.parametrize(("name", "steps", "direction", "unit", "seniors_from"), REMINDERS)
def test_reminder(name: str, steps: tuple[int, ...], direction: str, unit: str, seniors_from: int | None):
    reminder = current().reminder(name)
    assert (reminder.steps, reminder.direction, reminder.unit, reminder.seniors_from) == (steps, direction, unit, seniors_from)


def test_p2_an_authorising_officer_is_a_superintendent():
    rank = current().value("authorising_officer")
    assert (rank.value, rank.clause, rank.source) == ("superintendent", "6.1", POLICY)


def test_operator_and_engagement_officer_are_two_people():
    assert current().value("operator_may_engage").value is False


def test_d3_no_preservation_of_alert_data_is_allowed():
    assert not current().allows("alert_data_preservation")


@pytest.mark.parametrize("role", COURSES)
def test_p4_courses_of_a_role(role: str):
    assert {course.code for course in current().courses_for(role)} == COURSES[role]


@pytest.mark.parametrize("code", RENEWALS)
def test_p4_renewal_of_a_course(code: str):
    assert current().courses[code].renewal_years == RENEWALS[code]


def test_p4_only_data_protection_has_its_renewal_from_the_policy():
    assert {code for code, course in current().courses.items() if course.renewal_years and course.source == POLICY} == {"data_protection"}


def test_x20_watchlist_categories_are_a_closed_list():
    labels = [category.label for category in current().categories]
    assert labels == [
        "Wanted by the courts",
        "Suspected of an offence",
        "Subject of an order or ban",
        "Missing",
        "At risk of harm",
        "Poses a risk of harm to others",
    ]


def test_a_word_is_no_number():
    with pytest.raises(TypeError, match="authorising_officer"):
        current().number("authorising_officer")
