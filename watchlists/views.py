"""The pages of a watchlist: what is on it, and one page for each change."""

from typing import Any

from django.urls import reverse
from django.views.generic import TemplateView

from audit.reading import note_sight
from govuk.returning import next_path, with_next
from govuk.views import ActView, VersionedActView
from operations.models import Operation
from operations.permissions import Row
from operations.views import OperationPage
from operations.writing import WritingPage
from policy import current
from policy.edition import Category
from policy.refusals import NotVisible
from watchlists import forms, services
from watchlists.models import LINE_FIELDS, Child, Composition, Line
from watchlists.permissions import WATCHLIST
from watchlists.presented import cards
from watchlists.rules import category_of, check_not_frozen, findings, label_of, totals


class OfComposition(OperationPage):
    """The operation is found through the watchlist that the address names; everything else only within that watchlist."""

    access: Row = WATCHLIST
    reads_signed = True
    composition: Composition

    def get_operation(self) -> Operation:
        found = Composition.objects.select_related("operation__force", "attested_by").filter(pk=self.kwargs["composition_id"]).first()
        if found is None:
            raise NotVisible()
        self.composition = found
        return found.operation

    def url(self, name: str, **kwargs: Any) -> str:
        return reverse(f"watchlists:{name}", kwargs={"composition_id": self.composition.pk, **kwargs})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(composition=self.composition, **kwargs)


class Overview(OfComposition, TemplateView):
    """What is on the watchlist, what is still to be answered, and where to change it."""

    template_name = "watchlists/overview.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        note_sight(self.composition, by=self.request.user, at=self.at)
        edition, composition = current(), Composition.objects.prefetch_related("lines", "children").get(pk=self.composition.pk)
        writes = bool(self.standings & WATCHLIST.writes)
        missing = findings(composition, edition)
        return super().get_context_data(
            cards=cards(composition, edition, missing, self.to),
            totals=totals(composition),
            add=self.links(),
            missing=missing,
            may_change=writes and not composition.frozen_at,
            writes=writes,
            whole=len(composition.lines.all()) == len(edition.categories),
            children_missing=[finding for finding in missing if finding.where == "watchlist.children"],
            back_url=next_path(self.request, f"/operations/{self.operation.pk}/"),
            **kwargs,
        )

    def to(self, name: str, **kwargs: Any) -> str:
        """A page of this watchlist that comes back here."""
        return with_next(self.url(name, **kwargs), self.request.get_full_path())

    def links(self) -> dict[str, str]:
        return {name: self.to(name) for name in ("add_line", "add_child", "attest", "import_counts")}


class Changes(WritingPage, OfComposition):
    """Mixin of the pages that change the watchlist. A submitted one is refused before anything is typed."""

    caption = ""

    @property
    def trailed(self) -> Any:
        return self.composition

    def done_url(self) -> str:
        return self.url("overview")

    def prepare(self) -> None:
        super().prepare()
        check_not_frozen(self.composition)
        self.caption = "Watchlist"


class AddLine(Changes, ActView):
    """Which category; its own page asks the rest."""

    form_class = forms.CategoryForm
    heading = "Add a category"
    template_name = "watchlists/add_line.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        there = set(self.composition.lines.values_list("category", flat=True))
        return super().get_form_kwargs() | {"categories": [category for category in current().categories if category.code not in there]}

    def act(self, form: Any) -> str:
        return with_next(self.url("line", category=form.cleaned_data["category"]), self.next_url)


class OfCategory(Changes):
    """A category of the policy's list, on the watchlist or not yet."""

    category: Category
    heading = "{}"

    def prepare(self) -> None:
        super().prepare()
        category = category_of(self.kwargs["category"], current())
        if category is None:
            raise NotVisible()
        self.category, self.heading = category, self.heading.format(category.label)

    def get_thing(self) -> Line:
        found = self.composition.lines.filter(category=self.category.code).first()
        return found or Line(composition=self.composition, category=self.category.code, version=0)


class PutLine(OfCategory, VersionedActView):
    """Counts and reasons of one category."""

    form_class = forms.LineForm
    button = "Save"
    template_name = "watchlists/line.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"tied_to_who": self.category.tied_to_who}

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.thing, name) for name in LINE_FIELDS} if self.thing.version else {}

    def act(self, form: Any) -> str:
        services.put_line(self.composition, category=self.category.code, **form.cleaned_data, by=self.request.user, at=self.at)
        return self.next_url


class RemoveLine(OfCategory, VersionedActView):
    form_class = forms.NoQuestions
    button = "Remove the category"
    button_kind = "warning"
    template_name = "watchlists/remove_line.html"
    heading = "Remove “{}” from the watchlist?"

    def get_thing(self) -> Line:
        found = super().get_thing()
        if not found.version:
            raise NotVisible()
        return found

    def act(self, form: Any) -> str:
        services.remove_line(self.thing, version=form.cleaned_data["version"], by=self.request.user, at=self.at)
        return self.next_url


class WithCategories(Changes):
    """An under-18 is one of the subjects of a category on the watchlist."""

    def get_form_kwargs(self) -> dict[str, Any]:
        edition, codes = current(), self.composition.lines.values_list("category", flat=True)
        return super().get_form_kwargs() | {"categories": [(code, label_of(code, edition)) for code in codes]}


class AddChild(WithCategories, ActView):
    form_class = forms.ChildForm
    heading = "Add someone under 18"
    button = "Save"
    template_name = "watchlists/child.html"

    def act(self, form: Any) -> str:
        services.justify_child(self.composition, **justified(form), by=self.request.user, at=self.at)
        return self.next_url


def justified(form: Any) -> dict[str, Any]:
    return {name: value for name, value in form.cleaned_data.items() if name != "nobody"}


class OfChild(Changes):
    def get_thing(self) -> Child:
        found = self.composition.children.filter(pk=self.kwargs["child_id"]).first()
        if found is None:
            raise NotVisible()
        return found


class ChangeChild(OfChild, WithCategories, VersionedActView):
    form_class = forms.ChildForm
    heading = "Change the reasons for someone under 18"
    button = "Save"
    template_name = "watchlists/child.html"

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.thing, name) for name in ("category", "under_13", "best_interests", "necessity")}

    def act(self, form: Any) -> str:
        services.justify_child(self.composition, **justified(form), child=self.thing, by=self.request.user, at=self.at)
        return self.next_url


class RemoveChild(OfChild, VersionedActView):
    form_class = forms.NoQuestions
    heading = "Remove this under-18 from the watchlist?"
    button = "Remove the under-18"
    button_kind = "warning"
    template_name = "watchlists/remove_child.html"

    def act(self, form: Any) -> str:
        services.remove_child(self.thing, version=form.cleaned_data["version"], by=self.request.user, at=self.at)
        return self.next_url

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(label=label_of(self.thing.category, current()), **kwargs)


class Attest(Changes, VersionedActView):
    """For the watchlist as it stood when the page was opened."""

    form_class = forms.AttestForm
    heading = "Attest the watchlist"
    button = "Attest the watchlist"
    template_name = "watchlists/attest.html"

    def get_thing(self) -> Composition:
        return Composition.objects.prefetch_related("lines", "children").get(pk=self.composition.pk)

    def get_initial(self) -> dict[str, Any]:
        return {"steps_taken": self.composition.steps_taken}

    def act(self, form: Any) -> str:
        answers = form.cleaned_data
        services.attest(self.composition, steps_taken=answers["steps_taken"], version=answers["version"], by=self.request.user, at=self.at)
        return self.next_url

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(totals=totals(self.thing), **kwargs)


class ImportCounts(Changes, ActView):
    form_class = forms.ImportForm
    heading = "Import counts"
    button = "Import the table"
    template_name = "watchlists/import.html"

    def act(self, form: Any) -> str:
        services.import_counts(self.composition, text=form.cleaned_data["table"], by=self.request.user, at=self.at)
        return self.next_url

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(categories=current().categories, **kwargs)
