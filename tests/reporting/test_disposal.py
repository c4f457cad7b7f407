"""What was signed is disposed of only after its review, by two people, with a certificate; nothing of its texts is left (A-19, 7.1)."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from django.db import DatabaseError, connection, models, transaction

from accounts.states import Role
from audit.models import TrailEntry
from audit.verify import verify
from authorisations.models import Authority, Cancellation, Consideration, Decision, Deviation, Disposal, Section, Submission, VerbalNote
from authorisations.services import applying, ending
from authorisations.services.keeping import kept_review, review_kept
from authorisations.services.verbal import correct_verbal, dispute_verbal
from authorisations.states import Outcome
from deployments.models import LogNote, Review
from deployments.services import answer_breach, review
from deployments.states import Decision as Decided
from deployments.tasks import erase_due
from lfr_governance.demonstration import texts_two
from lfr_governance.demonstration.documents import make_library
from lfr_governance.demonstration.people import Cast
from lfr_governance.demonstration.stage_three import Aftermath
from lfr_governance.demonstration.stories import Story
from library.models import LocalCia
from obligations.models import Certificate
from obligations.services import ask_hold, place_hold
from obligations.states import Basis, State
from operations.models import Operation
from operations.services import appoint
from policy.refusals import NotPermitted, NotVisible
from reporting import services as acts
from reporting.models import Debrief, DeploymentRecord, Paper, Publication, RecordAnswer, RecordSubmission
from reporting.querysets import to_be_made
from tests.access.things import Rich
from tests.authorisations.stages import STARTS
from tests.cast import FOUNDED, NOON
from tests.clients import signed_in
from tests.obligations.duties import footage, media
from tests.refusals import refused
from tests.reporting.stages import DAY, ended
from tests.worlds import all_models, columns, name, world
from watchlists.models import Child, Line

WHY = "No inspection is announced and nothing is open."
# By whom written, in which columns: none of it may be found anywhere afterwards. The trail proves what acts stated, the register what was told.
WRITTEN: dict[type[models.Model], tuple[str, ...]] = {
    Section: ("answers",),
    Consideration: ("answers",),
    Decision: ("reasons",),
    Cancellation: ("reason", "done_under"),
    Line: ("necessity", "likelihood"),
    LocalCia: ("communities", "impact"),
    LogNote: ("text",),
    Review: ("answers",),
    DeploymentRecord: ("issues", "impact", "learning"),
    RecordAnswer: ("reasons",),
    Debrief: ("answers", "impact", "learning", "recognition"),
}
STAYS = {TrailEntry, Publication}


def over(cast: Cast) -> Authority:
    """Published, acted on, everything deleted: nothing runs any more but the review. The record was returned once; a PDF was made."""
    deployment, after = ended(cast), Aftermath(cast)
    record = after.returned(deployment)
    record = acts.submit(record, by=cast.silver, at=after.after(deployment, 6.5))
    for breach in deployment.breaches.open():
        answer_breach(breach, answer="I have read Silver’s log: a mistake.", by=cast.ao, at=after.after(deployment, 6.6))
    record = acts.accept(record, by=cast.ao, at=after.after(deployment, 7))
    publication = acts.draft(record, by=cast.analyst, at=after.after(deployment, 8))
    after.checked_again(publication)
    acts.approve(publication, by=cast.analyst2, at=after.after(deployment, 9))
    acts.publish(publication, by=cast.analyst2, at=after.after(deployment, 9.1))
    appoint(deployment.operation, person=cast.technician, role=Role.TECHNICAL_ANALYST, by=cast.applicant, at=after.after(deployment, 1))
    review(deployment, answers=texts_two.TECHNICAL_REVIEW, decision=Decided.NO_CONCERN, by=cast.technician, at=after.after(deployment, 2))
    after.acted_on(deployment)
    after.wiped(deployment)
    list(erase_due(at=after.after(deployment, 40)))
    authority = deployment.authority.again()
    kind, subject = next((kind, one) for kind, one in to_be_made(Paper.objects.all(), after.after(deployment, 40), 20) if kind == "written_authority")
    acts.keep(acts.claim(kind, subject, at=after.after(deployment, 40)), pdf=b"%PDF-1.7 zqpdf", by=None, at=after.after(deployment, 40))
    return authority


@pytest.fixture
def authority(cast: Cast) -> Authority:
    return world("disposal: nothing runs but the review", lambda: over(cast))


@pytest.fixture
def due(authority: Authority) -> datetime:
    kept = kept_review(authority)
    assert kept
    return kept.due_at


def propose(authority: Authority, by: Any, at: datetime) -> Disposal:
    return acts.propose_disposal(authority.operation, reason=WHY, by=by, at=at)


def disposed(cast: Cast, authority: Authority, at: datetime) -> Operation:
    propose(authority, cast.infomgmt, at)
    acts.confirm_disposal(authority.operation, by=cast.infomgmt2, at=at)
    return authority.operation.again()


def texts(value: Any) -> Iterator[str]:
    """Every text of some length, however deep it lies."""
    if isinstance(value, str) and len(value) > 25:
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from texts(part)


def written() -> set[str]:
    rows = [row for model, names in WRITTEN.items() for row in model._default_manager.values_list(*names)]
    return {text for row in rows for value in row for text in texts(value)}


def found(words: set[str]) -> set[tuple[str, str]]:
    """Where any of these stands in the database."""
    where = set()
    escaped = {json.dumps(word)[1:-1]: word for word in words} | {word: word for word in words}
    with connection.cursor() as cursor:
        for model in all_models():
            if model in STAYS:
                continue
            held = "\n".join(str(value) for row in cursor.execute(f"SELECT {columns(model)} FROM {name(model)}").fetchall() for value in row)
            where |= {(model.__name__, word[:40]) for form, word in escaped.items() if form in held}
    return where


def test_a19_nothing_of_the_texts_is_left_and_what_proves_stays(cast: Cast, authority: Authority, due: datetime):
    words, hashes = written(), [list(model.objects.order_by("pk").values_list("sha256")) for model in (Submission, Decision, RecordSubmission, Paper)]
    public = list(Publication.objects.values_list("content", "sha256"))
    assert len(words) > 40 and len({where for where, _ in found(words)}) > 12, "negative control"
    operation = disposed(cast, authority, due)
    assert found(words) == set()
    assert not any(bytes(pdf) for pdf in Paper.objects.values_list("pdf", flat=True))
    assert hashes == [list(model.objects.order_by("pk").values_list("sha256")) for model in (Submission, Decision, RecordSubmission, Paper)]
    assert public == list(Publication.objects.values_list("content", "sha256")) and verify()[1] == []
    assert list(to_be_made(Paper.objects.all(), due + DAY, 20)) == [], "nothing is printed of it any more"
    assert operation.disposed_at == due


def test_a19_the_certificate_ends_the_review_and_says_who_what_and_how_many(cast: Cast, authority: Authority, due: datetime):
    disposed(cast, authority, due)
    kept = kept_review(authority)
    assert kept and kept.state == State.DISCHARGED
    certificate = Certificate.objects.get(obligation=kept)
    assert (certificate.attested_by, certificate.confirmed_by) == (cast.infomgmt, cast.infomgmt2)
    counted = {"applications": 1, "decisions": 1, "cancellation reports": 1, "records": 2, "debriefs": 1, "PDFs": 1, "answers to records": 1}
    assert counted.items() <= certificate.counts.items()
    page = signed_in(cast.infomgmt).get(certificate.get_absolute_url()).content.decode()
    assert all(said in page for said in ("Proposed by", cast.infomgmt2.name, "overwritten", "2 records")) and "outside this product" not in page


def test_a19_never_before_the_review_date_and_on_that_very_day(cast: Cast, authority: Authority, due: datetime):
    with refused("A-19", "7.1", chain=authority.operation_id) as told:
        propose(authority, cast.infomgmt, due - DAY)
    assert f"{due:%Y}" in told.value.sentence
    propose(authority, cast.infomgmt, due - timedelta(hours=1))


def withheld(cast: Cast, operation: Operation, at: datetime) -> None:
    kept = footage(operation, basis_at=at, subject=cast.places["Botchergate"])
    place_hold(ask_hold(kept, basis=Basis.CPIA, footage="Camera 2", reason="Evidence.", by=cast.silver, at=at), by=cast.infomgmt, at=at)


RUNNING: dict[str, Any] = {
    "A version of the application": lambda cast, one, at: applying.amend(one.application, by=cast.applicant, at=NOON + 60 * DAY),
    "A hold is placed": lambda cast, one, at: withheld(cast, one.operation, at),
    "Figures are about": lambda cast, one, at: acts.correct(Publication.objects.get(), why="One more.", by=cast.analyst, at=NOON + 60 * DAY),
    "Something is still due": lambda cast, one, at: media(one.operation, basis_at=at, subject=cast.places["Botchergate"]),
}


@pytest.mark.parametrize("sentence", RUNNING)
def test_a19_not_while_anything_of_the_operation_runs_neither_proposed_nor_confirmed(cast: Cast, authority: Authority, due: datetime, sentence: str):
    propose(authority, cast.infomgmt, due)
    RUNNING[sentence](cast, authority, due)
    with refused("A-19", "7.1", chain=authority.operation_id) as told:
        acts.confirm_disposal(authority.operation, by=cast.dpo, at=due)
    assert told.value.sentence.startswith(sentence)
    acts.turn_down_disposal(authority.operation, reason="Too early.", by=cast.dpo, at=due)


def test_a19_not_while_an_authority_is_in_force_nor_before_its_deployment_ended(cast: Cast):
    make = partial(Story(cast).authorised, starts_at=STARTS, at=NOON)
    authority = world("disposal: in force", lambda: with_library(cast, make))
    kept = kept_review(authority)
    with refused("A-19", "7.1", chain=authority.operation_id) as told:
        propose(authority, cast.infomgmt, kept.due_at)
    assert told.value.sentence == "An authority is in force."


def test_a19_not_before_the_record_of_each_deployment_is_accepted(cast: Cast):
    record = world("disposal: submitted", lambda: Aftermath(cast).submitted(ended(cast)))
    authority = record.deployment.authority
    with refused("A-19", "7.1", chain=authority.operation_id) as told:
        propose(authority, cast.infomgmt, kept_review(authority).due_at)
    assert told.value.sentence == "The record of a deployment has not been accepted."


def test_a19_a_second_person_confirms_it_and_the_reason_is_stated(cast: Cast, authority: Authority, due: datetime):
    operation = authority.operation
    with refused("A-19", "7.1", chain=operation.pk):
        acts.propose_disposal(operation, reason=" ", by=cast.infomgmt, at=due)
    with refused("A-19", "7.1", chain=operation.pk):
        acts.confirm_disposal(operation, by=cast.dpo, at=due)
    propose(authority, cast.infomgmt, due)
    for act in (partial(propose, authority, cast.infomgmt2), partial(acts.confirm_disposal, operation, by=cast.infomgmt)):
        with refused("A-19", "7.1", chain=operation.pk):
            act(at=due)
    with refused("A-19", "7.1", chain=operation.pk):
        review_kept(authority, reason="Kept.", by=cast.infomgmt2, at=due)
    with pytest.raises(DatabaseError), transaction.atomic():
        Disposal.objects.update(confirmed_by=cast.infomgmt, confirmed_at=due)
    acts.confirm_disposal(operation, by=cast.dpo, at=due)
    with refused("A-19", "7.1", chain=operation.pk):
        acts.confirm_disposal(operation, by=cast.dpo, at=due)


def test_a19_turned_down_it_is_kept_and_the_next_review_runs(cast: Cast, authority: Authority, due: datetime):
    propose(authority, cast.infomgmt, due)
    with refused("A-19", "7.1", chain=authority.operation_id):
        acts.turn_down_disposal(authority.operation, reason="", by=cast.dpo, at=due)
    acts.turn_down_disposal(authority.operation, reason="An inquiry is announced.", by=cast.dpo, at=due)
    kept = kept_review(authority)
    assert kept and kept.due_at > due and kept.state == State.OPEN and Decision.objects.exclude(content="").exists()
    with refused("A-19", "7.1", chain=authority.operation_id):
        propose(authority, cast.infomgmt, due)
    propose(authority, cast.infomgmt2, kept.due_at)


@pytest.mark.parametrize(
    ("who", "told"), [("dpo", NotPermitted), ("ao", NotPermitted), ("silver", NotPermitted), ("sro", NotPermitted), ("stranger", NotVisible)]
)
def test_a19_nobody_else_proposes_it_nor_answers(cast: Cast, authority: Authority, due: datetime, who: str, told: type[Exception]):
    with pytest.raises(told):
        propose(authority, cast.people[who], due)
    propose(authority, cast.infomgmt, due)
    for act in (acts.confirm_disposal, partial(acts.turn_down_disposal, reason="Keep it.")):
        if who != "dpo":
            with pytest.raises(told):
                act(authority.operation, by=cast.people[who], at=due)


def test_a19_nothing_is_written_anew_but_the_public_figures_can_still_be_withdrawn(cast: Cast, authority: Authority, due: datetime):
    operation, publication = disposed(cast, authority, due), Publication.objects.get()
    debrief = Debrief.objects.get()
    said = {"what": "More.", "person": cast.bronze, "due_at": due + DAY}
    for act in (
        partial(applying.amend, authority.application, by=cast.applicant),
        partial(review_kept, authority, reason="Kept.", by=cast.infomgmt),
        partial(acts.correct, publication, why="More.", by=cast.analyst),
        partial(acts.add_action, debrief, **said, by=debrief.chair),
        partial(propose, authority, cast.infomgmt),
    ):
        with refused("A-19", "7.1", chain=operation.pk):
            act(at=due)
    acts.withdraw(publication, reason="In doubt.", by=cast.analyst2, at=due)


def columns_of(model: Any) -> list[str]:
    return [field.column for field in model._meta.concrete_fields]


@pytest.mark.parametrize("model", [RecordSubmission, RecordAnswer, Review])
def test_a19_the_database_lets_the_words_go_once_disposed_of_and_nothing_else(cast: Cast, authority: Authority, due: datetime, model: Any):
    goes = {RecordSubmission: ["content"], RecordAnswer: ["reasons", "why_receiver"], Review: ["answers", "reason"]}[model]

    def takes(column: str, value: str) -> bool:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"UPDATE {name(model)} SET {column} = {value}")
                transaction.set_rollback(True)
        except DatabaseError:
            return False
        return True

    gone = {"answers": "'{}'", "reasons": "'Disposed of under MOPI.'", "why_receiver": "'Disposed of under MOPI.'"}
    assert [column for column in goes if takes(column, gone.get(column, "''"))] == [], "not before it is disposed of"
    disposed(cast, authority, due)
    assert all(takes(column, gone.get(column, "''")) for column in goes)
    other = {"answers": "'{\"a\": 1}'"}
    assert [column for column in goes if takes(column, other.get(column, "'other'"))] == []
    kept = [column for column in columns_of(model) if column not in goes]
    with connection.cursor() as cursor:
        [row] = cursor.execute(f"SELECT {', '.join(kept)} FROM {name(model)} LIMIT 1").fetchall()
    assert [column for column, value in zip(kept, row, strict=True) if takes(column, different(value))] == []
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {name(model)}")


def different(value: Any) -> str:
    """Another value of the kind of this one, in SQL."""
    if isinstance(value, bool):
        return str(not value).upper()
    if isinstance(value, int):
        return str(value + 7)
    if isinstance(value, datetime):
        return "'2001-01-01 00:00:00+00:00'"
    return "'{\"a\": 1}'" if isinstance(value, dict) or str(value).startswith("{") else "'00000000000000000000000000000000'"


def pages_of(authority: Authority) -> list[str]:
    application, record = authority.application, DeploymentRecord.objects.get()
    deployment, publication = record.deployment, Publication.objects.get()
    here, there = f"/applications/{application.pk}/", f"/authorities/{authority.pk}/"
    sections = [f"{here}sections/{one.name}/" for one in application.sections.all()]
    parts = [f"/authorities/decide/{application.pk}/{part}" for part in ("", "parts/law/", "sign/refused/", "preview/")]
    records = [f"/records/{record.pk}/{part}" for part in ("", "document/", "narrative/", "submit/", "accept/", "return/", "debrief/")]
    days = [f"/deployments/{deployment.pk}/{part}" for part in ("", "go-live/", "log/", "alerts/", "reviews/", "figures/", "data/", "breaches/")]
    of_operation = [f"/operations/{authority.operation_id}/{part}" for part in ("disposal/", "disposal/propose/", "disposal/turn-down/")]
    return [
        *(here, f"{here}check/", f"{here}withdraw/", f"{here}verbal/", *sections, *parts, *records, *days, *of_operation),
        *(there, f"{there}keep/", f"{there}cancel/", f"{there}document/", f"{there}cancellation/document/", f"{there}confirm/"),
        *(
            f"/watchlists/{application.composition_id}/",
            f"/library/operations/{authority.operation_id}/assessments/",
            f"/library/operations/{authority.operation_id}/local-cia/",
        ),
        *(f"/publications/{publication.pk}/correct/", f"/publications/{publication.pk}/write/"),
    ]


def test_a19_every_page_says_that_it_was_disposed_of_and_none_fails(cast: Cast, authority: Authority, due: datetime):
    operation = disposed(cast, authority, due)
    clients = [signed_in(person) for person in (cast.ao, cast.infomgmt, cast.silver, cast.analyst)]
    for url in pages_of(authority):
        client, answer = next((one, got) for one in clients if (got := one.get(url, follow=True)).status_code not in (403, 404))
        assert answer.status_code == 200 and operation.disposed in answer.content.decode(), url
        assert client.post(url).status_code == 409, url
    others = [f"/operations/{operation.pk}/{part}" for part in ("", "trail/", "records/", "deployments/", "people/")]
    others += ["/oversight/", "/applications/", "/authorities/", "/records/", f"/publications/{Publication.objects.get().pk}/", "/"]
    for url in others:
        assert 200 in {client.get(url).status_code for client in [*clients, signed_in(cast.sro)]}, url


def disputed(cast: Cast) -> Authority:
    """Words that were corrected and disputed, then an authority in writing, cancelled; with a deviation and an under-18."""
    make_library(cast, FOUNDED)
    story, at = Rich(cast), NOON + timedelta(hours=1)
    verbal = story.verbal(starts_at=STARTS, said_at=NOON, confirmed=False)
    correct_verbal(verbal, point="words", text="zqverbal: he said the market, not the station.", by=cast.silver, at=at)
    dispute_verbal(verbal, instead="zqverbal: I said that I would think about it.", by=cast.ao, at=at)
    ending.cancel(verbal, reason="zqverbal: it never stood.", done_under="zqverbal: nothing at all.", by=cast.ao, at=at)
    application = verbal.application.again()
    story.considered(application, at=at)
    given = story.decided(application, Outcome.WITH_CONDITIONS, conditions="zqverbal: four vans at most.", at=at).authority
    ending.cancel(given, reason="zqverbal: not needed.", done_under="zqverbal: nothing.", by=cast.ao, at=at)
    return given


def test_a19_words_spoken_corrections_a_dispute_a_deviation_and_an_under_18_go_too(cast: Cast):
    authority = world("disposal: disputed words", lambda: disputed(cast))
    names = {VerbalNote: ("words", "why_urgent", "why_not_written"), Deviation: ("what",), Child: ("necessity", "best_interests")}
    words = {value for model, columns in names.items() for row in model.objects.values_list(*columns) for value in row} | {"zqverbal"}
    before = {where for where, _ in found(words)}
    assert {"VerbalNote", "VerbalCorrection", "Cancellation", "Deviation", "Child", "Authority", "Submission"} <= before, "negative control"
    disposed(cast, authority, kept_review(authority).due_at)
    assert found(words) == set()
    for url in (f"/authorities/{one.pk}/" for one in authority.operation.authorities.all()):
        assert "Disposed of on" in signed_in(cast.ao).get(url).content.decode()


def test_a19_what_is_being_printed_meanwhile_is_not_kept(cast: Cast, authority: Authority, due: datetime):
    kind, subject = next(one for one in to_be_made(Paper.objects.all(), due, 20) if one[0] == "cancellation")
    paper = acts.claim(kind, subject, at=due)
    disposed(cast, authority, due)
    with refused("A-19", "7.1", chain=authority.operation_id):
        acts.keep(paper, pdf=b"%PDF-1.7", by=None, at=due)


def test_a19_the_api_says_it_too(cast: Cast, authority: Authority, due: datetime):
    operation, record = disposed(cast, authority, due), DeploymentRecord.objects.get()
    for url in (f"applications/{authority.application_id}", f"authorities/{authority.pk}", f"records/{record.pk}"):
        answer = signed_in(cast.ao).get(f"/api/v1/{url}/")
        assert (answer.status_code, answer.json()["disposed"]) == (200, operation.disposed), url


def test_a19_the_pages_propose_confirm_and_turn_down(cast: Cast, authority: Authority, due: datetime, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: due)
    url, keep = f"/operations/{authority.operation_id}/disposal/", f"/authorities/{authority.pk}/keep/"
    first, second = signed_in(cast.infomgmt), signed_in(cast.dpo)
    assert f"{url}propose/" in first.get(keep).content.decode()
    assert first.post(f"{url}propose/", {"reason": WHY}).status_code == 200, "the box is not ticked"
    assert first.post(f"{url}propose/", {"reason": WHY, "final": "on"}).status_code == 302
    assert url in first.get(keep).content.decode() and "You proposed this disposal" in first.get(url).content.decode()
    assert WHY in second.get(url).content.decode() and first.post(url, {"final": "on"}).status_code == 409
    assert second.post(f"{url}turn-down/", {"reason": "An inquiry is announced."}).status_code == 302
    again = kept_review(authority).due_at
    monkeypatch.setattr("django.utils.timezone.now", lambda: again)
    first, second = signed_in(cast.infomgmt), signed_in(cast.dpo)
    assert first.post(f"{url}propose/", {"reason": WHY, "final": "on"}).status_code == 302
    assert second.post(url, {"final": "on"}).status_code == 302
    assert "Read the certificate" in second.get(url).content.decode()


def with_library(cast: Cast, make: Any) -> Any:
    make_library(cast, FOUNDED)
    return make()
