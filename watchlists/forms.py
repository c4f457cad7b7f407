"""What the pages of a watchlist ask."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError

from govuk.fields import ChoiceField, ConfirmField, LongTextField, UploadField, WholeNumberField, YesNoField
from govuk.forms import Form
from policy.edition import Category

TABLE_MOST_BYTES = 256 * 1024


def offer(form: Form, categories: list[tuple[str, str]]) -> None:
    category: Any = form.fields["category"]
    category.choices = categories


class CategoryForm(Form):
    category = ChoiceField(label="Which category do you want to add?", called="a category", page_heading=True)

    def __init__(self, *args: Any, categories: Iterable[Category], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, [(category.code, category.label) for category in categories])


class LineForm(Form):
    """Counts now; the words may follow, so none of them is marked optional."""

    mark_optional = False

    subjects = WholeNumberField(
        label="How many subjects?",
        called="the number of subjects",
        min_value=1,
        max_value=1_000_000,
        help_text="Count a person in every category they are in: somebody in two categories is two subjects.",
    )
    images = WholeNumberField(
        label="How many images?",
        called="the number of images",
        min_value=1,
        max_value=1_000_000,
        help_text="At least one for each subject. Several images of one person are still one subject.",
    )
    necessity = LongTextField(label="Why is it necessary to look for these people?", called="why it is necessary", required=False)
    proportionality = LongTextField(
        label="Why is it proportionate?",
        called="why it is proportionate",
        required=False,
        help_text="Weigh the aim against what it means for those listed and for everyone who walks past.",
    )
    likelihood = LongTextField(
        label="How likely are they to pass?",
        called="how likely they are to pass",
        required=False,
        help_text="How serious is it, what is the risk, and what about this place makes it likely?",
    )
    grounds_here = LongTextField(
        label="On what grounds may these people be at this place?",
        called="the grounds",
        required=False,
        help_text="This category depends on who a person is, so say what ties them to this place. The Authorising Officer sees it.",
    )
    image_source = LongTextField(
        label="Where do the images come from?", called="where the images come from", required=False, rows=3, help_text="For example, custody images."
    )
    image_quality = LongTextField(
        label="How good are the images?",
        called="how good the images are",
        required=False,
        rows=3,
        help_text="For example, how many are full face, evenly lit and recent, and what was done about the others.",
    )

    def __init__(self, *args: Any, tied_to_who: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not tied_to_who:
            del self.fields["grounds_here"]


class ChildForm(Form):
    category = ChoiceField(label="Which category are they in?", called="the category")
    under_13 = YesNoField(label="Are they under 13?", called="they are under 13")
    best_interests = LongTextField(
        label="Why is it in their best interests?",
        called="why it is in their best interests",
        help_text="In words that identify nobody: no name, date of birth, address or reference number.",
    )
    necessity = LongTextField(
        label="Why is it necessary?",
        called="why it is necessary",
        help_text="Say also why looking for them in another way would not do. Again, identify nobody.",
    )
    nobody = ConfirmField(
        label="Nothing I have written would tell anyone who this young person is", called="nothing you have written would tell anyone who they are"
    )

    def __init__(self, *args: Any, categories: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, list(categories))


class AttestForm(Form):
    steps_taken = LongTextField(label="What was done to be sure that each image shows the right person?", called="the steps taken", rows=8)
    sure = ConfirmField(
        label="I attest that reasonable steps were taken for every image, and that everyone under 18 has been counted", called="this is so"
    )


class ImportForm(Form):
    table = UploadField(label="Table of counts", called="a table", accept=".csv,text/csv", help_text="A CSV file, saved from your spreadsheet.")

    def clean_table(self) -> str:
        """The text of the file; the file itself is not kept."""
        upload = self.cleaned_data["table"]
        if upload.size > TABLE_MOST_BYTES:
            raise ValidationError("The table must be smaller than 256 KB: one row for each category is all it needs.")
        raw = upload.read()
        try:
            return raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            return raw.decode("cp1252", errors="replace")


class NoQuestions(Form):
    """A page that only asks whether to go on."""
