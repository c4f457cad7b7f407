"""One rule of sight for pages and API: whoever gets the page of a thing gets it here, and nobody else; a list holds what its page lists."""

import re
from typing import Any

import pytest
import time_machine
from django.test import Client

from lfr_governance.demonstration.people import Cast
from tests.api.asking import API, in_session, numbers, token_of
from tests.authorisations.stages import LATER
from tests.authorisations.stages import stage as stage_one
from tests.deployments.stages import DURING
from tests.deployments.stages import stage as stage_two
from tests.reporting.stages import LATER as MUCH_LATER
from tests.reporting.stages import record

UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
SEEN = {200: True, 302: True, 403: False, 404: False}  # 302: the deployment's page leads some to the one part of it that they see


def of_application(cast: Cast, name: str) -> list[str]:
    application = stage_one(cast, name)
    return [f"/applications/{application.pk}/", *(f"/authorities/{authority.pk}/" for authority in application.authorities.all())]


THINGS: dict[str, tuple[Any, Any]] = {
    "a draft": (LATER, lambda cast: of_application(cast, "complete")),
    "submitted": (LATER, lambda cast: of_application(cast, "submitted")),
    "returned": (LATER, lambda cast: of_application(cast, "returned")),
    "withdrawn": (LATER, lambda cast: of_application(cast, "withdrawn")),
    "authorised": (LATER, lambda cast: of_application(cast, "with_conditions")),
    "cancelled": (LATER, lambda cast: of_application(cast, "cancelled")),
    "live": (DURING, lambda cast: [f"/deployments/{stage_two(cast, 'live').pk}/"]),
    "stood down": (DURING, lambda cast: [f"/deployments/{stage_two(cast, 'stood_down').pk}/"]),
    "record": (MUCH_LATER, lambda cast: [f"/records/{record(cast, 'submitted').pk}/"]),
}


@pytest.mark.parametrize("name", THINGS)
def test_whoever_sees_the_page_sees_it_here_and_nobody_else(cast: Cast, name: str) -> None:
    moment, make = THINGS[name]
    with time_machine.travel(moment):
        paths = make(cast)
        for username, person in cast.people.items():
            asker = in_session(person)
            for path in paths:
                page, here = asker.client.get(path).status_code, asker.get(path).status_code
                assert SEEN[page] == SEEN[here], f"{username}: {page} at {path}, {here} at {API}{path}"


@pytest.mark.parametrize("path", ["/applications/", "/authorities/", "/deployments/"])
def test_a_list_holds_what_its_page_lists(cast: Cast, path: str) -> None:
    with time_machine.travel(DURING):
        stage_two(cast, "live")
        for username, person in cast.people.items():
            asker = in_session(person)
            page = asker.client.get(path).content.decode()
            assert {row["id"] for row in asker.get(path).json()["items"]} == set(re.findall(f'href="{path}({UUID})/"', page)), username


def test_a_token_sees_what_its_person_sees_in_a_session(cast: Cast) -> None:
    with time_machine.travel(DURING):
        live = stage_two(cast, "live")
        for person in cast.people.values():
            client = Client(headers={"Authorization": f"Bearer {token_of(person, f'{next(numbers)}')}"})
            address = f"/deployments/{live.pk}/"
            assert client.get(API + address).status_code == in_session(person).get(address).status_code
