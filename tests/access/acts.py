"""What a stranger gets from each act: somebody of the force, active, with no part in any operation. A new act needs a line here.

404      the thing does not exist for them; the attempt stands in the system's chain
403      the thing is no secret, but it takes an office that they do not hold
inside   performed within another act or by the clocks; no door leads to it
own      about nobody's thing but one's own
"""

WHAT_A_STRANGER_GETS = """
accounts        403     register_person record_rank grant_role confirm_grant end_grant deactivate reactivate
accounts        inside  found_administrator
accounts        403     reset_sign_in ask_sign_in_reset confirm_sign_in_reset decline_sign_in_reset
accounts        inside  note_sign_in note_sign_out note_failed_sign_in
accounts        own     choose_password make_token revoke_token
accounts        inside  note_token_use
accounts        403     record_training

operations      403     open_operation add_place
operations      404     appoint end_appointment

obligations     404     attest confirm dispute
obligations     inside  open_duty rearm discharge discharge_certified lift
obligations     404     ask_hold place_hold refuse_hold review_hold release_hold
obligations     inside  remind

library         403     register_document adopt_version approve_version
library         404     review_assessment complete_local_cia
watchlists      404     put_line remove_line justify_child remove_child attest import_counts

authorisations  403     start
authorisations  404     submit supplement withdraw amend
authorisations  404     save_section hand_section put_day remove_day add_deviation remove_deviation
authorisations  404     consider decide
authorisations  404     record_verbal confirm_verbal dispute_verbal correct_verbal
authorisations  404     cancel review_kept
authorisations  inside  lapse record_past_result

deployments     404     plan
deployments     404     confirm_asset remove_asset answer_point record_notice compile_watchlist
deployments     404     go_live went_live resume
deployments     404     suspend terminate give_reason stand_down
deployments     404     log mark_about_person
deployments     404     review
deployments     404     read_faces change_threshold record_consent record_blue
deployments     404     raise_alert adjudicate decide_engagement record_result correct_result correct_raised_at
deployments     404     link_repeat note_evidence
deployments     404     enter_alert
deployments     404     answer_breach raise_concern answer_warning
deployments     inside  note_breach warned
deployments     404     record_medium record_footage store_footage
deployments     404     conclude correct_times
deployments     inside  count_as_concluded wipe_though_never_begun

reporting       404     export_trail order_paper
reporting       404     propose_disposal confirm_disposal turn_down_disposal
reporting       inside  keep
reporting       404     draft compile_record complete submit give_back accept
reporting       404     arrange_debrief hold_debrief add_action
reporting       403     finish_action
reporting       404     revise declare_checked take_over approve publish send_back correct withdraw
reporting       403     record_review add_decision prepare_pack
reporting       403     record_feedback answer_feedback open_risk review_risk close_risk
"""


def expected() -> dict[str, str]:
    """ "app.act" -> what a stranger gets."""
    found: dict[str, str] = {}
    for line in WHAT_A_STRANGER_GETS.split("\n"):
        app, gets, *names = line.split() or ("", "")
        found |= {f"{app}.{name}": gets for name in names}
    return found
