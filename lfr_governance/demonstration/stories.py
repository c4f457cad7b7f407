"""Operations brought to a state by performing the acts that lead there. The demonstration tells them; the tests play them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from accounts.states import Role
from authorisations.models import Application, Authority, Decision
from authorisations.services import applying, content, deciding, ending, verbal
from authorisations.states import Outcome
from lfr_governance.demonstration import texts
from lfr_governance.demonstration.people import Cast
from library.models import Version
from library.services import complete_local_cia, review_assessment
from library.states import ASSESSMENTS
from operations.services import appoint
from watchlists.services import attest, put_line

PEOPLE = {
    "gold": Role.GOLD,
    "silver": Role.SILVER,
    "bronze": Role.BRONZE,
    "operator": Role.OPERATOR,
    "engagement": Role.ENGAGEMENT_OFFICER,
    "loggist": Role.LOGGIST,
    "npt": Role.NPT_SUPERVISOR,
    "comms": Role.COMMUNICATIONS,
}
LASTS = timedelta(hours=6, minutes=30)


@dataclass(frozen=True)
class Story:
    """One operation of the demonstration: its title, where, when it starts; who performs its acts."""

    cast: Cast
    title: str = "Carlisle city centre"
    place: str = "Botchergate"
    ao: str = "ao"

    def drafted(self, *, at: datetime) -> Application:
        """Only the first page."""
        return applying.start(title=self.title, overt=True, live=True, own_system=True, by=self.cast.applicant, at=at)

    def section(self, application: Application, name: str, *, at: datetime, **changed: Any) -> None:
        section = application.sections.get(name=name)
        content.save_section(section, answers={**texts.SECTIONS[name], **changed}, by=self.cast.applicant, at=at)

    def day(self, application: Application, starts_at: datetime, *, at: datetime) -> None:
        content.put_day(
            application, place=self.cast.places[self.place], starts_at=starts_at, ends_at=starts_at + LASTS, by=self.cast.applicant, at=at
        )

    def appointed(self, application: Application, *, at: datetime) -> None:
        for username, role in PEOPLE.items():
            appoint(application.operation, person=self.cast.people[username], role=role, by=self.cast.applicant, at=at)

    def watchlist(self, application: Application, *, at: datetime) -> None:
        for category, line in texts.LINES.items():
            put_line(application.composition, category=category, **line, by=self.cast.applicant, at=at)
        attest(application.composition, steps_taken=texts.STEPS_TAKEN, by=self.cast.applicant, at=at)

    def assessments(self, application: Application, *, at: datetime) -> None:
        in_force = Version.objects.current_by_kind(application.operation.force_id, ASSESSMENTS, at)
        for version in in_force.values():
            review_assessment(
                application.operation,
                document_version=version,
                outcome="Read for this operation; it covers it.",
                sufficient=True,
                by=self.cast.applicant,
                at=at,
            )
        complete_local_cia(application.operation, **texts.CIA, by=self.cast.npt, at=at)

    def completed(self, *, starts_at: datetime, at: datetime, days: int = 1) -> Application:
        """Every section filled in; not submitted."""
        application = self.drafted(at=at)
        for number in range(days):
            self.day(application, starts_at + timedelta(days=number), at=at)
        self.appointed(application, at=at)
        self.watchlist(application, at=at)
        self.assessments(application, at=at)
        series = {"series": "Weekend robbery in the city centre."} if days > 1 else {}
        for name in texts.SECTIONS:
            changed = {f"place_{self.cast.places[self.place].pk}": texts.PLACE} if name == "why" else series if name == "when" else {}
            if name != "when" or series:
                self.section(application, name, at=at, **changed)
        return application.again()

    def submitted(self, *, starts_at: datetime, at: datetime, days: int = 1) -> Application:
        application = self.completed(starts_at=starts_at, at=at, days=days)
        return applying.submit(application, by=self.cast.applicant, at=at + timedelta(hours=1))

    def considered(self, application: Application, *, at: datetime, **changed: str) -> None:
        deciding.consider(application, answers={**texts.ANSWERS, "minimum_threshold": "0.66", **changed}, by=self.cast.people[self.ao], at=at)

    def decided(self, application: Application, outcome: str, *, at: datetime, **said: str) -> Decision:
        return deciding.decide(application, outcome=outcome, by=self.cast.people[self.ao], at=at, **said)

    def returned(self, *, starts_at: datetime, at: datetime) -> Application:
        application = self.submitted(starts_at=starts_at, at=at)
        self.decided(application, Outcome.RETURNED, reasons=texts.MORE_WANTED, at=at + timedelta(hours=3))
        return application.again()

    def refused(self, *, starts_at: datetime, at: datetime) -> Application:
        application = self.submitted(starts_at=starts_at, at=at)
        self.decided(application, Outcome.REFUSED, reasons=texts.REFUSAL, at=at + timedelta(hours=5))
        return application.again()

    def authorised(self, *, starts_at: datetime, at: datetime, days: int = 1, conditions: str = "") -> Authority:
        application = self.submitted(starts_at=starts_at, at=at, days=days)
        self.considered(application, at=at + timedelta(hours=2))
        outcome = Outcome.WITH_CONDITIONS if conditions else Outcome.AUTHORISED
        return self.decided(application, outcome, conditions=conditions, at=at + timedelta(hours=4)).authority

    def verbal(self, *, starts_at: datetime, said_at: datetime, confirmed: bool = True) -> Authority:
        """Submitted in urgency an hour before the words; recorded by Silver a quarter of an hour after them."""
        application = self.completed(starts_at=starts_at, at=said_at - timedelta(hours=3))
        applying.submit(application, urgent=True, by=self.cast.applicant, at=said_at - timedelta(hours=1))
        authority = verbal.record_verbal(
            application, given_by=self.cast.people[self.ao], said_at=said_at, by=self.cast.silver, at=said_at + timedelta(minutes=15), **texts.VERBAL
        )
        if confirmed:
            verbal.confirm_verbal(authority, by=self.cast.people[self.ao], at=said_at + timedelta(minutes=40))
        return authority.again()

    def verbal_lapsed(self, *, starts_at: datetime, said_at: datetime) -> Authority:
        authority = self.verbal(starts_at=starts_at, said_at=said_at)
        ending.lapse(authority, by=None, at=authority.permits_until + timedelta(minutes=1))
        return authority.again()

    def cancelled(self, *, starts_at: datetime, at: datetime) -> Authority:
        authority = self.authorised(starts_at=starts_at, at=at, days=2)
        ending.cancel(
            authority, reason=texts.NO_LONGER, done_under=texts.DONE_UNDER, by=self.cast.people[self.ao], at=starts_at + LASTS + timedelta(hours=2)
        )
        return authority.again()

    def lapsed(self, *, starts_at: datetime, at: datetime) -> Authority:
        authority = self.authorised(starts_at=starts_at, at=at)
        ending.lapse(authority, by=None, at=authority.valid_until + timedelta(minutes=1))
        return authority.again()

    def withdrawn(self, *, at: datetime) -> Application:
        application = self.drafted(at=at)
        return applying.withdraw(application, reason="The event has been called off.", by=self.cast.applicant, at=at + timedelta(days=1))
