"""The doors: a page that does one act, a button that does one act, and the pages for when something goes wrong."""

from django.forms import HiddenInput
from django.http import HttpResponseRedirect, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import get_template
from django.utils.functional import cached_property
from django.views.generic import FormView, View

from govuk.fields import WholeNumberField
from govuk.refusals import linked, refusal_page, where_from
from policy.refusals import RuleBroken, Stale


class ActView(FormView):
    """A form and the one act behind it. A subclass gives `access`, `form_class`, `heading`, `button` and `act(form)`, which returns where to go.

    A broken rule or a stale read comes back as the same page, status 409, with the refusal in the error summary and all that was typed.
    """

    template_name = "govuk/act.html"
    base_template = "base.html"
    heading = caption = ""
    button = "Continue"
    button_kind = ""
    back_url = ""

    def act(self, form) -> str:
        raise NotImplementedError

    def find_url(self, where: str) -> str:
        """Where a finding of a refusal can be mended. A key that is a field of this form leads to the field."""
        form = self.refused_form
        return f"#{form[where].link_id}" if where in form.fields else ""

    def form_valid(self, form):
        try:
            return HttpResponseRedirect(self.act(form))
        except (RuleBroken, Stale) as refusal:
            return self.refused(form, refusal)

    def refused(self, form, refusal):
        self.refused_form = form
        findings = linked(refusal.findings, self.find_url)
        return self.render_to_response(self.get_context_data(form=form, refusal=refusal, findings=findings), status=refusal.status)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        in_form = any(getattr(field, "page_heading", False) for field in context["form"].fields.values())
        return {"back_url": self.back_url, "heading_in_form": in_form, **context}


class VersionedActView(ActView):
    """An act on a thing that may change meanwhile. A subclass gives `get_thing()`; `act` passes `version=form.cleaned_data["version"]`.

    After a stale read the page shows the thing as it is now, with what was typed: sending it again is then a decision.
    """

    def get_thing(self):
        raise NotImplementedError

    @cached_property
    def thing(self):
        return self.get_thing()

    def get_form(self, form_class=None):
        return self.versioned(super().get_form(form_class))

    def versioned(self, form):
        form.fields["version"] = WholeNumberField(called="the version", required=True)
        form.fields["version"].widget = HiddenInput()
        form.fields["version"].initial = self.thing.version
        return form

    def refused(self, form, refusal):
        if isinstance(refusal, Stale):
            del self.thing
            form.data = form.data.copy()
            form.data[form.add_prefix("version")] = self.thing.version
        return super().refused(form, refusal)

    def get_context_data(self, **kwargs):
        return super().get_context_data(thing=self.thing, **kwargs)


class ButtonView(View):
    """An act that asks nothing, sent by `{% post_button %}`. A refusal is a page of its own with a way back."""

    http_method_names = ["post"]
    back_url = ""

    def act(self) -> str:
        raise NotImplementedError

    @property
    def version(self) -> int | None:
        """What the person saw when they pressed the button, if the button said."""
        sent = self.request.POST.get("version", "")
        return int(sent) if sent.isdigit() else None

    def find_url(self, where: str) -> str:
        return ""

    def post(self, request, *args, **kwargs):
        try:
            return HttpResponseRedirect(self.act())
        except (RuleBroken, Stale) as refusal:
            return refusal_page(request, refusal, back_url=self.back_url, find_url=self.find_url)


def bad_request(request, exception=None):
    return render(request, "errors/400.html", status=400)


def permission_denied(request, exception=None):
    return render(request, "errors/403.html", {"back_url": where_from(request)}, status=403)


def page_not_found(request, exception=None):
    return render(request, "errors/404.html", status=404)


def server_error(request):
    """Asks nothing of the database, which may be what is broken."""
    return HttpResponseServerError(get_template("errors/500.html").render())


def csrf_failure(request, reason=""):
    said = "This page had been open too long, or was opened in a browser that does not keep cookies. Nothing was changed."
    return render(request, "errors/400.html", {"sentence": said}, status=403)
