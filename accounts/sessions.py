"""How long a session lasts: so long without a request, so long in all; both from the policy file."""

from datetime import UTC, datetime, timedelta
from typing import Any

from policy import current

BEGAN, SEEN = "signed_in_at", "seen_at"
FINE = timedelta(seconds=30)  # a request within so long of the last one that was noted is not noted: it would only be a write


def begin(session: Any, at: datetime) -> None:
    session[BEGAN] = session[SEEN] = at.timestamp()


def is_over(session: Any, at: datetime) -> bool:
    """Nothing was asked for longer than `session_idle`, or the sign-in is older than `session_absolute`."""
    if BEGAN not in session:
        begin(session, at)
    began, seen = (datetime.fromtimestamp(session[name], UTC) for name in (BEGAN, SEEN))
    policy = current()
    return at > policy.limit("session_absolute").due_at(began) or at > policy.limit("session_idle").due_at(seen)


def note_request(session: Any, at: datetime) -> None:
    if at - datetime.fromtimestamp(session[SEEN], UTC) >= FINE:
        session[SEEN] = at.timestamp()
