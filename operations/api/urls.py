from django.urls import path

from operations.api.views import Operations

urlpatterns = [path("operations/", Operations.as_view(), name="operations")]
