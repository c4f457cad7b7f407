from django.urls import path

from operations.views import people

app_name = "operations"
urlpatterns = [
    path("operations/<uuid:operation_id>/people/", people.People.as_view(), name="people"),
    path("operations/<uuid:operation_id>/people/appoint/<slug:role>/", people.Appoint.as_view(), name="appoint"),
    path("operations/<uuid:operation_id>/people/<uuid:appointment_id>/end/", people.End.as_view(), name="end"),
]
