"""Stage diagrams, drawn from the machines (6.2). States stand in a column; each step is a line to the right that leads to its target.

Plain SVG without style attributes (the CSP refuses these): it looks the same on a page, in docs/ and on paper. The same machine gives the same text.
"""

from dataclasses import dataclass
from textwrap import wrap

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from lfr_governance.machines import Machine, Step

BOX, LABEL, LANE, SLOT, GAP, EDGE = 150, 128, 13, 21, 18, 6
LINE, MOST = 16, 17  # of a state's label: height of a line, letters in it
INK, SOFT = "#0b0c0c", "#505a5f"


@dataclass(frozen=True)
class Slot:
    """Where a line leaves or enters a box: `step` leaves from its source, or comes in."""

    step: Step
    leaves: bool
    y: float


@dataclass(frozen=True)
class Box:
    state: str
    lines: list[str]
    y: float
    height: float
    slots: list[Slot]

    def y_of(self, step: Step, *, leaves: bool) -> float:
        return next(slot.y for slot in self.slots if slot.step == step and slot.leaves == leaves)


def svg(machine: Machine) -> SafeString:
    """The whole diagram; its title is read aloud, its table stands beside it."""
    boxes = boxes_of(machine)
    lanes = lanes_of(machine, boxes)
    width, height = EDGE * 2 + BOX + LABEL + LANE * len(lanes), max(box.y + box.height for box in boxes.values()) + EDGE
    key = f"diagram-{machine.name}"
    drawn = [start(boxes[machine.initial])]
    drawn += [route(step, lane, boxes) for step, lane in lanes.items()]
    drawn += [box_drawn(box, machine.is_final(box.state)) for box in boxes.values()]
    return mark_safe(  # every text in it is escaped where it is drawn
        f'<svg class="app-diagram" xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height:g}" viewBox="0 0 {width} {height:g}"'
        f' role="img" aria-labelledby="{key}" font-family="Helvetica, Arial, Liberation Sans, sans-serif" font-size="13" fill="{INK}">\n'
        f'<title id="{key}">States of: {escape(machine.title.lower())}. The table beside this picture says the same.</title>\n'
        + "\n".join(drawn)
        + "\n</svg>\n"
    )


def boxes_of(machine: Machine) -> dict[str, Box]:
    """Each box is as high as its label and the lines that leave and enter it need."""
    boxes, y = {}, EDGE + GAP * 1.5
    for state, label in machine.states:
        ends = [(step, False) for step in machine.steps if step.target == state] + [(step, True) for step in machine.steps if state in step.sources]
        lines = wrap(label, MOST)
        height = max(len(ends) * SLOT + 6, len(lines) * LINE + 16)
        top = y + (height - len(ends) * SLOT) / 2
        slots = [Slot(step, leaves, top + SLOT * (place + 0.5)) for place, (step, leaves) in enumerate(ends)]
        boxes[state] = Box(state, lines, y, height, slots)
        y += height + GAP
    return boxes


def lanes_of(machine: Machine, boxes: dict[str, Box]) -> dict[Step, float]:
    """One lane a step, the shortest innermost: fewer lines cross."""

    def reach(step: Step) -> tuple[float, str]:
        ends = [boxes[source].y for source in step.sources] + [boxes[step.target].y]
        return max(ends) - min(ends), step.name

    return {step: EDGE + BOX + LABEL + LANE * (place + 0.5) for place, step in enumerate(sorted(machine.steps, key=reach))}


def start(box: Box) -> str:
    """A dot and an arrow: here it begins."""
    x = EDGE + BOX / 2
    return (
        f'<g class="app-diagram__start"><circle cx="{x:g}" cy="{box.y - 20:g}" r="5"/>'
        f'<path d="M{x:g} {box.y - 15:g}V{box.y - 6:g}" stroke="{INK}"/><path d="M{x:g} {box.y:g}l-4 -7h8z"/></g>'
    )


def route(step: Step, lane: float, boxes: dict[str, Box]) -> str:
    """From each source along a line with the step's words to the lane, and on to the target's arrow."""
    x = EDGE + BOX
    leaving = [boxes[source].y_of(step, leaves=True) for source in step.sources]
    arriving = boxes[step.target].y_of(step, leaves=False)
    lines = "".join(f"M{x:g} {y:g}H{lane:g}" for y in leaving)
    lines += f"M{lane:g} {min(*leaving, arriving):g}V{max(*leaving, arriving):g}M{lane:g} {arriving:g}H{x + 7:g}"
    joints = "".join(f'<circle cx="{lane:g}" cy="{y:g}" r="2.2"/>' for y in leaving if len(leaving) > 1)
    return (
        f'<g class="app-diagram__step"><path d="{lines}" fill="none" stroke="{SOFT}"/><path d="M{x:g} {arriving:g}l8 -4v8z"/>{joints}'
        + "".join(words(step, x + 6, y - 4) for y in leaving)
        + "</g>"
    )


def words(step: Step, x: float, y: float) -> str:
    clause = f' <tspan fill="{SOFT}" font-size="11">{escape(step.clause)}</tspan>' if step.clause else ""
    return f'<text x="{x:g}" y="{y:g}">{escape(step.words)}{clause}</text>'


def box_drawn(box: Box, final: bool) -> str:
    """A state; one that nothing leaves has a double edge."""
    frame = f'<rect x="{EDGE}" y="{box.y:g}" width="{BOX}" height="{box.height:g}" fill="#ffffff" stroke="{INK}" stroke-width="2"/>'
    if final:
        frame += f'<rect x="{EDGE + 4}" y="{box.y + 4:g}" width="{BOX - 8}" height="{box.height - 8:g}" fill="none" stroke="{INK}"/>'
    middle = box.y + box.height / 2 + 5 - (len(box.lines) - 1) * LINE / 2
    label = "".join(
        f'<text x="{EDGE + BOX / 2:g}" y="{middle + LINE * place:g}" text-anchor="middle" font-size="14" font-weight="bold">{escape(line)}</text>'
        for place, line in enumerate(box.lines)
    )
    return f'<g class="app-diagram__state">{frame}{label}</g>'
