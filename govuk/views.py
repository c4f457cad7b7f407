"""The doors: a page that does one act, a button that does one act, and the pages for when something goes wrong."""

from django.forms import HiddenInput
from django.http import HttpResponseRedirect, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import get_template
from django.utils.functional import cached_property
from django.views.generic import FormView, View

from govuk.fields import WholeNumberField, as_read, whole
from govuk.refusals import linked, refusal_page, where_from
from policy.refusals import RuleBroken, Stale, refusal_of


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

    def check_possible(self) -> None:
        """Raises the rule that would refuse the act whatever is typed: the page shows it, and who can put it right, in the place of the form."""

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
        # Who has typed already keeps it, and is refused by the act.
        barred = None if self.request.method == "POST" else refusal_of(self.check_possible)
        return {"back_url": self.back_url, "heading_in_form": in_form and not barred, "barred": barred, **context}


class VersionedActView(ActView):
    """An act on a thing that may change meanwhile. A subclass gives `get_thing()`; `act` passes `version=form.cleaned_data["version"]`.

    After a stale read the page shows what somebody else has saved beside what was typed: sending it again is then a decision.
    """

    def get_thing(self):
        raise NotImplementedError

    def saved_answers(self):
        """What the thing says now, by the names of the questions."""
        return self.get_initial()

    def last_hand(self):
        """Who changed the thing last, by name, and when; None where this floor cannot know."""
        return None

    def saved_meanwhile(self, form):
        """Question by question, what was saved where it differs from what was typed."""
        saved = self.saved_answers()
        asked = [form[name] for name in form.fields if name in saved and not form[name].is_hidden]
        told = [(box.label, as_read(box.field, saved[box.name]), as_read(box.field, box.value() or "")) for box in asked]
        who, at = self.last_hand() or ("someone else", None)
        return {
            "who": who,
            "at": at,
            "is_told": bool(told),
            "answers": [(label, text) for label, text, typed in told if text.split() != typed.split()],
        }

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
            self.extra_context = {**(self.extra_context or {}), "meanwhile": self.saved_meanwhile(form)}
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
        return whole(self.request.POST.get("version", ""))

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
