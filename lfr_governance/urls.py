from django.urls import URLPattern, URLResolver, include, path

from lfr_governance.health import healthz, readyz
from lfr_governance.views.help import Help
from lfr_governance.views.home import Home, OperationHome

urlpatterns: list[URLPattern | URLResolver] = [
    path("", Home.as_view(), name="home"),
    path("help/", Help.as_view(), name="help"),
    path("healthz", healthz),
    path("readyz", readyz),
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
handler400 = "govuk.views.bad_request"
handler403 = "govuk.views.permission_denied"
handler404 = "govuk.views.page_not_found"
handler500 = "govuk.views.server_error"
