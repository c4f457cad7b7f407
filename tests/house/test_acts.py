"""Everything that changes the product's records goes through an act (docs/house.md): in services, by a named person, at a named time."""

import ast
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from tests.house.source import ROOT, calls, each, last_word, parsed, place, product

SERVICES = product("services")
# The acts' own machinery: outside it nobody writes to the trail by hand.
WRITES_TO_THE_TRAIL = {"audit/acts.py", "audit/reading.py"}
DOORS = product("views", "urls", "forms", "api", "tasks", "middleware", "templatetags")
WRITING = {"save", "create", "bulk_create", "bulk_update", "update", "delete", "get_or_create", "update_or_create", "add", "set", "remove", "clear"}
READING = {"filter", "exclude", "all", "get", "order_by", "select_related", "select_for_update", "annotate", "first", "last", "in_force"}


def is_act(function: ast.FunctionDef) -> bool:
    return any(last_word(decorator) == "act" for decorator in function.decorator_list)


def takes(function: ast.FunctionDef, word: str) -> bool:
    arguments = function.args
    return word in [argument.arg for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]


@cache
def names_of_acts() -> frozenset[str]:
    return frozenset(function.name for _, function in each(SERVICES) if is_act(function))


@cache
def parts_of_acts() -> list[tuple[Path, ast.FunctionDef]]:
    """Functions of services that know who acts and are no acts themselves; checks change nothing."""
    plain = [(path, function) for path, function in each(SERVICES) if takes(function, "by") and not is_act(function)]
    return [(path, function) for path, function in plain if not function.name.startswith(("check_", "is_", "can_", "may_"))]


def mentioned(paths: list[Path]) -> set[str]:
    nodes = [node for path in paths for node in ast.walk(parsed(path)) if isinstance(node, ast.Name | ast.Attribute)]
    return {last_word(node) for node in nodes}


def test_who_acts_acts_in_an_act():
    """A plain function of services that knows who acts is used by an act, or says of what it is a part."""
    used = mentioned(SERVICES)
    assert [place(path, part) for path, part in parts_of_acts() if part.name not in used and not ast.get_docstring(part)] == []


@cache
def names_of_parts() -> set[str]:
    return {part.name for _, part in parts_of_acts()} - names_of_acts()


def reaching_past_acts(path: Path) -> list[ast.Call]:
    return [call for name, call in calls(parsed(path)) if name in names_of_parts() and name in from_services(path, call)]


def test_no_door_reaches_past_the_act():
    """A view, form, API or task that called a part of an act would change something without transaction and entry."""
    assert [place(path, call) for path in DOORS for call in reaching_past_acts(path)] == []


@pytest.mark.parametrize(
    "text",
    [
        "from operations.services import write_appointment\nwrite_appointment(it, person, role, by=by, at=at)",
        "from operations import services\nservices.write_appointment(it, person, role, by=by, at=at)",
    ],
)
def test_the_search_finds_a_reach_past_the_act(tmp_path: Path, text: str):
    door = tmp_path / "views.py"
    door.write_text(text)
    assert reaching_past_acts(door)


def from_services(path: Path, call: ast.Call) -> set[str]:
    """The names that a call may mean in this module if they come from services: `from x.services import name`, or `services.name()`."""
    direct = {name for module, name in imported(path) if "services" in module.split(".")}
    owners = {name for module, name in imported(path) if "services" in (*module.split("."), name)}
    owner = last_word(call.func.value) if isinstance(call.func, ast.Attribute) else ""
    return direct | ({last_word(call.func)} if owner in owners else set())


@cache
def imported(path: Path) -> set[tuple[str, str]]:
    nodes = [node for node in ast.walk(parsed(path)) if isinstance(node, ast.ImportFrom)]
    return {(node.module or "", alias.asname or alias.name) for node in nodes for alias in node.names}


def acts_on_the_way(node: ast.AST, is_act: Callable[[ast.Call], bool]) -> int:
    """How many acts one way through this code performs at most; what is repeated counts twice."""
    parts = [child for child in ast.iter_child_nodes(node) if not isinstance(child, ast.expr_context)]
    if isinstance(node, ast.If | ast.IfExp):
        ways = ([node.test, *listed(node.body)], [node.test, *listed(node.orelse)])
        return max(sum(acts_on_the_way(part, is_act) for part in way) for way in ways)
    times = 2 if isinstance(node, ast.For | ast.While | ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp) else 1
    own = isinstance(node, ast.Call) and is_act(node)
    return times * sum(acts_on_the_way(part, is_act) for part in parts) + own


def listed(part: ast.expr | list[ast.stmt]) -> list[ast.AST]:
    return [*part] if isinstance(part, list) else [part]


def several_acts(path: Path) -> list[ast.FunctionDef]:
    def performs(call: ast.Call) -> bool:
        return last_word(call.func) in names_of_acts() and last_word(call.func) in from_services(path, call)

    return [function for _, function in each([path]) if acts_on_the_way(function, performs) > 1]


# Planning is done whenever somebody looks, once for each authority: one that is refused keeps no other.
PLANS_WHEN_SEEN = {"deployments/views/lists.py"}


def test_a_door_performs_one_act_so_that_what_is_refused_is_refused_whole():
    """Two acts in a row would keep the first when the second is refused. What belongs together is one act of the services."""
    doors = [path for path in product("views", "api") if str(path.relative_to(ROOT)) not in PLANS_WHEN_SEEN]
    assert [place(path, function) for path in doors for function in several_acts(path)] == []


@pytest.mark.parametrize(
    ("body", "several"),
    [
        ("appoint(it, by=1, at=2)\n    end_appointment(it, by=1, at=2)", True),
        ("for it in them:\n        appoint(it, by=1, at=2)", True),
        ("return [appoint(it, by=1, at=2) for it in them]", True),
        ("if it:\n        appoint(it, by=1, at=2)\n    appoint(it, by=1, at=2)", True),
        ("if it:\n        appoint(it, by=1, at=2)\n    else:\n        end_appointment(it, by=1, at=2)", False),
        ("return appoint(it, by=1, at=2) if it else end_appointment(it, by=1, at=2)", False),
    ],
)
def test_the_search_finds_acts_in_a_row(tmp_path: Path, body: str, several: bool):
    door = tmp_path / "views.py"
    door.write_text(f"from operations.services import appoint, end_appointment\ndef act(it):\n    {body}\n")
    assert bool(several_acts(door)) == several


def test_an_act_takes_its_thing_first_and_by_and_at_by_name():
    acts = [(path, function) for path, function in each(SERVICES) if is_act(function)]
    assert acts
    assert [place(path, act) for path, act in acts if not {"by", "at"} <= {argument.arg for argument in act.args.kwonlyargs}] == []
    assert [place(path, act) for path, act in acts if len(act.args.args) > 1] == []


def test_an_act_says_which_rule_it_carries_out():
    assert [place(path, function) for path, function in each(SERVICES) if is_act(function) and not ast.get_docstring(function)] == []


def test_acts_live_in_services():
    assert [place(path, function) for path, function in each(product()) if is_act(function) and path not in SERVICES] == []


def test_the_trail_is_written_by_acts():
    for path in product():
        if str(path.relative_to(ROOT)) in WRITES_TO_THE_TRAIL:
            continue
        assert not {name for module, name in imported(path) if module == "audit.acts"} & {"append_to", "note_refusal", "head_of"}, path
        assert [place(path, call) for name, call in calls(parsed(path)) if name in WRITING and "TrailEntry" in ast.unparse(call.func)] == []


def writes(tree: ast.AST) -> list[ast.Call]:
    """Calls that write to the database: `thing.save()`, `Model.objects.create()`, `….filter(…).update()`."""
    called = [(name, call, call.func.value) for name, call in calls(tree) if name in WRITING and isinstance(call.func, ast.Attribute)]
    return [call for name, call, owner in called if is_of_the_database(name, owner)]


def is_of_the_database(name: str, owner: ast.expr) -> bool:
    if "session" in ast.unparse(owner) or "cache" in ast.unparse(owner):
        return False
    if name in ("save", "bulk_create", "bulk_update", "get_or_create", "update_or_create"):
        return True
    return ".objects" in ast.unparse(owner) or (isinstance(owner, ast.Call) and last_word(owner.func) in READING)


def test_no_door_writes_to_the_database():
    assert [place(path, call) for path in DOORS for call in writes(parsed(path))] == []


@pytest.mark.parametrize(
    "line", ["thing.save()", "Thing.objects.create(a=1)", "Thing.objects.filter(a=1).update(b=2)", "self.get_queryset().filter(a=1).delete()"]
)
def test_the_search_finds_writes(line: str):
    assert writes(ast.parse(line))


@pytest.mark.parametrize("line", ["context.update(a=1)", "names.add(name)", "request.session.save()", "cache.delete(key)", "cleaned.get('a')"])
def test_the_search_leaves_other_things_alone(line: str):
    assert not writes(ast.parse(line))


def test_no_state_is_changed_round_its_machine():
    """`.update(state=…)` passes both the machine and the version."""
    updates = [(path, call) for path in product() for name, call in calls(parsed(path)) if name == "update"]
    assert [place(path, call) for path, call in updates if "state" in [word.arg for word in call.keywords]] == []


def test_no_permission_rests_on_has_perm_alone():
    """A superuser, and a model-wide grant, pass it: standings compare people, and `has_perm` at most confirms them."""
    asking = {"has_perm", "has_perms", "has_transition_perm"}
    comparing = {"standings", "check_sees", "check_writes", "visible_to"}
    called = [(place(path, function), {name for name, _ in calls(function)}) for path, function in each(product())]
    assert [where for where, names in called if names & asking and not names & comparing] == []
