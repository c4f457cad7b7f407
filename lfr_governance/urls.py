from django.urls import URLPattern, URLResolver, include, path

from lfr_governance.health import healthz, readyz
from lfr_governance.views.help import Help
from lfr_governance.views.home import Home, OperationHome

urlpatterns: list[URLPattern | URLResolver] = [
    path("", Home.as_view(), name="home"),
    path("help/", Help.as_view(), name="help"),
    path("healthz", healthz),
    path("readyz", readyz),
    path("api/v1/", include("lfr_governance.api_urls")),
    path("operations/<uuid:operation_id>/", OperationHome.as_view(), name="operation"),
    path("", include("accounts.sign_in_urls")),
    path("", include("accounts.urls")),
    path("", include("operations.urls")),
    path("watchlists/", include("watchlists.urls")),
    path("library/", include("library.urls")),
    path("clocks/", include("obligations.urls")),
    path("", include("deployments.urls")),
    path("", include("reporting.urls")),
    path("", include("authorisations.urls")),
]
handler400 = "lfr_governance.errors.bad_request"
handler403 = "lfr_governance.errors.permission_denied"
handler404 = "lfr_governance.errors.not_found"
handler500 = "lfr_governance.errors.server_error"
