from typing import Any

from django.urls import path

from deployments.api import acts, deployments, entries


def of(route: str, view: Any, name: str) -> Any:
    """A door of one deployment."""
    return path(f"deployments/<uuid:deployment_id>/{route}", view.as_view(), name=name)


urlpatterns = [
    path("deployments/", deployments.Deployments.as_view(), name="deployments"),
    of("", deployments.DeploymentDetail, "deployment"),
    of("go-live/", acts.GoLive, "go_live"),
    of("went-live/", acts.WentLive, "went_live"),
    of("suspend/", acts.Suspend, "suspend"),
    of("resume/", acts.Resume, "resume"),
    of("conclude/", acts.Conclude, "conclude"),
    of("terminate/", acts.Terminate, "terminate"),
    of("stand-down/", acts.StandDown, "stand_down"),
    of("reasons/<uuid:change_id>/", acts.GiveReason, "reason"),
    of("logs/", entries.AddLogEntry, "logs"),
    of("alerts/", entries.RaiseAlert, "alerts"),
    of("alerts/<uuid:alert_id>/judge/", entries.JudgeAlert, "judge"),
    of("alerts/<uuid:alert_id>/decide/", entries.DecideOnAlert, "decide"),
    of("alerts/<uuid:alert_id>/result/", entries.RecordAlertResult, "result"),
    of("faces/", entries.ReadFaces, "faces"),
    of("threshold/", entries.ChangeThreshold, "threshold"),
]
