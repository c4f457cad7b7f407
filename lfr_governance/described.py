"""The OpenAPI description as plain lists for a page."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Field:
    """One parameter, or one field of a body or an answer; `within` names what it is a part of."""

    name: str
    kind: str
    says: str
    required: bool
    within: str = ""


@dataclass(frozen=True)
class Answer:
    status: str
    says: str


@dataclass(frozen=True)
class Operation:
    key: str
    method: str
    path: str
    title: str
    says: str
    parameters: list[Field]
    body: list[Field]
    answer: list[Field]
    answers: list[Answer]


def described(schema: dict[str, Any]) -> dict[str, list[Operation]]:
    """Every operation, by the first word of its address."""
    groups: dict[str, list[Operation]] = {}
    for path, methods in schema["paths"].items():
        for method, found in methods.items():
            groups.setdefault(found["tags"][0], []).append(operation(schema, path, method, found))
    return groups


def operation(schema: dict[str, Any], path: str, method: str, found: dict[str, Any]) -> Operation:
    title, _, says = found["description"].partition(". ")
    good = next(answer for status, answer in found["responses"].items() if status < "400")
    return Operation(
        key=found["operationId"],
        method=method.upper(),
        path=path,
        title=title.rstrip("."),
        says=says,
        parameters=[parameter(schema, one) for one in found.get("parameters", []) if one["in"] != "path"],
        body=fields(schema, content(found.get("requestBody", {}))),
        answer=fields(schema, content(good)),
        answers=[Answer(status, answer.get("description", "")) for status, answer in found["responses"].items() if status >= "400"],
    )


def content(holder: dict[str, Any]) -> dict[str, Any]:
    return next((one["schema"] for one in holder.get("content", {}).values()), {})


def parameter(schema: dict[str, Any], one: dict[str, Any]) -> Field:
    return Field(one["name"], kind(schema, one["schema"]), one.get("description", ""), one.get("required", False))


def resolved(schema: dict[str, Any], one: dict[str, Any]) -> dict[str, Any]:
    """What stands behind a reference, with what is said beside it. Where one of several may stand, the first that is something."""
    for several in ("oneOf", "anyOf", "allOf"):
        if several in one and any("$ref" in choice for choice in one[several]):
            rest = {name: value for name, value in one.items() if name != several}
            return {**resolved(schema, next(choice for choice in one[several] if "$ref" in choice)), **rest}
    if "$ref" not in one:
        return one
    behind = schema["components"]["schemas"][one["$ref"].rpartition("/")[2]]
    return {**behind, **{name: value for name, value in one.items() if name != "$ref"}}


def fields(schema: dict[str, Any], of: dict[str, Any], within: str = "") -> list[Field]:
    """The fields, each followed by those within it."""
    whole, found = resolved(schema, of), []
    for name, one in whole.get("properties", {}).items():
        inner = resolved(schema, one)
        says = one.get("description", "").partition("* `")[0]  # what follows are the words for each choice
        found.append(Field(name, kind(schema, one), says, name in whole.get("required", ()), within))
        found += fields(schema, inner.get("items", inner), f"{within}{name}.")
    return found


def kind(schema: dict[str, Any], one: dict[str, Any]) -> str:
    whole = resolved(schema, one)
    if "enum" in whole:
        return "one of: " + ", ".join(str(word) for word in whole["enum"] if word is not None)
    kinds = whole.get("type", "object")
    names = [name for name in (kinds if isinstance(kinds, list) else [kinds]) if name != "null"]
    said = whole.get("format") or " or ".join(names)
    return f"list of {kind(schema, whole['items'])}" if said == "array" else said
