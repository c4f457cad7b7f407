from django.urls import path

from watchlists import views

app_name = "watchlists"
urlpatterns = [
    path("<uuid:composition_id>/", views.Overview.as_view(), name="overview"),
    path("<uuid:composition_id>/categories/add/", views.AddLine.as_view(), name="add_line"),
    path("<uuid:composition_id>/categories/<slug:category>/", views.PutLine.as_view(), name="line"),
    path("<uuid:composition_id>/categories/<slug:category>/remove/", views.RemoveLine.as_view(), name="remove_line"),
    path("<uuid:composition_id>/under-18s/add/", views.AddChild.as_view(), name="add_child"),
    path("<uuid:composition_id>/under-18s/<uuid:child_id>/", views.ChangeChild.as_view(), name="child"),
    path("<uuid:composition_id>/under-18s/<uuid:child_id>/remove/", views.RemoveChild.as_view(), name="remove_child"),
    path("<uuid:composition_id>/attestation/", views.Attest.as_view(), name="attest"),
    path("<uuid:composition_id>/import/", views.ImportCounts.as_view(), name="import_counts"),
]
