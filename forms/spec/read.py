"""Turns a checked spec into values."""

from typing import Any

from forms.cleaning import clean_block
from forms.conditions import Condition, FeelCondition, When
from forms.feel import Feel
from forms.spec.check import check_spec
from forms.spec.model import TODAY, ChoiceSpec, FieldSpec, FormSpec, FormSpecError, SectionSpec
from forms.spec.report import as_date, as_number
from forms.text import Text

_AS_IT_IS = ("decimals", "max_length", "rows", "max_files", "max_megabytes", "pattern", "feel")


def parse_spec(plain: object, feel: Feel | None = None) -> FormSpec:
    """Return the form a spec (as read from JSON) describes.

    :param feel: reads expressions; without it the spec may have none.
    :raise FormSpecError: with every problem that `check_spec` finds.
    """
    if problems := check_spec(plain, feel):
        raise FormSpecError(tuple(problems))
    assert isinstance(plain, dict)
    return FormSpec(
        title=_text(plain["title"]),
        intro=_maybe_text(plain.get("intro")),
        sections=tuple(_section(section) for section in plain.get("sections", [])),
        fields=tuple(_field(field) for field in plain["fields"]),
    )


def _section(plain: dict[str, Any]) -> SectionSpec:
    return SectionSpec(_text(plain["title"]), tuple(plain["fields"]), _maybe_text(plain.get("intro")))


def _field(plain: dict[str, Any]) -> FieldSpec:
    kind = plain["type"]
    return FieldSpec(
        name=plain["name"],
        type=kind,
        label=_text(plain["label"]),
        hint=_maybe_text(plain.get("hint")),
        required=_required(plain.get("required", False)),
        min=_bound(plain.get("min"), kind),
        max=_bound(plain.get("max"), kind),
        unit=_maybe_text(plain.get("unit")),
        choices=tuple(ChoiceSpec(choice["value"], _text(choice["label"])) for choice in plain.get("choices", [])),
        columns=tuple(_field(column) for column in plain.get("columns", [])),
        accept=tuple(dict.fromkeys(plain.get("accept", []))),
        show_when=_condition(plain["show_when"]) if "show_when" in plain else None,
        readonly=plain.get("readonly", False),
        default=_default(plain.get("default"), kind),
        **{key: plain[key] for key in _AS_IT_IS if key in plain},
    )


def _required(plain: bool | dict[str, Any]) -> bool | When:
    return plain if isinstance(plain, bool) else _condition(plain["when"])


def _condition(plain: dict[str, Any]) -> When:
    return FeelCondition(**plain) if "feel" in plain else Condition(**plain)


def _default(value: object, kind: str) -> Any:
    if isinstance(value, list):
        return tuple(value)
    return _bound(value, kind) if kind in ("decimal", "money", "date") else value


def _bound(value: object, kind: str) -> Any:
    if value is None or value == TODAY:
        return value
    return as_date(value) if kind == "date" else value if kind == "integer" else as_number(value)


def _maybe_text(plain: dict[str, str] | None) -> Text | None:
    return None if plain is None else _text(plain)


def _text(plain: dict[str, str]) -> Text:
    return Text(clean_block(plain["id"], len(plain["id"])), clean_block(plain["en"], len(plain["en"])))
