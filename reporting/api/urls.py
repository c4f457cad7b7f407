from django.urls import path

from reporting.api.records import RecordDetail, Records

urlpatterns = [
    path("records/", Records.as_view(), name="records"),
    path("records/<uuid:record_id>/", RecordDetail.as_view(), name="record"),
]
