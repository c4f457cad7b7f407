"""The access table of Stage 3."""

from accounts.states import Role
from operations.permissions import APPOINTED, PUBLIC, STAFF, Row, as_, office

AO, SRO, ANALYST = office(Role.AO), office(Role.SRO), office(Role.ANALYST)
SILVER, APPLICANT = as_(Role.SILVER), as_(Role.APPLICANT)

TRAIL = Row.of("trail", sees={office(role) for role in (Role.AO, Role.SRO, Role.INFORMATION_MANAGEMENT, Role.INSPECTOR)})
VERIFIER = Row.of("verifier", sees={STAFF})
RECORDS = Row.of("deployment records", sees={STAFF})
RECORD = Row.of("deployment record", sees={APPOINTED, AO, ANALYST, SRO}, writes={SILVER, APPLICANT})
# Whoever receives the record: its authorising officer, another, or (P-5) that deployment's Silver who is one too.
ANSWER = Row.of("deployment record", sees=set(RECORD.sees), writes={AO})
# Only the chair writes it, whoever that is: see reporting.rules.check_chairs.
DEBRIEF = Row.of("debrief", sees=set(RECORD.sees), writes={APPOINTED})
PUBLICATIONS = Row.of("publications", sees={ANALYST}, writes={ANALYST})
PUBLICATION = Row.of("publication", sees={ANALYST}, writes={ANALYST})
REGISTER = Row.of("public register", sees={PUBLIC})
OVERSIGHT = Row.of("oversight", sees={office(role) for role in (Role.SRO, Role.INFORMATION_MANAGEMENT, Role.SCRUTINY)}, writes={SRO})
