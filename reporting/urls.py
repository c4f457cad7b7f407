from django.urls import path

from reporting.views import open_data, oversight, papers, records, register, trail

app_name = "reporting"
urlpatterns = [
    path("authorities/<uuid:authority_id>/document/", papers.WrittenAuthority.as_view(), name="document"),
    path("authorities/<uuid:authority_id>/cancellation/document/", papers.CancellationReport.as_view(), name="cancellation_document"),
    path("authorities/decide/<uuid:application_id>/preview/", papers.Preview.as_view(), name="preview"),
    path("operations/<uuid:operation_id>/trail/", trail.Trail.as_view(), name="trail"),
    path("operations/<uuid:operation_id>/trail/export.jsonl", trail.TrailFile.as_view(), name="trail_file"),
    path("trail/verify_trail.py", trail.Verifier.as_view(), name="verifier"),
    path("records/", records.Records.as_view(), name="records"),
    path("register/", register.Register.as_view(), name="register"),
    path("register/deployments.csv", open_data.DeploymentsCsv.as_view(), name="register_csv"),
    path("register/deployments.json", open_data.DeploymentsJson.as_view(), name="register_json"),
    path("register/summary.json", open_data.SummaryJson.as_view(), name="register_summary"),
    path("register/not-given/", register.NotGiven.as_view(), name="not_given"),
    path("register/<slug:register_id>/", register.PublishedDeployment.as_view(), name="published"),
    path("register/<slug:register_id>/editions/<int:edition>/", register.PublishedDeployment.as_view(), name="edition"),
    path("oversight/", oversight.Oversight.as_view(), name="oversight"),
]
