"""One published deployment as the public reads it: the twelve items in the policy's order, read from the frozen element alone (9.6, R-4)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils.safestring import SafeString

from deployments.figures import NOT_CALCULABLE, Rate
from govuk.times import clock_time, public_date, span
from reporting.charts import Bar, bars, rate_chart
from reporting.models import Publication

UNKNOWN = "Not known"
PER_CENT = "\u00a0%"  # the number and its sign stay on one line
# One of each, and several.
STYLES = {
    "marked vans": ("marked van", "marked vans"),
    "wired cameras": ("wired camera", "wired cameras"),
    "marked vans and wired cameras": ("", "marked vans and wired cameras"),
}
KINDS = {
    "arrest": ("arrest", "arrests"),
    "voluntary attendance": ("voluntary attendance", "voluntary attendances"),
    "street bail": ("street bail", "street bails"),
    "safeguarding": ("safeguarding action", "safeguarding actions"),
    "other": ("other", "others"),
}


@dataclass(frozen=True)
class Line:
    """One of the twelve. `footnote`: which of the three it is explained by."""

    number: int
    label: str
    value: str
    more: str = ""
    footnote: int = 0


@dataclass(frozen=True)
class Footnote:
    number: int
    text: str


FOOTNOTES = (
    Footnote(1, "A person who is on two watchlists counts twice. Several pictures of one person count once."),
    Footnote(
        2,
        "What the police did because of an alert: for example an arrest, an arranged voluntary attendance, street bail, help for somebody. "
        "One alert can lead to more than one.",
    ),
    Footnote(
        3,
        "Faces are not people. Each time the software compared a face with the watchlist is one. Whoever stays or comes back is counted again. "
        "Nothing is kept of faces that match nobody, so how many people they were cannot be told.",
    ),
)


def number(value: int | None) -> str:
    return UNKNOWN if value is None else f"{value:,}"


def counted(value: int, words: tuple[str, str]) -> str:
    return f"{value:,} {words[value != 1]}"


def split(pair: dict[str, int]) -> str:
    return f"{pair['confirmed']} confirmed by speaking to the person, {pair['unconfirmed']} not confirmed"


def rate_in(element: dict[str, Any]) -> Rate:
    rate = element["false_alert_rate"]
    return Rate(rate["numerator"], rate["denominator"])


def rate_words(rate: Rate) -> tuple[str, str]:
    """The value, and what it is of: never a bare 0 % (X-4)."""
    interval = rate.interval
    if interval is None:
        return NOT_CALCULABLE.capitalize(), "No number of faces is known, so there is nothing to divide by."
    low, high, sure = f"{interval.lower_percent:f}{PER_CENT}", f"{interval.upper_percent:f}{PER_CENT}", f"(95{PER_CENT} interval)"
    of = f"{rate.numerator:,} of {rate.denominator:,} faces"
    if not rate.numerator:
        return f"None in {rate.denominator:,} faces", f"The true rate is at most {high} {sure}."
    one_in = f"about 1 in {rate.one_in:,}; " if rate.one_in not in (None, 1, rate.denominator) else ""
    return f"{rate.percent:f}{PER_CENT}", f"{of}; {one_in}the true rate lies between {low} and {high} {sure}."


def lines(element: dict[str, Any], beside: dict[str, Any]) -> list[Line]:
    start, end = (datetime.fromisoformat(element[name]) for name in ("start", "end"))
    rate, rate_more = rate_words(rate_in(element))
    outcomes = element["policing_outcomes"]
    assets = element["assets"]
    return [
        Line(1, "Where", element["location"]),
        Line(
            2,
            "When",
            f"{date.fromisoformat(element['date']):%A} {public_date(date.fromisoformat(element['date']))}",
            f"{clock_time(start)} to {clock_time(end)}",
        ),
        Line(3, "How long", span(timedelta(minutes=element["duration_minutes"])), gross(element, beside)),
        Line(4, "With what", counted(assets, STYLES[element["style"]]) if assets else UNKNOWN),
        Line(5, "Subjects on the watchlist", number(element["watchlist_subjects"]), footnote=1),
        Line(6, "Lowest threshold authorised", element["threshold_minimum"], "How alike two faces must be, from 0 to 1, for an alert"),
        Line(7, "Alerts", number(element["alerts"]), undetermined(element)),
        Line(8, "Positive alerts", number(sum(element["positive_alerts"].values())), split(element["positive_alerts"])),
        Line(9, "False alerts", number(sum(element["false_alerts"].values())), split(element["false_alerts"])),
        Line(10, "False alert rate", rate, rate_more, footnote=3),
        Line(11, "Policing outcomes", number(outcomes["total"]), by_kind(outcomes["by_kind"]), footnote=2),
        Line(12, "Faces scanned", number(element["faces_scanned"]), element["faces_counting_method"] or "", footnote=3),
    ]


def by_kind(outcomes: dict[str, int]) -> str:
    return ", ".join(counted(many, KINDS[kind]) for kind, many in outcomes.items())


def gross(element: dict[str, Any], beside: dict[str, Any]) -> str:
    whole = beside.get("gross_minutes", element["duration_minutes"])
    stopped = whole - element["duration_minutes"]
    return f"{whole:,} minutes from beginning to end, {stopped:,} of them suspended" if stopped else "Without a break"


def undetermined(element: dict[str, Any]) -> str:
    positive, false = (sum(element[name].values()) for name in ("positive_alerts", "false_alerts"))
    return f"{positive} positive, {false} false, {element['not_determined']} not determined"


def alert_bars(element: dict[str, Any]) -> list[Bar]:
    positive, false = element["positive_alerts"], element["false_alerts"]
    return [
        Bar("Positive, confirmed", positive["confirmed"]),
        Bar("Positive, not confirmed", positive["unconfirmed"], hatched=True),
        Bar("False, confirmed", false["confirmed"]),
        Bar("False, not confirmed", false["unconfirmed"], hatched=True),
        Bar("Not determined", element["not_determined"], hatched=True),
    ]


def charts(publication: Publication, element: dict[str, Any]) -> dict[str, SafeString]:
    rate, words = rate_in(element), rate_words(rate_in(element))
    expected = Decimal(publication.beside.get("expected_percent", "0.1"))
    said = f"False alert rate: {words[0]}. {words[1]} The policy expects at most {expected.normalize():f} %."
    return {
        "alerts_chart": bars("alerts", f"{element['alerts']} alerts: {undetermined(element)}", alert_bars(element)),
        "rate_chart": rate_chart("rate", said, rate, expected),
    }
