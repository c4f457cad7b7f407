"""The pages of a deployment as the tests open them. Pages read the clock, so these deployments lie around now: they began two hours ago."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from deployments.models import Deployment
from lfr_governance.demonstration.documents import make_library
from lfr_governance.demonstration.people import Cast
from lfr_governance.demonstration.stage_two import Day
from library.models import Document
from tests.cast import FOUNDED
from tests.clients import signed_in

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
SEEN = 200


def today(cast: Cast, *, began: timedelta = 2 * HOUR, **more: Any) -> Day:
    """A day that began so long ago; nothing of it has been performed yet. A negative time lies ahead."""
    if not Document.objects.exists():
        make_library(cast, FOUNDED)
    return Day(cast, (timezone.now() - began).replace(microsecond=0), **more)


def address(name: str, deployment: Deployment, *args: Any) -> str:
    return reverse(f"deployments:{name}", args=[deployment.pk, *args])


def page(person: User, url: str, status: int = SEEN) -> str:
    """The page as this person sees it."""
    answer = signed_in(person).get(url)
    assert answer.status_code == status, f"{url} for {person}: {answer.status_code}"
    return answer.content.decode()


def typed(moment: Any, name: str) -> dict[str, str]:
    """The boxes of a date and a time."""
    local = timezone.localtime(moment)
    return {f"{name}_day": str(local.day), f"{name}_month": str(local.month), f"{name}_year": str(local.year), f"{name}_time": f"{local:%H:%M}"}


def send(person: User, url: str, said: dict[str, Any], status: int = 302) -> Any:
    answer = signed_in(person).post(url, said)
    assert answer.status_code == status, f"{url} for {person}: {answer.status_code} {answer.content.decode()[:6000]}"
    return answer
