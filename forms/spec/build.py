"""A WTForms form class from a spec, made once for equal specs."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, ClassVar, Final, cast

from wtforms import Field

from forms.base import AlurForm, Section
from forms.conditions import FeelCondition
from forms.feel import Feel
from forms.fields import (
    CheckboxField,
    ChoiceField,
    ComputedField,
    DateField,
    DecimalField,
    FileField,
    IntegerField,
    MoneyField,
    MultiChoiceField,
    NoteField,
    Option,
    RadioField,
    TableField,
    TextAreaField,
    TextField,
)
from forms.spec.model import TODAY, FieldSpec, FormSpec
from forms.validators import Between, NotInFuture, Required, RequiredIf


class SpecForm(AlurForm):
    """A form whose fields come from a spec; they are reached as `form["name"]` only.

    They are no attributes, so that a spec kept in a release may use any name, also one a later version of AlurForm
    gives to a method, or `filter_x`, which WTForms would call.
    """

    spec: ClassVar[FormSpec | None] = None

    def __setattr__(self, name: str, value: object) -> None:
        """Leave fields out of the attributes."""
        if not isinstance(value, Field):
            super().__setattr__(name, value)

    @property
    def title(self) -> str:
        """The form's title in its language."""
        return self.spec.title.to(self.language) if self.spec else ""

    @property
    def intro(self) -> str:
        """What is said above the fields, in the form's language."""
        return self.spec.intro.to(self.language) if self.spec and self.spec.intro else ""

    @property
    def is_live(self) -> bool:
        """Whether something in the form follows from expressions, so that a page asks again while people type."""
        return self.spec is not None and any(map(_has_expression, self.spec.fields))

    def sections(self) -> Sequence[Section]:
        """Return the sections of the spec, or all fields in one."""
        if self.spec is None or not self.spec.sections:
            return super().sections()
        fields = {field.short_name: field for field in self.fields}
        return tuple(
            Section(
                section.title.to(self.language),
                tuple(fields[name] for name in section.fields),
                section.intro.to(self.language) if section.intro else "",
            )
            for section in self.spec.sections
        )


@lru_cache(maxsize=256)
def form_class(spec: FormSpec, feel: Feel | None = None) -> type[SpecForm]:
    """Return the form class of a spec; equal specs share one.

    :param feel: evaluates the spec's expressions; one without any needs none.
    """
    return _class_of(spec.fields, spec, feel)


def _class_of(fields: Sequence[FieldSpec], spec: FormSpec | None, feel: Feel | None) -> type[SpecForm]:
    known = {"spec": spec, "feel": feel, "__doc__": SpecForm.__doc__}
    made = cast(type[SpecForm], type("SpecForm", (SpecForm,), known))
    # Where WTForms' FormMeta would collect the class attributes, which a spec's fields are not.
    made._unbound_fields = [(field.name, _made(field, feel)) for field in fields]  # pyright: ignore[reportAttributeAccessIssue]
    return made


def _has_expression(field: FieldSpec) -> bool:
    own = field.type == "computed" or isinstance(field.show_when, FeelCondition)
    return own or any(map(_has_expression, field.columns))


def _made(field: FieldSpec, feel: Feel | None) -> Any:
    return _table(field, feel) if field.type == "table" else _MAKERS[field.type](field)


def _common(field: FieldSpec, *checks: Any) -> dict[str, Any]:
    given: dict[str, Any] = {"label": field.label, "hint": field.hint or "", "show_when": field.show_when}
    if field.type not in ("note", "computed"):
        given["validators"] = [*_requirement(field), *checks]
    if field.readonly:
        given["readonly"] = True
    if field.unit is not None:
        given["unit"] = field.unit
    if field.default is not None:
        given["default"] = field.default
    return given


def _requirement(field: FieldSpec) -> list[Required]:
    if isinstance(field.required, bool):
        return [Required()] if field.required else []
    return [RequiredIf(field.required)]


def _said(field: FieldSpec, *keys: str) -> dict[str, Any]:
    """Return what the spec gives; the rest keeps the field's own default."""
    return {key: value for key in keys if (value := getattr(field, key)) not in (None, ())}


def _range(field: FieldSpec) -> list[Any]:
    checks: list[Any] = [NotInFuture()] if field.max == TODAY else []
    highest = None if isinstance(field.max, str) else field.max
    if field.min is not None or highest is not None:
        checks.append(Between(field.min, highest, unit=field.unit or ""))
    return checks


def _options(field: FieldSpec) -> list[Option]:
    return [Option(choice.value, choice.label) for choice in field.choices]


def _table(field: FieldSpec, feel: Feel | None) -> TableField:
    rows: dict[str, Any] = {} if field.rows is None else {"max_rows": field.rows}
    return TableField(row_form=_class_of(field.columns, None, feel), **rows, **_common(field))


_MAKERS: Final[dict[str, Callable[[FieldSpec], Any]]] = {
    "text": lambda field: TextField(**_common(field), **_said(field, "max_length", "pattern")),
    "textarea": lambda field: TextAreaField(**_common(field), **_said(field, "max_length", "rows")),
    "integer": lambda field: IntegerField(**_common(field, *_range(field))),
    "decimal": lambda field: DecimalField(**_common(field, *_range(field)), **_said(field, "decimals")),
    "money": lambda field: MoneyField(**_common(field, *_range(field)), **_said(field, "decimals")),
    "date": lambda field: DateField(**_common(field, *_range(field))),
    "choice": lambda field: ChoiceField(**_common(field), options=_options(field)),
    "radio": lambda field: RadioField(**_common(field), options=_options(field)),
    "multichoice": lambda field: MultiChoiceField(**_common(field), options=_options(field)),
    "checkbox": lambda field: CheckboxField(**_common(field)),
    "file": lambda field: FileField(**_common(field), **_said(field, "accept", "max_files", "max_megabytes")),
    "computed": lambda field: ComputedField(**_common(field), **_said(field, "feel", "decimals")),
    "note": lambda field: NoteField(**_common(field)),
}
