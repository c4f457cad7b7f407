"""The stage diagrams are drawn from the machines, and docs/ shows what is drawn (6.2)."""

from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.urls import reverse

from lfr_governance.demonstration.people import Cast
from lfr_governance.diagrams import svg
from lfr_governance.machines import Machine, machines
from tests.clients import signed_in

SVG = "{http://www.w3.org/2000/svg}"
FOLDER = Path(settings.BASE_DIR) / "docs" / "diagrams"


def test_docs_show_the_machines_as_they_are() -> None:
    """When this fails: manage.py draw_machines"""
    drawn = {f"{machine.name}.svg": str(svg(machine)) for machine in machines()}
    assert {path.name: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.svg"))} == drawn


def test_the_machines_of_stage_1_and_the_clocks_are_among_them() -> None:
    assert {"application", "authority", "obligation", "hold"} <= {machine.name for machine in machines()}


@pytest.mark.parametrize("machine", machines(), ids=lambda machine: machine.name)
def test_a_diagram_shows_every_state_and_every_step_and_nothing_is_styled(machine: Machine) -> None:
    text = str(svg(machine))
    root = ElementTree.fromstring(text)
    said = [" ".join("".join(node.itertext()).split()) for node in root.iter(f"{SVG}text")]
    in_order = " ".join(said)
    assert [label for _, label in machine.states if not all(word in in_order for word in label.split())] == []
    assert len([one for one in said if any(one in (step.words, f"{step.words} {step.clause}") for step in machine.steps)]) >= len(machine.rows)
    assert "style=" not in text and "<style" not in text and "<script" not in text


@pytest.mark.parametrize("machine", machines(), ids=lambda machine: machine.name)
def test_no_line_or_word_leaves_the_picture(machine: Machine) -> None:
    root = ElementTree.fromstring(str(svg(machine)))
    width, height = float(root.attrib["width"]), float(root.attrib["height"])
    for node in root.iter():
        x, y = float(node.attrib.get("x", node.attrib.get("cx", 0))), float(node.attrib.get("y", node.attrib.get("cy", 0)))
        assert 0 <= x <= width and 0 <= y <= height


def test_G6_help_shows_diagrams_with_their_tables_words_and_bodies_to_all_staff(cast: Cast) -> None:
    shown = signed_in(cast.stranger).get(reverse("help")).content.decode()
    assert shown.count('<svg class="app-diagram"') == len(machines())
    for machine in machines():
        assert f"{machine.title}: the steps as a table" in shown
    assert "Zone of Recognition" in shown and "Constabulary Advisory Group" in shown and "<abbr" in shown
