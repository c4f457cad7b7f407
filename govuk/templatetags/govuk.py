"""The components. A tag with a body ends in `end…`: `{% details "What is LFR?" %}…{% enddetails %}`. All markup is in templates/govuk/."""

from django import forms, template
from django.template.loader import render_to_string
from django.utils.text import slugify

register = template.Library()


def draw(name, content, **context):
    return render_to_string(f"govuk/{name}.html", {"body": content, **context})


# ── The top of a page ────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def problems(form):
    """(sentence, link) of all that is wrong with what was typed, in the order of the page."""
    if not isinstance(form, forms.BaseForm):
        return []
    whole = [(sentence, "") for sentence in form.non_field_errors()]
    return whole + [(sentence, f"#{getattr(field, 'link_id', field.auto_id)}") for field in form for sentence in field.errors]


def all_problems(context):
    formset = context.get("formset")
    found = [*problems(context.get("form")), *problems(context.get("filter_form"))]
    if isinstance(formset, forms.BaseFormSet):
        found += [(sentence, "") for sentence in formset.non_form_errors()] + [problem for form in formset for problem in problems(form)]
    return found


@register.simple_tag(takes_context=True)
def error_prefix(context):
    """The page's title begins with this, so that a screen reader says it first."""
    return "Error: " if context.get("refusal") or all_problems(context) else ""


@register.simple_tag(takes_context=True)
def error_summary(context):
    """Drawn by base.html on every page, from `form`, `filter_form`, `formset`, and `refusal` with its `findings`."""
    found, refusal = all_problems(context), context.get("refusal")
    if not found and not refusal:
        return ""
    return draw("error_summary", "", problems=found, refusal=refusal, findings=context.get("findings", ()))


@register.inclusion_tag("govuk/back_link.html")
def back_link(href, text="Back"):
    return {"href": href, "text": text}


@register.inclusion_tag("govuk/breadcrumbs.html")
def breadcrumbs(*texts_and_hrefs):
    """`{% breadcrumbs "Home" "/" "Operations" operations_url %}`"""
    return {"crumbs": list(zip(texts_and_hrefs[::2], texts_and_hrefs[1::2], strict=True))}


@register.inclusion_tag("govuk/sub_navigation.html")
def sub_navigation(items, label="Sections"):
    """Items with text, href, active, and a count where something waits."""
    return {"items": items, "label": label}


# ── Things to press ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────


@register.inclusion_tag("govuk/button.html")
def button(text, href="", kind="", name="", value=""):
    """`kind`: "" (the page's main act), "secondary", "warning", "start", "inverse". With `href` a link that looks like a button."""
    return {"text": text, "href": href, "kind": kind, "name": name, "value": value}


@register.inclusion_tag("govuk/post_button.html", takes_context=True)
def post_button(context, text, action, kind="", version=None, hint=""):
    """A form of one button, for an act that asks nothing. `version` is what the person saw (optimistic lock)."""
    return {"text": text, "action": action, "kind": kind, "version": version, "hint": hint, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("govuk/cannot.html")
def cannot(text, reason, clause="", who=""):
    """An act that cannot be done now: shown, with the reason, the clause and who can mend it."""
    return {"text": text, "reason": reason, "clause": clause, "who": who}


@register.inclusion_tag("govuk/filters.html")
def filters(form, title="Filter"):
    """The filter form of a `KeysetList`: closed until it is used."""
    return {"form": form, "title": title}


@register.inclusion_tag("govuk/pagination.html")
def pagination(page):
    """Of a `KeysetList`."""
    return {"page": page}


# ── Things to read ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────


@register.inclusion_tag("govuk/tag.html")
def tag(text, colour=""):
    """`colour`: grey, green, teal, blue, purple, magenta, red, orange, yellow; without one, blue."""
    return {"text": text, "colour": colour}


@register.inclusion_tag("govuk/badge.html")
def badge(count, of=""):
    """A number that asks for attention; `of` is what it counts, for those who hear the page."""
    return {"count": count, "of": of}


@register.simple_block_tag
def summary_list(content, wide=False):
    has_actions = "govuk-summary-list__actions" in content
    return draw("summary_list", content, has_actions=has_actions, wide=wide)


@register.simple_block_tag
def row(content, key, href="", change="", verb="Change"):
    """`change` is what the link changes, for those who hear it: "Change <where it is>"."""
    return draw("row", content, key=key, href=href, change=change or key, verb=verb)


@register.simple_block_tag
def card(content, title, href="", action="Change"):
    return draw("card", content, title=title, href=href, action=action)


@register.simple_block_tag
def task_list(content):
    return draw("task_list", content)


@register.simple_block_tag
def task(content, text, href="", status="", colour=""):
    """The body is the hint. Without `colour` the status is plain words: "Completed", "Cannot start yet"."""
    return draw("task", content, text=text, href=href, status=status, colour=colour, key=slugify(text))


@register.simple_block_tag
def notification(content, title="Important", kind=""):
    return draw("notification", content, title=title, kind=kind, key=slugify(title))


@register.simple_block_tag
def warning(content):
    return draw("warning", content)


@register.simple_block_tag
def inset(content):
    return draw("inset", content)


@register.simple_block_tag
def details(content, summary, open=False):
    return draw("details", content, summary=summary, open=open)


@register.simple_block_tag
def panel(content, title):
    """A solemn act that has been done, at the top of its page (it is the h1)."""
    return draw("panel", content, title=title)


@register.simple_block_tag
def table(content, caption, size="m", hide_caption=False):
    """The body is plain `<thead>` and `<tbody>`; give numbers `class="num"`. On a narrow screen it scrolls inside itself."""
    return draw("table", content, caption=caption, size=size, hide_caption=hide_caption, key=slugify(caption))


@register.simple_block_tag
def timeline(content):
    return draw("timeline", content)


@register.simple_block_tag
def event(content, title, at=None, by="", level=2):
    """One entry of a timeline: what, when (a moment), who, and what there is to say."""
    return draw("event", content, title=title, at=at, by=by, level=level)
