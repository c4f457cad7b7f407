"""A-16: what becomes of the note of a verbal authority. Corrected by whoever wrote it, confirmed or disputed by the officer who is named."""

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.timezone import localtime

from accounts.models import Notice
from authorisations.models import Application, Authority
from authorisations.services.verbal import confirm_verbal, correct_verbal, dispute_verbal, record_verbal
from authorisations.states import AuthorityState
from govuk.times import log_time
from lfr_governance import awaiting
from lfr_governance.demonstration import texts
from lfr_governance.demonstration.documents import make_library
from lfr_governance.demonstration.people import Cast
from lfr_governance.demonstration.stories import Story
from lfr_governance.timeline import before
from obligations.models import Obligation
from obligations.states import Kind
from operations.models import Operation
from policy.refusals import NotPermitted, NotVisible, Stale
from tests.authorisations.stages import DAY, HOUR, MINUTE, SECOND, STARTS
from tests.authorisations.test_pages import Hurried
from tests.cast import FOUNDED
from tests.clients import signed_in
from tests.refusals import found, refused
from tests.worlds import world

SAID = STARTS - HOUR
NOTED, LATER = SAID + 15 * MINUTE, SAID + 30 * MINUTE
INSTEAD = "I asked to be called again at three, and said no more."


def noted(cast: Cast) -> Authority:
    """Given by `ao`, noted down by `silver`; nobody has confirmed it."""

    def make() -> Application:
        make_library(cast, FOUNDED)
        return Story(cast).verbal(starts_at=STARTS, said_at=SAID, confirmed=False).application

    return world("verbal: noted", make).authorities.get()


def again(authority: Authority) -> Authority:
    return Authority.objects.get(pk=authority.pk)


def in_urgency(cast: Cast) -> Application:
    """Submitted in urgency, for a day that lies further ahead than the limit for writing; no words have been recorded."""

    def make() -> Application:
        make_library(cast, FOUNDED)
        return Story(cast).submitted(starts_at=SAID + 3 * DAY, at=SAID - 2 * HOUR)

    return world("verbal: submitted", make)


class TestRecording:
    def test_a16_words_whose_limit_for_writing_has_passed_are_not_recorded(self, cast: Cast):
        application = in_urgency(cast)
        limit = application.edition.limit("written_after_verbal").due_at(SAID)
        with refused("A-16", "6.1") as told:
            record_verbal(application, given_by=cast.ao, said_at=SAID, by=cast.silver, at=limit + SECOND, **texts.VERBAL)
        assert found(told) == {("A-16", "said_at")}
        assert record_verbal(application, given_by=cast.ao, said_at=SAID, by=cast.silver, at=limit, **texts.VERBAL).written_due_at == limit

    def test_a16_nor_words_that_are_still_to_be_spoken(self, cast: Cast):
        application = in_urgency(cast)
        with refused("A-16", "6.1") as told:
            record_verbal(application, given_by=cast.ao, said_at=SAID, by=cast.silver, at=SAID - SECOND, **texts.VERBAL)
        assert found(told) == {("A-16", "said_at")}

    def test_a16_the_refusal_leads_to_the_day_of_the_words(self, cast: Cast):
        make_library(cast, timezone.now() - 20 * DAY)
        now = timezone.now()
        application = Story(cast).submitted(starts_at=now + 3 * DAY, at=now - 4 * DAY)
        said = localtime(now - 2 * DAY)
        moment = {"said_at_day": said.day, "said_at_month": said.month, "said_at_year": said.year, "said_at_time": "12:00"}
        people = {"given_by": cast.ao.pk, "given_to": cast.silver.pk}
        answer = signed_in(cast.silver).post(f"/applications/{application.pk}/verbal/", {**moment, **people, **texts.VERBAL})
        page = answer.content.decode()
        assert (answer.status_code, 'href="#id_said_at_0"' in page) == (409, True)
        assert texts.VERBAL["words"] in page and not application.authorities.exists()


class TestDisputing:
    def test_a16_what_the_officer_did_not_say_does_not_stand(self, cast: Cast):
        authority = noted(cast)
        assert authority.is_in_force(LATER + HOUR)
        dispute_verbal(authority, instead=INSTEAD, by=cast.ao, at=LATER)
        ended = again(authority)
        assert (ended.state, ended.ended_at, ended.is_in_force(LATER + HOUR)) == (AuthorityState.CANCELLED, LATER, False)
        assert (ended.note.disputed_at, ended.note.dispute, ended.note.words) == (LATER, INSTEAD, texts.VERBAL["words"])

    def test_a16_silver_gold_and_the_applicant_are_told_at_once_by_reference_alone(self, cast: Cast):
        authority = noted(cast)
        dispute_verbal(authority, instead=INSTEAD, by=cast.ao, at=LATER)
        told = Notice.objects.filter(key=f"disputed:{authority.pk}", urgent=True)
        assert {notice.person.username for notice in told} >= {"silver", "gold", "applicant", "sro", "operator"}
        assert "ao" not in {notice.person.username for notice in told}
        assert {notice.text for notice in told} == {f"{authority.operation.reference}: the verbal authority is disputed and does not stand"}

    def test_a18_what_was_done_under_it_is_still_reported_and_nothing_has_to_be_written(self, cast: Cast):
        authority = noted(cast)
        dispute_verbal(authority, instead=INSTEAD, by=cast.ao, at=LATER)
        running = Obligation.objects.about(authority, "cancellation").running()
        assert running.count() == 1 and not Obligation.objects.about(authority, Kind.WRITTEN_AFTER_VERBAL).running().exists()

    def test_a16_a_new_authority_can_be_given_afterwards(self, cast: Cast):
        authority = noted(cast)
        dispute_verbal(authority, instead=INSTEAD, by=cast.ao, at=LATER)
        application = Application.objects.get(pk=authority.application_id)
        newer = record_verbal(application, given_by=cast.ao2, said_at=LATER, by=cast.silver, at=LATER + MINUTE, **texts.VERBAL)
        assert again(newer).state == AuthorityState.VERBAL

    def test_a16_only_the_officer_who_is_named_says_so(self, cast: Cast):
        authority = noted(cast)
        with refused("A-16", "6.1"):
            dispute_verbal(authority, instead=INSTEAD, by=cast.ao2, at=LATER)
        with refused("access", kind=NotVisible):
            dispute_verbal(authority, instead=INSTEAD, by=cast.silver, at=LATER)

    def test_a16_what_was_confirmed_is_not_disputed_nor_the_other_way_round(self, cast: Cast):
        authority = noted(cast)
        confirm_verbal(authority, by=cast.ao, at=LATER)
        with refused("A-16", "6.1"):
            dispute_verbal(authority, instead=INSTEAD, by=cast.ao, at=LATER + MINUTE)

    def test_a16_disputed_once(self, cast: Cast):
        authority = noted(cast)
        dispute_verbal(authority, instead=INSTEAD, by=cast.ao, at=LATER)
        for act, words in ((confirm_verbal, {}), (dispute_verbal, {"instead": INSTEAD})):
            with refused("A-16", "6.1"):
                act(authority, **words, by=cast.ao, at=LATER + MINUTE)

    @pytest.mark.parametrize("said", ["", " \n"])
    def test_a16_a_word_of_what_was_said_instead_is_asked_for(self, cast: Cast, said: str):
        authority = noted(cast)
        with refused("A-16", "6.1"):
            dispute_verbal(authority, instead=said, by=cast.ao, at=LATER)

    def test_a16_an_officer_who_was_reached_too_late_can_still_dispute_it(self, cast: Cast):
        authority = noted(cast)
        limit = authority.permits_until
        dispute_verbal(authority, instead=INSTEAD, by=cast.ao, at=limit + HOUR)
        assert (again(authority).state, again(authority).ended_at) == (AuthorityState.LAPSED, limit)
        with refused("A-16", "6.1"):
            dispute_verbal(authority, instead=INSTEAD, by=cast.ao, at=limit + 2 * HOUR)


class TestCorrecting:
    def test_a16_a_correction_stands_beside_what_was_first_written(self, cast: Cast):
        authority = noted(cast)
        correct_verbal(authority, point="words", text="“If the crowd turns”, not “on the van”.", by=cast.silver, at=LATER)
        note = again(authority).note
        (one,) = note.corrections.all()
        assert (note.words, one.text) == (texts.VERBAL["words"], "“If the crowd turns”, not “on the van”.")
        assert (one.corrected_by, one.corrected_at) == (cast.silver, LATER)
        assert cast.ao.notices.filter(key=f"verbal-corrected:{one.pk}", urgent=True).exists()

    def test_a16_only_whoever_wrote_it_corrects_it_and_only_until_it_is_confirmed(self, cast: Cast):
        authority = noted(cast)
        with refused("A-16", "6.1"):
            correct_verbal(authority, point="words", text="No.", by=cast.applicant, at=LATER)
        with refused("access", kind=NotPermitted):
            correct_verbal(authority, point="words", text="No.", by=cast.ao, at=LATER)
        confirm_verbal(authority, by=cast.ao, at=LATER)
        with refused("A-16", "6.1"):
            correct_verbal(authority, point="words", text="No.", by=cast.silver, at=LATER + MINUTE)

    def test_a16_the_officer_confirms_only_what_they_have_read(self, cast: Cast):
        authority = noted(cast)
        correct_verbal(authority, point="given_to", text="By radio, to Silver.", by=cast.silver, at=LATER)
        with refused("stale", kind=Stale):
            confirm_verbal(authority, version=authority.version, by=cast.ao, at=LATER + MINUTE)
        confirm_verbal(authority, version=again(authority).version, by=cast.ao, at=LATER + MINUTE)
        assert again(authority).note.confirmed_at


class TestWhereItIsSeen:
    def test_a16_the_officer_finds_it_at_home_with_its_time_and_the_writing_once(self, cast: Cast):
        authority = noted(cast)
        confirm = f"/authorities/{authority.pk}/confirm/"
        (item,) = [one for one in awaiting.mine(cast.ao, LATER) if one.href == confirm]
        assert (item.due_at, "Confirm or dispute" in item.text) == (authority.permits_until, True)
        writing = f"/authorities/decide/{authority.application_id}/"
        assert [one.text for one in awaiting.mine(cast.ao, LATER) if one.href == writing] == [
            f"Put your verbal authority in writing – {authority.operation.reference} {authority.operation.title}"
        ]
        assert [one.href for one in awaiting.mine(cast.ao2, LATER) if "verbal" in one.text or one.href in (confirm, writing)] == [writing]
        confirm_verbal(authority, by=cast.ao, at=LATER)
        assert confirm not in [one.href for one in awaiting.mine(cast.ao, LATER)]

    def test_a16_6_1_the_officer_reads_what_is_to_be_put_in_writing_and_by_when(self, cast: Cast):
        authority = noted(cast)
        page = text(signed_in(cast.ao), f"/authorities/decide/{authority.application_id}/")
        assert "Put your verbal authority in writing</h1>" in page and log_time(authority.written_due_at) in page
        assert f'href="/authorities/{authority.pk}/">Read the note of the words' in page
        other = text(signed_in(cast.ao2), f"/authorities/decide/{authority.application_id}/")
        assert "Put the verbal authority in writing</h1>" in other

    def test_a16_6_1_and_what_was_let_wait(self, cast: Cast):
        make_library(cast, FOUNDED)
        authority = Hurried(cast).verbal(starts_at=STARTS, said_at=SAID)
        page = text(signed_in(cast.ao), f"/authorities/decide/{authority.application_id}/")
        assert "Let wait in urgency: Telling the public." in page and "Still outstanding:" in page

    def test_a16_every_step_stands_in_the_timeline(self, cast: Cast):
        authority = noted(cast)
        correct_verbal(authority, point="words", text="Not on the van.", by=cast.silver, at=LATER)
        dispute_verbal(authority, instead=INSTEAD, by=cast.ao, at=LATER + MINUTE)
        told = {moment.title: (moment.at, moment.by) for moment in before(Operation.objects.get(pk=authority.operation_id))}
        assert told["Verbal authority given"] == (SAID, cast.ao.name)
        assert told["Verbal authority noted down"] == (NOTED, cast.silver.name)
        assert told["Note of the verbal authority corrected"] == (LATER, cast.silver.name)
        assert told["Verbal authority disputed: it does not stand"] == (LATER + MINUTE, cast.ao.name)

    def test_a16_the_pages_offer_each_their_own_answer(self, cast: Cast):
        authority = noted(cast)
        page, confirm, dispute, correct = (f"/authorities/{authority.pk}/{tail}" for tail in ("", "confirm/", "dispute/", "correct/"))
        officer, silver, other = (signed_in(person) for person in (cast.ao, cast.silver, cast.ao2))
        assert (confirm in text(officer, page), correct in text(officer, page)) == (True, False)
        assert (confirm in text(silver, page), correct in text(silver, page)) == (False, True)
        assert dispute in text(officer, confirm)
        assert "Only the Authorising Officer who spoke" in text(other, dispute) and "novalidate" not in text(other, dispute)
        version = {"version": authority.version}
        assert silver.post(correct, {"point": "words", "text": "Not on the van.", **version})["Location"] == page
        stale = officer.post(confirm, version)
        assert stale.status_code == 409 and "Not on the van." in stale.content.decode()
        assert officer.post(dispute, {"instead": INSTEAD, "version": again(authority).version})["Location"] == page
        assert INSTEAD in text(silver, page) and "did not give this authority" in text(silver, page)


def text(browser: Client, path: str) -> str:
    return browser.get(path).content.decode()
