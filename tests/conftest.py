"""What every test may use. The servers are started by tests/plugins/servers.py, the people and operations of the tests live beside their tests."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from hypothesis import settings

from lfr_governance.demonstration.people import Cast
from policy.shelf import EDITIONS
from reporting.kept import NEAR
from tests.cast import Photograph, found_cast, photograph, put_back
from tests.plugins.flush import let_flushes_pass

settings.register_profile("ours", deadline=None)  # how long an example takes says something of the machine, nothing of the product
settings.load_profile("ours")


@pytest.fixture(autouse=True, scope="session")
def guards_step_aside_for_the_flush_between_tests() -> None:
    """`@pytest.mark.django_db(transaction=True)` works although the trail cannot be emptied."""
    let_flushes_pass()


@pytest.fixture(autouse=True)
def no_memory_of_other_tests() -> Iterator[None]:
    """Counts kept in the cache (wrong passwords, say) are no part of the database's rollback."""
    yield
    cache.clear()
    NEAR.clear()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Photograph:
    """The cast is founded once, before the first test that uses the database; whatever a test adds to it is rolled back."""
    with django_db_blocker.unblock():
        found_cast()
        return photograph()


@pytest.fixture
def preserving(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """In force for this test: the shipped policy, but alert data may be preserved (D-3). A world made under it needs a name of its own."""
    name, text = "cumbria-preserving", (EDITIONS / "cumbria-1.toml").read_text()
    changed = text.replace('name = "cumbria-1"', f'name = "{name}"').replace("preservation = { value = false", "preservation = { value = true")
    (tmp_path / "cumbria-1.toml").write_text(text)
    (tmp_path / f"{name}.toml").write_text(changed)
    monkeypatch.setenv("LFR_POLICY_EDITIONS", str(tmp_path))
    monkeypatch.setenv("LFR_POLICY", name)
    return name


@pytest.fixture
def cast(db: None, django_db_setup: Photograph) -> Cast:
    """The people of the demonstration. A test that commits (`transaction=True`) empties the tables, so for the next one they are put back."""
    put_back(django_db_setup)
    return Cast.gathered()
