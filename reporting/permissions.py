"""The access table of Stage 3, as far as it is built."""

from accounts.states import Role
from operations.permissions import PUBLIC, STAFF, Row, office

TRAIL = Row.of("trail", sees={office(role) for role in (Role.AO, Role.SRO, Role.INFORMATION_MANAGEMENT, Role.INSPECTOR)})
VERIFIER = Row.of("verifier", sees={STAFF})
RECORDS = Row.of("deployment records", sees={STAFF})
REGISTER = Row.of("public register", sees={PUBLIC})
OVERSIGHT = Row.of("oversight", sees={office(role) for role in (Role.SRO, Role.INFORMATION_MANAGEMENT, Role.SCRUTINY)})
