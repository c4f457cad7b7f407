"""Questions that must be answered before submission, each found missing under its own rule."""

from datetime import timedelta

import pytest
from django.utils import timezone

from authorisations.sections import findings_of
from lfr_governance.demonstration.people import Cast
from lfr_governance.demonstration.stories import Story


def codes_without(cast: Cast, section: str, **changed: object) -> set[tuple[str, str]]:
    now = timezone.now()
    story = Story(cast)
    application = story.drafted(at=now - timedelta(days=1))
    story.section(application, section, at=now - timedelta(days=1), **changed)
    return {(finding.code, finding.where) for finding in findings_of(application.again(), section, now)}


def test_a21_an_application_has_documented_objectives(cast: Cast) -> None:
    assert codes_without(cast, "operation", objectives="") == {("A-21", "operation.objectives")}


@pytest.mark.parametrize("question", ["strategy", "measures", "notice_at", "briefing", "consulted", "observers"])
def test_a13_telling_the_public_is_answered_question_by_question(cast: Cast, question: str) -> None:
    assert codes_without(cast, "public", **{question: [] if question == "measures" else ""}) == {("A-13", f"public.{question}")}


def test_x19_an_assembly_asks_for_articles_10_and_11_and_a_way_round(cast: Cast) -> None:
    found = codes_without(cast, "necessity", assembly="yes", articles="", way_round="")
    assert found == {("X-19", "necessity.articles"), ("X-19", "necessity.way_round")}


def test_x19_without_an_assembly_neither_is_asked(cast: Cast) -> None:
    assert codes_without(cast, "necessity", assembly="no") == set()
