"""Tags that read the house: an operation's spine, colours of states, names of categories."""

from typing import Any

from django import template
from django.urls import reverse

from accounts.states import Role
from lfr_governance.glossary import acronym, term
from lfr_governance.navigation import operation_items
from lfr_governance.standing import COLOURS, standing
from policy import current
from reporting.presented import paper

register = template.Library()
register.inclusion_tag("reporting/_paper.html", takes_context=True, name="paper")(paper)
register.inclusion_tag("lfr_governance/_term.html", takes_context=True, name="term")(term)
register.simple_tag(acronym, takes_context=True, name="acronym")


@register.inclusion_tag("lfr_governance/spine.html", takes_context=True)
def spine(context: Any) -> dict[str, Any]:
    """The operation's one address on every page of it: reference, title, state, whose turn, and its pages."""
    operation, at = context["operation"], context["now"]
    where = standing(operation, at)
    return {
        "operation": operation,
        "standing": where,
        "overview": reverse("operation", args=[operation.pk]),
        "items": operation_items(operation, where, context["standings"], context["request"].path),
    }


@register.filter
def state_colour(state: str) -> str:
    return COLOURS.get(state, "grey")  # type: ignore[call-overload]


@register.filter
def role_label(role: str) -> str:
    return Role(role).label


@register.filter
def category_label(code: str) -> str:
    return next((category.label for category in current().categories if category.code == code), code)
