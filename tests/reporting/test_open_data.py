"""The register as data: the contract, its published schema, unknown as null, no formula; ODS and feed the same (X-1, X-3, X-4, R-6)."""

import csv
import io
import json
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import reverse
from jsonschema import Draft202012Validator, ValidationError
from python_calamine import CalamineWorkbook

from lfr_governance.demonstration.people import Cast
from reporting.models import Publication
from reporting.ods import spreadsheet
from reporting.open_schema import DEPLOYMENT, fields
from reporting.views.open_data import COLUMNS, row_of, safe, written
from tests.reporting.stages import publication
from tests.reporting.test_register import got

# As agreed with those who take the data: in this order (issue 4).
ELEMENT = [
    *("id", "edition", "force", "location", "date", "start", "end", "duration_minutes", "style", "assets", "watchlist_subjects"),
    *("threshold_minimum", "alerts", "positive_alerts", "false_alerts", "not_determined", "false_alert_rate", "policing_outcomes"),
    *("faces_scanned", "faces_counting_method", "flags", "notes"),
]
SUMMARY = [
    *("deployments", "site_sessions", "faces_scanned", "alerts", "positive_alerts", "false_alerts", "false_alert_rate", "policing_outcomes"),
    *("from", "to", "as_at", "breaks"),
]
ATOM = "{http://www.w3.org/2005/Atom}"
UNKNOWN = {"numerator": 2, "denominator": None, "percent": None, "one_in": None, "interval_95": None, "method": "Clopper-Pearson"}


def check(said: Any, of: str) -> None:
    """Against the schema that is served."""
    schema = json.loads(got("register_schema"))
    Draft202012Validator.check_schema(schema)
    Draft202012Validator({"$ref": f"#/$defs/{of}", "$defs": schema["$defs"]}).validate(said)


def test_X1_the_data_follow_the_contract_and_the_published_schema(cast: Cast) -> None:
    first = publication(cast, "published")
    served = got("register_json").decode()
    told = json.loads(served)
    assert list(told) == ["schema", "as_at", "deployments"] and told["schema"] == "lfr-register/1"
    (element,) = told["deployments"]
    assert list(element) == ELEMENT == list(DEPLOYMENT) and first.content in served
    check(told, "deployments.json")
    check(json.loads(got("register_summary")), "summary.json")


@pytest.mark.parametrize(
    "wrong",
    [
        {"alerts": "6"},
        {"alerts": None},
        {"faces_scanned": -1},
        {"threshold_minimum": 0.66},
        {"extra": 1},
        {"id": "LFR/2026/0001"},
        {"style": "drones"},
    ],
    ids=str,
)
def test_X1_what_does_not_follow_the_schema_is_found(cast: Cast, wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        check({**publication(cast, "published").element, **wrong}, "deployment")


def test_X1_what_is_not_known_is_null_and_never_zero(cast: Cast) -> None:
    element = publication(cast, "published").element
    unknown = {**element, "faces_scanned": None, "faces_counting_method": None, "false_alert_rate": UNKNOWN}
    check(unknown, "deployment")
    row = dict(zip(COLUMNS, row_of(unknown), strict=True))
    assert row["faces_scanned"] is None and row["false_alert_rate_percent"] is None and row["interval_95_lower"] is None


def test_X1_every_field_is_explained_and_the_licence_named_on_a_page_and_beside_the_data(cast: Cast) -> None:
    page = got("register_data").decode()
    told = fields({"properties": DEPLOYMENT})
    assert [one.name for one in told if one.name not in page] == []
    assert [one.name for one in told if not one.says and not one.name.endswith(("confirmed", "total"))] == []
    assert "Open Government Licence" in page
    assert 'rel="describedby"' in Client().get(reverse("reporting:register_csv"))["Link"]


def test_X4_the_summary_is_pooled_never_averaged(cast: Cast) -> None:
    first = publication(cast, "published")
    told = json.loads(got("register_summary"))
    assert list(told) == SUMMARY
    assert (told["deployments"], told["site_sessions"], told["faces_scanned"], told["alerts"]) == (1, 1, 18230, 6)
    assert told["policing_outcomes"]["arrests"] == 1 and told["breaks"] == []
    day = (first.started_at + timedelta(days=1)).date()
    nothing = json.loads(got("register_summary", f"?from={day}"))
    assert nothing["site_sessions"] == 0 and nothing["alerts"] is None and nothing["false_alert_rate"]["percent"] is None
    check(nothing, "summary.json")
    assert json.loads(got("register_summary", f"?force=cumbria&to={first.started_at.date()}"))["site_sessions"] == 1
    assert Client().get(reverse("reporting:register_summary") + "?from=yesterday").status_code == 400


FORMULAS = ["=1+1", "+44", "-2", "@SUM(A1)", "\t=1", " =1", "\r=1"]


@pytest.mark.parametrize("text", FORMULAS)
def test_R6_no_cell_of_the_csv_is_a_formula(text: str) -> None:
    assert str(safe(text)).startswith("'")
    (row,) = csv.reader(io.StringIO(written(["a", text])))
    assert row == ["a", f"'{text}"]


def test_R6_no_cell_of_the_spreadsheet_is_a_formula() -> None:
    """Nor does anything that is typed break the file."""
    typed = [*FORMULAS, "<&>", "bell\x07", "Carlisle – Ünder"]
    (row,) = CalamineWorkbook.from_filelike(spreadsheet("A & B", [[*typed, 7, None]])).get_sheet_by_index(0).to_python()
    assert row[: len(typed)] == ["=1+1", "+44", "-2", "@SUM(A1)", row[4], row[5], row[6], "<&>", "bell", "Carlisle – Ünder"]
    assert row[len(typed)] == 7 and b"formula" not in spreadsheet("A", [typed]).read()


def test_R6_csv_and_ods_are_the_same_rows(cast: Cast) -> None:
    element = publication(cast, "published").element
    (row,) = csv.DictReader(io.StringIO(got("register_csv").decode().removeprefix("\ufeff")))
    assert (row["id"], row["alerts"], row["false_confirmed"], row["interval_95_upper"], row["arrests"]) == (element["id"], "6", "1", "0.0396", "1")
    packed = got("register_ods")
    assert packed[30:84] == b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"
    head, told = CalamineWorkbook.from_filelike(io.BytesIO(packed)).get_sheet_by_index(0).to_python()
    assert head == list(COLUMNS)
    assert [str(int(value)) if isinstance(value, float) else value for value in told] == list(row.values())


def feed() -> list[tuple[str, str]]:
    entries = ElementTree.fromstring(got("register_feed")).findall(f"{ATOM}entry")
    return [(entry.findtext(f"{ATOM}title") or "", entry.findtext(f"{ATOM}summary") or "") for entry in entries]


def test_R6_X3_the_feed_tells_of_every_edition(cast: Cast) -> None:
    publication(cast, "corrected")
    (second, figures), (first, _) = feed()
    assert first == "Botchergate, Carlisle, 7 October 2026" and second == f"{first}, edition 2"
    assert figures.startswith("6 alerts: 3 positive, 2 false, 1 not determined. False alert rate: 0.011\u00a0%.")


def test_X3_the_feed_tells_of_a_withdrawal_without_the_figures(cast: Cast) -> None:
    gone: Publication = publication(cast, "withdrawn")
    assert feed() == [("Withdrawn: Botchergate, Carlisle, 7 October 2026", gone.withdrawn_reason)]
