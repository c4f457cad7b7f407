"""The public element of one deployment: the twelve items of the policy as open data (9.6, R-4, X-1). Unknown is null, never 0."""

import hashlib
import json
from datetime import datetime
from decimal import Decimal
from typing import Any

from authorisations.states import GIVES_AUTHORITY
from deployments.counts import Figures
from deployments.figures import HUNDRED, SIGNIFICANT, Interval, Rate, half_up
from deployments.models import PublicNotice
from deployments.states import Outcome, State, Style
from govuk.times import local
from reporting.compiled import Known
from reporting.metrics import metrics
from reporting.models import Publication, RecordAnswer

METHOD = "Clopper-Pearson"
STYLES = {frozenset({Style.VAN}): "marked vans", frozenset({Style.WIRED}): "wired cameras", frozenset(Style): "marked vans and wired cameras"}
OUTCOMES = {
    Outcome.ARREST: "arrest",
    Outcome.VOLUNTARY: "voluntary attendance",
    Outcome.STREET_BAIL: "street bail",
    Outcome.SAFEGUARDING: "safeguarding",
    Outcome.OTHER: "other",
}


def element(known: Known, *, edition: int, notes: str) -> dict[str, Any]:
    """As it stands in the register, in this order of keys (R-4, X-1)."""
    deployment, figures = known.deployment, known.figures
    assert deployment.live_at and deployment.ended_at
    assets = list(deployment.assets.all())
    return {
        "id": deployment.register_id,
        "edition": edition,
        "force": known.operation.force.name,
        "location": str(deployment.place),
        "date": local(deployment.live_at).date().isoformat(),
        "start": to_the_minute(deployment.live_at),
        "end": to_the_minute(deployment.ended_at),
        "duration_minutes": known.durations[1],
        "style": STYLES.get(frozenset(Style(asset.style) for asset in assets)),
        "assets": len(assets) or None,
        "watchlist_subjects": known.compilation.subjects if known.compilation else None,
        "threshold_minimum": threshold(deployment.authority.threshold),
        "alerts": figures.alerts,
        "positive_alerts": {"confirmed": figures.true_confirmed, "unconfirmed": figures.true_unconfirmed},
        "false_alerts": {"confirmed": figures.false_confirmed, "unconfirmed": figures.false_unconfirmed},
        "not_determined": figures.not_determined,
        "false_alert_rate": rate_of(figures.system_rate),
        "policing_outcomes": outcomes(figures),
        "faces_scanned": figures.faces,
        "faces_counting_method": deployment.get_faces_method_display() or None,  # type: ignore[attr-defined]
        "flags": flags(known),
        "notes": notes.strip() or None,
    }


def to_the_minute(moment: datetime) -> str:
    return local(moment).replace(second=0, microsecond=0).isoformat()


def threshold(value: Decimal) -> str:
    """0.64, 0.645: two places at least."""
    return f"{half_up(value, max(2, -int(value.normalize().as_tuple().exponent))):f}"


def rate_of(rate: Rate) -> dict[str, Any]:
    """Decimal strings in percent; where nothing can be divided, nulls (X-4)."""
    interval = rate.interval
    return {
        "numerator": rate.numerator,
        "denominator": rate.denominator if rate.is_calculable else None,
        "percent": f"{rate.percent:f}" if rate.percent is not None else None,
        "one_in": rate.one_in,
        "interval_95": bounds(interval) if interval else None,
        "method": METHOD,
    }


def bounds(interval: Interval) -> list[str]:
    """Both with as many places as show two digits of the smaller one that is not nothing."""
    exact = [Decimal(interval.lower) * HUNDRED, Decimal(interval.upper) * HUNDRED]
    places = max(max(2, SIGNIFICANT - 1 - value.adjusted()) for value in exact if value > 0)
    return [f"{half_up(value, places):f}" for value in exact]


def outcomes(figures: Figures) -> dict[str, Any]:
    named = {OUTCOMES[Outcome(kind)]: number for kind, number in figures.outcomes.items() if number}
    return {"total": figures.policing_outcomes, "by_kind": named}


def flags(known: Known) -> list[str]:
    """What a reader of the figures should know beside them: facts, no names (O-11, P-5, X-9)."""
    deployment = known.deployment
    found = []
    if deployment.state == State.TERMINATED:
        found.append("ended early by the commander")
    if deployment.counted_as_concluded:
        found.append("nobody recorded the end: counted until the end authorised")
    if RecordAnswer.objects.filter(submission__record=known.record, accepted=True, is_silver=True).exists():
        found.append("the record was received by the officer who commanded the deployment")
    found += [f"breach: {label[0].lower()}{label[1:]}" for label in dict.fromkeys(breach.get_kind_display() for breach in known.breaches)]  # type: ignore[attr-defined]
    return [*found, *notice(known), *writing(known)]


def notice(known: Known) -> list[str]:
    """How long before the start the public was told, and why so late (X-9, 9.4)."""
    told = PublicNotice.objects.filter(deployment=known.deployment).first()
    if told is None or told.given_at is None:
        return [f"the public was not told beforehand{': ' + told.reason if told else ''}"]
    lead = known.deployment.starts_at - told.given_at
    hours = max(int(lead.total_seconds() // 3600), 0)
    late = lead < known.deployment.edition.limit("public_notice").elapsed
    return [f"public told {hours} hours before the start{': ' + told.reason if late and told.reason else ''}"]


def writing(known: Known) -> list[str]:
    """How long after the words an urgent authority was put in writing (X-9, 6.1)."""
    authority = known.deployment.authority
    said = getattr(authority, "note", None)
    if said is None:
        return []
    decision = authority.decision
    if decision is None or decision.outcome not in GIVES_AUTHORITY:
        return ["urgent authority given in words, never put in writing"]
    taken = int((decision.decided_at - said.said_at).total_seconds() // 60)
    return [f"urgent authority given in words, put in writing after {taken} minutes"]


def beside(known: Known) -> dict[str, Any]:
    """What the page shows beside the element: the gross duration, the metrics of section 14, the expectation (R-3, X-4)."""
    expected = known.deployment.edition.number("expected_false_alert_percent")
    figures = known.figures
    return {
        "gross_minutes": known.durations[0],
        "metrics": [{"label": one.label, "words": one.words, "means": one.means, "clause": one.clause} for one in metrics(figures)],
        "expected_percent": f"{expected.normalize():f}",
        "is_above": figures.system_rate.passes(expected),
        "repeats": figures.repeats,
        "policy": known.deployment.policy_edition,
    }


def written(value: dict[str, Any]) -> str:
    """The element as text, in its own order of keys: what is hashed is what is served."""
    return json.dumps(value, ensure_ascii=False, separators=(", ", ": "))


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def freeze(publication: Publication, known: Known) -> None:
    """Text, hash, and the numbers as columns."""
    figures, live_at = known.figures, known.deployment.live_at
    assert live_at
    publication.content = written(element(known, edition=publication.edition, notes=publication.notes))
    publication.sha256, publication.beside = sha256(publication.content), beside(known)
    publication.location, publication.started_at = str(known.deployment.place), live_at
    publication.faces, publication.faces_method = figures.faces, known.deployment.faces_method
    for name in ("alerts", "true_confirmed", "true_unconfirmed", "false_confirmed", "false_unconfirmed", "not_determined"):
        setattr(publication, name, getattr(figures, name))
    for kind in Outcome:
        setattr(publication, kind.value, figures.outcomes.get(kind.value, 0))
