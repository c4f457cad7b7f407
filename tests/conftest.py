"""What every test may use. The servers are started by tests/plugins/servers.py, the people and operations of the tests live beside their tests."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache

from tests.plugins.flush import let_flushes_pass


@pytest.fixture(autouse=True, scope="session")
def guards_step_aside_for_the_flush_between_tests() -> None:
    """`@pytest.mark.django_db(transaction=True)` works although the trail cannot be emptied."""
    let_flushes_pass()


@pytest.fixture(autouse=True)
def no_memory_of_other_tests() -> Iterator[None]:
    """Counts kept in the cache (wrong passwords, say) are no part of the database's rollback."""
    yield
    cache.clear()
