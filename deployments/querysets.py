"""Questions about deployments. Until Stage 2 is built these are the days that an authority covers or covered."""

from datetime import datetime
from typing import Any

from django.db.models import Prefetch, QuerySet

from authorisations.models import Authority, Day
from authorisations.states import AuthorityState


def authorised_days(user: Any, at: datetime) -> QuerySet[Day]:
    """The days that the person may see, each with the authority it stands under. What a later version replaced is left out (A-17)."""
    given = Authority.objects.visible_to(user, at).exclude(state=AuthorityState.SUPERSEDED)
    under = Prefetch("application__authorities", given.select_related("ao"), to_attr="under")
    return Day.objects.filter(application__in=given.values("application")).select_related("place", "application__operation").prefetch_related(under)
