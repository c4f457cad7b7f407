"""The access table of Stage 2, as far as it is built."""

from operations.permissions import STAFF, Row

DEPLOYMENTS = Row.of("deployments", sees={STAFF})
