"""What the header offers a person, and the pages of an operation that they can see."""
from datetime import datetime
from typing import Any

from accounts.permissions import office
from accounts.states import Role
from authorisations.permissions import AUTHORITY, row_of
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from operations.models import Operation
from operations.permissions import global_standings
from policy import current

from lfr_governance.standing import Standing

PAGES = [
    ("What awaits me", "home", None), ("Applications", "authorisations:applications", None), ("Authorities", "authorisations:authorities", None),
    ("Training", "accounts:training", None),
    ("People", "accounts:people", office(Role.SYSTEM_ADMINISTRATOR)),
]


def chrome(request: HttpRequest) -> dict[str, Any]:
    """For every page: whose service it is, who is signed in, where they can go."""
    user = getattr(request, "user", None)
    about = {"force_name": current().force, "demonstration": settings.DEMO}
    if user is None or not user.is_authenticated:
        return about
    now = timezone.now()
    found = global_standings(user, now)
    return {**about, "person_name": user.name, "person_url": reverse("accounts:notices"), "sign_out_url": reverse("account_logout"),
            "can_apply": office(Role.APPLICANT) in found,
            "navigation": [item(text, reverse(name), request.path) for text, name, needs in PAGES if needs is None or needs in found]}


def item(text: str, href: str, path: str) -> dict[str, Any]:
    return {"text": text, "href": href, "active": path == href if href == "/" else path.startswith(href)}


def operation_items(operation: Operation, where: Standing, found: frozenset[str], path: str, user: Any, at: datetime) -> list[dict[str, Any]]:
    """The operation's pages that this person can see."""
    pages = [("Overview", reverse("operation", args=[operation.pk]))]
    if where.application and row_of(where.application).sees & found:
        pages.append(("Application", reverse("authorisations:application", args=[where.application.pk])))
    if where.authority and AUTHORITY.sees & found:
        pages.append(("Authority", reverse("authorisations:authority", args=[where.authority.pk])))
    if "appointed" in found:
        pages.append(("People", reverse("operations:people", args=[operation.pk])))
    return [{"text": text, "href": href, "active": path == href or (text != "Overview" and path.startswith(href))} for text, href in pages]
