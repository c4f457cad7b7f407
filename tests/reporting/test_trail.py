"""The trail: every entry in words, to the right offices, and as a file that anyone can check (G-5, 7.1e, 10.9)."""

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.chain import CHAIN_OPENED
from audit.models import ChainHead, TrailEntry
from authorisations.models import Authority
from authorisations.states import Outcome
from lfr_governance.demonstration.people import Cast
from reporting.views.trail import VERIFY
from reporting.words import WORDS
from tests.clients import signed_in
from tests.house.source import calls, parsed, place, product

READERS = ["ao", "ao2", "sro", "infomgmt", "inspector"]
STRANGERS = ["applicant", "gold", "silver", "stranger", "sysadmin", "scrutiny", "dpo"]


def address(authority: Authority, name: str = "trail") -> str:
    return reverse(f"reporting:{name}", args=[authority.operation_id])


# ── Words ──


def actions(path: Path) -> Iterator[tuple[str, str]]:
    """(where, action) of every entry that the code writes; "?" for one that this test cannot read."""
    for name, call in calls(parsed(path)):
        if name == "Entry" and call.args and ast.unparse(call.args[0]) != "action":
            yield from ((place(path, call), action) for action in readings(call.args[0]))
        elif name == "told" and "services" in path.parts and len(call.args) > 1:  # passes its second argument on as the action
            yield from ((place(path, call), action) for action in readings(call.args[1]) if action != "?")


def readings(first: ast.expr) -> list[str]:
    if isinstance(first, ast.Constant):
        return [str(first.value)]
    if isinstance(first, ast.IfExp):
        return [*readings(first.body), *readings(first.orelse)]
    if ast.unparse(first) == "f'application.{decision.outcome}'":
        return [f"application.{outcome}" for outcome in Outcome.values]
    return [CHAIN_OPENED] if ast.unparse(first) == "CHAIN_OPENED" else ["?"]


def test_G5_every_entry_an_act_writes_has_words() -> None:
    written = [found for path in product() for found in actions(path)]
    assert len(written) > 50
    assert [found for found in written if found[1] not in WORDS] == []


def test_G5_no_words_without_an_entry() -> None:
    assert set(WORDS) - {action for path in product() for _, action in actions(path)} == set()


# ── Page ──


def test_G5_the_trail_opens_to_its_offices_and_exists_for_nobody_else(authority: Authority, cast: Cast) -> None:
    expected = dict.fromkeys(READERS, [200, 200]) | dict.fromkeys(STRANGERS, [404, 404])
    pages = [address(authority), address(authority, "trail_file")]
    assert {name: [signed_in(cast.people[name]).get(page).status_code for page in pages] for name in expected} == expected


def test_G5_it_tells_who_did_what_when_in_words_and_names(authority: Authority, cast: Cast) -> None:
    shown = signed_in(cast.sro).get(address(authority)).content.decode()
    assert "Authorised the application with conditions" in shown and "Stephen Tyson" in shown
    assert "application.with_conditions" not in shown
    assert "Opened a restricted record" in shown  # that the SRO looked stands in it already


def test_G5_a_page_costs_the_same_however_long_the_trail(authority: Authority, cast: Cast) -> None:
    client = signed_in(cast.sro)
    client.get(address(authority))

    def statements(query: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            assert client.get(f"{address(authority)}{query}").status_code == 200
        return len(caught)

    first = client.get(address(authority)).context["page"]
    assert statements("") == statements(first.next_url)


# ── Export ──


@pytest.fixture
def exported(authority: Authority, cast: Cast, tmp_path: Path) -> Path:
    answer = signed_in(cast.inspector).get(address(authority, "trail_file"))
    path = tmp_path / "trail.jsonl"
    path.write_bytes(b"".join(answer.streaming_content))  # type: ignore[arg-type, attr-defined]
    return path


def check(*arguments: object) -> tuple[int, str]:
    """The verifier as somebody far away runs it: the file alone, no package of ours in sight."""
    done = subprocess.run([sys.executable, "-I", "-S", str(VERIFY), *map(str, arguments)], capture_output=True, text=True, check=False, cwd="/")
    return done.returncode, done.stdout + done.stderr


def test_G5_the_exported_trail_is_sound_by_the_verifier_alone(authority: Authority, exported: Path) -> None:
    entries, head = TrailEntry.objects.filter(chain=authority.operation_id).count(), ChainHead.objects.get(chain=authority.operation_id)
    assert check(exported) == (0, f"SOUND: {entries} entries; the last has the hash {head.hash}\n")
    assert check(exported, head.hash)[0] == 0


def test_G5_the_export_is_itself_in_the_trail(exported: Path, cast: Cast) -> None:
    last = json.loads(exported.read_text().splitlines()[-1])
    assert json.loads(last["payload"])["action"] == "trail.exported"
    assert json.loads(last["payload"])["actor_id"] == str(cast.inspector.pk)


Lines = list[str]


def edited(lines: Lines) -> Lines:
    return [*lines[:4], lines[4].replace("2026", "2025"), *lines[5:]]


def rehashed(lines: Lines) -> Lines:
    """The entry's own hash made to fit; the next one then does not follow it."""
    entry = json.loads(lines[4]) | {"hash": "a" * 64}
    return [*lines[:4], json.dumps(entry), *lines[5:]]


def taken_out(lines: Lines) -> Lines:
    return [*lines[:4], *lines[5:]]


def first_taken_out(lines: Lines) -> Lines:
    return lines[1:]


def put_in(lines: Lines) -> Lines:
    return [*lines[:5], lines[4], *lines[5:]]


def moved(lines: Lines) -> Lines:
    return [*lines[:4], lines[5], lines[4], *lines[6:]]


def garbled(lines: Lines) -> Lines:
    return [*lines[:4], lines[4][:-10], *lines[5:]]


def test_G5_tampering_is_found_and_its_line_named(exported: Path, tmp_path: Path) -> None:
    lines, missed = exported.read_text().splitlines(), []
    for tampering in (edited, rehashed, taken_out, first_taken_out, put_in, moved, garbled):
        path = tmp_path / tampering.__name__
        path.write_text("\n".join(tampering(lines)) + "\n")
        code, said = check(path)
        if code != 1 or not said.startswith("TAMPERED: line "):
            missed.append((tampering.__name__, code, said))
    assert missed == []


def test_G5_entries_cut_off_at_the_end_are_found_by_a_hash_noted_before(authority: Authority, exported: Path) -> None:
    lines = exported.read_text().splitlines(keepends=True)
    exported.write_text("".join(lines[:-2]))
    assert check(exported)[0] == 0
    code, said = check(exported, json.loads(lines[-1])["hash"])
    assert code == 1 and "not in the file" in said


def test_G5_it_says_when_it_cannot_tell(tmp_path: Path) -> None:
    (tmp_path / "empty").write_text("")
    assert [check(tmp_path / "empty")[0], check(tmp_path / "nowhere")[0], check()[0]] == [2, 2, 2]


def test_G5_the_verifier_can_be_downloaded_by_all_staff(cast: Cast) -> None:
    answer = signed_in(cast.stranger).get(reverse("reporting:verifier"))
    assert b"".join(answer.streaming_content) == VERIFY.read_bytes()  # type: ignore[arg-type, attr-defined]
