"""How often one person, or one address without a person, may ask."""

import logging
from typing import Any

from redis.exceptions import RedisError
from rest_framework.throttling import UserRateThrottle

log = logging.getLogger(__name__)


class Pace(UserRateThrottle):
    """Counts in the cache. Where the cache is down, nobody is kept from working."""

    def allow_request(self, request: Any, view: Any) -> bool:
        try:
            return super().allow_request(request, view)
        except (OSError, RedisError):
            log.warning("requests are not counted: the cache does not answer")
            return True
