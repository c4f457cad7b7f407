"""The acts on people."""

from accounts.services.people import (
    confirm_grant,
    deactivate,
    end_grant,
    found_administrator,
    grant_role,
    reactivate,
    record_rank,
    register_person,
)
from accounts.services.sign_in import (
    ask_sign_in_reset,
    check_may_confirm_reset,
    check_may_reset,
    check_not_shared,
    choose_password,
    confirm_sign_in_reset,
    decline_sign_in_reset,
    needs_two,
    note_failed_sign_in,
    note_sign_in,
    note_sign_out,
    one_time_password,
    reset_sign_in,
)
from accounts.services.tokens import make_token, note_token_use, revoke_token
from accounts.services.training import record_training

__all__ = [
    "ask_sign_in_reset",
    "check_may_confirm_reset",
    "check_may_reset",
    "check_not_shared",
    "choose_password",
    "confirm_grant",
    "confirm_sign_in_reset",
    "deactivate",
    "decline_sign_in_reset",
    "end_grant",
    "found_administrator",
    "grant_role",
    "make_token",
    "needs_two",
    "note_failed_sign_in",
    "note_sign_in",
    "note_sign_out",
    "note_token_use",
    "one_time_password",
    "reactivate",
    "record_rank",
    "record_training",
    "register_person",
    "reset_sign_in",
    "revoke_token",
]
