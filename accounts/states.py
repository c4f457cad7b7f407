"""The words for people: what a person may be (P-1), and ranks in their order (P-2)."""

from django.db import models


class Role(models.TextChoices):
    APPLICANT = "applicant", "Applicant"
    AUTHOR = "author", "Author of a section"
    GOLD = "gold", "Gold Commander"
    SILVER = "silver", "Silver Commander"
    BRONZE = "bronze", "Bronze Commander"
    OPERATOR = "operator", "LFR Operator"
    ENGAGEMENT_OFFICER = "engagement_officer", "LFR Engagement Officer"
    SYSTEM_ENGINEER = "system_engineer", "LFR System Engineer"
    LFR_ADMINISTRATOR = "lfr_administrator", "LFR Administrator"
    WATCHLIST_COMPILER = "watchlist_compiler", "Watchlist Compiler"
    TECHNICAL_ANALYST = "technical_analyst", "Technical Analyst"
    LOGGIST = "loggist", "Loggist"
    NPT_SUPERVISOR = "npt_supervisor", "Neighbourhood Policing Team Supervisor"
    COMMUNICATIONS = "communications", "Corporate Communications"
    HOST_FORCE = "host_force", "Host-force staff"
    AO = "authorising_officer", "Authorising Officer"
    ANALYST = "analyst", "Reporting Analyst"
    SRO = "sro", "Senior Responsible Owner or Ops Board"
    SCRUTINY = "scrutiny", "External Scrutiny"
    INSPECTOR = "inspector", "Independent Inspector"
    INFORMATION_MANAGEMENT = "information_management", "Information Management"
    DPO = "dpo", "Data Protection Officer"
    TRAINING_UNIT = "training_unit", "Training Unit"
    DIVERSITY_UNIT = "diversity_unit", "Diversity Unit"
    SYSTEM_ADMINISTRATOR = "system_administrator", "System Administrator"


# What a person is appointed to in one operation; the others are offices held for the whole force.
OPERATION_ROLES = frozenset(
    {
        Role.APPLICANT,
        Role.AUTHOR,
        Role.GOLD,
        Role.SILVER,
        Role.BRONZE,
        Role.OPERATOR,
        Role.ENGAGEMENT_OFFICER,
        Role.SYSTEM_ENGINEER,
        Role.LFR_ADMINISTRATOR,
        Role.WATCHLIST_COMPILER,
        Role.TECHNICAL_ANALYST,
        Role.LOGGIST,
        Role.NPT_SUPERVISOR,
        Role.COMMUNICATIONS,
        Role.HOST_FORCE,
    }
)
OFFICES = frozenset(Role) - OPERATION_ROLES


class Rank(models.TextChoices):
    STAFF = "staff", "Police staff"
    CONSTABLE = "constable", "Constable"
    SERGEANT = "sergeant", "Sergeant"
    INSPECTOR = "inspector", "Inspector"
    CHIEF_INSPECTOR = "chief_inspector", "Chief Inspector"
    SUPERINTENDENT = "superintendent", "Superintendent"
    CHIEF_SUPERINTENDENT = "chief_superintendent", "Chief Superintendent"
    ASSISTANT_CHIEF_CONSTABLE = "assistant_chief_constable", "Assistant Chief Constable"
    DEPUTY_CHIEF_CONSTABLE = "deputy_chief_constable", "Deputy Chief Constable"
    CHIEF_CONSTABLE = "chief_constable", "Chief Constable"

    @property
    def order(self) -> int:
        return list(type(self)).index(self)


class Tenure(models.TextChoices):
    SUBSTANTIVE = "substantive", "Substantive"
    ACTING = "acting", "Acting"
    TEMPORARY = "temporary", "Temporary"


class GrantState(models.TextChoices):
    """Where a role stands, read from its dates."""

    WAITING = "waiting", "Waits for confirmation"
    HELD = "held", "Held"
    RUN_OUT = "run out", "Run out"
    ENDED = "ended", "Ended"


class CourseState(models.TextChoices):
    """Where a person stands with a course, read from the newest record."""

    MISSING = "missing", "No record"
    LAPSED = "lapsed", "Lapsed"
    LAPSING = "lapsing", "Lapses soon"
    CURRENT = "current", "Current"

    @property
    def colour(self) -> str:
        return {"current": "green", "lapsing": "yellow"}.get(self.value, "red")


class TokenLife(models.TextChoices):
    """For how many days a token for the API is good."""

    DAY = "1", "One day"
    MONTH = "30", "30 days"
    QUARTER = "90", "90 days"

    @property
    def days(self) -> int:
        return int(self.value)
