"""What an application asks, question by question: each one left out is named with its rule, its clause and the place where it can be answered."""

from typing import Any

import pytest

from authorisations.models import Application
from authorisations.sections import SECTIONS, findings_of
from authorisations.services import applying, content
from lfr_governance.demonstration import texts
from lfr_governance.demonstration.people import Cast
from operations.services import end_appointment
from policy.refusals import Finding
from tests.authorisations.stages import SUBMITTED, stage
from tests.cast import NOON
from tests.refusals import finding, found, refused

IN_SCOPE = {"overt": True, "live": True, "own_system": True}


@pytest.mark.parametrize(("question", "clause"), [("overt", "5.5"), ("live", "1.6"), ("own_system", "1.6")])
def test_a2_what_is_out_of_scope_is_refused_at_the_first_page_with_the_reason(cast: Cast, question: str, clause: str):
    with refused("A-2", clause) as told:
        applying.start(title="Market", **(IN_SCOPE | {question: False}), by=cast.applicant, at=NOON)
    assert told.value.sentence.startswith("Only ")


def test_a1_what_is_in_scope_starts_a_draft_with_every_section_open(cast: Cast):
    application = applying.start(title="Market", **IN_SCOPE, by=cast.applicant, at=NOON)
    assert application.state == "draft"
    assert set(application.sections.values_list("name", flat=True)) == set(SECTIONS)
    assert set(application.sections.values_list("saved_at", flat=True)) == {None}


def test_x11_the_edition_of_the_policy_is_stamped_on_it(cast: Cast):
    application = applying.start(title="Market", **IN_SCOPE, by=cast.applicant, at=NOON)
    assert (application.policy_edition, application.policy_sha256) == (application.edition.name, application.edition.sha256)


# Section, question -> the rule and the clause that ask it.
ASKED = {
    "operation": {"objectives": ("A-21", "3.11"), "purposes": ("A-4", "3.6"), "use_case": ("A-3", "5.9")},
    "why": {"why_now": ("A-5", "5.8")},
    "necessity": {
        **dict.fromkeys(("aim", "legal_basis"), ("A-1", "7.1")),
        **dict.fromkeys(("necessity", "proportionality", "alternatives"), ("A-1", "4.1")),
        "assembly": ("X-19", ""),
    },
    "equipment": {"styles": ("A-6", "5.11"), "threshold": ("A-14", "11.11"), "correct_use": ("A-15", "4.3")},
    "people": {"footfall": ("A-12", "6/5.4"), "officers": ("A-12", "6/5.3"), "briefing": ("A-15", "4.3")},
    "safeguards": {"safeguards": ("A-1", "7.1"), "children": ("A-1", "7.1"), "responses": ("A-15", "4.3"), "retention": ("A-15", "7.9")},
    "public": {
        "strategy": ("A-13", "9.1"), "measures": ("A-13", "6/5.5"), "notice_at": ("A-13", "9.4"),
        "briefing": ("A-13", "9.2"), "consulted": ("A-13", "9.4"), "observers": ("A-13", "9.3"),
    },
    "command": {"strategy": ("A-11", "6.1"), "informed": ("A-11", "6.1"), "structure": ("A-11", "6.1"), "review_minutes": ("A-11", "7.6")},
    "deviations": {"any": ("G-4", "15.3")},
}  # fmt: skip
EVERY_QUESTION = [(section, question) for section, questions in ASKED.items() for question in questions]
# Section, answer that reveals -> the questions revealed by it.
REVEALED: dict[tuple[str, str, Any], dict[str, tuple[str, str]]] = {
    ("operation", "use_case", "proactive"): {"crime_data": ("A-3", "5.9a"), "suspicion": ("A-3", "5.9a")},
    ("operation", "use_case", "event"): {"event": ("A-3", "5.9b"), "routes": ("A-3", "5.9b")},
    ("operation", "use_case", "incident"): {"incident": ("A-3", "5.9c"), "limit": ("A-3", "5.9c")},
    ("necessity", "assembly", "yes"): {"articles": ("X-19", ""), "way_round": ("X-19", "")},
    ("equipment", "styles", ("vans",)): {"vans": ("A-6", "5.11")},
    ("equipment", "styles", ("wired",)): dict.fromkeys(("wired_cameras", "wired_why", "wired_signs", "wired_near", "wired_secure"), ("A-6", "5.11")),
    ("command", "structure", "yes"): {"silver_plan": ("A-11", "6.1"), "bronze_plan": ("A-11", "6.1")},
}


def written(cast: Cast, application: Application, name: str, **answers: Any) -> tuple[Finding, ...]:
    """What is still wrong with the section once these answers are saved in place of the demonstration's."""
    places = {f"place_{place.pk}": texts.PLACE for place in cast.places.values()} if name == "why" else {}
    told = {**texts.SECTIONS[name], **places, **{key: list(value) if isinstance(value, tuple) else value for key, value in answers.items()}}
    content.save_section(application.sections.get(name=name), answers=told, by=cast.applicant, at=NOON)
    return findings_of(application.again(), name, NOON)


def keys(findings: tuple[Finding, ...]) -> set[tuple[str, str, str]]:
    return {(one.code, one.clause, one.where) for one in findings}


@pytest.mark.parametrize(("section", "question"), EVERY_QUESTION)
def test_a1_every_question_left_out_is_named_and_stands_in_the_way(cast: Cast, section: str, question: str):
    application = stage(cast, "complete")
    rule, clause = ASKED[section][question]
    assert keys(written(cast, application, section, **{question: ""})) >= {(rule, clause, f"{section}.{question}")}
    with refused("A-1", "6.1", chain=application.operation_id) as told:
        applying.submit(application, by=cast.applicant, at=SUBMITTED)
    assert (rule, f"{section}.{question}") in found(told)
    assert finding(told, f"{section}.{question}").sentence


@pytest.mark.parametrize(("section", "question", "answer"), REVEALED)
def test_a3_a6_a11_x19_an_answer_raises_its_own_questions(cast: Cast, section: str, question: str, answer: Any):
    application = stage(cast, "complete")
    revealed = REVEALED[section, question, answer]
    missing = written(cast, application, section, **{question: answer}, **dict.fromkeys(revealed, ""))
    assert keys(missing) == {(rule, clause, f"{section}.{name}") for name, (rule, clause) in revealed.items()}


def test_a3_the_questions_of_another_use_case_are_not_asked(cast: Cast):
    application = stage(cast, "complete")
    assert written(cast, application, "operation", crime_data="", suspicion="", use_case="event", event="A fair.", routes="The station.") == ()


def test_a4_several_purposes_and_only_those_of_the_policy(cast: Cast):
    application = stage(cast, "complete")
    assert written(cast, application, "operation", purposes=["wanted", "risk_of_harm", "hotspot", "preventing_entry"]) == ()
    assert {one.where for one in written(cast, application, "operation", purposes=["wanted", "curiosity"])} == {"operation.purposes"}


def test_a5_each_place_has_its_own_rationale(cast: Cast):
    application = stage(cast, "complete")
    place = application.days.get().place
    assert keys(written(cast, application, "why", **{f"place_{place.pk}": ""})) == {("A-5", "5.8", f"why.place_{place.pk}")}


def test_a6_vans_and_wired_cameras_together(cast: Cast):
    application = stage(cast, "complete")
    wired = dict.fromkeys(("wired_why", "wired_signs", "wired_near", "wired_secure"), "As the plan says.")
    assert written(cast, application, "equipment", styles=["vans", "wired"], vans="1", wired_cameras="4", **wired) == ()


def test_a1_a_draft_keeps_a_wrong_answer_and_is_saved_section_by_section(cast: Cast):
    application = stage(cast, "draft")
    content.save_section(application.sections.get(name="equipment"), answers={"threshold": "high"}, by=cast.applicant, at=NOON)
    kept = application.sections.get(name="equipment")
    assert (kept.answers, kept.saved_by) == ({"threshold": "high"}, cast.applicant)
    assert application.sections.exclude(saved_at=None).count() == 1


def test_a1_an_empty_draft_lists_every_section(cast: Cast):
    application = stage(cast, "draft")
    with refused("A-1", "6.1") as told:
        applying.submit(application, by=cast.applicant, at=SUBMITTED)
    listed = {one.where.partition(".")[0] for one in told.value.findings}
    assert listed == set(SECTIONS)
    assert str(len(told.value.findings)) in told.value.sentence


class TestPeople:
    """A-12: Gold, Silver, and for each asset an Operator and an Engagement Officer, trained to the end (P-4)."""

    @pytest.mark.parametrize(("username", "clause"), [("gold", "2"), ("silver", "2"), ("operator", "6/5.3"), ("engagement", "6/5.3")])
    def test_a12_whoever_is_missing_is_named(self, cast: Cast, username: str, clause: str):
        application = stage(cast, "complete")
        from_operation(cast, application, username)
        assert keys(findings_of(application.again(), "people", NOON)) == {("A-12", clause, "people.appointments")}

    def test_a6_a12_each_asset_has_its_own(self, cast: Cast):
        application = stage(cast, "complete")
        written(cast, application, "equipment", vans="2")
        missing = findings_of(application.again(), "people", NOON)
        assert [one.sentence for one in missing] == ["1 of 2 LFR Operators appointed.", "1 of 2 LFR Engagement Officers appointed."]


def from_operation(cast: Cast, application: Application, username: str) -> None:
    end_appointment(application.operation.appointments.get(person=cast.people[username]), reason="Ill", by=cast.applicant, at=NOON)
