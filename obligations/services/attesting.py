"""Deletions that happen elsewhere: a custodian certifies, a second person confirms or disputes (D-2, 7.9b)."""

from datetime import datetime
from typing import Any

from accounts.models import User
from accounts.notices import tell
from audit.acts import Entry, act
from obligations.models import Attestation, Obligation
from obligations.permissions import check_may_attest, check_may_confirm
from obligations.recipients import people_behind
from obligations.rules import check_manner, check_not_one_of, check_wiped_at, standing_attestation
from obligations.services.certificates import certify, facts
from obligations.services.duties import end
from obligations.states import Manner


@act
def attest(
    obligation: Obligation, *, wiped_at: datetime, how: str, item: str, count: int = 1, by: User, at: datetime, version: int | None = None
) -> Entry:
    """A named person certifies the deletion: when, how, which item (D-2, 7.9b)."""
    obligation = obligation.locked(version)
    check_may_attest(obligation, by, at)
    check_manner(obligation, Manner.ATTESTED)
    check_wiped_at(obligation, wiped_at, at)
    obligation.step("attest")
    obligation.save()
    attestation = obligation.attestations.create(wiped_at=wiped_at, how=how, item=item, count=count, attested_at=at, attested_by=by)
    tell(
        people_behind(obligation, at) - {by},
        key=f"attested:{attestation.pk}",
        link=obligation.get_absolute_url(),
        at=at,
        text=f"{reference(obligation)}a deletion has been certified and needs a second person to confirm it",
    )
    return Entry("deletion.attested", obligation, {"kind": obligation.kind, "item": item, "count": count}, happened_at=wiped_at, result=attestation)


@act
def confirm(obligation: Obligation, *, answer: str, by: User, at: datetime, version: int | None = None) -> Entry:
    """A second person, who has satisfied themselves, confirms; then the certificate is written (D-2, 7.9b)."""
    obligation = obligation.locked(version)
    attestation = second_person(obligation, by, at)
    obligation.step("discharge")
    attestation.confirmed_at, attestation.confirmed_by, attestation.answer = at, by, answer
    attestation.save()
    said = {"item": attestation.item, "attested_by": attestation.attested_by, "confirmed_by": by}
    certificate = certify(obligation, method=attestation.how, counts={"items": attestation.count}, done_at=attestation.wiped_at, at=at, **said)
    end(obligation, proof="Certificate of deletion", done_at=attestation.wiped_at, by=attestation.attested_by)
    return Entry("deletion.confirmed", certificate, facts(certificate))


@act
def dispute(obligation: Obligation, *, answer: str, by: User, at: datetime, version: int | None = None) -> Entry:
    """A second person who cannot confirm it says why; the clock runs on as before (D-2)."""
    obligation = obligation.locked(version)
    attestation = second_person(obligation, by, at)
    obligation.step("dispute")
    obligation.save()
    attestation.disputed_at, attestation.disputed_by, attestation.answer = at, by, answer
    attestation.save()
    tell(
        [attestation.attested_by],
        key=f"disputed:{attestation.pk}",
        link=obligation.get_absolute_url(),
        at=at,
        urgent=True,
        text=f"{reference(obligation)}the deletion you certified has not been confirmed",
    )
    return Entry("deletion.disputed", obligation, {"kind": obligation.kind, "attested_by": attestation.attested_by_id})


def second_person(obligation: Obligation, by: User, at: datetime) -> Any:
    """The certificate that `by`, another person than its author, now confirms or disputes (D-2). Part of those two acts."""
    check_may_confirm(obligation, by, at)
    return check_another_confirms(obligation, by)


def check_another_confirms(obligation: Obligation, by: Any) -> Attestation:
    """Two people: whoever certified does not confirm (D-2, 7.9b)."""
    attestation = standing_attestation(obligation)
    check_not_one_of(by, {attestation.attested_by_id}, "You certified this deletion: another person has to confirm it.", clause="7.9b")
    return attestation


def reference(obligation: Obligation) -> str:
    return f"{obligation.operation.reference}: " if obligation.operation else ""
