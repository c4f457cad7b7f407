"""/api/v1/: the doors of every floor, what describes them, and nothing else."""

from django.urls import include, path, re_path

from lfr_governance.views.api import ApiPages, Nothing, Schema

app_name = "api"
urlpatterns = [
    path("", include("accounts.api.urls")),
    path("", include("operations.api.urls")),
    path("", include("obligations.api.urls")),
    path("", include("authorisations.api.urls")),
    path("", include("deployments.api.urls")),
    path("", include("reporting.api.urls")),
    path("schema/", Schema.as_view(), name="schema"),
    path("docs/", ApiPages.as_view(), name="docs"),
    re_path("", Nothing.as_view(), name="nothing"),
]
