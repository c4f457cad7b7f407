"""Registering people, their ranks, and what they may be: a role is granted by one administrator and confirmed by another."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from accounts.models import Force, RankHolding, RoleGrant, User
from accounts.notices import settle, tell
from accounts.permissions import check_office
from accounts.services.tokens import end_tokens
from accounts.states import Rank, Role, Tenure
from audit.acts import Entry, act
from policy.refusals import RuleBroken


@act
def found_administrator(
    *, force: Force, username: str, name: str, password: str, is_temporary: bool = False, demonstration: bool = False, by: Any, at: datetime
) -> Entry:
    """The first two System Administrators of a force are founded by the system; from then on two people are needed for every role (P-1)."""
    if RoleGrant.objects.held(at).filter(role=Role.SYSTEM_ADMINISTRATOR, person__force=force, person__is_active=True).count() >= 2:
        remedy = "Ask them to register you and to grant your role."
        raise RuleBroken("P-1", "This force already has two System Administrators.", clause="10.7", remedy=remedy)
    person = new_person(force=force, username=username, name=name, password=password, is_temporary=is_temporary, demonstration=demonstration)
    RoleGrant.objects.create(person=person, role=Role.SYSTEM_ADMINISTRATOR, granted_at=at, confirmed_at=at)
    return Entry("person.founded", person, {"force": force.pk, "role": Role.SYSTEM_ADMINISTRATOR})


def new_person(
    *, force: Force, username: str, name: str, password: str, is_temporary: bool = False, email: str = "", demonstration: bool = False
) -> User:
    """One person, one account; user names are kept in small letters, however a telephone writes them."""
    username = username.strip().lower()
    if User.objects.filter(username=username).exists():
        remedy = "One person has one account. Choose another user name."
        raise RuleBroken("P-1", f"There is already a person with the user name “{username}”.", clause="10.7", remedy=remedy)
    person = User(force=force, username=username, name=name, email=email, is_demonstration=demonstration, password_is_temporary=is_temporary)
    person.set_password(password or None)
    person.save()
    return person


@act
def register_person(
    *, force: Force, username: str, name: str, rank: str, password: str = "", email: str = "", demonstration: bool = False, by: User, at: datetime
) -> Entry:
    """A System Administrator registers a person of this or the host force with their substantive rank (P-1, P-2)."""
    check_office(by, at, Role.SYSTEM_ADMINISTRATOR)
    person = new_person(force=force, username=username, name=name, password=password, email=email, demonstration=demonstration)
    RankHolding.objects.create(person=person, rank=Rank(rank), from_date=timezone.localdate(at), recorded_at=at, recorded_by=by)
    return Entry("person.registered", person, {"force": force.pk, "rank": rank})


@act
def record_rank(
    person: User, *, rank: str, tenure: str = Tenure.SUBSTANTIVE, from_date: date, until_date: date | None = None, by: User, at: datetime
) -> Entry:
    """Rank with its dates; acting and temporary rank end, a substantive one follows the one before it (P-2)."""
    check_office(by, at, Role.SYSTEM_ADMINISTRATOR)
    if tenure != Tenure.SUBSTANTIVE and until_date is None:
        raise RuleBroken("P-2", "Acting and temporary rank need the day on which they end.", clause="6.1", remedy="Enter the last day.")
    if until_date and until_date < from_date:
        raise RuleBroken("P-2", "The last day lies before the first.", clause="6.1", remedy="Correct the dates.")
    dates = {"from_date": from_date, "until_date": until_date}
    RankHolding.objects.create(person=person, rank=Rank(rank), tenure=Tenure(tenure), **dates, recorded_at=at, recorded_by=by)
    return Entry("person.rank_recorded", person, {"rank": rank, "tenure": tenure, "from": from_date, "until": until_date})


@act
def grant_role(person: User, *, role: str, until_date: date | None = None, by: User, at: datetime) -> Entry:
    """Grant what a person may be; nobody grants a role to themselves (P-1)."""
    check_office(by, at, Role.SYSTEM_ADMINISTRATOR)
    if by.pk == person.pk:
        raise RuleBroken("P-1", "Nobody can grant a role to themselves.", clause="10.7", remedy="Ask another System Administrator.")
    if not person.is_active:
        raise RuleBroken("P-1", f"{person.name} is deactivated.", clause="10.7", remedy="Reactivate them first.")
    if Role(role) == Role.INSPECTOR and until_date is None:
        raise RuleBroken("P-1", "An Independent Inspector has access for a stated time.", clause="7.1", remedy="Enter the last day of access.")
    if until_date and until_date < timezone.localdate(at):
        raise RuleBroken("P-1", "The last day has passed already.", clause="10.7", remedy="Correct the date.")
    for grant in RoleGrant.objects.filter(person=person, role=role, ended_at=None):
        make_way(grant, by=by, at=at)
    grant = RoleGrant.objects.create(person=person, role=Role(role), granted_at=at, granted_by=by, until_date=until_date)
    others = User.objects.holding(Role.SYSTEM_ADMINISTRATOR, at).exclude(pk__in=(by.pk, person.pk))
    tell(others, key=f"grant:{grant.pk}", text="A role waits for your confirmation", link=f"/people/{person.pk}/", at=at)
    return Entry("role.granted", grant, {"person": person.pk, "role": role, "until": until_date})


def make_way(grant: RoleGrant, *, by: User, at: datetime) -> None:
    """A grant that has run out steps aside for a new one; one that holds or waits does not."""
    if not grant.has_run_out(at):
        remedy = "End it first if its dates are wrong."
        raise RuleBroken("P-1", f"{grant.person.name} already holds this role, or it waits for confirmation.", clause="10.7", remedy=remedy)
    grant.ended_at, grant.ended_by = at, by
    grant.save()


@act
def confirm_grant(grant: RoleGrant, *, by: User, at: datetime) -> Entry:
    """A second administrator, neither granter nor grantee, confirms the role; only then does it count (P-1)."""
    check_office(by, at, Role.SYSTEM_ADMINISTRATOR)
    grant = grant.locked()
    if grant.ended_at or grant.confirmed_at:
        remedy = "Look at the person’s page to see where it stands."
        raise RuleBroken("P-1", "This role does not wait for confirmation.", clause="10.7", remedy=remedy)
    if by.pk in (grant.granted_by_id, grant.person_id):
        rule = "A role is confirmed by a second person: not the one who granted it, nor the one who receives it."
        raise RuleBroken("P-1", rule, clause="10.7", remedy="Ask another System Administrator.")
    grant.confirmed_at, grant.confirmed_by = at, by
    grant.save()
    settle(f"grant:{grant.pk}", at=at)
    tell([grant.person], key=f"grant:{grant.pk}", text=f"You now have the role {grant.get_role_display()}", link="/account/", at=at)
    return Entry("role.confirmed", grant, {"person": grant.person_id, "role": grant.role})


@act
def end_grant(grant: RoleGrant, *, by: User, at: datetime) -> Entry:
    """A role can be taken away by one administrator, at once; a grant not yet confirmed is declined the same way (P-1)."""
    check_office(by, at, Role.SYSTEM_ADMINISTRATOR)
    grant = grant.locked()
    if grant.ended_at:
        raise RuleBroken("P-1", "This role has already ended.", clause="10.7", remedy="Nothing more is needed.")
    grant.ended_at, grant.ended_by = at, by
    grant.save()
    if grant.confirmed_at is None:
        settle(f"grant:{grant.pk}", at=at)
    return Entry("role.ended", grant, {"person": grant.person_id, "role": grant.role})


@act
def deactivate(person: User, *, by: User, at: datetime) -> Entry:
    """A person who leaves loses everything at the next request: the account closes and every role ends (P-1)."""
    check_office(by, at, Role.SYSTEM_ADMINISTRATOR)
    if by.pk == person.pk:
        raise RuleBroken("P-1", "You cannot deactivate yourself.", clause="10.7", remedy="Ask another System Administrator.")
    if not User.objects.filter(pk=person.pk, is_active=True).update(is_active=False):
        raise RuleBroken("P-1", f"{person.name} is already deactivated.", clause="10.7", remedy="Nothing more is needed.")
    ended = list(person.grants.filter(ended_at=None))
    for grant in ended:
        grant.ended_at, grant.ended_by = at, by
        grant.save()
    person.is_active = False
    return Entry("person.deactivated", person, {"roles": [grant.role for grant in ended], "tokens_ended": end_tokens(person, at)})


@act
def reactivate(person: User, *, by: User, at: datetime) -> Entry:
    """A person who comes back has their account again, and no role: each is granted and confirmed anew (P-1)."""
    check_office(by, at, Role.SYSTEM_ADMINISTRATOR)
    if not User.objects.filter(pk=person.pk, is_active=False).update(is_active=True):
        raise RuleBroken("P-1", f"{person.name} is not deactivated.", clause="10.7", remedy="Nothing more is needed.")
    person.is_active = True
    return Entry("person.reactivated", person)
