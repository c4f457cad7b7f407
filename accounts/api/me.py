"""Who is asking."""

from typing import Any

from rest_framework import serializers

from accounts.api.views import DetailView
from accounts.models import ApiToken
from accounts.permissions import OWN_ACCOUNT
from accounts.states import Rank, Role


class TokenShown(serializers.Serializer):
    name = serializers.CharField()
    expires_at = serializers.DateTimeField()


class MeShown(serializers.Serializer):
    id = serializers.UUIDField()
    username = serializers.CharField()
    name = serializers.CharField()
    force = serializers.CharField()
    rank = serializers.ChoiceField(choices=Rank.choices, allow_null=True)
    offices = serializers.ListField(child=serializers.ChoiceField(choices=Role.choices))
    token = TokenShown(allow_null=True)


class Me(DetailView):
    """Who you are here: your rank and your offices now, and the token that you came with, if any (P-1)."""

    access = OWN_ACCOUNT
    shown = MeShown

    def body(self) -> dict[str, Any]:
        person, token = self.person, self.request.auth
        about = {"id": person.pk, "username": person.username, "name": person.name, "force": person.force.name}
        shown = {"name": token.name, "expires_at": token.expiry} if isinstance(token, ApiToken) else None
        return {**about, "rank": person.rank_at(self.at), "offices": sorted(person.offices(self.at)), "token": shown}
