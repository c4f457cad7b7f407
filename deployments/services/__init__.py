"""The acts of Stage 2."""

from deployments.services.alerts import (
    adjudicate,
    correct_raised_at,
    correct_result,
    decide_engagement,
    link_repeat,
    note_evidence,
    raise_alert,
    record_result,
)
from deployments.services.counting import change_threshold, read_faces, record_blue, record_consent
from deployments.services.ending import conclude, correct_times, count_as_concluded
from deployments.services.entering import enter_alert
from deployments.services.flags import answer_breach, answer_warning, note_breach, raise_concern
from deployments.services.holdings import record_footage, record_medium, store_footage
from deployments.services.logs import log, mark_about_person
from deployments.services.planning import is_planned, plan
from deployments.services.readying import answer_point, compile_watchlist, confirm_asset, record_notice, remove_asset
from deployments.services.reviews import review
from deployments.services.running import go_live, resume, went_live
from deployments.services.stopping import give_reason, stand_down, suspend, terminate

__all__ = [
    "adjudicate",
    "answer_breach",
    "answer_point",
    "answer_warning",
    "change_threshold",
    "compile_watchlist",
    "conclude",
    "confirm_asset",
    "correct_raised_at",
    "correct_result",
    "correct_times",
    "count_as_concluded",
    "decide_engagement",
    "enter_alert",
    "give_reason",
    "go_live",
    "is_planned",
    "link_repeat",
    "log",
    "mark_about_person",
    "note_breach",
    "note_evidence",
    "plan",
    "raise_alert",
    "raise_concern",
    "read_faces",
    "record_blue",
    "record_consent",
    "record_footage",
    "record_medium",
    "record_notice",
    "record_result",
    "remove_asset",
    "resume",
    "review",
    "stand_down",
    "store_footage",
    "suspend",
    "terminate",
    "went_live",
]
