"""Every state of an edition × every act on it; nobody publishes alone, whichever way they try (R-4, R-5, X-2, X-3, 9.6, 9.7)."""

from functools import partial
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from lfr_governance.demonstration import texts_three as texts
from lfr_governance.demonstration.people import Cast
from obligations.models import Obligation
from obligations.states import Kind
from policy.refusals import NotPermitted, NotVisible
from reporting import services as acts
from reporting.models import Publication
from reporting.states import PublicationState
from tests.clients import signed_in
from tests.refusals import found, refused
from tests.reporting.stages import LATER, publication, record

EXPLAINED = {"once": texts.TWO_OUTCOMES, "faces": texts.NO_FACES}
ACTS: dict[str, Any] = {
    "revise": lambda cast: partial(acts.revise, notes="Dry and bright.", explanations=EXPLAINED, by=cast.analyst, at=LATER),
    "take over": lambda cast: partial(acts.take_over, by=cast.analyst2, at=LATER),
    "check": lambda cast: partial(acts.declare_checked, by=cast.analyst, at=LATER),
    "send back": lambda cast: partial(acts.send_back, reason="Look at the times.", by=cast.analyst2, at=LATER),
    "approve": lambda cast: partial(acts.approve, by=cast.analyst2, at=LATER),
    "publish": lambda cast: partial(acts.publish, by=cast.analyst2, at=LATER),
    "correct": lambda cast: partial(acts.correct, why="A figure was wrong.", by=cast.analyst, at=LATER),
    "withdraw": lambda cast: partial(acts.withdraw, reason="The figures are in doubt.", by=cast.analyst2, at=LATER),
}
LEADS_TO = {
    ("drafted", "revise"): "drafted",
    ("drafted", "take over"): "drafted",
    ("drafted", "check"): "checked",
    ("checked", "send back"): "drafted",
    ("approved", "send back"): "drafted",
    ("checked", "approve"): "approved",
    ("approved", "publish"): "published",
    ("published", "correct"): "published",
    ("withdrawn", "correct"): "withdrawn",
    ("published", "withdraw"): "withdrawn",
}
CODES = {
    "revise": "R-5",
    "take over": "R-5",
    "check": "R-5",
    "send back": "R-5",
    "approve": "R-5",
    "publish": "R-4",
    "correct": "X-3",
    "withdraw": "X-3",
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("state", PublicationState.values)
def test_R5_every_state_and_every_act(cast: Cast, state: str, act: str) -> None:
    thing = publication(cast, state)
    assert thing.state == state
    perform = ACTS[act](cast)
    if target := LEADS_TO.get((state, act)):
        perform(thing)
        assert Publication.objects.get(pk=thing.pk).state == target
    else:
        with refused(CODES[act], chain=thing.chain_id):
            perform(thing)


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("who", ["stranger", "sysadmin", "silver", "ao"])
def test_R5_only_analysts_see_an_edition_in_the_making(cast: Cast, act: str, who: str) -> None:
    thing, perform = publication(cast, "checked"), ACTS[act](cast)
    with refused("access", kind=NotVisible):
        perform.func(thing, **{**perform.keywords, "by": cast.people[who]})


def test_R5_nobody_approves_what_they_drafted_by_act_by_page_or_by_sql(cast: Cast) -> None:
    thing = publication(cast, "checked")
    with refused("R-5", "9.7"):
        acts.approve(thing, by=cast.analyst, at=LATER)
    page = signed_in(cast.analyst).post(reverse("reporting:approve", args=[thing.pk]), {"version": thing.version})
    assert page.status_code == 409 and "another analyst has to approve it" in page.content.decode()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE reporting_publication SET approved_by_id = drafted_by_id, approved_at = drafted_at, state = 'approved', version = version + 1"
        )
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE reporting_publication SET published_at = drafted_at, state = 'published', version = version + 1")
    assert Publication.objects.get().state == "checked"


def test_R5_whoever_takes_a_draft_over_cannot_approve_it_and_its_first_analyst_can(cast: Cast) -> None:
    thing = acts.take_over(publication(cast, "drafted"), by=cast.analyst2, at=LATER)
    with refused("R-5", kind=NotPermitted):
        acts.declare_checked(thing, by=cast.analyst, at=LATER)
    thing = acts.declare_checked(thing, by=cast.analyst2, at=LATER)
    with refused("R-5", "9.7"):
        acts.approve(thing, by=cast.analyst2, at=LATER)
    assert acts.approve(thing, by=cast.analyst, at=LATER).state == "approved"


def test_R4_a_record_that_is_not_accepted_is_not_published_and_each_has_one_publication(cast: Cast) -> None:
    thing = record(cast, "accepted")
    acts.draft(thing, by=cast.analyst, at=LATER)
    with refused("R-4", "9.6"):
        acts.draft(thing, by=cast.analyst2, at=LATER)


def test_96_publishing_meets_its_clock(cast: Cast) -> None:
    thing = publication(cast, "published")
    assert Obligation.objects.about(thing.record, Kind.PUBLICATION).get().done_at == thing.published_at


def test_X3_a_correction_replaces_the_edition_and_keeps_it(cast: Cast) -> None:
    first = publication(cast, "corrected")
    second = first.record.publications.get(edition=2)
    assert (first.state, second.state, second.why) == ("corrected", "published", texts.CORRECTION)
    assert first.element["edition"] == 1 and second.element["edition"] == 2
    assert first.element["notes"] is None and second.element["notes"] == texts.NOTES


def test_X3_what_was_frozen_cannot_be_changed_by_the_database_either(cast: Cast) -> None:
    publication(cast, "published")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE reporting_publication SET content = '{}'")


PLANTED = {
    "name": "We thank Carol Dacre for her help.",
    "name with rank": "PC Smith handed out cards.",
    "unknown name": "Later Gregory Penhaligon came back.",
    "surname of staff": "It was Braithwaite who asked.",
    "date of birth": "One was born 3 May 1987.",
    "age": "A 34-year-old was helped.",
    "registration": "A car, AB12 CDE, stood in the way.",
    "registration in small letters": "The van of kx19abc was moved.",
    "telephone": "Ring 01228 555 0142 for more.",
    "telephone abroad": "Ring +44 7700 900123.",
    "full-width telephone": "Ring ０１２２８ ５５５０１４２.",
    "e-mail": "Write to someone@example.org.",
    "postcode": "It stood at CA1 1QS.",
    "National Insurance": "The number QQ123456C was read out.",
    "PNC": "See 03/123456A.",
    "reference": "Under C/118/24.",
}


@pytest.mark.parametrize("planted", PLANTED)
def test_R5_planted_personal_data_block_publication_until_removed_or_explained(cast: Cast, planted: str) -> None:
    thing = publication(cast, "drafted")
    thing = acts.revise(thing, notes=PLANTED[planted], explanations=EXPLAINED, by=cast.analyst, at=LATER)
    with refused("R-5", "9.7") as told:
        acts.declare_checked(thing, by=cast.analyst, at=LATER)
    keys = {where.removeprefix("explain.") for _, where in found(told)}
    assert keys and all(finding.clause == "9.7" for finding in told.value.findings)
    explained = acts.revise(
        thing, notes=PLANTED[planted], explanations=EXPLAINED | dict.fromkeys(keys, "Agreed to be named."), by=cast.analyst, at=LATER
    )
    assert acts.declare_checked(explained, by=cast.analyst, at=LATER).state == "checked"


@pytest.mark.parametrize("words", ["", texts.NOTES, "Heavy rain from noon; the van was moved by ten metres, and 3 signs were added."])
def test_R5_ordinary_words_do_not_block(cast: Cast, words: str) -> None:
    thing = acts.revise(publication(cast, "drafted"), notes=words, explanations=EXPLAINED, by=cast.analyst, at=LATER)
    assert acts.declare_checked(thing, by=cast.analyst, at=LATER).state == "checked"


def test_R5_the_reason_of_a_withdrawal_is_public_at_once_and_holds_nothing_personal(cast: Cast) -> None:
    thing = publication(cast, "published")
    with refused("R-5", "9.7"):
        acts.withdraw(thing, reason="Mr Smith complained.", by=cast.analyst2, at=LATER)
