"""The people of the demonstration, made by performing the acts that make people. None of them exists; the tests play them too."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from django.contrib.auth.hashers import make_password
from django.db import transaction

from accounts.models import Force, User
from accounts.services import confirm_grant, found_administrator, grant_role, record_rank, record_training, register_person
from accounts.states import Rank, Role
from operations.models import Place
from operations.services import add_place
from policy import Course, current

CUMBRIA, GMP = "cumbria", "gmp"


class Part(NamedTuple):
    """Who somebody is: name, rank, and what they may be."""

    name: str
    rank: Rank
    roles: tuple[Role, ...] = ()


ADMINISTRATORS = {
    "sysadmin": Part("Heather Postlethwaite", Rank.STAFF),
    "sysadmin2": Part("Martin Fearon", Rank.STAFF),
}
PARTS = {
    "applicant": Part("Joanne Braithwaite", Rank.INSPECTOR, (Role.APPLICANT,)),
    "ao": Part("Stephen Tyson", Rank.SUPERINTENDENT, (Role.AO,)),
    "ao2": Part("Margaret Routledge", Rank.CHIEF_SUPERINTENDENT, (Role.AO,)),
    "gold": Part("Alan Mounsey", Rank.CHIEF_SUPERINTENDENT, (Role.GOLD,)),
    "silver": Part("Carol Dacre", Rank.CHIEF_INSPECTOR, (Role.SILVER,)),
    "bronze": Part("Clive Hetherington", Rank.INSPECTOR, (Role.BRONZE,)),
    "operator": Part("Tracey Nixon", Rank.CONSTABLE, (Role.OPERATOR, Role.WATCHLIST_COMPILER)),
    "engagement": Part("Dean Birkett", Rank.CONSTABLE, (Role.ENGAGEMENT_OFFICER,)),
    "loggist": Part("Sandra Fleming", Rank.STAFF, (Role.LOGGIST,)),
    "npt": Part("Derek Armstrong", Rank.SERGEANT, (Role.NPT_SUPERVISOR, Role.AUTHOR)),
    "comms": Part("Laura Bowness", Rank.STAFF, (Role.COMMUNICATIONS, Role.AUTHOR)),
    "engineer": Part("Graham Tallentire", Rank.STAFF, (Role.SYSTEM_ENGINEER, Role.LFR_ADMINISTRATOR, Role.AUTHOR)),
    "technician": Part("Meera Kirkbride", Rank.STAFF, (Role.TECHNICAL_ANALYST,)),
    "analyst": Part("Neil Ewbank", Rank.STAFF, (Role.ANALYST,)),
    "analyst2": Part("Fiona Sewell", Rank.STAFF, (Role.ANALYST,)),
    "chair": Part("Gerald Huddleston", Rank.SUPERINTENDENT, (Role.GOLD, Role.DIVERSITY_UNIT)),
    "sro": Part("Elaine Curwen", Rank.ASSISTANT_CHIEF_CONSTABLE, (Role.SRO,)),
    "scrutiny": Part("Samuel Ostle", Rank.STAFF, (Role.SCRUTINY,)),
    "inspector": Part("Judith Raisbeck", Rank.STAFF, (Role.INSPECTOR,)),
    "infomgmt": Part("Keith Wharton", Rank.STAFF, (Role.INFORMATION_MANAGEMENT,)),
    "infomgmt2": Part("Nadia Musgrave", Rank.STAFF, (Role.INFORMATION_MANAGEMENT,)),
    "dpo": Part("Christine Sowerby", Rank.STAFF, (Role.DPO,)),
    "training": Part("Colin Threlkeld", Rank.STAFF, (Role.TRAINING_UNIT,)),
    "stranger": Part("Gemma Strickland", Rank.INSPECTOR, (Role.BRONZE,)),
}
LENT = {"gmp_operator": Part("Craig Entwistle", Rank.CONSTABLE, (Role.HOST_FORCE, Role.OPERATOR))}
PLACES = (
    ("Botchergate", "Carlisle"),
    ("English Street", "Carlisle"),
    ("Appleby Horse Fair site", "Appleby-in-Westmorland"),
    ("Kendal town centre", "Kendal"),
    ("Dalton Road", "Barrow-in-Furness"),
    ("Whitehaven harbour", "Whitehaven"),
    ("Penrith station", "Penrith"),
)
ACCESS_OF_INSPECTORS = timedelta(days=365)


@dataclass(frozen=True)
class Cast:
    """Everybody and every place: `cast.applicant` is the person whose user name that is."""

    force: Force
    host: Force
    people: dict[str, User]
    places: dict[str, Place]

    def __getattr__(self, username: str) -> User:
        try:
            return self.people[username]
        except KeyError:
            raise AttributeError(f"nobody is called {username}") from None

    @classmethod
    def gathered(cls) -> "Cast":
        """As they stand in the database."""
        forces = {force.code: force for force in Force.objects.filter(code__in=(CUMBRIA, GMP))}
        people = User.objects.filter(is_demonstration=True).select_related("force")
        places = {place.name: place for place in Place.objects.filter(force=forces[CUMBRIA], name__in=[name for name, _ in PLACES])}
        return cls(forces[CUMBRIA], forces[GMP], {person.username: person for person in people}, places)


@transaction.atomic
def make_people(at: datetime, password: str) -> Cast:
    """Both forces, everybody with rank, confirmed roles and current training, and the places. All can sign in with the one password."""
    force = Force.objects.create(code=CUMBRIA, name="Cumbria Constabulary")
    host = Force.objects.create(code=GMP, name="Greater Manchester Police", is_host=True)
    found_administrators(force, at)
    for home, parts in ((force, PARTS), (host, LENT)):
        for username, part in parts.items():
            register(username, part, home, at)
    cast = Cast.gathered()
    train(cast, at)
    for name, town in PLACES:
        add_place(force=force, name=name, town=town, by=cast.applicant, at=at)
    # Hashed once: a hash each would take the first start ten seconds.
    User.objects.filter(is_demonstration=True).update(password=make_password(password))
    return Cast.gathered()


def found_administrators(force: Force, at: datetime) -> None:
    first, second = (
        found_administrator(force=force, username=username, name=part.name, password="", demonstration=True, by=None, at=at)
        for username, part in ADMINISTRATORS.items()
    )
    for person, other in ((first, second), (second, first)):
        record_rank(person, rank=Rank.STAFF, from_date=at.date(), by=other, at=at)


def register(username: str, part: Part, force: Force, at: datetime) -> None:
    granter, confirmer = (User.objects.get(username=name) for name in ADMINISTRATORS)
    person = register_person(force=force, username=username, name=part.name, rank=part.rank, demonstration=True, by=granter, at=at)
    for role in part.roles:
        until = (at + ACCESS_OF_INSPECTORS).date() if role == Role.INSPECTOR else None
        confirm_grant(grant_role(person, role=role, until_date=until, by=granter, at=at), by=confirmer, at=at)


def train(cast: Cast, at: datetime) -> None:
    """Everybody completes, that day, the courses that their roles need (P-4)."""
    for username, part in (ADMINISTRATORS | PARTS | LENT).items():
        attested_by = cast.host.name if username in LENT else ""
        for course in courses_of(part.roles):
            record_training(cast.people[username], course=course.code, completed_date=at.date(), attested_by=attested_by, by=cast.training, at=at)


def courses_of(roles: Iterable[Role]) -> list[Course]:
    needed = {course.code: course for role in ("everyone", *roles) for course in current().courses_for(role)}
    return list(needed.values())
