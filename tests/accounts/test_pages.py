"""Who may open which page of this floor: the right office 200, other staff 403, a stranger is led to sign in."""

from urllib.parse import unquote

import pytest
from django.test import Client
from django.urls import reverse

from accounts.states import Role
from lfr_governance.demonstration.people import Cast
from tests.accounts.conftest import Visit

EVERYBODY = {"me": (), "password": (), "training": (), "notices": ()}
ADMINISTRATORS = ("people", "register")
OF_PERSON = ("person", "record_rank", "grant_role", "reset_sign_in", "deactivate", "reactivate")


def addresses(cast: Cast) -> dict[str, tuple[str, set[str]]]:
    """Every page that is opened with GET: its address, and who of these may open it."""
    of = [cast.operator.pk]
    found = {name: (reverse(f"accounts:{name}"), {"sysadmin", "training", "ao", "stranger"}) for name in EVERYBODY}
    found |= {name: (reverse(f"accounts:{name}"), {"sysadmin"}) for name in ADMINISTRATORS}
    found |= {name: (reverse(f"accounts:{name}", args=of), {"sysadmin"}) for name in OF_PERSON}
    grant = cast.operator.grants.get(role=Role.OPERATOR)
    found["end_grant"] = (reverse("accounts:end_grant", args=[grant.pk]), {"sysadmin"})
    found["training_register"] = (reverse("accounts:training_register"), {"training", "ao"})
    found["training_of"] = (reverse("accounts:training_of", args=of), {"training", "ao"})
    found["record_training"] = (reverse("accounts:record_training", args=of), {"training"})
    return found


@pytest.mark.parametrize("username", ["sysadmin", "training", "ao", "stranger"])
def test_P1_every_page_opens_to_its_office_alone(cast: Cast, visit: Visit, username: str) -> None:
    client = visit(cast.people[username])
    pages = addresses(cast)
    got = {name: client.get(address).status_code for name, (address, _) in pages.items()}
    assert got == {name: 200 if username in may else 403 for name, (_, may) in pages.items()}


def test_P1_a_stranger_is_led_to_sign_in_and_back(cast: Cast) -> None:
    for address, _ in addresses(cast).values():
        answer = Client().get(address)
        assert (answer.status_code, unquote(answer["Location"])) == (302, f"/sign-in/?next={address}")


def test_P1_who_may_read_the_register_may_not_write_it(cast: Cast, visit: Visit) -> None:
    answer = visit(cast.ao).post(reverse("accounts:record_training", args=[cast.operator.pk]), {"course": "data_protection"})
    assert answer.status_code == 403
    assert "Record a course" not in visit(cast.ao).get(reverse("accounts:training_of", args=[cast.operator.pk])).content.decode()
