from django.urls import path

from obligations.views import acts, clock, lists

app_name = "obligations"
urlpatterns = [
    path("", lists.ClockList.as_view(), name="clocks"),
    path("done/", lists.DoneList.as_view(), name="done"),
    path("holds/", lists.HoldList.as_view(), name="holds"),
    path("operations/<uuid:operation_id>/", lists.OperationClocks.as_view(), name="operation"),
    path("holds/<uuid:hold_id>/decide/", acts.DecideHold.as_view(), name="decide_hold"),
    path("holds/<uuid:hold_id>/review/", acts.ReviewHold.as_view(), name="review_hold"),
    path("holds/<uuid:hold_id>/release/", acts.ReleaseHold.as_view(), name="release_hold"),
    path("<uuid:pk>/", clock.Clock.as_view(), name="clock"),
    path("<uuid:pk>/certificate/", clock.CertificatePage.as_view(), name="certificate"),
    path("<uuid:pk>/certify/", acts.Attest.as_view(), name="attest"),
    path("<uuid:pk>/confirm/", acts.Confirm.as_view(), name="confirm"),
    path("<uuid:pk>/hold/", acts.AskHold.as_view(), name="ask_hold"),
]
