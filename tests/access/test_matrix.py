"""Every page of the product × every person of the demonstration × every state, over HTTP, against the access table of tests/access/table.txt."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from accounts.permissions import PUBLIC
from lfr_governance.access import row_behind
from lfr_governance.demonstration.people import Cast
from lfr_governance.matrix import EVERYBODY, Line, TableError, addresses, read
from tests.access.answers import ASKS_EVERYBODY, Answer, Asking, expected, in_one_go, remembering
from tests.access.things import DURING, things

LINES = read()
asked: dict[Line, list[Answer]] = {}


@pytest.fixture
def answers(cast: Cast) -> dict[Line, list[Answer]]:
    """Everything is asked once, in the transaction of the first test; the others compare what is theirs."""
    if not asked:
        with in_one_go(DURING):
            asking = Asking(cast, things(cast))
            with remembering(cast.people.values()):
                asked.update({line: list(asking.answers(line)) for line in LINES})
    return asked


def test_every_page_has_its_line():
    written, pages = {line.page for line in LINES}, set(addresses())
    assert pages - written == set(), "a line in tests/access/table.txt"
    assert written - pages == set(), "a line of a page that is no more"


def test_a_state_of_a_page_stands_in_one_line_only():
    cells = [(line.name, state) for line in LINES for state in line.states]
    assert {cell for cell in cells if cells.count(cell) > 1} == set()


@pytest.mark.parametrize("line", LINES, ids=str)
def test_the_page_answers_as_the_table_says(answers: dict[Line, list[Answer]], line: Line):
    view = addresses()[line.page][1]
    public = PUBLIC in getattr(row_behind(view), "sees", ())
    wrong = [
        f"{one.method} {one.state} {one.person}: {one.got}, not {should}"
        for one in answers[line]
        if (should := expected(line, one, public)) != one.got
    ]
    assert wrong == []


def test_everybody_was_asked_on_sqlite(answers: dict[Line, list[Answer]]):
    for page in {line.page for line in LINES if ASKS_EVERYBODY}:
        people = {one.person for line, given in answers.items() if line.page == page for one in given}
        assert people >= set(EVERYBODY), page


class TestTheCommand:
    def test_it_prints_every_page_with_its_people(self):
        out = StringIO()
        call_command("access_matrix", stdout=out)
        said = out.getvalue()
        for name, (path, _) in addresses().items():
            assert f"\n/{path}\n" in said, name
        assert "  draft withdrawn amended: 200 applicant gold silver npt comms engineer; everyone else 404" in said
        assert "  silver        Silver Commander" in said

    def test_as_rows_there_is_one_for_each_page_state_and_person(self):
        out = StringIO()
        call_command("access_matrix", csv=True, stdout=out)
        rows = out.getvalue().splitlines()
        assert len(rows) == 1 + len(EVERYBODY) * sum(len(line.states) for line in LINES)
        assert "/applications/<uuid:application_id>/,authorisations:application,draft,stranger,Bronze Commander,404,·" in rows

    @pytest.mark.parametrize("said", ["home | - | everybody | | ·", "home | - | everyone | | · | 403", "home | - | everybody | | · | perhaps"])
    def test_a_line_that_makes_no_sense_is_named(self, tmp_path: Path, said: str):
        table = tmp_path / "table.txt"
        table.write_text(f"# nothing\n{said}\n")
        with pytest.raises(TableError, match="line 2"):
            read(table)
