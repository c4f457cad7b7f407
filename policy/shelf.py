"""The editions on the shelf. Each file is read once; a wrong one stops the start with the line at fault."""

import os
from functools import cache
from pathlib import Path

from policy.edition import Edition
from policy.reading import read

EDITIONS = Path(__file__).parent / "editions"


def shelf() -> Path:
    return Path(os.environ.get("LFR_POLICY_EDITIONS", EDITIONS))


def edition_names() -> list[str]:
    return sorted(path.stem for path in shelf().glob("*.toml"))


@cache
def edition(name: str) -> Edition:
    """The edition of that name, as pinned on an application. Raises PolicyFileError naming file and line."""
    return read(shelf() / f"{name}.toml")


def current() -> Edition:
    """The edition in force: LFR_POLICY names it; shipped: the first Cumbria edition."""
    return edition(os.environ.get("LFR_POLICY", "cumbria-1"))
