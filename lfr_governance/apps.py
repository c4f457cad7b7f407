from django.apps import AppConfig

from policy import current


class RoofConfig(AppConfig):
    name = "lfr_governance"

    def ready(self) -> None:
        """A wrong policy file stops the start, with the line at fault."""
        current()
