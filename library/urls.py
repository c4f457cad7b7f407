from django.urls import path

from library.views import assessments, documents

app_name = "library"
OPERATION = "operations/<uuid:operation_id>/"
urlpatterns = [
    path("", documents.Register.as_view(), name="documents"),
    path("documents/new/", documents.RegisterDocument.as_view(), name="register"),
    path("documents/<uuid:document_id>/", documents.DocumentPage.as_view(), name="document"),
    path("documents/<uuid:document_id>/adopt/", documents.Adopt.as_view(), name="adopt"),
    path("versions/<uuid:version_id>/approve/", documents.Approve.as_view(), name="approve"),
    path(OPERATION + "assessments/", assessments.Assessments.as_view(), name="assessments"),
    path(OPERATION + "assessments/<slug:kind>/", assessments.Review.as_view(), name="review"),
    path(OPERATION + "local-cia/", assessments.LocalCiaPage.as_view(), name="local_cia"),
    path(OPERATION + "local-cia/complete/", assessments.CompleteLocalCia.as_view(), name="complete_local_cia"),
]
