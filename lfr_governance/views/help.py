"""Help for everybody who works here: how it goes, what the words mean, who oversees, who to ask."""

from typing import Any

from django.views.generic import TemplateView

from lfr_governance.access import EVERYONE_HERE
from lfr_governance.diagrams import svg
from lfr_governance.glossary import glossary
from lfr_governance.machines import machines


class Help(TemplateView):
    access = EVERYONE_HERE
    template_name = "lfr_governance/help.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        drawn = [{"machine": machine, "svg": svg(machine)} for machine in machines()]
        return super().get_context_data(drawn=drawn, glossary=glossary(), **kwargs)
