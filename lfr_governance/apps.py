from django.apps import AppConfig


class RoofConfig(AppConfig):
    name = "lfr_governance"
