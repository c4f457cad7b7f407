from django.urls import path

from authorisations.views import applications, authorities, deciding, sections, verbal

app_name = "authorisations"
urlpatterns = [
    path("applications/", applications.Applications.as_view(), name="applications"),
    path("applications/new/", applications.Start.as_view(), name="start"),
    path("applications/<uuid:application_id>/", applications.ApplicationHome.as_view(), name="application"),
    path("applications/<uuid:application_id>/sections/<slug:name>/", sections.SectionPage.as_view(), name="section"),
    path("applications/<uuid:application_id>/sections/<slug:name>/hand/", sections.HandSection.as_view(), name="hand"),
    path("applications/<uuid:application_id>/days/new/", sections.DayPage.as_view(), name="add_day"),
    path("applications/<uuid:application_id>/days/<uuid:day_id>/", sections.DayPage.as_view(), name="change_day"),
    path("applications/<uuid:application_id>/days/<uuid:day_id>/remove/", sections.RemoveDay.as_view(), name="remove_day"),
    path("applications/<uuid:application_id>/deviations/new/", sections.AddDeviation.as_view(), name="add_deviation"),
    path("applications/<uuid:application_id>/deviations/<uuid:deviation_id>/remove/", sections.RemoveDeviation.as_view(), name="remove_deviation"),
    path("applications/<uuid:application_id>/check/", applications.Check.as_view(), name="check"),
    path("applications/<uuid:application_id>/withdraw/", applications.Withdraw.as_view(), name="withdraw"),
    path("applications/<uuid:application_id>/amend/", applications.Amend.as_view(), name="amend"),
    path("applications/<uuid:application_id>/verbal/", verbal.RecordVerbal.as_view(), name="verbal"),
    path("applications/<uuid:application_id>/supplement/", verbal.Supplement.as_view(), name="supplement"),
    path("authorities/", authorities.Authorities.as_view(), name="authorities"),
    path("authorities/<uuid:authority_id>/", authorities.AuthorityHome.as_view(), name="authority"),
    path("authorities/<uuid:authority_id>/cancel/", authorities.Cancel.as_view(), name="cancel"),
    path("authorities/<uuid:authority_id>/keep/", authorities.Keep.as_view(), name="keep"),
    path("authorities/<uuid:authority_id>/confirm/", verbal.ConfirmVerbal.as_view(), name="confirm_verbal"),
    path("authorities/<uuid:authority_id>/dispute/", verbal.DisputeVerbal.as_view(), name="dispute_verbal"),
    path("authorities/<uuid:authority_id>/correct/", verbal.CorrectVerbal.as_view(), name="correct_verbal"),
    path("authorities/decide/<uuid:application_id>/", deciding.Deciding.as_view(), name="deciding"),
    path("authorities/decide/<uuid:application_id>/parts/<slug:part>/", deciding.PartPage.as_view(), name="part"),
    path("authorities/decide/<uuid:application_id>/sign/<slug:outcome>/", deciding.Sign.as_view(), name="sign"),
]
