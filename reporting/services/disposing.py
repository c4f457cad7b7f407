"""Disposing of what was signed: Information Management proposes it, a second person confirms it or turns it down (A-19, 7.1)."""

from collections import Counter
from datetime import datetime

from accounts.models import User
from accounts.notices import settle, tell
from accounts.states import Role
from audit.acts import Entry, act
from authorisations.models import Disposal
from authorisations.permissions import KEEPING
from authorisations.rules.deciding import check_reason
from authorisations.services.disposing import destroy_texts as destroy_authorities
from authorisations.services.keeping import check_not_proposed, keep_on, kept_reviews, waiting_disposal
from deployments.services.disposing import destroy_texts as destroy_deployments
from obligations.services import discharge_certified
from operations.disposing import GONE, emptied
from operations.models import Operation
from operations.permissions import check_writes
from reporting.models import Action, Debrief, DeploymentRecord, Paper, RecordAnswer, RecordSubmission
from reporting.permissions import DISPOSAL
from reporting.rules import check_answers_disposal, check_disposable
from reporting.states import PaperKind

METHOD = "The texts, and the PDFs made of them, were overwritten in this product’s database. Hashes, people, days and the trail stay."


@act
def propose_disposal(operation: Operation, *, reason: str, by: User, at: datetime) -> Entry:
    """Information Management finds at the review that what was signed need not be kept, and why (A-19, 7.1)."""
    operation = operation.locked()
    check_writes(KEEPING, by, operation, at)
    check_reason(reason, "Why it need not be kept", "A-19", "7.1")
    check_disposable(operation, at)
    check_not_proposed(operation)
    proposed = Disposal.objects.create(operation=operation, reason=reason, proposed_at=at, proposed_by=by)
    people = {*User.objects.holding(Role.INFORMATION_MANAGEMENT, at), *User.objects.holding(Role.DPO, at)} - {by}
    tell(
        [person for person in people if person.force_id == operation.force_id],
        key=f"disposal:{proposed.pk}",
        text=f"{operation.reference}: a disposal needs a second person",
        link=f"/operations/{operation.pk}/disposal/",
        at=at,
    )
    return Entry("disposal.proposed", proposed, {"reason": reason})


def taken_up(operation: Operation, by: User, at: datetime) -> tuple[Operation, Disposal]:
    """The operation, locked, and what waits in it for this second person (A-19). Part of confirming and turning down."""
    operation = operation.locked()
    check_writes(DISPOSAL, by, operation, at)
    proposed = check_answers_disposal(waiting_disposal(operation), by)
    settle(f"disposal:{proposed.pk}", at=at)
    return operation, proposed


@act
def confirm_disposal(operation: Operation, *, by: User, at: datetime) -> Entry:
    """A second person confirms: the texts are destroyed, and the certificate ends the reviews (A-19, 7.1).

    Destroyed, all or none: what was submitted, decided, said, cancelled and recorded, the debrief, logs and reviews; the working copies of these,
    for they say the same; the PDFs made of them. What stays cannot say it again, and shows that it was lawful and who answers for it: reference,
    places, days, states, limits, numbers, who decided and when, SHA-256 of each text and PDF (whoever holds a copy can show that it is the one),
    what the public was told, this disposal and its certificate. The trail stays whole or it would prove nothing: reasons that an act stated
    stand in it, as do the narrative and the debrief.
    """
    operation, proposed = taken_up(operation, by, at)
    check_disposable(operation, at)
    proposed.confirmed_at, proposed.confirmed_by = at, by
    proposed.save()
    reviews = list(kept_reviews(operation).running())
    # First: the database lets the words of frozen rows go only where the operation was disposed of.
    operation.disposed_at, operation.disposal_clock = at, reviews[0].pk
    operation.save()
    counts = Counter(destroy_authorities(operation)) + Counter(destroy_deployments(operation)) + Counter(destroy_records(operation))
    said = {"method": METHOD, "item": f"Texts of operation {operation.reference}", "counts": dict(counts)}
    for review in reviews:
        discharge_certified(review, **said, proposed_by=proposed.proposed_by, by=by, at=at)
    return Entry("disposal.confirmed", proposed, {"reason": proposed.reason, "counts": dict(counts)})


def destroy_records(operation: Operation) -> dict[str, int]:
    """The texts of Stage 3 and the PDFs of all stages. Oversight lists actions: of theirs it is said that they are gone."""
    records = DeploymentRecord.objects.filter(deployment__operation=operation)
    said = emptied(records, "issues", "impact", "learning", "reconciliation")
    debriefs = emptied(Debrief.objects.filter(record__in=records), "ties", "answers", "effects", "impact", "learning", "recognition")
    return {
        "records": emptied(RecordSubmission.objects.filter(record__in=records), "content"),
        "record narratives": said,
        "answers to records": emptied(RecordAnswer.objects.filter(submission__record__in=records), "reasons", "why_receiver", to=GONE),
        "debriefs": debriefs,
        "actions": emptied(Action.objects.filter(debrief__record__in=records), "what", "outcome", to=GONE),
        "PDFs": Paper.objects.filter(operation=operation, made_at__isnull=False).exclude(kind=PaperKind.CERTIFICATE).update(pdf=b""),
    }


@act
def turn_down_disposal(operation: Operation, *, reason: str, by: User, at: datetime) -> Entry:
    """A second person says why it is still to be kept; the next review runs from now (A-19, 7.1)."""
    operation, proposed = taken_up(operation, by, at)
    check_reason(reason, "Why it is still to be kept", "A-19", "7.1")
    proposed.turned_down_at, proposed.turned_down_by, proposed.answer = at, by, reason
    proposed.save()
    for review in kept_reviews(operation).running():
        keep_on(review, reason=reason, by=by, at=at)
    tell(
        [proposed.proposed_by],
        key=f"disposal-turned-down:{proposed.pk}",
        text=f"{operation.reference}: the disposal you proposed was turned down",
        link=f"/operations/{operation.pk}/disposal/",
        at=at,
    )
    return Entry("disposal.turned_down", proposed, {"reason": reason})
