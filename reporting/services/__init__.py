"""The acts of Stage 3."""

from reporting.services.boards import add_decision, record_review
from reporting.services.debriefs import add_action, arrange_debrief, finish_action, hold_debrief
from reporting.services.disposing import confirm_disposal, propose_disposal, turn_down_disposal
from reporting.services.oversight import answer_feedback, close_risk, open_risk, prepare_pack, record_feedback, review_risk
from reporting.services.papers import claim, export_trail, keep, note_failure, order_paper
from reporting.services.publications import approve, correct, declare_checked, draft, publish, revise, send_back, take_over, withdraw
from reporting.services.records import accept, compile_record, complete, give_back, submit

__all__ = [
    "accept",
    "add_action",
    "add_decision",
    "answer_feedback",
    "approve",
    "arrange_debrief",
    "claim",
    "close_risk",
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
    "open_risk",
    "order_paper",
    "prepare_pack",
    "propose_disposal",
    "publish",
    "record_feedback",
    "record_review",
    "review_risk",
    "revise",
    "send_back",
    "submit",
    "take_over",
    "turn_down_disposal",
    "withdraw",
]
