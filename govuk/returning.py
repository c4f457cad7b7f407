"""Going back to the page that sent one here: `?next=` holds a path of ours; anything else in it is ignored."""

from urllib.parse import urlencode

from django.utils.http import url_has_allowed_host_and_scheme


def next_path(request, default: str) -> str:
    """Where to go when this page is done."""
    asked = request.GET.get("next", "")
    return asked if asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None) else default


def with_next(url: str, path: str) -> str:
    """A link to a page that comes back to `path` when it is done."""
    return f"{url}?{urlencode({'next': path})}"
