from django.urls import path

from deployments.views import Deployments

app_name = "deployments"
urlpatterns = [path("deployments/", Deployments.as_view(), name="deployments")]
