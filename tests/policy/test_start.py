"""A wrong policy file stops the start, and the last line printed says what to mend."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from policy.shelf import EDITIONS
from tests.house.source import ROOT


def start(editions: Path, name: str = "cumbria-1") -> tuple[int, str]:
    told = os.environ | {"LFR_POLICY_EDITIONS": str(editions), "LFR_POLICY": name}
    done = subprocess.run([sys.executable, "manage.py", "check"], cwd=ROOT, env=told, capture_output=True, text=True)
    return done.returncode, done.stderr.strip()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("length = 744", "length = 0", "limits.cctv: length must be a whole number above zero"),
        ("preservation = { value = false", 'preservation = { value = "yes"', "switches.alert_data_preservation: value must be true or false"),
        ('value = "0.64"', "value = 0.64", "figures.minimum_threshold: value must be a number in quotes"),
    ],
)
def test_a_wrong_file_stops_the_start(tmp_path: Path, old: str, new: str, told: str):
    text = (EDITIONS / "cumbria-1.toml").read_text()
    line = text[: text.index(old)].count("\n") + 1
    (tmp_path / "cumbria-1.toml").write_text(text.replace(old, new))
    code, words = start(tmp_path)
    assert code == 1
    assert words.endswith(f"policy.edition.PolicyFileError: cumbria-1.toml, line {line}: {told}")


def test_an_edition_that_is_not_there_stops_the_start(tmp_path: Path):
    code, words = start(tmp_path, "cumbria-9")
    assert (code, words.endswith("cumbria-9.toml: there is no such policy file")) == (1, True)
