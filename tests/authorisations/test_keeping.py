"""What was signed is kept for independent inspection, and Information Management reviews by a stated date whether it still has to be (A-19, 7.1)."""

import json

import pytest

from audit.models import TrailEntry
from authorisations.services.ending import cancel
from authorisations.services.keeping import kept_review, review_kept
from lfr_governance.demonstration import texts
from lfr_governance.demonstration.documents import make_library
from lfr_governance.demonstration.people import Cast
from lfr_governance.demonstration.stories import Story
from obligations.states import State
from policy import current
from policy.refusals import NotPermitted, NotVisible
from tests.authorisations.stages import LATER, STARTS, authority_of, stage
from tests.cast import FOUNDED, NOON
from tests.clients import signed_in
from tests.refusals import refused

REASON = "An inspection has been announced."
LIMIT = current().limit("kept_review")


def test_a19_signing_opens_the_review_and_the_end_of_the_authority_does_not_close_it(cast: Cast):
    authority = authority_of(stage(cast, "authorised"))
    kept = kept_review(authority)
    assert kept and kept.due_at == LIMIT.due_at(authority.decision.decided_at)
    cancel(authority, reason=texts.NO_LONGER, done_under=texts.DONE_UNDER, by=cast.ao, at=LATER)
    assert kept.again().state == State.OPEN


def test_a19_information_management_keeps_it_with_a_reason_until_the_next_review(cast: Cast):
    authority = authority_of(stage(cast, "authorised"))
    with refused("A-19", "7.1", chain=authority.operation_id):
        review_kept(authority, reason=" ", by=cast.infomgmt, at=LATER)
    review_kept(authority, reason=REASON, by=cast.infomgmt, at=LATER)
    kept = kept_review(authority)
    assert kept and (kept.due_at, kept.state) == (LIMIT.due_at(LATER), State.OPEN)
    assert json.loads(TrailEntry.objects.get(action="authority.kept").payload)["facts"]["reason"] == REASON


def test_a19_nothing_was_signed_under_a_verbal_authority(cast: Cast):
    make_library(cast, FOUNDED)
    authority = Story(cast).verbal(starts_at=STARTS, said_at=NOON)
    with refused("A-19", "7.1", chain=authority.operation_id):
        review_kept(authority, reason=REASON, by=cast.infomgmt, at=LATER)


@pytest.mark.parametrize(("who", "told"), [("ao", NotPermitted), ("silver", NotPermitted), ("sro", NotPermitted), ("stranger", NotVisible)])
def test_a19_nobody_else_reviews_it(cast: Cast, who: str, told: type[Exception]):
    with pytest.raises(told):
        review_kept(authority_of(stage(cast, "authorised")), reason=REASON, by=cast.people[who], at=LATER)


def test_a19_its_page_says_by_when_and_takes_the_reason(cast: Cast):
    authority = authority_of(stage(cast, "authorised"))
    client, url = signed_in(cast.infomgmt), f"/authorities/{authority.pk}/keep/"
    assert url in client.get(f"/authorities/{authority.pk}/").content.decode()
    assert "This review is due by" in client.get(url).content.decode()
    assert client.post(url, {"reason": REASON}).status_code == 302
    assert TrailEntry.objects.filter(action="authority.kept").count() == 1
