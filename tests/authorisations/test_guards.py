"""The database itself lets a state change along an edge of its machine, together with the version, and in no other way: tried by raw SQL."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, models, transaction

from authorisations.models import Application, Authority
from authorisations.states import ApplicationState, AuthorityState
from lfr_governance.demonstration.people import Cast
from tests.authorisations.stages import ENDS, STARTS
from tests.cast import NOON, opened
from watchlists.services import new_composition

APPLICATION = {
    "draft>submitted", "draft>withdrawn", "returned>submitted", "returned>withdrawn",
    "submitted>returned", "submitted>authorised", "submitted>refused", "submitted>withdrawn",
}  # fmt: skip
AUTHORITY = {"verbal>written", "verbal>lapsed", "verbal>cancelled", "written>lapsed", "written>cancelled", "written>superseded"}


def application(cast: Cast, **more: Any) -> Application:
    operation = opened(cast)
    return Application.objects.create(
        operation=operation, applicant=cast.applicant, policy_edition="cumbria-1", composition=new_composition(operation), started_at=NOON, **more
    )


def authority(cast: Cast, **more: Any) -> Authority:
    for_ = application(cast, state=ApplicationState.AUTHORISED)
    dates = {"given_at": NOON, "valid_from": STARTS, "valid_until": ENDS, "written_due_at": NOON + timedelta(days=1)}
    known = {field.name for field in Authority._meta.get_fields()}
    told = {name: moment for name, moment in dates.items() if name in known}
    return Authority.objects.create(operation=for_.operation, application=for_, ao=cast.ao, threshold="0.66", watchlist_ceiling=450, **told, **more)


def takes(row: models.Model, target: str, *, raised_by: int) -> bool:
    """Whether the database takes the statement. What it takes is undone again."""
    key = row.pk.hex if connection.vendor == "sqlite" else row.pk
    taken = False
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE {row._meta.db_table} SET state = %s, version = version + {raised_by} WHERE id = %s", [target, key])
            taken = cursor.rowcount == 1
            transaction.set_rollback(True)
    except DatabaseError as error:
        assert "no such step" in str(error)
    return taken


MACHINES = [
    pytest.param(application, ApplicationState.values, APPLICATION, id="application"),
    pytest.param(authority, AuthorityState.values, AUTHORITY, id="authority"),
]


@pytest.mark.parametrize(("make", "states", "edges"), MACHINES)
@pytest.mark.parametrize("raised_by", [1, 0, 2, -1])
def test_a17_raw_sql_takes_exactly_the_edges_of_the_machine(cast: Cast, make: Callable, states: list[str], edges: set[str], raised_by: int):
    taken = set()
    for source in states:
        row = make(cast, state=source, version=5)
        taken |= {f"{source}>{target}" for target in [*states, "nonsense"] if target != source and takes(row, target, raised_by=raised_by)}
    assert taken == (edges if raised_by == 1 else set())


@pytest.mark.parametrize(("model", "edges"), [(Application, APPLICATION), (Authority, AUTHORITY)])
def test_the_machine_of_the_product_has_these_edges_too(model: type[models.Model], edges: set[str]):
    machine = model._meta.get_field("state")
    steps = machine.get_all_transitions(model)
    assert {f"{step.source}>{step.target}" for step in steps} == edges


@pytest.mark.parametrize(("make", "states"), [(application, ApplicationState.values), (authority, AuthorityState.values)])
def test_no_state_is_set_by_hand(cast: Cast, make: Callable, states: list[str]):
    row = make(cast)
    for state in states:
        with pytest.raises(AttributeError, match="not allowed"):
            row.state = state
