from django.urls import path

from obligations.api.views import Clocks

urlpatterns = [path("clocks/", Clocks.as_view(), name="clocks")]
