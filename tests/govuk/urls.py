"""A gallery of every component, for tests only."""

import datetime
from pathlib import Path

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.template import engines
from django.urls import path
from django.views.generic import View

from govuk import fields, forms, views
from govuk.lists import Page
from policy.refusals import Finding, NotPermitted, NotVisible, RuleBroken, Stale

NOW = datetime.datetime(2026, 10, 24, 16, 48, tzinfo=datetime.UTC)
MOMENT = datetime.datetime(2026, 10, 24, 19, 0, tzinfo=datetime.UTC)
SECTIONS = ["Overview", "Application", "Authority", "Deployments", "Clocks", "Record", "Trail"]


class GalleryForm(forms.Form):
    title = fields.TextField(label="Title of the operation", help_text="A name the public could read", max_length=60, width=20)
    why = fields.LongTextField(label="Why there, why now?", called="why there and why now", word_limit=50)
    images = fields.WholeNumberField(label="Number of images", called="the number of images", min_value=1, max_value=100000)
    threshold = fields.DecimalField(label="Threshold", called="the threshold", max_value=1, decimal_places=2, suffix="similarity")
    day = fields.DateField(label="Day of the deployment", called="the day of the deployment", help_text="For example, 27 3 2026")
    begins = fields.TimeField(label="Start", called="the start")
    ended = fields.MomentField(label="When did it end?", called="the time it ended", required=False)
    kind = fields.ChoiceField(
        label="What for?",
        called="what it is for",
        choices=[("prevent", "To prevent crime"), ("other", "Something else")],
        hints={"prevent": "Clause 3.1"},
        reveals={"other": "other"},
    )
    other = fields.TextField(label="What else?", called="what else it is for")
    cameras = fields.ManyField(label="Cameras", called="which cameras", choices=[("n", "North"), ("s", "South")])
    host = fields.SelectField(label="Host force", called="the host force", choices=[("cum", "Cumbria"), ("lan", "Lancashire")])
    live = fields.YesNoField(label="Is it live?", called="it is live")
    file = fields.UploadField(label="Export of the LFR system", called="the export", required=False)
    password = fields.PasswordField(label="Password", called="your password")
    sure = fields.ConfirmField(label="I have read what I am about to sign", called="you have read it")


class Filter(forms.FilterForm):
    state = fields.ChoiceField(label="State", choices=[("live", "Live"), ("over", "Over")], small=True)


class OneQuestion(forms.Form):
    reason = fields.LongTextField(label="Why are you cancelling?", called="why you are cancelling", page_heading=True)


def chrome():
    words = ["What awaits me", "Operations", "Watchlists", "Library"]
    return {
        "force_name": "Cumbria Constabulary",
        "person_name": "Insp Ada Applicant",
        "sign_out_url": "/sign-out",
        "navigation": [
            {"text": word, "href": f"/?{word[:4]}", "active": not number, "count": 0 if number else 3, "count_of": "things to do"}
            for number, word in enumerate(words)
        ],
        "footer_links": [{"text": "Accessibility statement", "href": "/?accessibility"}, {"text": "Help", "href": "/?help"}],
        "banners": [{"text": "The checks of what is due last ran 12 minutes ago.", "kind": "warning", "title": "Late"}],
    }


def gallery(request):
    messages.success(request, "Submitted to the Authorising Officer")
    template = engines["django"].from_string((Path(__file__).parent / "gallery.html").read_text())
    sections = [{"text": word, "href": f"/?{word}", "active": word == "Deployments", "count": 2 if word == "Clocks" else 0} for word in SECTIONS]
    context = {
        **chrome(),
        "form": GalleryForm(),
        "filter_form": Filter(request.GET or None),
        "now": NOW,
        "moment": MOMENT,
        "soon": MOMENT,
        "sections": sections,
        "page": Page([], "?before=x", "?after=x"),
    }
    return HttpResponse(template.render(context, request))


class FormPage(views.ActView):
    form_class = GalleryForm
    heading = "All the questions"
    back_url = "/"
    extra_context = chrome()

    def act(self, form):
        findings = (Finding("A-1", "The threshold is below the policy's.", "11.11", "threshold"), Finding("A-2", "Nobody is named as Silver.", "6.2"))
        raise RuleBroken(
            "A-0", "The application is not complete.", clause="4.2", remedy="Put right what is listed and submit again.", findings=findings
        )


class Question(views.ActView):
    form_class = OneQuestion
    heading = "Why are you cancelling?"
    button = "Cancel the authority"
    button_kind = "warning"

    def act(self, form):
        return "/"


class Thing:
    version = 4


class Versioned(views.VersionedActView):
    form_class = OneQuestion
    heading = "Cancel"

    def get_thing(self):
        return Thing()

    def saved_answers(self):
        return {"reason": "Snow"}

    def act(self, form):
        if form.cleaned_data["version"] != self.thing.version:
            raise Stale()
        return "/"


class Barred(views.ActView):
    form_class = OneQuestion
    heading = "Cancel"

    def check_possible(self):
        raise RuleBroken("G-1", "It has been cancelled.", clause="7.7", remedy="Nothing more is needed.")

    def act(self, form):
        self.check_possible()


class Refused(views.ButtonView):
    def act(self):
        raise RuleBroken("G-1", "The system is not live.", clause="7.2", remedy="Go live first.")


class Raises(View):
    what: Exception = NotVisible()

    def get(self, request):
        raise self.what


def forbidden(request):
    raise PermissionDenied


urlpatterns = [
    path("", gallery),
    path("form", FormPage.as_view()),
    path("question", Question.as_view()),
    path("barred", Barred.as_view()),
    path("versioned", Versioned.as_view()),
    path("refused", Refused.as_view()),
    path("not-visible", Raises.as_view(what=NotVisible())),
    path("not-permitted", Raises.as_view(what=NotPermitted("A-3", "Only the Authorising Officer may sign.", clause="4.1"))),
    path("rule-broken", Raises.as_view(what=RuleBroken("A-4", "It is over."))),
    path("forbidden", forbidden),
    path("broken", Raises.as_view(what=ZeroDivisionError())),
]
handler400 = views.bad_request
handler403 = views.permission_denied
handler404 = views.page_not_found
handler500 = views.server_error
