"""The public register: no login, the twelve figures as entered (R-4, R-6, X-5, X-6, X-8). Its data: test_open_data.py."""

import json
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from deployments.states import Method
from lfr_governance.demonstration.people import Cast
from reporting.kept import NEAR
from reporting.models import Publication
from tests.reporting.stages import publication


def got(name: str, query: str = "") -> bytes:
    answer = Client().get(reverse(f"reporting:{name}") + query)
    assert answer.status_code == 200 and "public" in answer["Cache-Control"]
    return answer.getvalue()


def once_more(first: Publication, number: int, **changed: Any) -> Publication:
    """Another site-session like the first: rows are copied, for a thousand acts would take minutes."""
    fields = {field.attname: getattr(first, field.attname) for field in Publication._meta.concrete_fields if field.name not in ("id", "version")}
    fields |= {"register_id": f"cumbria-2026-0001-{number}", "edition": number, "state": "published", "why": "A copy", **changed}
    return Publication(**fields)


def test_R4_the_twelve_figures_are_what_was_entered(cast: Cast) -> None:
    """Day.concluded entered these: six alerts of every result, three outcomes, 18,230 faces, 407 subjects, one van."""
    said = publication(cast, "published").element
    assert said["location"] == "Botchergate, Carlisle" and said["date"] == "2026-10-07"
    assert (said["start"], said["end"], said["duration_minutes"]) == ("2026-10-07T13:00:00+01:00", "2026-10-07T19:30:00+01:00", 390)
    assert (said["assets"], said["style"], said["watchlist_subjects"], said["threshold_minimum"]) == (1, "marked vans", 407, "0.66")
    assert said["alerts"] == 6 and said["not_determined"] == 1
    assert said["positive_alerts"] == {"confirmed": 2, "unconfirmed": 1} and said["false_alerts"] == {"confirmed": 1, "unconfirmed": 1}
    assert said["false_alert_rate"] == {
        "numerator": 2,
        "denominator": 18230,
        "percent": "0.011",
        "one_in": 9115,
        "interval_95": ["0.0013", "0.0396"],
        "method": "Clopper-Pearson",
    }
    assert said["policing_outcomes"] == {"total": 3, "by_kind": {"arrest": 1, "safeguarding": 1, "other": 1}}
    assert said["faces_scanned"] == 18230 and said["notes"] is None


def test_R6_the_register_is_read_without_signing_in_and_names_nobody(cast: Cast) -> None:
    first = publication(cast, "corrected")
    page = Client().get(reverse("reporting:register"))
    assert page.status_code == 200 and page["Cache-Control"] == "public, max-age=60"
    for address in (reverse("reporting:published", args=[first.register_id]), reverse("reporting:edition", args=[first.register_id, 1])):
        shown = Client().get(address).content.decode()
        assert [person.name for person in cast.people.values() if person.name in shown] == []
        figures = ("18,230", "0.011\u00a0%", "2 of 18,230 faces", "95\u00a0% interval")
        for words in (*figures, "Faces are not people", "<svg", "One outcome had been left out"):
            assert words in shown, words


def test_R6_what_was_withdrawn_says_so_and_is_in_no_list(cast: Cast) -> None:
    gone = publication(cast, "withdrawn")
    shown = Client().get(reverse("reporting:published", args=[gone.register_id])).content.decode()
    assert "withdrawn on" in shown and gone.withdrawn_reason in shown
    assert json.loads(got("register_json"))["deployments"] == [] and gone.location not in got("register").decode()


@pytest.mark.parametrize("state", ["drafted", "checked", "approved"])
def test_R5_nothing_is_public_before_it_is_published(cast: Cast, state: str) -> None:
    thing = publication(cast, state)
    assert Client().get(reverse("reporting:published", args=[thing.register_id])).status_code == 404
    assert json.loads(got("register_json"))["deployments"] == []


@pytest.mark.parametrize(
    ("query", "found"),
    [("?place=botcher", 1), ("?place=kendal", 0), ("?from=2026-10-07&to=2026-10-07", 1), ("?from=2026-10-08", 0), ("?force=gmp", 0)],
)
def test_R6_filters(cast: Cast, query: str, found: int) -> None:
    thing = publication(cast, "published")
    assert got("register", query).decode().count(f"/register/{thing.register_id}/") == found
    assert len(json.loads(got("register_json", query))["deployments"]) == found


def test_X6_X8_what_was_not_given_and_what_was_deleted_in_time(cast: Cast) -> None:
    publication(cast, "published")
    shown = got("not_given").decode()
    for words in ("Refused", "Withdrawn before a decision", "Stood down before it began", "Ended early", "Personal data of an alert", "in time"):
        assert words in shown, words


def test_R6_X5_as_many_statements_for_one_as_for_thirty_and_a_new_way_of_counting_is_told(cast: Cast) -> None:
    first = publication(cast, "published")
    with CaptureQueriesContext(connection) as one:
        got("register")
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX one_edition_is_public")
    Publication.objects.bulk_create(
        once_more(first, number, started_at=first.started_at + timedelta(days=30 * number), faces_method=Method.DETECTED) for number in range(2, 32)
    )
    NEAR.clear()
    with CaptureQueriesContext(connection) as many:
        assert 'rel="next"' in got("register").decode()
    assert len(many) == len(one), [row["sql"][:120] for row in many]
    told = json.loads(got("register_summary"))
    assert told["site_sessions"] == 31 and told["faces_scanned"] == 31 * 18230 and told["false_alert_rate"]["numerator"] == 62
    assert Decimal(told["false_alert_rate"]["percent"]) == Decimal("0.011")
    assert [one["to_method"] for one in told["breaks"]] == [Method.DETECTED.label]
