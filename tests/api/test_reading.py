"""What is read: exactly what its row and `visible_to` let this person see, paged by key, at a cost that does not grow with what there is."""

import hashlib
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.states import Role
from authorisations.models import Application
from authorisations.states import ApplicationState
from lfr_governance.demonstration.people import Cast
from lfr_governance.demonstration.stories import Story
from obligations.models import Obligation
from tests.api.asking import Program, problem, program
from tests.authorisations.stages import LATER, STARTS, authority_of, stage
from tests.cast import NOON, opened

LISTS = ("/operations/", "/applications/", "/authorities/", "/clocks/", "/clocks/?show=done")
pytestmark = pytest.mark.usefixtures("then")


def items(asker: Program, path: str) -> list[dict[str, Any]]:
    answer = asker.get(path)
    assert answer.status_code == 200, answer.content
    return answer.json()["items"]


def paths_of(application: Application) -> list[str]:
    authority = application.authorities.first()
    return [f"/applications/{application.pk}/", *([f"/authorities/{authority.pk}/"] if authority else [])]


def test_a_stranger_sees_nothing(cast: Cast) -> None:
    application = stage(cast, "authorised")
    stranger = program(cast.stranger)
    assert [items(stranger, path) for path in LISTS] == [[]] * len(LISTS)
    for path in paths_of(application):
        problem(stranger.get(path), 404, "not-visible")


def test_who_is_appointed_sees_it_in_every_list(cast: Cast) -> None:
    application = stage(cast, "authorised")
    silver = program(cast.silver)
    [operation] = items(silver, "/operations/")
    [shown] = items(silver, "/applications/")
    [authority] = items(silver, "/authorities/")
    assert operation["reference"] == shown["reference"] == authority["reference"] == application.operation.reference
    assert (shown["state"], shown["whose_turn"], authority["state"]) == ("authorised", "", "written")
    assert isinstance(authority["threshold"], str) and Decimal(authority["threshold"]) == authority_of(application).threshold
    assert (authority["given_at"][-1], authority["is_in_force"]) == ("Z", False)


def test_a1_a_draft_is_seen_by_its_writers_and_gold_and_nobody_else(cast: Cast) -> None:
    application = stage(cast, "complete")
    wanted = {"applicant": 200, "gold": 200, "operator": 404, "ao": 404}
    assert {name: program(cast.people[name]).get(f"/applications/{application.pk}/").status_code for name in wanted} == wanted
    assert items(program(cast.ao), "/applications/") == []


def test_a1_findings_sections_and_steps_while_it_is_open(cast: Cast) -> None:
    application = stage(cast, "complete")
    application.sections.filter(name="why").update(answers={})
    told = program(cast.applicant).get(f"/applications/{application.pk}/").json()
    assert {finding["where"].partition(".")[0] for finding in told["findings"]} == {"why"}
    assert all(finding["rule"] and finding["clause"] and finding["sentence"] for finding in told["findings"])
    assert told["steps"] == ["submit", "withdraw"]
    assert [section["name"] for section in told["sections"]][:3] == ["operation", "when", "why"]
    assert all(section["is_yours"] for section in told["sections"])


def test_a1_gold_reads_and_writes_what_belongs_to_gold(cast: Cast) -> None:
    application = stage(cast, "complete")
    told = program(cast.gold).get(f"/applications/{application.pk}/").json()
    assert told["steps"] == []
    assert [section["name"] for section in told["sections"] if section["is_yours"]] == ["command"]


def test_a17_what_was_submitted_and_decided_with_hashes_anyone_can_check(cast: Cast) -> None:
    application = stage(cast, "with_conditions")
    answer = program(cast.silver).get(f"/applications/{application.pk}/")
    told = answer.json()
    [submission] = told["submissions"]
    assert (told["findings"], told["steps"]) == ([], [])
    assert submission["sha256"] == application.submissions.get().sha256
    assert (submission["decision"]["outcome"], submission["decision"]["ao_name"]) == ("with_conditions", cast.ao.name)
    assert answer["ETag"] == f'"{application.version}"'
    authority = program(cast.gold).get(f"/authorities/{authority_of(application).pk}/").json()
    assert hashlib.sha256(authority["document"].encode()).hexdigest() == authority["decision"]["sha256"]
    assert (authority["note"], authority["cancellation"]) == (None, None)


@pytest.mark.parametrize(("name", "state"), [("cancelled", "cancelled"), ("lapsed", "lapsed")])
def test_a18_how_an_authority_ended(cast: Cast, name: str, state: str) -> None:
    authority = authority_of(stage(cast, name))
    told = program(cast.silver).get(f"/authorities/{authority.pk}/").json()
    assert (told["state"], told["is_in_force"], bool(told["cancellation"])) == (state, False, state == "cancelled")


def test_filters_narrow_and_say_which_there_are(cast: Cast) -> None:
    stage(cast, "authorised")
    silver = program(cast.silver)
    found = {state: len(items(silver, f"/applications/?state={state}")) for state in ApplicationState.values}
    assert found == {state: int(state == "authorised") for state in ApplicationState.values}


@pytest.mark.parametrize("username", ["infomgmt", "silver", "ao"])
def test_d7_clocks_of_what_one_sees(cast: Cast, username: str) -> None:
    stage(cast, "cancelled")
    person = cast.people[username]
    asker, seen = program(person), Obligation.objects.visible_to(person, LATER)
    wanted = {"running": seen.not_ended(), "overdue": seen.overdue(LATER), "held": seen.held(), "done": seen.done()}
    for show, clocks in wanted.items():
        assert {row["id"] for row in items(asker, f"/clocks/?show={show}")} == {str(clock.pk) for clock in clocks}


@pytest.fixture
def many(cast: Cast) -> Program:
    """The applicant's program; seven operations, two of them opened at the same moment."""
    for number in range(7):
        opened(cast, ("silver", Role.SILVER), at=NOON - timedelta(hours=max(number, 1)), title=f"Market {number}")
    return program(cast.applicant)


def test_pages_by_key_show_each_thing_once_also_when_some_are_added(cast: Cast, many: Program) -> None:
    seen, address, sizes = [], "/operations/?limit=3", []
    while address:
        told = many.get(address).json()
        seen += [row["title"] for row in told["items"]]
        sizes.append(len(told["items"]))
        if len(sizes) == 1:
            opened(cast, title="Opened meanwhile")
        address = told["next"]
    assert sizes == [3, 3, 1]
    assert sorted(seen) == [f"Market {number}" for number in range(7)]


@pytest.mark.parametrize(
    ("path", "parameter"),
    [
        ("/operations/?limit=0", "limit"),
        ("/operations/?limit=101", "limit"),
        ("/operations/?limit=many", "limit"),
        ("/operations/?cursor=bogus", "cursor"),
        ("/operations/?cursor=", "cursor"),
        ("/operations/?sate=draft", "sate"),
        ("/applications/?state=bogus", "state"),
        ("/applications/?state=%00", "state"),
        ("/clocks/?show=all", "show"),
    ],
)
def test_a_parameter_in_the_wrong_form_is_named(cast: Cast, path: str, parameter: str) -> None:
    [error] = problem(program(cast.applicant).get(path), 400, "malformed")["errors"]
    assert (error["parameter"], bool(error["sentence"])) == (parameter, True)


def test_the_cursor_of_one_list_opens_no_other(many: Program) -> None:
    cursor = many.get("/operations/?limit=3").json()["next"].partition("cursor=")[2]
    problem(many.get(f"/applications/?cursor={cursor}"), 400, "malformed")


def statements(asker: Program, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert asker.get(path).status_code == 200
    return len(captured)


def test_a_list_costs_the_same_however_much_it_shows(cast: Cast) -> None:
    stage(cast, "cancelled")
    asker = program(cast.applicant)
    asker.get("/me/")
    before = {path: (len(items(asker, path)), statements(asker, path)) for path in LISTS}
    Story(cast).authorised(starts_at=STARTS, at=NOON)
    Story(cast).authorised(starts_at=STARTS, at=NOON)
    Story(cast).drafted(at=NOON)
    after = {path: (len(items(asker, path)), statements(asker, path)) for path in LISTS}
    assert {path for path in LISTS if after[path][0] > before[path][0]} >= {"/operations/", "/applications/", "/authorities/"}
    assert [after[path][1] for path in LISTS] == [before[path][1] for path in LISTS]
    assert max(cost for _, cost in after.values()) <= 4


def test_a_thing_costs_the_same_however_much_belongs_to_it(cast: Cast) -> None:
    application = stage(cast, "with_conditions")
    asker = program(cast.applicant)
    asker.get("/me/")
    before = [statements(asker, path) for path in paths_of(application)]
    for number in range(5):
        day = application.days.first()
        day.pk, day._state.adding, day.starts_at = None, True, day.starts_at + timedelta(minutes=number)
        day.save()
    assert [statements(asker, path) for path in paths_of(application)] == before
