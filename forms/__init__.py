"""Forms of Alur on WTForms: what a page, a task and a city plugin import."""

from forms.base import AlurForm, FormNotValidError, Section
from forms.conditions import Condition, FeelCondition
from forms.feel import Feel
from forms.field import AlurField, ErrorLink
from forms.fields import (
    CheckboxField,
    ChoiceField,
    ComputedField,
    DateField,
    DecimalField,
    FileField,
    IntegerField,
    KeptFile,
    MoneyField,
    MultiChoiceField,
    NoteField,
    Option,
    RadioField,
    RowChange,
    TableField,
    TextAreaField,
    TextField,
    Upload,
)
from forms.submission import Draft
from forms.text import Language, Text
from forms.validators import Between, Length, NoteWhenOverridden, NotInFuture, OneOf, OtherThan, Required, RequiredIf

__all__ = [
    "AlurField",
    "AlurForm",
    "Between",
    "CheckboxField",
    "ChoiceField",
    "ComputedField",
    "Condition",
    "DateField",
    "DecimalField",
    "Draft",
    "ErrorLink",
    "Feel",
    "FeelCondition",
    "FileField",
    "FormNotValidError",
    "IntegerField",
    "KeptFile",
    "Language",
    "Length",
    "MoneyField",
    "MultiChoiceField",
    "NotInFuture",
    "NoteField",
    "NoteWhenOverridden",
    "OneOf",
    "Option",
    "OtherThan",
    "RadioField",
    "Required",
    "RequiredIf",
    "RowChange",
    "Section",
    "TableField",
    "Text",
    "TextAreaField",
    "TextField",
    "Upload",
]
