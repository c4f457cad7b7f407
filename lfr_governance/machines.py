"""The state machines of the product, read from the models themselves: what the diagrams draw and their tables list."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django_fsm import FSMFieldMixin

# In the order in which a reader meets them; a machine not named here follows.
FIRST = ("application", "authority", "obligation", "hold")


@dataclass(frozen=True)
class Step:
    """What leads from one or more states to another, and the clause it rests on."""

    name: str
    sources: tuple[str, ...]
    target: str
    clause: str

    @property
    def words(self) -> str:
        return self.name.replace("_", " ")


@dataclass(frozen=True)
class Machine:
    """`states`: value and label, in the order of the words; the first a thing is in is `initial`."""

    name: str
    title: str
    states: tuple[tuple[str, str], ...]
    initial: str
    steps: tuple[Step, ...]

    def is_final(self, state: str) -> bool:
        return all(state not in step.sources for step in self.steps)

    def label(self, state: str) -> str:
        return dict(self.states)[state]

    @property
    def rows(self) -> list[tuple[str, Step, str]]:
        """The machine as a table: from, step, to."""
        places = [value for value, _ in self.states]
        found = [(source, step) for step in self.steps for source in step.sources]
        return [
            (self.label(source), step, self.label(step.target)) for source, step in sorted(found, key=lambda row: (places.index(row[0]), row[1].name))
        ]


def machines() -> list[Machine]:
    """Every machine there is, found by its field: a new one appears by itself."""
    found = [machine_of(model, field) for model in apps.get_models() for field in model._meta.concrete_fields if isinstance(field, FSMFieldMixin)]
    return sorted(found, key=lambda machine: (FIRST.index(machine.name) if machine.name in FIRST else len(FIRST), machine.name))


def machine_of(model: Any, field: Any) -> Machine:
    states = tuple((str(value), str(label)) for value, label in field.choices)
    return Machine(model._meta.model_name, str(model._meta.verbose_name).capitalize(), states, str(field.default), tuple(steps_of(model, field)))


def steps_of(model: Any, field: Any) -> Iterator[Step]:
    """One step for each name and target, with all the states from which it can be taken."""
    sources, clauses = defaultdict(set), {}
    for transition in field.get_all_transitions(model):
        key = transition.name, str(transition.target)
        sources[key].add(str(transition.source))
        clauses[key] = transition.custom.get("clause", "")
    order = [str(value) for value, _ in field.choices]
    for (name, target), found in sorted(sources.items()):
        yield Step(name, tuple(sorted(found, key=order.index)), target, clauses[name, target])
