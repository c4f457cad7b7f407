"""The policy's words in ours (G-6)."""

import re
from typing import Any

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from lfr_governance.glossary import glossary

DEFINED = """
adjudication, alert, authorising officer, biometric template, blue watchlist, candidate image, confirmed false alert, confirmed true alert,
deployment, deployment record, engagement, environmental factor, faces per frame, false alert, false alert rate, false negative, gold commander,
live facial recognition, lfr administrator, lfr engagement officer, lfr operator, lfr system engineer, possible match, probe image,
recognition time, retrospective facial recognition, silver commander, similarity score, subject factor, system factor, threshold, true alert,
true recognition rate, urgency, watchlist, zone of recognition
"""
LETTERS = "AO, BSCC, CCTV, CIA, DPA, DPIA, EIA, FAR, FR, FOIA, HRA, ICO, ISO, LFR, MOPI, NPCC, NPL, RT, SCCSA, SOP, TRR, WAD"


def listed(words: str) -> set[str]:
    return {word.strip() for word in words.replace("\n", " ").split(",")}


def page(source: str, request: Any = None) -> str:
    return Template(source).render(Context({"request": request or RequestFactory().get("/")}))


def test_G6_every_term_that_the_policy_defines_is_there() -> None:
    assert listed(DEFINED) - set(glossary().terms) == set()
    assert listed(LETTERS) - set(glossary().acronyms) == set()


def test_G6_each_is_short_and_names_its_clause() -> None:
    clauses = [term.clause for term in glossary().terms.values()] + [body.clause for body in glossary().bodies]
    assert [clause for clause in clauses if not re.fullmatch(r"\d+(\.\d+)?[a-z]?", clause)] == []
    assert [term.term for term in glossary().terms.values() if len(term.says.split()) > 30] == []


def test_G6_a_term_is_explained_where_it_is_first_used_and_not_again() -> None:
    shown = page('{% term "Zone of Recognition" %}|{% term "zone of recognition" %}|{% term "Threshold" %}')
    first, again, other = shown.split("|")
    assert "<details" in first and "Clause 2.1" in first
    assert again == "\n" or again.strip() == ""
    assert "<details" in other


def test_G6_letters_are_spelt_out_the_first_time() -> None:
    shown = page('{% acronym "WAD" %}|{% acronym "WAD" %}')
    assert shown == 'Written Authority Document (WAD)|<abbr title="Written Authority Document">WAD</abbr>'


def test_G6_the_next_page_explains_again() -> None:
    assert page('{% acronym "AO" %}') == page('{% acronym "AO" %}') == "Authorising Officer (AO)"


def test_G6_a_word_that_is_not_in_the_glossary_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        page('{% term "Zone of Confusion" %}')
