from django.urls import URLPattern, URLResolver, path

from lfr_governance.health import healthz, readyz

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz),
    path("readyz", readyz),
]
