"""What is asked, in a minute: the facts an Authorising Officer needs first, and what is unusual about them."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from authorisations.models import Submission
from policy import Edition, edition


@dataclass(frozen=True)
class Digest:
    """`unusual`: sentences worth a second look. Moments are UTC."""

    days: list[dict[str, Any]]
    subjects: int
    images: int
    children: int
    children_said: list[str]
    threshold: str
    styles: list[str]
    people: list[dict[str, Any]]
    sha256: str
    unusual: list[str] = field(default_factory=list)


def digest(submission: Submission) -> Digest:
    """Read from what was submitted, never from the rows, which may have changed since."""
    content = json.loads(submission.content)
    equipment, watchlist = content["sections"].get("equipment", {}), content["watchlist"]
    days = [{**day, "starts_at": moment(day["starts_at"]), "ends_at": moment(day["ends_at"])} for day in content["days"]]
    return Digest(
        days=days,
        subjects=sum(line["subjects"] for line in watchlist["lines"]),
        images=sum(line["images"] for line in watchlist["lines"]),
        children=len(watchlist["children"]),
        children_said=[child_said(child, edition(content["policy"]["edition"])) for child in watchlist["children"]],
        threshold=equipment.get("threshold", ""),
        styles=styles(equipment),
        people=content["people"],
        sha256=submission.sha256,
        unusual=list(unusual(content, days, submission)),
    )


def child_said(child: dict[str, Any], policy: Edition) -> str:
    """An under-18, in words that identify nobody (W-2, 10.10)."""
    category = next((one.label for one in policy.categories if one.code == child["category"]), child["category"])
    return f"{category}, {'under 13' if child['under_13'] else '13 to 17'}"


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def styles(equipment: dict[str, Any]) -> list[str]:
    chosen = equipment.get("styles", [])
    told = [f"{equipment.get('vans', '?')} marked van{'s' if equipment.get('vans') != '1' else ''}"] if "vans" in chosen else []
    return [*told, f"{equipment.get('wired_cameras', '?')} wired cameras"] if "wired" in chosen else told


def unusual(content: dict[str, Any], days: list[dict[str, Any]], submission: Submission) -> Any:
    equipment, notice = content["sections"].get("equipment", {}), edition(content["policy"]["edition"]).limit("public_notice")
    if children := content["watchlist"]["children"]:
        yield f"The watchlist has {len(children)} under-18{'s' if len(children) > 1 else ''}."
    if "wired" in equipment.get("styles", []):
        yield "Wired cameras are asked for; you are asked whether anything more overt would do."
    if content["sections"].get("necessity", {}).get("assembly") == "yes":
        yield "An assembly or protest is expected at the place and time."
    for deviation in content["deviations"]:
        yield f"A deviation from clause {deviation['clause']}: {deviation['what']}"
    if days and min(day["starts_at"] for day in days) - submission.submitted_at < notice.elapsed:
        yield f"It starts less than {notice.words} after it was submitted."
    if not content["assessments"].get("local_cia"):
        yield "There is no local Community Impact Assessment."
