"""Checks before publication: what does not add up is refused; what is unlikely, or may be personal, is mended or explained (X-2, R-5)."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from accounts.models import User
from deployments.figures import half_up
from deployments.states import TRUE
from govuk.times import local
from policy.refusals import Finding, RuleBroken
from reporting.compiled import Known
from reporting.models import Publication
from reporting.privacy import Found, search

APART = 2  # a watchlist so many times larger than the same day's others asks for a reason


@dataclass(frozen=True)
class Check:
    """`hard`: what is found cannot be right, and no explanation makes it so."""

    key: str
    title: str
    clause: str
    find: Callable[[Known, dict[str, Any]], Iterator[str]]
    hard: bool = False


@dataclass(frozen=True)
class Result:
    """A check, or a finding of the privacy search, as it stands: what was found, and what the analyst says of it."""

    key: str
    title: str
    clause: str
    found: tuple[str, ...]
    hard: bool
    explanation: str = ""

    @property
    def is_open(self) -> bool:
        return bool(self.found) and (self.hard or not self.explanation.strip())


def adds_up(known: Known, said: dict[str, Any]) -> Iterator[str]:
    positive, false = (sum(said[name].values()) for name in ("positive_alerts", "false_alerts"))
    if said["alerts"] != positive + false + said["not_determined"]:
        yield f"{said['alerts']} alerts are not {positive} positive, {false} false and {said['not_determined']} not determined."


def rate_recomputed(known: Known, said: dict[str, Any]) -> Iterator[str]:
    rate, false = said["false_alert_rate"], sum(said["false_alerts"].values())
    if rate["numerator"] != false:
        yield f"The rate counts {rate['numerator']} false alerts, the table {false}."
    if rate["percent"] is not None:
        exact, shown = Fraction(100 * false, said["faces_scanned"]), Decimal(rate["percent"])
        places = -int(shown.as_tuple().exponent)
        if half_up(Decimal(exact.numerator) / Decimal(exact.denominator), places) != shown or (false and not shown):
            yield f"{shown} % is not {false} of {said['faces_scanned']:,}, rounded half up."
        if not Decimal(rate["interval_95"][0]) <= shown <= Decimal(rate["interval_95"][1]):
            yield "The interval does not hold the rate."


def outcomes_add_up(known: Known, said: dict[str, Any]) -> Iterator[str]:
    outcomes = said["policing_outcomes"]
    if outcomes["total"] != sum(outcomes["by_kind"].values()):
        yield "The outcomes by kind do not add up to their total."


def possible(known: Known, said: dict[str, Any]) -> Iterator[str]:
    start, end = datetime.fromisoformat(said["start"]), datetime.fromisoformat(said["end"])
    minutes = (end - start).total_seconds() / 60
    if not 0 < said["duration_minutes"] <= minutes + 1:
        yield f"{said['duration_minutes']} minutes do not lie between {start:%H:%M} and {end:%H:%M}."
    if said["date"] != start.date().isoformat():
        yield "The date is not that of the start."
    faces = said["faces_scanned"]
    if faces is not None and faces < said["alerts"]:
        yield f"There cannot be {said['alerts']} alerts among {faces} faces."
    if known.figures.open:
        yield "There are alerts without a result."


def as_planned(known: Known, said: dict[str, Any]) -> Iterator[str]:
    held, planned = date.fromisoformat(said["date"]), local(known.deployment.starts_at).date()
    if held != planned:
        swapped = " Are day and month swapped?" if (held.day, held.month) == (planned.month, planned.day) else ""
        yield f"It was authorised for {planned:%d/%m/%Y}, the figures say {held:%d/%m/%Y}.{swapped}"


def counted_once(known: Known, said: dict[str, Any]) -> Iterator[str]:
    """An outcome belongs to a true alert, and is counted once (X-2)."""
    if (total := said["policing_outcomes"]["total"]) > (positive := sum(said["positive_alerts"].values())):
        yield f"{total} outcomes came of {positive} positive alerts. Is one counted twice?"
    others = known.deployment.alerts.exclude(result__in=TRUE).filter(outcomes__isnull=False).distinct().count()
    if others:
        yield f"{others} alerts that were not positive have an outcome."


def faces_known(known: Known, said: dict[str, Any]) -> Iterator[str]:
    if said["faces_scanned"] is None:
        yield "No number of faces is known, so that no rate can be calculated."


def watchlist_likely(known: Known, said: dict[str, Any]) -> Iterator[str]:
    """Against the same day's other sites of the force (X-2)."""
    subjects = said["watchlist_subjects"]
    if subjects is None:
        yield "No watchlist was recorded."
        return
    others = Publication.objects.in_force().filter(force=known.operation.force, started_at__date=date.fromisoformat(said["date"]))
    for one in others.exclude(record=known.record).only("content", "register_id"):
        other = one.element["watchlist_subjects"]
        if other and not Fraction(1, APART) <= Fraction(subjects, other) <= APART:
            yield f"{subjects} subjects here, {other} on the same day at {one.element['location']}."


def as_accepted(known: Known, said: dict[str, Any]) -> Iterator[str]:
    """The figures are those of the record that the Authorising Officer accepted (R-1)."""
    then = json.loads(known.record.submissions.latest("number").content)["figures"]
    now = known.figures.as_json()
    changed = [name for name in ("alerts", "false", "positive", "not_determined", "faces") if then[name] != now[name]]
    if changed:
        yield f"Since the record was accepted these have changed: {', '.join(name.replace('_', ' ') for name in changed)}."


CHECKS = (
    Check("adds_up", "Alerts add up", "9.6", adds_up, hard=True),
    Check("rate", "The rate is recomputed", "14.4", rate_recomputed, hard=True),
    Check("outcomes", "Outcomes add up", "9.6", outcomes_add_up, hard=True),
    Check("possible", "Times and counts are possible", "9.6", possible, hard=True),
    Check("planned", "The day is the one authorised", "9.6", as_planned),
    Check("once", "Each outcome is counted once", "9.6", counted_once),
    Check("faces", "Faces were counted", "9.6", faces_known),
    Check("watchlist", "The watchlist is plausible", "9.6", watchlist_likely),
    Check("accepted", "As accepted by the Authorising Officer", "7.7", as_accepted),
)


def results(known: Known, said: dict[str, Any], explanations: dict[str, str]) -> list[Result]:
    return [Result(one.key, one.title, one.clause, tuple(one.find(known, said)), one.hard, explanations.get(one.key, "")) for one in CHECKS]


def words_of(publication: Publication, said: dict[str, Any]) -> list[tuple[str, str]]:
    """Every free word that the public would read."""
    return [("notes", said["notes"] or ""), ("why", publication.why), *(("flags", flag) for flag in said["flags"])]


def people_known(force: Any) -> list[str]:
    """Names of those who work with this service in the force, in full and by surname (9.7)."""
    names = User.objects.filter(force=force).values_list("name", flat=True)
    return [part for name in names for part in (name, name.rpartition(" ")[2]) if len(part) > 3]


def personal(publication: Publication, said: dict[str, Any]) -> list[Found]:
    return search(words_of(publication, said), people_known(publication.force_id))


def privacy_results(publication: Publication, said: dict[str, Any]) -> list[Result]:
    explained = publication.explanations
    return [
        Result(found.key, f"Personal data: {found.where}", "9.7", (found.sentence,), hard=False, explanation=explained.get(found.key, ""))
        for found in personal(publication, said)
    ]


def all_results(publication: Publication, known: Known, said: dict[str, Any]) -> list[Result]:
    return [*results(known, said, publication.explanations), *privacy_results(publication, said)]


def check_nothing_open(publication: Publication, known: Known, said: dict[str, Any]) -> None:
    """An edition is checked when its figures add up and whatever was found is removed or explained (R-5, X-2, 9.7)."""
    open_ = [one for one in all_results(publication, known, said) if one.is_open]
    if open_:
        found = tuple(Finding("R-5" if one.clause == "9.7" else "X-2", said, one.clause, f"explain.{one.key}") for one in open_ for said in one.found)
        raise RuleBroken("R-5", "Some of the checks are not answered.", clause="9.7", remedy="Mend or explain each of these.", findings=found)


def check_no_personal_data(text: str, force: Any) -> None:
    """Words that the public reads at once, without a second person, hold nothing personal (R-5, 9.7)."""
    found = search([("reason", text)], people_known(force))
    if found:
        raise RuleBroken(
            "R-5",
            "This may hold personal data.",
            clause="9.7",
            remedy="Take it out.",
            findings=tuple(Finding("R-5", one.sentence, "9.7", "reason") for one in found),
        )
