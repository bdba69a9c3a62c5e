"""What a declarative form says, as values: made by `parse_spec`, kept in a release by `to_plain`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from forms.conditions import FeelCondition, When
from forms.text import Language, Text

Plain = dict[str, Any]

VERSION: Final = 1
TODAY: Final = "today"
"""As `max` of a date: the day the form is filled in."""


@dataclass(frozen=True, slots=True)
class ChoiceSpec:
    """One option of a choice."""

    value: str
    label: Text

    def to_plain(self) -> Plain:
        """Return it as JSON would hold it."""
        return {"value": self.value, "label": _text(self.label)}


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field; what does not belong to its type keeps its default.

    :param type: text, textarea, integer, decimal, money, date, choice, radio, multichoice, checkbox, file, table,
        computed or note.
    :param required: always, never, or while a condition holds.
    :param rows: lines seen of a textarea, most rows of a table.
    :param pattern: name of the shape of a text.
    :param default: what the field holds before anybody types; of a multichoice a tuple.
    :param feel: the expression of a computed field.
    """

    name: str
    type: str
    label: Text
    hint: Text | None = None
    required: bool | When = False
    min: int | Decimal | date | None = None
    max: int | Decimal | date | str | None = None
    unit: Text | None = None
    decimals: int | None = None
    max_length: int | None = None
    choices: tuple[ChoiceSpec, ...] = ()
    rows: int | None = None
    columns: tuple["FieldSpec", ...] = ()
    accept: tuple[str, ...] = ()
    max_files: int | None = None
    max_megabytes: int | None = None
    show_when: When | None = None
    readonly: bool = False
    pattern: str | None = None
    default: str | bool | int | Decimal | date | tuple[str, ...] | None = None
    feel: str | None = None

    def to_plain(self) -> Plain:
        """Return it as JSON would hold it, without what was not said."""
        return _said(
            {
                "name": self.name,
                "type": self.type,
                "label": _text(self.label),
                "hint": _text(self.hint),
                "required": self.required if isinstance(self.required, bool) else {"when": _when(self.required)},
                "min": _bound(self.min),
                "max": _bound(self.max),
                "unit": _text(self.unit),
                "decimals": self.decimals,
                "max_length": self.max_length,
                "choices": [choice.to_plain() for choice in self.choices],
                "rows": self.rows,
                "columns": [column.to_plain() for column in self.columns],
                "accept": list(self.accept),
                "max_files": self.max_files,
                "max_megabytes": self.max_megabytes,
                "show_when": _when(self.show_when),
                "readonly": self.readonly,
                "pattern": self.pattern,
                "default": list(self.default) if isinstance(self.default, tuple) else _bound(self.default),
                "feel": self.feel,
            }
        )


@dataclass(frozen=True, slots=True)
class SectionSpec:
    """A heading, what is said below it, and the names of the fields."""

    title: Text
    fields: tuple[str, ...]
    intro: Text | None = None

    def to_plain(self) -> Plain:
        """Return it as JSON would hold it."""
        intro = {} if self.intro is None else {"intro": _text(self.intro)}
        return {"title": _text(self.title), **intro, "fields": list(self.fields)}


@dataclass(frozen=True, slots=True)
class FormSpec:
    """A whole form of a user task."""

    title: Text
    fields: tuple[FieldSpec, ...]
    intro: Text | None = None
    sections: tuple[SectionSpec, ...] = ()

    def to_plain(self) -> Plain:
        """Return it as JSON would hold it; equal specs give equal texts, so a release's hash is stable."""
        fields = [field.to_plain() for field in self.fields]
        sections = [section.to_plain() for section in self.sections]
        head = {"version": VERSION, "title": _text(self.title), "intro": _text(self.intro), "sections": sections}
        return {**_said(head), "fields": fields}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing in a spec that cannot be taken: where, what, and what to do.

    :param path: as in `fields[2].choices[0].value`; empty for the whole.
    """

    path: str
    text: Text

    def message(self, language: Language) -> str:
        """Return place and text in one language."""
        return f"{self.path}: {self.text.to(language)}" if self.path else self.text.to(language)


class FormSpecError(ValueError):
    """The spec cannot become a form; `problems` holds every reason, found in one pass."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("; ".join(problem.message("en") for problem in problems))
        self.problems = problems


def _said(plain: Plain) -> Plain:
    return {key: value for key, value in plain.items() if value is not None and value is not False and value != []}


def _text(text: Text | None) -> Mapping[str, str] | None:
    return None if text is None else {"id": text.id, "en": text.en}


def _when(condition: When | None) -> Plain | None:
    if condition is None:
        return None
    if isinstance(condition, FeelCondition):
        return {"feel": condition.feel}
    plain = {
        "field": condition.field,
        "equals": _bound(condition.equals),
        "not_equals": _bound(condition.not_equals),
        "differs_from": condition.differs_from,
    }
    return {key: value for key, value in plain.items() if value is not None}


def _bound(value: object) -> object:
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return value.isoformat() if isinstance(value, date) else value
