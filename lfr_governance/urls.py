from django.urls import URLPattern, URLResolver, include, path

from lfr_governance.health import healthz, readyz

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz),
    path("readyz", readyz),
    path("", include("accounts.sign_in_urls")),
    path("", include("accounts.urls")),
]
