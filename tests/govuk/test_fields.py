"""What the questions accept, and what they say when they do not."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import pytest

from govuk import fields, forms


def answer(field: Any, **sent: Any) -> Any:
    """The value, or the first error, of one question."""
    form = type("OneForm", (forms.Form,), {"x": field})(sent)
    return form.cleaned_data["x"] if form.is_valid() else form.errors["x"][0]


def day(text: str) -> dict[str, str]:
    return dict(zip(("x_day", "x_month", "x_year", "x_time"), text.split("/"), strict=False))


DAY = fields.DateField(called="the day of the deployment")
MOMENT = fields.MomentField(called="the time it ended")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("24/10/2026", date(2026, 10, 24)),
        (" 4 /oct/2026", date(2026, 10, 4)),
        ("4/October/2026", date(2026, 10, 4)),
        ("//", "Enter the day of the deployment"),
        ("24//2026", "The day of the deployment must include a month"),
        ("24//", "The day of the deployment must include a month and year"),
        ("24/10/26", "The day of the deployment must have a year of 4 numbers, like 2026"),
        ("31/2/2026", "The day of the deployment must be a real date"),
        ("x/2/2026", "The day of the deployment must be a real date"),
    ],
)
def test_a_date(typed: str, said: Any):
    assert answer(DAY, **day(typed)) == said


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("24/10/2026/20:00", datetime(2026, 10, 24, 19, 0, tzinfo=UTC)),
        ("24/12/2026/0900", datetime(2026, 12, 24, 9, 0, tzinfo=UTC)),
        ("25/10/2026/01:30", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        ("29/3/2026/1:30", "The time it ended must be a time that exists: on 29 March 2026 the clocks go forward and 01:30 is skipped"),
        ("24/10/2026/", "The time it ended must include a time"),
        ("///20:00", "The time it ended must include a day, month and year"),
        ("24/10/2026/25:00", "The time it ended must have a time, like 10:00 or 10am"),
        ("24/10/2026/8pm", datetime(2026, 10, 24, 19, 0, tzinfo=UTC)),
        ("///", "Enter the time it ended"),
    ],
)
def test_a_moment_is_typed_in_local_time_and_kept_in_utc(typed: str, said: Any):
    assert answer(MOMENT, **day(typed)) == said


def test_a_moment_is_shown_again_in_local_time():
    form = type("Form", (forms.Form,), {"x": MOMENT})(initial={"x": datetime(2026, 10, 24, 19, 5, tzinfo=UTC)})
    assert [box["value"] for box in form["x"].subwidgets[0].data["subwidgets"]] == ["24", "10", "2026", "20:05"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        *((typed, time(9, 30)) for typed in ("09:30", "9.30", "0930", "930", "9 30", "9:30am", "9.30 AM", "0930hrs", "0930 hours", " 9:30  a.m. ")),
        *((typed, time(21, 30)) for typed in ("21:30", "9:30pm", "930 p.m.", "2130h")),
        *((typed, time(10)) for typed in ("10am", "10 am", "10:00", "10.00", "1000")),
        *((typed, time(0)) for typed in ("12am", "00:00", "midnight")),
        *((typed, time(12)) for typed in ("12pm", "12:00 pm", "Midday", "noon")),
        *((typed, None) for typed in ("24:00", "half nine", "9", "13pm", "0am", "10:60am", "am", "10:00:00")),
    ],
)
def test_a_time_of_day(typed: str, said: time | None):
    assert answer(fields.TimeField(called="the start"), x=typed) == ("The start must be a time, like 10:00 or 10am" if said is None else said)


def test_numbers():
    images = fields.WholeNumberField(called="the number of images", min_value=1, max_value=5000)
    assert answer(images, x="1,250") == 1250
    assert answer(images, x="") == "Enter the number of images"
    assert answer(images, x="a few") == "The number of images must be a whole number"
    assert answer(images, x="0") == "The number of images must be 1 or more"
    assert answer(images, x="5001") == "The number of images must be 5000 or fewer"
    threshold = fields.DecimalField(called="the threshold", max_value=1, decimal_places=2, max_digits=3)
    assert answer(threshold, x="0.64") == Decimal("0.64")
    assert answer(threshold, x="1.5") == "The threshold must be 1 or less"
    assert answer(threshold, x="0.645") == "The threshold must have 2 decimal places or fewer"
    assert answer(threshold, x="high") == answer(threshold, x="0,66") == "The threshold must be a number"
    assert [fields.whole(text) for text in ("7", "²", "٧", "-1", "", "9" * 10)] == [7, None, None, None, None, None]


def test_words():
    title = fields.TextField(label="Title of the operation", max_length=5)
    assert answer(title, x="") == "Enter title of the operation"
    assert answer(title, x="too long") == "Title of the operation must be 5 characters or fewer"
    why = fields.LongTextField(called="why now", word_limit=2)
    assert answer(why, x="one two three") == "Why now must be 2 words or fewer"
    assert answer(fields.LongTextField(called="why"), x="a" * 10_001) == "Why must be 10000 characters or fewer"
    assert "maxlength" not in str(fields.LongTextField(called="why").widget.attrs), "what is pasted is never cut off unseen"
    assert answer(fields.EmailField(), x="nobody") == "Enter an email address in the correct format, like name@example.com"
    assert answer(fields.PasswordField(called="your password"), x=" spaces stay ") == " spaces stay "


def test_a_label_is_said_in_the_middle_of_a_sentence():
    assert answer(fields.TextField(label="DPIA reference"), x="") == "Enter DPIA reference"
    assert answer(fields.TextField(label="Why now?"), x="") == "Enter an answer"


def test_choices():
    kind = fields.ChoiceField(called="what it is for", choices=[("a", "A")])
    assert answer(kind, x="") == answer(kind, x="b") == "Select what it is for"
    assert answer(fields.ManyField(called="which cameras", choices=[("n", "North")]), x=[]) == "Select which cameras"
    live = fields.YesNoField(called="the system was live")
    assert answer(live, x="yes") is True
    assert answer(live, x="no") is False
    assert answer(live) == "Select yes if the system was live"
    assert answer(fields.YesNoField(label="Is it live?")) == "Select yes or no"
    assert answer(fields.ConfirmField(called="you have read it")) == "Confirm that you have read it"
    assert answer(fields.ConfirmField(label="I agree")) == "Tick the box to confirm"
    assert answer(fields.SelectField(called="the host force", choices=[("cum", "Cumbria")]), x="") == "Select the host force"


def test_an_answer_to_a_question_that_was_not_revealed_does_not_count():
    class Form(forms.Form):
        kind = fields.ChoiceField(called="what for", choices=[("a", "A"), ("o", "Other")], reveals={"o": "other"})
        other = fields.TextField(called="what else it is for")

    assert Form({"kind": "a", "other": "typed before"}).is_valid()
    hidden = Form({"kind": "a", "other": "typed before"})
    assert hidden.is_valid() and hidden.cleaned_data["other"] == ""
    assert Form({"kind": "o"}).errors == {"other": ["Enter what else it is for"]}
    assert Form({}).errors == {"kind": ["Select what for"]}
