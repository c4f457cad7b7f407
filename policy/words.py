"""The words that a policy file is written in. Roles and ranks are those of `accounts`, which stands above: a test holds them equal."""

HEADINGS = ("name", "title", "force")
UNITS = ("hours", "minutes", "calendar days", "calendar years")
SOURCES = ("policy", "force decision")
TRAINED = ("authorising_officer", "operator", "engagement_officer", "silver", "everyone")
REMINDERS = ("record_to_ao", "written_after_verbal", "document_review", "training")
# fmt: off
SECTIONS = (
    "limits", "figures", "ranks", "switches", "reminders", "courses", "required_courses", "categories", "use_cases", "purposes", "deviations",
    "verbal",
)
LIMITS = (
    "series", "watchlist_media", "alert_data", "alert_data_target", "cctv", "cctv_target", "record_to_ao", "written_after_verbal",
    "watchlist_age", "public_notice", "publication", "silver_review", "unadjudicated_alert", "slip", "hold_review", "cancellation",
    "kept_review", "session_idle", "session_absolute",
)
NUMBERS = (
    "minimum_threshold", "expected_false_alert_percent", "camera_megapixels", "inter_eye_pixels_least", "inter_eye_pixels_most",
    "people_abreast", "answer_words_least", "answer_different_words_least", "answer_copied_percent_below", "answer_repeated_percent_below",
    "false_alert_run", "false_alert_run_minutes", "alerts_an_hour_least",
    "alerts_an_hour_most", "minutes_an_alert", "small_number_most",
)
SWITCHES = ("operator_may_engage", "alert_data_preservation")
RANKS = (
    "staff", "constable", "sergeant", "inspector", "chief_inspector", "superintendent", "chief_superintendent", "assistant_chief_constable",
    "deputy_chief_constable", "chief_constable",
)
ROLES = (
    "applicant", "author", "gold", "silver", "bronze", "operator", "engagement_officer", "system_engineer", "lfr_administrator",
    "watchlist_compiler", "technical_analyst", "loggist", "npt_supervisor", "communications", "host_force", "authorising_officer", "analyst",
    "sro", "scrutiny", "inspector", "information_management", "dpo", "training_unit", "diversity_unit", "system_administrator",
)
# fmt: on
