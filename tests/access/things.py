"""What the pages are about, in each state: the words of every address, by their names in the URL patterns. Stages 2 and 3: deployed.py."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.utils import timezone

from accounts.models import RoleGrant, SignInReset, User
from accounts.notices import tell
from accounts.services import ask_sign_in_reset, grant_role, register_person
from accounts.services.tokens import make_token
from accounts.states import Rank, Role, TokenLife
from authorisations.models import Application, Authority
from authorisations.services import applying, content
from lfr_governance.demonstration import texts
from lfr_governance.demonstration.documents import make_library
from lfr_governance.demonstration.people import Cast
from lfr_governance.demonstration.stories import Story
from lfr_governance.demonstration.telling import at_ten
from lfr_governance.matrix import NO_OPERATION
from library.models import Version
from library.states import Kind
from obligations.services import ask_hold, attest, confirm, place_hold
from obligations.states import Basis
from operations.models import Operation
from tests.access.deployed import Words, afterwards, deployments, of_boards
from tests.cast import NOON, PASSWORD, grant_confirmed
from tests.obligations.duties import footage, media
from watchlists.services import attest as attest_images
from watchlists.services import justify_child

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
DURING = NOON + 3 * HOUR  # when everything is asked


class Rich(Story):
    """The demonstration's story with something of everything in it: an author of a section beside those appointed, a deviation, an under-18."""

    def appointed(self, application: Application, *, at: datetime) -> None:
        super().appointed(application, at=at)
        by = {"by": self.cast.applicant, "at": at}
        content.hand_section(application, name="safeguards", person=self.cast.engineer, **by)
        content.add_deviation(application, clause="9.4", what="Two hours of notice.", why="Late intelligence.", **by)

    def watchlist(self, application: Application, *, at: datetime) -> None:
        super().watchlist(application, at=at)
        words = {"best_interests": "To be safe at home.", "necessity": "In danger where they are."}
        justify_child(application.composition, category="missing", under_13=False, **words, by=self.cast.applicant, at=at)
        attest_images(application.composition.again(), steps_taken=texts.STEPS_TAKEN, by=self.cast.applicant, at=at)

    def section(self, application: Application, name: str, *, at: datetime, **changed: Any) -> None:
        super().section(application, name, at=at, **(changed | ({"any": "yes"} if name == "deviations" else {})))

    def considered(self, application: Application, *, at: datetime, **changed: str) -> None:
        super().considered(application, at=at, **({"children": "yes"} | changed))


def states(cast: Cast) -> dict[str, Callable[[], Application | Authority]]:
    """Every state of Stage 1, as of now."""
    now = timezone.now()
    ahead, before = at_ten(now + 9 * DAY), now - DAY

    def story(number: int, title: str = "") -> Rich:
        return Rich(cast, f"Operation {title}", list(cast.places)[number % len(cast.places)])

    return {
        "draft": lambda: story(0, "draft").completed(starts_at=ahead, at=before),
        "submitted": lambda: story(1, "submitted").submitted(starts_at=ahead, at=before),
        "returned": lambda: story(2, "returned").returned(starts_at=ahead, at=before),
        "refused": lambda: story(3, "refused").refused(starts_at=ahead, at=before),
        "authorised": lambda: story(4, "authorised").authorised(starts_at=ahead, at=before),
        "conditions": lambda: story(5, "conditions").authorised(starts_at=ahead, at=before, conditions=texts.CONDITIONS),
        "cancelled": lambda: story(6, "cancelled").cancelled(starts_at=now - 5 * DAY, at=now - 9 * DAY),
        "lapsed": lambda: story(7, "lapsed").lapsed(starts_at=now - 3 * DAY, at=now - 9 * DAY),
        "withdrawn": lambda: applying.withdraw(
            story(8, "withdrawn").completed(starts_at=ahead, at=before), reason="Called off.", by=cast.applicant, at=now
        ),
        "amended": lambda: applying.amend(story(9, "amended").authorised(starts_at=ahead, at=before).application, by=cast.applicant, at=now),
        "verbal": lambda: story(10, "verbal").verbal(starts_at=now - 2 * HOUR, said_at=now - 3 * HOUR, confirmed=False),
    }


def things(cast: Cast) -> dict[str, Words]:
    """State -> the words of the addresses of its operation; "-" -> of everything that belongs to no operation."""
    make_library(cast, timezone.now() - 60 * DAY)
    grant_role(cast.technician, role=Role.LOGGIST, by=cast.sysadmin, at=timezone.now())
    made = {state: of_operation(make()) for state, make in states(cast).items()}
    made |= deployments(cast) | afterwards(cast)
    of_none = of_the_force(cast) | of_clocks(cast, Operation.objects.get(pk=made["authorised"]["operation_id"])) | of_boards(cast)
    return {NO_OPERATION: of_none | {"register_id": made["published"]["register_id"], "edition": 1}} | made


def of_the_force(cast: Cast) -> Words:
    waiting = Version.objects.filter(document__kind=Kind.EQUALITY).first()
    tell(cast.people.values(), key="a notice", text="Read me", at=timezone.now())
    assert waiting
    return {
        "person_id": cast.bronze.pk,
        "grant_id": RoleGrant.objects.get(person=cast.technician, role=Role.LOGGIST).pk,
        "reset_id": reset_of(cast).pk,
        "document_id": waiting.document_id,
        "version_id": waiting.pk,
        "accounts:notice pk": cast.applicant.notices.get(key="a notice").pk,
        "token_id": token_of(cast.applicant),
    }


def reset_of(cast: Cast) -> SignInReset:
    """Asked for, of an administrator who does not share the demonstration's password."""
    now = {"by": cast.sysadmin, "at": timezone.now()}
    third = register_person(force=cast.force, username="third", name="Third Administrator", rank=Rank.STAFF, **now)
    grant_confirmed(cast, third, Role.SYSTEM_ADMINISTRATOR, at=now["at"])
    return ask_sign_in_reset(third, **now)


def token_of(person: User) -> Any:
    make_token(person, name="a program", life=TokenLife.choices[0][0], password=PASSWORD, by=person, at=timezone.now())
    return person.tokens.get().pk


def of_clocks(cast: Cast, operation: Operation) -> Words:
    """Footage that may be held, asked for and held; a stick to be wiped, one certified as wiped, one confirmed."""
    now = timezone.now()
    stick, wiped, confirmed = (media(operation, basis_at=now - HOUR, subject=cast.places[name]) for name in list(cast.places)[:3])
    filmed, asked, held = (footage(operation, basis_at=now - HOUR, subject=cast.places[name]) for name in list(cast.places)[:3])
    for one in (wiped, confirmed):
        attest(one, wiped_at=now, how="Overwritten.", item="USB 0417", by=cast.operator, at=now)
    confirm(confirmed.again(), answer="Seen.", by=cast.silver, at=now)
    waits, placed = (ask_hold(one, basis=Basis.CPIA, footage="Camera 2", reason="Evidence.", by=cast.silver, at=now) for one in (asked, held))
    place_hold(placed, by=cast.infomgmt, at=now)
    pages = {"clock": filmed, "ask_hold": filmed, "attest": stick, "confirm": wiped, "certificate": confirmed}
    holds = {"decide_hold": waits, "review_hold": placed, "release_hold": placed}
    of_pages = {f"obligations:{page} pk": one.pk for page, one in pages.items()} | {"reporting:certificate_document pk": confirmed.pk}
    return of_pages | {f"obligations:{page} hold_id": one.pk for page, one in holds.items()}


def of_operation(thing: Application | Authority) -> Words:
    application = thing.application if isinstance(thing, Authority) else thing
    application = Application.objects.select_related("operation", "composition").get(pk=application.pk)
    operation, composition = application.operation, application.composition
    return {
        "operation_id": operation.pk,
        "application_id": application.pk,
        "composition_id": composition.pk,
        "day_id": first(application.days),
        "deviation_id": first(application.deviations),
        "child_id": first(composition.children),
        "category": "missing",
        "appointment_id": first(operation.appointments.filter(role=Role.BRONZE)),
        "authority_id": first(operation.authorities.order_by("-given_at")),
    }


def first(rows: Any) -> Any:
    found: models.Model | None = rows.first()
    return found and found.pk
