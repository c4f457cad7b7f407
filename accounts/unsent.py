"""What somebody sent just after their session had ended: kept for an hour, sealed and only in memory, and offered to them once they are back."""

import json
import secrets
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest

from accounts.sealing import seal, unseal

KEY, KEPT_FOR = "unsent", 3600


@dataclass(frozen=True)
class Unsent:
    path: str
    fields: list[tuple[str, str]]
    had_files: bool

    @property
    def words(self) -> list[str]:
        """What a person would be sorry to type again."""
        return [value for _, value in self.fields if " " in value.strip()]


def keep(request: HttpRequest) -> None:
    """Passwords and files are not kept."""
    fields = [[name, value] for name, values in request.POST.lists() if name != "csrfmiddlewaretoken" and "password" not in name for value in values]
    request.session[KEY] = key = f"unsent:{secrets.token_urlsafe(16)}"
    cache.set(key, seal(json.dumps([request.get_full_path(), fields, bool(request.FILES)])), KEPT_FOR)


def kept(session: Any) -> Unsent | None:
    sealed = cache.get(session[KEY]) if KEY in session else None
    if sealed is None:
        return None
    path, fields, had_files = json.loads(unseal(sealed))
    return Unsent(path, [(name, value) for name, value in fields], had_files)
