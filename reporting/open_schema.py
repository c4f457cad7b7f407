"""What the public data say, field by field: the JSON Schema that is served beside them, and the page that explains them (X-1, 9.6)."""

from dataclasses import dataclass
from typing import Any

Schema = dict[str, Any]
NAME = "lfr-register/1"
LICENCE = "Open Government Licence v3.0"
LICENCE_URL = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
DAY, MOMENT = r"^\d{4}-\d\d-\d\d$", r"^\d{4}-\d\d-\d\dT\d\d:\d\d:00[+-]\d\d:\d\d$"


def whole(says: str = "") -> Schema:
    return {"type": "integer", "minimum": 0, "description": says}


def text(says: str, **more: Any) -> Schema:
    return {"type": "string", "description": says, **more}


def decimal(says: str) -> Schema:
    """Written as text, so that no program rounds it on the way."""
    return text(says, pattern=r"^\d+(\.\d+)?$")


def record(says: str, fields: dict[str, Schema]) -> Schema:
    return {"type": "object", "description": says, "properties": fields, "required": list(fields), "additionalProperties": False}


def maybe(schema: Schema) -> Schema:
    """Null where it is not known: never 0."""
    return {**schema, "type": [schema["type"], "null"]}


def pair(says: str, part: Schema) -> Schema:
    return record(says, {"confirmed": part, "unconfirmed": part})


def rate(says: str) -> Schema:
    interval = {"type": "array", "items": decimal("Percent"), "minItems": 2, "maxItems": 2, "description": "Lower and upper bound, percent"}
    fields = {
        "numerator": maybe(whole("False alerts")),
        "denominator": maybe(whole("Faces scanned")),
        "percent": maybe(decimal("Percent, rounded half up; at least two digits of a small rate")),
        "one_in": maybe(whole("One false alert in so many faces")),
        "interval_95": maybe(interval),
        "method": {"const": "Clopper-Pearson", "description": "How the interval is reckoned"},
    }
    return record(says, fields)


DEPLOYMENT = {
    "id": text("The site-session: one place on one day. It never changes", pattern=r"^[a-z]+-\d{4}-\d{4}-\d+$"),
    "edition": {**whole("Raised by one with each correction"), "minimum": 1},
    "force": text("The police force"),
    "location": text("Where: place, town"),
    "date": text("The day it began, in the United Kingdom", pattern=DAY),
    "start": text("When it began, to the minute, with the offset from UTC", pattern=MOMENT),
    "end": text("When it ended", pattern=MOMENT),
    "duration_minutes": whole("Minutes, without the time it was suspended"),
    "style": maybe(text("With what", enum=["marked vans", "wired cameras", "marked vans and wired cameras", None])),
    "assets": maybe(whole("How many vans or wired systems")),
    "watchlist_subjects": maybe(whole("Subjects on the watchlist; a person on two lists counts twice, several pictures of one person count once")),
    "threshold_minimum": decimal("The lowest threshold that was authorised, from 0 to 1"),
    "alerts": whole("All alerts: positive, false, and not determined"),
    "positive_alerts": pair("The right person; confirmed by speaking to them, or not", whole()),
    "false_alerts": pair("Somebody else; confirmed by speaking to them, or not", whole()),
    "not_determined": whole("Alerts of which it could not be told"),
    "false_alert_rate": rate("False alerts, confirmed and unconfirmed, of the faces scanned"),
    "policing_outcomes": record(
        "What the police did because of an alert; one alert may lead to several",
        {"total": whole(), "by_kind": {"type": "object", "additionalProperties": whole(), "description": "Only kinds that occurred"}},
    ),
    "faces_scanned": maybe(whole("Faces, not people: whoever stays in view, or comes back, is counted again")),
    "faces_counting_method": maybe(text("What the system counted as a face. Figures counted in different ways do not compare")),
    "flags": {"type": "array", "items": {"type": "string"}, "description": "What to know beside the figures"},
    "notes": maybe(text("The force’s own notes")),
}
KINDS = ("arrests", "voluntary_attendances", "street_bails", "safeguarding_actions", "other")
BREAK = {
    "date": text("The first day counted otherwise", pattern=DAY),
    "force": text("The police force"),
    "id": text("The first site-session counted otherwise"),
    "from_method": maybe(text("Counted so before")),
    "to_method": maybe(text("Counted so since")),
}
SUMMARY = {
    "deployments": whole("Operations"),
    "site_sessions": whole("Days at a place: the elements of deployments.json"),
    "faces_scanned": maybe(whole("Of those site-sessions whose faces were counted")),
    "alerts": maybe(whole("All alerts")),
    "positive_alerts": pair("As in a deployment", maybe(whole())),
    "false_alerts": pair("As in a deployment", maybe(whole())),
    "false_alert_rate": rate("Pooled, never averaged: of those site-sessions alone whose faces were counted"),
    "policing_outcomes": record("By kind", {kind: maybe(whole()) for kind in KINDS}),
    "from": maybe(text("The first day asked for", pattern=DAY)),
    "to": maybe(text("The last day asked for", pattern=DAY)),
    "as_at": text("When it was put together", format="date-time"),
    "breaks": {"type": "array", "items": record("A change in how faces are counted", BREAK), "description": "Figures on either side do not compare"},
}
LIST = {
    "schema": {"const": NAME, "description": "The edition of this description"},
    "as_at": text("When it was put together", format="date-time"),
    "deployments": {"type": "array", "items": {"$ref": "#/$defs/deployment"}, "description": "The newest first"},
}
DEFS = {
    "deployment": record("One published site-session", DEPLOYMENT),
    "deployments.json": record("Each deployment", LIST),
    "summary.json": record("All put together", SUMMARY),
}
SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": NAME,
    "description": f"The public register of live facial recognition. Unknown is null, never 0. {LICENCE}: {LICENCE_URL}",
    "anyOf": [{"$ref": "#/$defs/deployments.json"}, {"$ref": "#/$defs/summary.json"}],
    "$defs": DEFS,
}


@dataclass(frozen=True)
class Field:
    """One line of the page that explains the data."""

    name: str
    says: str
    may_be_null: bool


def fields(schema: Schema, within: str = "") -> list[Field]:
    """Every field with what it means, those of an object after it (X-1)."""
    found = []
    for name, one in schema["properties"].items():
        found.append(Field(f"{within}{name}", one.get("description", ""), isinstance(one.get("type"), list)))
        if "properties" in one:
            found += fields(one, f"{within}{name}.")
    return found
