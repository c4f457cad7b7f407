from django.urls import path

from authorisations.api import applications, authorities

urlpatterns = [
    path("applications/", applications.Applications.as_view(), name="applications"),
    path("applications/<uuid:application_id>/", applications.ApplicationDetail.as_view(), name="application"),
    path("applications/<uuid:application_id>/submit/", applications.SubmitApplication.as_view(), name="submit"),
    path("applications/<uuid:application_id>/withdraw/", applications.WithdrawApplication.as_view(), name="withdraw"),
    path("applications/<uuid:application_id>/sections/<slug:name>/", applications.SaveSection.as_view(), name="section"),
    path("authorities/", authorities.Authorities.as_view(), name="authorities"),
    path("authorities/<uuid:authority_id>/", authorities.AuthorityDetail.as_view(), name="authority"),
]
