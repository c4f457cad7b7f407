"""The period pack: what those who oversee take into a meeting, as tables (R-7, 8.1). Numbers and words, nobody's name."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from accounts.models import Force
from govuk.times import log_time, public_date
from reporting.figures import breaches, clocks, deviations, outcomes
from reporting.models import Action, BoardReview, Feedback, Pack, Risk
from reporting.not_given import deletions, in_time, share
from reporting.period import Period, start_of
from reporting.published import rate_words
from reporting.register import Asked
from reporting.summary import method_label, months, pooled_rate, totals

MARKING = "OFFICIAL"
NOT_KNOWN = "not known"
Table = tuple[str, str, list[str], list[list[Any]]]  # title, what it counts, head, rows


def contents(force: Force, period: Period, at: datetime) -> dict[str, Any]:
    """As plain data, ready to be frozen. Each table: title, what it counts, head, rows."""
    return {
        "schema": "lfr-pack/1",
        "force": force.name,
        "from": str(period.first),
        "to": str(period.last),
        "as_at": at.isoformat(),
        "tables": [table(*one) for one in tables(force, period, at)],
    }


def table(title: str, says: str, head: list[str], rows: list[list[Any]]) -> dict[str, Any]:
    return {"title": title, "says": says, "head": head, "rows": rows}


def tables(force: Force, period: Period, at: datetime) -> Iterator[Table]:
    """In the order in which a meeting takes them."""
    yield from figures(force, period)
    yield from duties(force, period, at)
    yield from words(force, period, at)


def figures(force: Force, period: Period) -> Iterator[Table]:
    published = Asked(force=force.pk, from_date=period.first, to_date=period.last).past()
    yield "Published figures", "All deployments of the period put together, never averaged.", ["Figure", "Number"], put_together(totals(published))
    yield (
        "False alert rate by month",
        "With the 95 % interval: the wider it is, the less the month tells.",
        ["Month", "Deployments", "Alerts", "False alert rate", "How faces were counted"],
        [[one.label, one.sessions, one.alerts, " ".join(rate_words(one.rate)), method_label(one.method) or NOT_KNOWN] for one in months(published)],
    )
    yield (
        "What became of applications",
        "What was submitted, decided, given and begun in the period.",
        ["Outcome", "Number", "Out of"],
        [[one.label, one.number, f"{one.of} {one.what}"] for one in outcomes(force, period)],
    )


def duties(force: Force, period: Period, at: datetime) -> Iterator[Table]:
    yield (
        "What must be done by when",
        "As it stood when this pack was prepared.",
        ["What", "Running", "Overdue", "On hold", "Done", "Done late"],
        [[row["label"], row["running"], row["overdue"], row["held"], row["done"], row["late"]] for row in clocks(force, at)],
    )
    yield (
        "Deletion in time",
        "Of what had to be deleted in the period.",
        ["What", "In time"],
        deleted(force, period, at),
    )
    yield (
        "Breaches",
        "By the moment when they happened.",
        ["What happened", "Clause", "Number", "Not dealt with"],
        [[row["label"], row["clause"], row["number"], row["open"]] for row in breaches(force, period)],
    )
    yield (
        "Deviations",
        "Declared in applications begun in the period; alert data preserved in it.",
        ["Operation", "Clause", "What", "Why"],
        [[operation.reference, one.clause, one.what, one.why] for operation, one in deviations(force, period=period)["rows"]],
    )


def words(force: Force, period: Period, at: datetime) -> Iterator[Table]:
    first, last = period.first, period.last
    assert first and last
    yield (
        "Learning and decisions",
        "Actions agreed in the period, and what came of them.",
        ["What is to be done", "By", "Done", "What came of it"],
        [
            [one.what, public_date(one.due_at), public_date(one.done_at) if one.done_at else "overdue" if one.due_at < at else "not yet", one.outcome]
            for one in Action.objects.filter(period.of("opened_at"), force=force)
        ],
    )
    yield (
        "Complaints, feedback and engagement",
        "Received, or held, in the period.",
        ["Day", "What", "About", "Answered", "What came of it"],
        [
            [public_date(one.day), one.get_kind_display(), one.about, public_date(one.answered_at) if one.answered_at else "not yet", one.answer]
            for one in Feedback.objects.filter(force=force, day__range=(first, last))
        ],
    )
    yield (
        "Risk register",
        "Risks that were open in the period, as rated when this pack was prepared.",
        ["Risk", "Likelihood", "Impact", "What is done about it", "Review by"],
        [
            [one.what, one.get_likelihood_display(), one.get_impact_display(), one.measures, closed_or_due(one)]
            for one in Risk.objects.filter(Period(last=last).of("opened_at"), force=force).exclude(closed_at__lt=start_of(first))
        ],
    )
    yield (
        "Reviews by boards",
        "Held in the period.",
        ["Day", "Body", "Considered", "Decided"],
        [
            [public_date(one.held_date), one.get_body_display(), one.considered, one.decisions]
            for one in BoardReview.objects.filter(force=force, held_date__range=(first, last))
        ],
    )


def put_together(row: dict[str, Any]) -> list[list[Any]]:
    """Unknown says so; nothing published has no figure at all."""
    if not row["site_sessions"]:
        return []
    value, more = rate_words(pooled_rate(row))
    named = {
        "Deployments": "site_sessions",
        "Faces scanned": "sum_faces",
        "Alerts": "sum_alerts",
        "Positive alerts, confirmed": "sum_true_confirmed",
        "Positive alerts, not confirmed": "sum_true_unconfirmed",
        "False alerts, confirmed": "sum_false_confirmed",
        "False alerts, not confirmed": "sum_false_unconfirmed",
        "Not determined": "sum_not_determined",
        "Arrests": "sum_arrest",
        "Voluntary attendances": "sum_voluntary_attendance",
        "Street bails": "sum_street_bail",
        "Safeguarding": "sum_safeguarding",
        "Other outcomes": "sum_other",
    }
    counted = [[label, NOT_KNOWN if row[name] is None else row[name]] for label, name in named.items()]
    return [*counted, ["False alert rate", f"{value}. {more}"]]


def deleted(force: Force, period: Period, at: datetime) -> list[list[Any]]:
    found = deletions(force, at, period=period)
    return [*([one.label, share(one.in_time)] for one in found), *([["All together", share(in_time(found))]] if found else [])]


def closed_or_due(risk: Risk) -> str:
    return f"closed {public_date(risk.closed_at)}" if risk.closed_at else public_date(risk.review_due_at)


def paper(pack: Pack) -> dict[str, Any]:
    """What the page and the PDF say, from the frozen text and nothing else."""
    content = json.loads(pack.content)
    return {
        "marking": MARKING,
        "force": content["force"],
        "reference": f"{public_date(pack.from_date)} to {public_date(pack.to_date)}",
        "version": None,
        "subject": "Oversight of live facial recognition",
        "tables": content["tables"],
        "prepared": log_time(pack.prepared_at),
        "text": pack.content,
        "sha256": pack.sha256,
        "hashed": "frozen figures",
        "dated": f"{pack.prepared_at:%Y-%m-%dT%H:%M:%SZ}",
    }
