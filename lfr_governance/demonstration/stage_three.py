"""What follows a deployment, brought to a state by performing the acts that lead there. The demonstration tells it; the tests play it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from authorisations.models import Cancellation
from authorisations.services import ending
from deployments import services as stage_two
from deployments.models import Deployment
from lfr_governance.demonstration import texts_three as texts
from lfr_governance.demonstration.people import Cast
from obligations.models import Obligation
from obligations.services import attest, confirm
from obligations.states import Manner
from reporting import services as acts
from reporting.compiled import Known
from reporting.models import Action, DeploymentRecord, Publication
from reporting.states import Effect

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
EFFECTS = (Effect.MET, Effect.UNKNOWN, Effect.PARTLY)


@dataclass(frozen=True)
class Aftermath:
    """What becomes of a deployment that has ended. Each method performs the acts up to a state; moments are counted from its end."""

    cast: Cast
    ao: str = "ao"

    def after(self, deployment: Deployment, days: float) -> datetime:
        assert deployment.ended_at
        return deployment.ended_at + timedelta(days=days)

    def compiled(self, deployment: Deployment) -> DeploymentRecord:
        return acts.compile_record(deployment, by=None, at=self.after(deployment, 0.1))

    def reported(self, deployment: Deployment) -> None:
        """The Authorising Officer's cancellation report, once for an authority, after its last day."""
        authority = deployment.authority.again()
        if not Cancellation.objects.filter(authority=authority).exists():
            at = max(authority.valid_until, self.after(deployment, 0)) + HOUR
            said = {"reason": texts.NO_LONGER, "done_under": texts.DONE_UNDER}
            ending.cancel(authority, **said, by=self.cast.people[self.ao], at=at)

    def debriefed(self, record: DeploymentRecord, *, chair: str = "chair", act_on: bool = True) -> DeploymentRecord:
        cast, known = self.cast, Known(record)
        debrief = acts.arrange_debrief(record, chair=cast.people[chair], by=cast.silver, at=self.after(known.deployment, 1))
        answers = {f"objective.{n}": texts.OBJECTIVES[n % len(texts.OBJECTIVES)] for n, _ in enumerate(known.objectives)}
        learning, action, _ = texts.LEARNED[Action.objects.count() % len(texts.LEARNED)]
        answers |= {f"deviation.{one.pk}": texts.DEVIATION for one in known.deviations} | {f"breach.{one.pk}": texts.BREACH for one in known.breaches}
        acts.hold_debrief(
            debrief,
            answers=answers,
            effects={f"objective.{n}": EFFECTS[n % len(EFFECTS)].value for n, _ in enumerate(known.objectives)},
            impact=texts.IMPACT,
            learning=learning,
            recognition_short_enough=True,
            recognition=texts.RECOGNITION,
            by=cast.people[chair],
            at=self.after(known.deployment, 3),
        )
        if act_on:
            at = self.after(known.deployment, 3)
            acts.add_action(debrief, what=action, person=cast.bronze, due_at=at + 30 * DAY, by=cast.people[chair], at=at)
        return record.again()

    def acted_on(self, deployment: Deployment) -> None:
        """What was learned has been acted on, a fortnight later."""
        done = {what: outcome for _, what, outcome in texts.LEARNED}
        for action in deployment.record.debrief.actions.all():
            acts.finish_action(action, outcome=done[action.what], by=action.person, at=self.after(deployment, 17))

    def completed(self, record: DeploymentRecord, *, days: float = 4, **said: Any) -> DeploymentRecord:
        figures = Known(record).figures
        words = {
            "issues": texts.ISSUES,
            "impact": texts.IMPACT,
            "learning": record.debrief.learning if hasattr(record, "debrief") else texts.LEARNING,
        }
        totals = {"system_alerts": figures.alerts, "system_faces": figures.faces, "reconciliation": "" if figures.faces else texts.NO_FACES}
        return acts.complete(record, **{**words, **totals, **said}, by=self.cast.silver, at=self.after(record.deployment, days))

    def ready(self, deployment: Deployment, **said: Any) -> DeploymentRecord:
        """Nothing is missing; not submitted."""
        self.reported(deployment)
        return self.completed(self.debriefed(self.compiled(deployment), **said))

    def submitted(self, deployment: Deployment, **said: Any) -> DeploymentRecord:
        return acts.submit(self.ready(deployment, **said), by=self.cast.silver, at=self.after(deployment, 5))

    def returned(self, deployment: Deployment) -> DeploymentRecord:
        record = self.submitted(deployment)
        return acts.give_back(record, reasons=texts.MORE_WANTED, by=self.cast.people[self.ao], at=self.after(deployment, 6))

    def accepted(self, deployment: Deployment, **said: Any) -> DeploymentRecord:
        record, ao = self.submitted(deployment, **said), self.cast.people[self.ao]
        for breach in deployment.breaches.open():
            stage_two.answer_breach(breach, answer=texts.DEALT_WITH, by=ao, at=self.after(deployment, 6))
        return acts.accept(record, by=ao, at=self.after(deployment, 7))

    def drafted(self, deployment: Deployment, **said: Any) -> Publication:
        return acts.draft(self.accepted(deployment, **said), by=self.cast.analyst, at=self.after(deployment, 8))

    def explained(self, publication: Publication, *, notes: str = "") -> Publication:
        """The two findings that an ordinary day may have are explained."""
        explanations = {"once": texts.TWO_OUTCOMES, "faces": texts.NO_FACES}
        return acts.revise(publication, notes=notes, explanations=explanations, by=self.cast.analyst, at=publication.drafted_at + HOUR)

    def checked(self, deployment: Deployment, *, notes: str = "", **said: Any) -> Publication:
        return self.checked_again(self.drafted(deployment, **said), notes=notes)

    def checked_again(self, publication: Publication, *, notes: str = "") -> Publication:
        return acts.declare_checked(self.explained(publication, notes=notes), by=self.cast.analyst, at=publication.drafted_at + 2 * HOUR)

    def approved(self, deployment: Deployment, **said: Any) -> Publication:
        publication = self.checked(deployment, **said)
        return acts.approve(publication, by=self.cast.analyst2, at=publication.drafted_at + DAY)

    def published(self, deployment: Deployment, **said: Any) -> Publication:
        publication = self.approved(deployment, **said)
        return acts.publish(publication, by=self.cast.analyst2, at=publication.drafted_at + DAY + HOUR)

    def correcting(self, deployment: Deployment, **said: Any) -> Publication:
        """A second edition begun: the first stays until it is published."""
        first = self.published(deployment, **said)
        assert first.published_at
        return acts.correct(first, why=texts.CORRECTION, by=self.cast.analyst, at=first.published_at + 5 * DAY)

    def corrected(self, deployment: Deployment, **said: Any) -> Publication:
        """Two editions: the first is the one that gave way."""
        second = self.checked_again(self.correcting(deployment, **said), notes=texts.NOTES)
        acts.approve(second, by=self.cast.analyst2, at=second.drafted_at + DAY)
        acts.publish(second, by=self.cast.analyst2, at=second.drafted_at + DAY + HOUR)
        return second.record.publications.get(edition=1)

    def withdrawn(self, deployment: Deployment, **said: Any) -> Publication:
        publication = self.published(deployment, **said)
        assert publication.published_at
        return acts.withdraw(publication, reason=texts.WITHDRAWAL, by=self.cast.analyst2, at=publication.published_at + 3 * DAY)

    def wiped(self, deployment: Deployment, *, hours: float = 2, until: datetime | None = None) -> None:
        """What others hold is certified by one and confirmed by another, as far as that has happened."""
        media = list(deployment.media.values_list("pk", flat=True))
        footage = list(deployment.footage.values_list("pk", flat=True))
        for subjects, days in ((media, hours / 24), (footage, 28)):
            for clock in Obligation.objects.running().filter(subject_id__in=subjects, manner=Manner.ATTESTED):
                at = self.after(deployment, days)
                if until and at + HOUR > until:
                    continue
                attest(clock, wiped_at=at, how=texts.WIPED, item="As listed", by=self.cast.operator, at=at)
                confirm(clock.again(), answer=texts.SATISFIED, by=self.cast.silver, at=at + HOUR)
