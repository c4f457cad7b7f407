"""The acts of Stage 3."""

from reporting.services.boards import add_decision, record_review
from reporting.services.debriefs import add_action, arrange_debrief, finish_action, hold_debrief
from reporting.services.disposing import confirm_disposal, propose_disposal, turn_down_disposal
from reporting.services.papers import claim, export_trail, keep, note_failure
from reporting.services.publications import approve, correct, declare_checked, draft, publish, revise, send_back, take_over, withdraw
from reporting.services.records import accept, compile_record, complete, give_back, submit

__all__ = [
    "accept",
    "add_action",
    "add_decision",
    "approve",
    "arrange_debrief",
    "claim",
    "compile_record",
    "complete",
    "confirm_disposal",
    "correct",
    "declare_checked",
    "draft",
    "export_trail",
    "finish_action",
    "give_back",
    "hold_debrief",
    "keep",
    "note_failure",
    "propose_disposal",
    "publish",
    "record_review",
    "revise",
    "send_back",
    "submit",
    "take_over",
    "turn_down_disposal",
    "withdraw",
]
