"""What machines and constraints of this floor share."""

from django.db.models import Q


def words(code: str, done: str, clause: str = "") -> dict[str, str]:
    return {"code": code, "done": done, "clause": clause}


def pair(at: str, by: str) -> Q:
    """A person and their moment: both or neither."""
    return Q(**{f"{at}__isnull": True, f"{by}__isnull": True}) | Q(**{f"{at}__isnull": False, f"{by}__isnull": False})
