"""What the header offers a person, the banner, and the pages of an operation that they can see."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from accounts.permissions import office
from accounts.states import Role
from authorisations.permissions import AUTHORITY, row_of
from deployments.views.pages import FRONT
from lfr_governance.standing import Standing
from obligations.permissions import OPERATION_CLOCKS
from obligations.rules import sweep_is_late
from operations.models import Operation
from operations.permissions import APPOINTED, global_standings
from policy import current
from reporting.permissions import OVERSIGHT, PUBLICATIONS, RECORD, TRAIL

PAGES = [
    ("What awaits me", "home", None),
    ("Applications", "authorisations:applications", None),
    ("Authorities", "authorisations:authorities", None),
    ("Deployments", "deployments:deployments", None),
    ("Records", "reporting:records", None),
    ("Publications", "reporting:publications", PUBLICATIONS.sees),
    ("Clocks", "obligations:clocks", None),
    ("Library", "library:documents", None),
    ("Training", "accounts:training", None),
    ("People", "accounts:people", {office(Role.SYSTEM_ADMINISTRATOR)}),
    ("Oversight", "reporting:oversight", OVERSIGHT.sees),
]
FOOTER = [("Public register", "reporting:register")]
FOOTER_OF_STAFF = [*FOOTER, ("Help", "help")]
LATE = {
    "title": "Clocks",
    "kind": "warning",
    "text": "The clocks have not run for some minutes. Deletions and reminders wait. A System Administrator should look at the service.",
}


def chrome(request: HttpRequest) -> dict[str, Any]:
    """For every page: whose service it is, who is signed in, where they can go, and whether the clocks run."""
    about = {
        "force_name": current().force,
        "demonstration": settings.DEMO,
        "footer_links": links(FOOTER),
    }
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return about
    now = timezone.now()
    found = global_standings(user, now)
    unread = user.notices.unread().count()
    return about | {
        "footer_links": links(FOOTER_OF_STAFF),
        "person_name": f"{user.name} ({unread} new)" if unread else user.name,
        "person_url": reverse("accounts:notices"),
        "sign_out_url": reverse("account_logout"),
        "can_apply": office(Role.APPLICANT) in found,
        "navigation": [item(text, reverse(name), request.path) for text, name, needs in PAGES if needs is None or needs & found],
        "banners": [LATE] if sweep_is_late(now) else [],
    }


def links(pages: list[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"text": text, "href": reverse(name)} for text, name in pages]


def item(text: str, href: str, path: str) -> dict[str, Any]:
    return {"text": text, "href": href, "active": path == href if href == "/" else path.startswith(href)}


def operation_items(operation: Operation, where: Standing, found: frozenset[str], path: str) -> list[dict[str, Any]]:
    """The operation's pages that this person can see."""
    roots = {"Deployments": reverse("deployments:deployments"), "Record": reverse("reporting:records")}
    pages = [("Overview", reverse("operation", args=[operation.pk]))]
    if where.application and row_of(where.application).sees & found:
        pages.append(("Application", reverse("authorisations:application", args=[where.application.pk])))
    if where.authority and AUTHORITY.sees & found:
        pages.append(("Authority", reverse("authorisations:authority", args=[where.authority.pk])))
    if FRONT.sees & found and (where.authority or where.deployments):
        pages.append(("Deployments", deployments_url(operation, where)))
    if RECORD.sees & found and any(one.ended_at for one in where.deployments):
        pages.append(("Record", reverse("reporting:records_of_operation", args=[operation.pk])))
    if APPOINTED in found:
        pages.append(("People", reverse("operations:people", args=[operation.pk])))
    if OPERATION_CLOCKS.sees & found:
        pages.append(("Clocks", reverse("obligations:operation", args=[operation.pk])))
    if TRAIL.sees & found:
        pages.append(("Trail", reverse("reporting:trail", args=[operation.pk])))
    return [
        {"text": text, "href": href, "active": path == href or (text != "Overview" and path.startswith(roots.get(text, href)))}
        for text, href in pages
    ]


def deployments_url(operation: Operation, where: Standing) -> str:
    """The only deployment, or the list of them."""
    return where.deployments[0].get_absolute_url() if len(where.deployments) == 1 else reverse("deployments:of_operation", args=[operation.pk])
