"""Every act of the product refuses the stranger: nothing is told or changed, and the attempt stands where it can be found (G-5, access table)."""

import inspect
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

import pytest
from django.db import models

from accounts.models import Force, User
from accounts.services import ask_sign_in_reset, grant_role, register_person
from accounts.states import Role
from audit.chain import SYSTEM_CHAIN
from audit.models import ChainHead, TrailEntry
from authorisations.services import content
from deployments.models import Deployment
from deployments.services import change_threshold
from lfr_governance.demonstration.documents import make_library
from lfr_governance.demonstration.people import Cast
from lfr_governance.demonstration.stage_three import Aftermath
from lfr_governance.demonstration.stage_two import Day as DayOfDeployment
from lfr_governance.demonstration.stories import Story
from library.states import Kind
from obligations.models import Obligation
from obligations.services import ask_hold, attest, confirm
from obligations.states import Basis
from obligations.states import Kind as Clock
from policy.refusals import NotPermitted, NotVisible, Refusal
from reporting.services import open_risk, record_feedback, record_review
from reporting.states import Body, Heard
from tests.access.acts import expected
from tests.cast import FOUNDED, NOON, grant_confirmed
from tests.house.source import PACKAGES, calls, parsed, product
from tests.refusals import assert_noted
from tests.worlds import contents, differences, world
from watchlists.services import justify_child

Act = Callable[..., Any]
PLAIN: dict[Any, Any] = {str: "Something.", int: 1, bool: True, bytes: b"%PDF", datetime: NOON, date: NOON.date(), Decimal: Decimal("0.7")}
# Words that must be of a list before anything else can be looked at.
WORDS = {
    "role": Role.BRONZE,
    "outcome": "refused",
    "rank": "constable",
    "clause": "9.4",
    "category": "missing",
    "basis": Basis.CPIA,
    "name": "public",
    "alert": {"similarity": Decimal("0.7"), "category": "missing"},
}
KINDS = {"library": Kind.SOP, "reporting": Heard.COMPLAINT}


def acts() -> dict[str, Act]:
    """ "module.act" -> the act, for every services module of the product."""
    found = {}
    for package in PACKAGES:
        for module in modules(package):
            names = {name: act for name, act in vars(module).items() if getattr(act, "is_act", False) and act.__module__ == module.__name__}
            found |= {f"{package}.{name}": act for name, act in names.items()}
    return found


def modules(package: str) -> Iterator[Any]:
    for found in walk_packages(import_module(package).__path__, f"{package}."):
        if "services" in found.name.split("."):
            yield import_module(found.name)


def test_every_act_says_what_a_stranger_gets():
    assert set(acts()) == set(expected()), "a line in tests/access/acts.py for each act"


def everything(cast: Cast) -> models.Model:
    """Something of every kind that an act is about: an operation being written, one that was deployed and one that was stopped."""
    make_library(cast, FOUNDED)
    draft = Story(cast, "Kendal").completed(starts_at=NOON + timedelta(days=9), at=NOON)
    content.add_deviation(draft, clause="9.4", what="Less notice.", why="Late intelligence.", by=cast.applicant, at=NOON)
    justify_child(draft.composition, category="missing", under_13=False, best_interests="Safety.", necessity="Harm.", by=cast.applicant, at=NOON)
    stopped = DayOfDeployment(cast, NOON - timedelta(days=20), place="Kendal town centre").terminated()
    at = stopped.starts_at + timedelta(minutes=50)
    change_threshold(stopped, threshold=Decimal("0.62"), reason="By mistake.", changed_at=at, by=cast.operator, at=stopped.ends_at)
    deployment = DayOfDeployment(cast, NOON).concluded()
    footage = Obligation.objects.filter(may_be_held=True).first()
    if footage:
        ask_hold(footage, basis=Basis.CPIA, footage="Camera 2", reason="Evidence.", by=cast.silver, at=NOON + timedelta(hours=7))
    Aftermath(cast).checked(deployment)
    stick, eight = Obligation.objects.running().get(kind=Clock.WATCHLIST_SYSTEM, link=deployment.get_absolute_url()), NOON + timedelta(hours=8)
    attest(stick, wiped_at=eight, how="Overwritten.", item="1", by=cast.operator, at=eight)
    confirm(stick.again(), answer="Seen.", by=cast.silver, at=eight)
    at, day = NOON + timedelta(days=60), (NOON + timedelta(days=1)).date()
    record_review(
        body=Body.OPS_BOARD, held_date=day, from_date=day, to_date=day, considered="All.", decisions="None.", figures={}, by=cast.sro, at=at
    )
    record_feedback(kind=Heard.COMPLAINT, day=day, about="Signs.", by=cast.sro, at=at)
    open_risk(what="Signs.", likelihood=1, impact=1, measures="Checked.", review_due_at=at + timedelta(days=1), by=cast.sro, at=at)
    grant_role(cast.engineer, role=Role.LOGGIST, by=cast.sysadmin, at=NOON)
    third = register_person(force=cast.force, username="third", name="Third Administrator", rank="staff", by=cast.sysadmin, at=NOON)
    grant_confirmed(cast, third, Role.SYSTEM_ADMINISTRATOR)
    ask_sign_in_reset(third, by=cast.sysadmin, at=NOON)
    return deployment


@pytest.fixture
def after(cast: Cast) -> Deployment:
    return world("something of every kind", lambda: everything(cast))


def filled(cast: Cast, key: str, act: Act) -> tuple[list[Any], dict[str, Any]]:
    """The thing, and plausible words for everything that the act asks."""
    things, words = [], {}
    for name, parameter in inspect.signature(act, eval_str=True).parameters.items():
        if parameter.kind is parameter.POSITIONAL_OR_KEYWORD:
            things.append(one_of(parameter.annotation, cast))
        elif name not in ("by", "at") and parameter.default is parameter.empty:
            words[name] = KINDS.get(key.partition(".")[0], "sign") if name == "kind" else WORDS.get(name) or one_of(parameter.annotation, cast)
    return things, words


def one_of(kind: Any, cast: Cast) -> Any:
    kind = (
        next((one for one in getattr(kind, "__args__", (kind,)) if isinstance(one, type) and one is not type(None)), kind)
        if "|" in str(kind)
        else kind
    )
    if kind is User:
        return cast.bronze
    if kind in (Force, Any):
        return cast.force
    if isinstance(kind, type) and issubclass(kind, models.Model):
        found = kind._default_manager.order_by("pk").first()
        assert found, f"there is no {kind.__name__} here: let `everything` make one"
        return found
    return PLAIN.get(kind, {})


KIND_OF: dict[str, type[Refusal]] = {"404": NotVisible, "403": NotPermitted}
APPS = sorted({key.partition(".")[0] for key in expected()})


@pytest.mark.parametrize("app", APPS)
def test_every_act_refuses_the_stranger(cast: Cast, after: Deployment, app: str):
    before = contents(TrailEntry, ChainHead)
    for key, act in acts().items():
        if key.partition(".")[0] == app and (gets := expected()[key]) in KIND_OF:
            refuses(cast, key, act, gets)
    assert list(differences(before, contents(TrailEntry, ChainHead))) == [], "a refused act changes nothing"


def refuses(cast: Cast, key: str, act: Act, gets: str) -> None:
    things, words = filled(cast, key, act)
    noted = TrailEntry.objects.order_by("-pk").values_list("pk", flat=True).first()
    with pytest.raises(Refusal) as told:
        act(*things, **words, by=cast.stranger, at=NOON + timedelta(hours=8))
    assert type(told.value) is KIND_OF[gets], f"{key}: {told.value}"
    chain = SYSTEM_CHAIN if gets == "404" or not things else getattr(things[0], "chain_id", SYSTEM_CHAIN)
    assert_noted(TrailEntry.objects.filter(pk__gt=noted).get(), told.value, chain)


def test_no_door_leads_to_what_is_only_performed_inside_another_act():
    inside = {key.rpartition(".")[2] for key, gets in expected().items() if gets == "inside"} - {
        "note_sign_in",
        "note_sign_out",
        "note_failed_sign_in",
        "note_token_use",
    }
    called = {name for path in product("views", "api") for name, _ in calls(parsed(path))}
    assert inside & called == set()
