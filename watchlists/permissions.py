"""Who may see and write a watchlist's composition."""

from accounts.states import Role
from operations.permissions import APPOINTED, Row, as_

WATCHLIST = Row.of("watchlist", sees={APPOINTED}, writes={as_(Role.APPLICANT), as_(Role.WATCHLIST_COMPILER)})
