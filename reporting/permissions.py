"""The access table of Stage 3."""

from accounts.states import Role
from authorisations.permissions import KEEPING
from operations.permissions import APPOINTED, INVITED, PUBLIC, STAFF, Row, as_, office

AO, SRO, ANALYST = office(Role.AO), office(Role.SRO), office(Role.ANALYST)
SILVER, APPLICANT = as_(Role.SILVER), as_(Role.APPLICANT)

# Proposing is Information Management’s (authorisations.permissions.KEEPING); the second person may be the DPO.
DISPOSAL = Row.of("kept documents", sees=set(KEEPING.sees), writes={office(Role.INFORMATION_MANAGEMENT), office(Role.DPO)})
TRAIL = Row.of("trail", sees={office(role) for role in (Role.AO, Role.SRO, Role.INFORMATION_MANAGEMENT, Role.INSPECTOR)})
VERIFIER = Row.of("verifier", sees={STAFF})
RECORDS = Row.of("deployment records", sees={STAFF})
RECORD = Row.of("deployment record", sees={APPOINTED, INVITED, AO, ANALYST, SRO}, writes={SILVER, APPLICANT})
# Whoever receives the record: its authorising officer, another, or (P-5) that deployment's Silver who is one too.
ANSWER = Row.of("deployment record", sees=set(RECORD.sees), writes={AO})
# Only the chair writes it, invited or appointed: see reporting.rules.check_chairs.
DEBRIEF = Row.of("debrief", sees=set(RECORD.sees), writes={APPOINTED, INVITED})
# What came of a debrief or of a board's review: for whoever has to do it, and whoever may see that (reporting.rules.check_does).
ACTION = Row.of("action", sees={STAFF}, writes={STAFF})
PUBLICATIONS = Row.of("publications", sees={ANALYST}, writes={ANALYST})
PUBLICATION = Row.of("publication", sees={ANALYST}, writes={ANALYST})
REGISTER = Row.of("public register", sees={PUBLIC})
OVERSIGHT = Row.of("oversight", sees={office(role) for role in (Role.SRO, Role.INFORMATION_MANAGEMENT, Role.SCRUTINY)}, writes={SRO})
# What was heard from outside is written down by whoever receives it: the SRO's office, or Information Management.
HEARD = Row.of("what was heard from outside", sees=set(OVERSIGHT.sees), writes={SRO, office(Role.INFORMATION_MANAGEMENT)})
