from typing import Any

from django.urls import path

from deployments.views import alert_acts, alerts, ending, figures, flags, holdings, lists, logs, means, overview, readiness, reviews, stopping

app_name = "deployments"


def of(route: str, view: Any, name: str) -> Any:
    """A page of one deployment."""
    return path(f"deployments/<uuid:deployment_id>/{route}", view.as_view(), name=name)


urlpatterns = [
    path("deployments/", lists.Deployments.as_view(), name="deployments"),
    path("operations/<uuid:operation_id>/deployments/", lists.OfOperation.as_view(), name="of_operation"),
    of("", overview.Overview, "deployment"),
    of("now/", overview.Now, "now"),
    of("suspend/", stopping.Suspend, "suspend"),
    of("terminate/", stopping.Terminate, "terminate"),
    of("stopped/", stopping.Stopped, "stopped"),
    of("reasons/<uuid:change_id>/", stopping.GiveReason, "reason"),
    of("stand-down/", stopping.StandDown, "stand_down"),
    of("resume/", readiness.Resume, "resume"),
    of("conclude/", ending.Conclude, "conclude"),
    of("times/", ending.CorrectTimes, "correct_times"),
    of("go-live/", readiness.GoLive, "go_live"),
    of("go-live/went-live/", readiness.WentLive, "went_live"),
    of("go-live/assets/", means.Assets, "assets"),
    of("go-live/assets/<int:number>/", means.ConfirmAsset, "asset"),
    of("go-live/assets/<int:number>/remove/", means.RemoveAsset, "remove_asset"),
    of("go-live/notice/", means.Notice, "notice"),
    of("go-live/watchlist/", means.Watchlist, "watchlist"),
    of("go-live/threshold/", means.Threshold, "threshold"),
    of("go-live/medium/", means.Medium, "medium"),
    of("go-live/<slug:point>/", readiness.AnswerPoint, "answer"),
    of("log/", logs.LogList, "log"),
    of("log/new/", logs.AddEntry, "add_entry"),
    of("log/<uuid:entry_id>/correct/", logs.CorrectEntry, "correct_entry"),
    of("log/<uuid:entry_id>/about-a-person/", logs.AboutPerson, "about_person"),
    of("alerts/", alerts.AlertList, "alerts"),
    of("alerts/new/", alerts.NewAlert, "new_alert"),
    of("alerts/<uuid:alert_id>/", alerts.AlertHome, "alert"),
    of("alerts/<uuid:alert_id>/judge/", alert_acts.Judge, "judge"),
    of("alerts/<uuid:alert_id>/decide/", alert_acts.Decide, "decide"),
    of("alerts/<uuid:alert_id>/result/", alert_acts.RecordResult, "record_result"),
    of("alerts/<uuid:alert_id>/correct/", alert_acts.CorrectResult, "correct_result"),
    of("alerts/<uuid:alert_id>/time/", alert_acts.CorrectTime, "correct_time"),
    of("alerts/<uuid:alert_id>/repeat/", alert_acts.LinkRepeat, "link_repeat"),
    of("alerts/<uuid:alert_id>/evidence/", alert_acts.Evidence, "evidence"),
    of("reviews/", reviews.ReviewList, "reviews"),
    of("reviews/new/<slug:role>/", reviews.AddReview, "add_review"),
    of("figures/", figures.FiguresPage, "figures"),
    of("figures/faces/", figures.ReadFaces, "faces"),
    of("figures/volunteers/", figures.Consent, "consent"),
    of("figures/volunteers/<uuid:volunteer_id>/", figures.Run, "blue_run"),
    of("data/", holdings.DataPage, "data"),
    of("data/elsewhere/", holdings.Elsewhere, "elsewhere"),
    of("data/store/", holdings.Store, "store"),
    of("breaches/", flags.BreachList, "breaches"),
    of("breaches/<uuid:breach_id>/", flags.AnswerBreach, "answer_breach"),
    of("warnings/<uuid:warning_id>/", flags.AnswerWarning, "answer_warning"),
    of("concern/", flags.Concern, "concern"),
]
