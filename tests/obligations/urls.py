"""The product's addresses with those of the clocks, wherever the roof has mounted them."""

from django.urls import include, path

from lfr_governance import urls as roof

urlpatterns = [path("clocks/", include("obligations.urls")), *roof.urlpatterns]
handler400, handler403, handler404, handler500 = roof.handler400, roof.handler403, roof.handler404, roof.handler500
