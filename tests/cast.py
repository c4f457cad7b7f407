"""The cast of the tests: the people of the demonstration, in the test database before the first test. See the fixture `cast` in conftest.py.

`FOUNDED` is when they were registered; any later moment may be the `at` of a test, up to and beyond today: their training is renewed yesterday.
"""

from datetime import UTC, datetime, timedelta

from django.apps import apps
from django.db import models, transaction
from django.utils import timezone

from accounts.models import Force, RoleGrant, User
from accounts.services import confirm_grant, end_grant, grant_role
from accounts.states import Role
from lfr_governance.demonstration.people import CUMBRIA, Cast, make_people, train
from operations.models import Operation
from operations.services import appoint, open_operation

FOUNDED = datetime(2026, 1, 5, 9, tzinfo=UTC)
NOON = datetime(2026, 10, 7, 12, tzinfo=UTC)  # an ordinary moment, far from a change of the clocks
PASSWORD = "one-for-the-tests"
MADE_BY_DJANGO = {"auth", "contenttypes", "sessions"}
Photograph = list[tuple[type[models.Model], list[models.Model]]]


def found_cast() -> None:
    cast = make_people(FOUNDED, PASSWORD)
    yesterday = timezone.now() - timedelta(days=1)
    if yesterday.date() > FOUNDED.date():
        train(cast, yesterday)
        invite_again(cast, yesterday)


def invite_again(cast: Cast, at: datetime) -> None:
    """The inspector's stated time starts anew."""
    end_grant(RoleGrant.objects.get(person=cast.inspector), by=cast.sysadmin, at=at)
    grant_confirmed(cast, cast.inspector, Role.INSPECTOR, at=at, until_date=(at + timedelta(days=365)).date())


def grant_confirmed(cast: Cast, person: User, role: Role, *, at: datetime = NOON, until_date: object = None) -> RoleGrant:
    """One more role for somebody, by the two administrators."""
    return confirm_grant(grant_role(person, role=role, until_date=until_date, by=cast.sysadmin, at=at), by=cast.sysadmin2, at=at)


def opened(cast: Cast, *parts: tuple[str, Role], at: datetime = NOON, title: str = "Saturday market") -> Operation:
    """An operation of the applicant's, with these people appointed to it: `opened(cast, ("silver", Role.SILVER))`."""
    operation = open_operation(title=title, by=cast.applicant, at=at)
    for username, role in parts:
        appoint(operation, person=cast.people[username], role=role, by=cast.applicant, at=at)
    return operation


def photograph() -> Photograph:
    """Every row that founding the cast has left, to be put back where a test that commits has emptied the tables."""
    shown = [model for model in apps.get_models() if model._meta.app_label not in MADE_BY_DJANGO]
    return [(model, rows) for model in shown if (rows := list(model._base_manager.all()))]


def put_back(rows_of: Photograph) -> None:
    if Force.objects.filter(code=CUMBRIA).exists():
        return
    with transaction.atomic():
        for model, rows in rows_of:
            model._base_manager.bulk_create(rows)
