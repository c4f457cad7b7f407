"""Moments and gaps in a template. All moments are aware; all are shown in the time of the United Kingdom."""

from django import template
from django.utils import timezone

from govuk import times

register = template.Library()


def shown(function):
    """An empty moment shows as nothing."""
    return lambda value: function(value) if value else ""


register.filter("log_time", shown(times.log_time))
register.filter("public_time", shown(times.public_time))
register.filter("public_date", shown(times.public_date))
register.filter("clock_time", shown(times.clock_time))
register.filter("span", shown(times.span))


@register.filter
def near_time(moment, now=None):
    """`{{ t|near_time }}` or `{{ t|near_time:now }}`: in 3 hours 12 minutes."""
    return times.near_time(moment, now or timezone.now()) if moment else ""


@register.filter
def until(starts_at, ends_at):
    """`{{ day.starts_at|until:day.ends_at }}`: 10 Oct 2026, 13:00 to 19:30 BST."""
    return times.window(starts_at, ends_at) if starts_at and ends_at else ""


@register.filter
def or_dash(value):
    """An answer nobody gave."""
    return "–" if value is None or value == "" else value
