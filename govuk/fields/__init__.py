"""The questions a form may ask. Each knows what it is `called` in a sentence ("the number of images"), and its errors read so."""

from govuk.fields.choices import ChoiceField, ConfirmField, ManyField, PickField, PickManyField, SelectField, YesNoField
from govuk.fields.numbers import DecimalField, WholeNumberField, whole
from govuk.fields.spoken import as_read
from govuk.fields.text import EmailField, LongTextField, PasswordField, TextField, UploadField
from govuk.fields.times import DateField, MomentField, TimeField

__all__ = [
    "ChoiceField",
    "ConfirmField",
    "DateField",
    "DecimalField",
    "EmailField",
    "LongTextField",
    "ManyField",
    "MomentField",
    "PasswordField",
    "PickField",
    "PickManyField",
    "SelectField",
    "TextField",
    "TimeField",
    "UploadField",
    "WholeNumberField",
    "YesNoField",
    "as_read",
    "whole",
]
