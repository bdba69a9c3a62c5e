"""A field as a card of inputs, and the inputs back as a field; one is the other's reverse."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from forms.spec.check import KEYS
from webapp.studio.form_builder.items import Item, is_heading
from webapp.studio.form_builder.making import new_field
from webapp.studio.form_builder.words import read_whole, read_words, write_words

ALWAYS: Final = "=always"
FEEL: Final = "=feel"
#: Empty lines for options that are offered below those there are.
SPARE_OPTIONS: Final = 2

_TEXTS: Final = ("label", "hint", "unit", "title", "intro")
_WHOLE: Final = ("decimals", "max_length", "rows", "max_files", "max_megabytes")
_WORDS: Final = ("min", "max", "default")
_COMPARISONS: Final = ("equals", "not_equals", "differs_from")
_ORDER: Final = ("name", "type", "label", "hint", "title", "intro", "required", "show_when", "readonly", "default")

Values = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Target:
    """A field that a condition may compare with.

    :param words: what may be typed as its answer; empty where anything may.
    """

    name: str
    label: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """A field or heading to be edited.

    :param values: what stands in the inputs, by their names without the prefix.
    :param keys: what a field of this type may say.
    :param options: numbers of the lines for options.
    """

    kind: str
    values: Values
    keys: frozenset[str]
    targets: tuple[Target, ...] = ()
    options: range = range(0)
    columns: tuple["Card", ...] = ()

    def value(self, name: str) -> str:
        """Return what stands in an input."""
        return self.values.get(name, "")


def card_of(item: Item, beside: Sequence[Item]) -> Card:
    """Return the card of a field or heading.

    :param beside: the fields of the same form or row, of which conditions speak.
    """
    if is_heading(item):
        return Card("heading", _heading_values(item), frozenset({"title", "intro"}))
    kind = str(item["type"])
    rows = _objects(item.get("columns"))
    return Card(
        kind,
        values_of(item, beside),
        KEYS.get(kind, frozenset()),
        tuple(_target(one) for one in beside if one is not item and _is_comparable(one)),
        range(len(_objects(item.get("choices"))) + SPARE_OPTIONS),
        tuple(card_of(column, rows) for column in rows),
    )


def values_of(item: Item, beside: Sequence[Item]) -> dict[str, str]:
    """Return what stands in the inputs of a field's card, without those of its columns."""
    values = {"name": str(item.get("name", "")), "type": str(item["type"]), **_texts(item)}
    values |= {key: str(item[key]) for key in (*_WHOLE, "pattern", "feel") if key in item}
    values |= {key: write_words(item[key], item) for key in _WORDS if key in item}
    values |= {"readonly": "1"} if item.get("readonly") is True else {}
    values |= _condition_values("show", item.get("show_when"), beside)
    required = item.get("required")
    values |= {"required-field": ALWAYS} if required is True else _condition_values("required", _when(required), beside)
    for number, choice in enumerate(_objects(item.get("choices"))):
        values |= {
            f"choices-{number}-{name}": text for name, text in _texts(choice, keys=("label",), short=True).items()
        }
        values[f"choices-{number}-value"] = str(choice.get("value", ""))
    values |= {f"accept-{kind}": "1" for kind in _list(item.get("accept"))}
    return values


def read_item(sent: Values, was: Item, beside: Sequence[Item], prefix: str = "") -> Item:
    """Return the field or heading that a card says.

    :param was: the item as it was: what it was not asked for stays.
    :param prefix: of the names of the card's inputs.
    """
    values = {name.removeprefix(prefix): text for name, text in sent.items() if name.startswith(prefix)}
    if is_heading(was):
        return _read_texts(values, ("title", "intro"), needed="title")
    return _read_field(values, was, beside)


def _read_field(values: Values, was: Item, beside: Sequence[Item]) -> Item:
    kind = values.get("type", str(was["type"]))
    if kind not in KEYS:
        return was
    # A field of another type begins with what that one cannot be without.
    base = was if kind == was["type"] else {**new_field(kind, []), "label": was.get("label")}
    made: Item = {"name": values.get("name", "").strip() or was.get("name"), "type": kind}
    made |= _read_texts(values, ("label", "hint", "unit"), needed="label")
    made |= {key: read_whole(values[key]) for key in _WHOLE if values.get(key, "").strip()}
    made |= {key: values[key].strip() for key in ("pattern", "feel") if values.get(key, "").strip()}
    if "choices" in KEYS[kind]:
        made["choices"] = _read_choices(values) or base.get("choices", [])
    if "columns" in KEYS[kind]:
        made["columns"] = _read_columns(values, base)
    if "accept" in KEYS[kind]:
        made["accept"] = [name.removeprefix("accept-") for name in values if name.startswith("accept-")]
    made |= {key: _read_value(key, values[key], made, base) for key in _WORDS if values.get(key, "").strip()}
    made |= _read_conditions(values, was, beside)
    made |= {"readonly": True} if values.get("readonly") else {}
    return _in_order({key: value for key, value in made.items() if key in KEYS[kind] and value != []})


def _read_value(key: str, typed: str, made: Item, was: Item) -> Any:
    """Return the value that was typed; one that nobody has touched stays as it was written in the file."""
    is_same = key in was and write_words(was[key], was) == typed and was["type"] == made["type"]
    return was[key] if is_same else read_words(typed, made)


def _read_conditions(values: Values, was: Item, beside: Sequence[Item]) -> Item:
    shown = _read_condition(values, "show", was.get("show_when"), beside)
    found: Item = {"show_when": shown} if shown is not None else {}
    if values.get("required-field") == ALWAYS:
        return found | {"required": True}
    required = _read_condition(values, "required", _when(was.get("required")), beside)
    return found | ({"required": {"when": required}} if required is not None else {})


def _when(required: object) -> object:
    return required.get("when") if isinstance(required, dict) else None


def _read_condition(values: Values, what: str, was: object, beside: Sequence[Item]) -> Item | None:
    known = _condition_values(what, was, beside)
    if isinstance(was, dict) and known and all(values.get(key) == text for key, text in known.items()):
        return was
    name, typed = values.get(f"{what}-field", ""), values.get(f"{what}-value", "")
    comparison = values.get(f"{what}-op", "equals")
    if not name or comparison not in _COMPARISONS:
        return None
    if name == FEEL:
        return {"feel": typed.strip()}
    compared = next((one for one in beside if one.get("name") == name), {})
    if comparison == "differs_from":
        return {"field": name, comparison: _named(typed, beside)}
    return {"field": name, comparison: read_words(typed, compared)}


def _condition_values(what: str, when: object, beside: Sequence[Item]) -> dict[str, str]:
    if not isinstance(when, dict):
        return {}
    if "feel" in when:
        return {f"{what}-field": FEEL, f"{what}-value": str(when["feel"])}
    comparison = next((key for key in _COMPARISONS if key in when), "equals")
    compared = next((one for one in beside if one.get("name") == when.get("field")), {"type": "text"})
    given = when.get(comparison, "")
    shown = _label_of(given, beside) if comparison == "differs_from" else write_words(given, compared)
    return {f"{what}-field": str(when.get("field", "")), f"{what}-op": comparison, f"{what}-value": shown}


def _read_choices(values: Values) -> list[Item]:
    numbers = sorted({int(name.split("-")[1]) for name in values if _is_option(name)})
    found: list[Item] = []
    for number in numbers:
        indonesian, english = (values.get(f"choices-{number}-{language}", "").strip() for language in ("id", "en"))
        if indonesian or english:
            value = values.get(f"choices-{number}-value", "").strip() or _value_from(english or indonesian)
            found.append({"value": value, "label": {"id": indonesian, "en": english}})
    return found


def _read_columns(values: Values, base: Item) -> list[Item]:
    was = _objects(base.get("columns"))
    return [
        read_item(values, column, was, f"columns-{number}-") if f"columns-{number}-type" in values else column
        for number, column in enumerate(was)
    ]


def _is_option(name: str) -> bool:
    parts = name.split("-")
    return len(parts) == 3 and parts[0] == "choices" and parts[1].isdecimal() and len(parts[1]) < 4


def _value_from(words: str) -> str:
    made = "".join(char if char.isalnum() and char.isascii() else "_" for char in words.upper())
    return "_".join(part for part in made.split("_") if part)[:40] or "OPTION"


def _read_texts(values: Values, keys: Sequence[str], *, needed: str) -> Item:
    found: Item = {}
    for key in keys:
        said = {language: _lines(values.get(f"{key}-{language}", "")) for language in ("id", "en")}
        if key == needed or any(said.values()):
            found[key] = said
    return found


def _lines(typed: str) -> str:
    return typed.replace("\r\n", "\n").strip()


def _texts(item: Item, keys: Sequence[str] = _TEXTS, *, short: bool = False) -> dict[str, str]:
    found: dict[str, str] = {}
    for key in keys:
        words = item.get(key)
        if isinstance(words, dict):
            found |= {
                language if short else f"{key}-{language}": str(words.get(language, "")) for language in ("id", "en")
            }
    return found


def _heading_values(item: Item) -> dict[str, str]:
    return _texts(item, keys=("title", "intro"))


def _target(item: Item) -> Target:
    choices = [str(choice["label"]["id"]) for choice in _objects(item.get("choices")) if _has_label(choice)]
    words = ("ya", "tidak") if item.get("type") == "checkbox" else tuple(choices)
    return Target(str(item.get("name")), _title(item), words)


def _has_label(choice: Item) -> bool:
    return isinstance(choice.get("label"), dict) and "id" in choice["label"]


def _is_comparable(item: Item) -> bool:
    return not is_heading(item) and item.get("type") not in ("table", "file", "note", "multichoice", "computed")


def _title(item: Item) -> str:
    label = item.get("label")
    return str(label.get("id") or item.get("name")) if isinstance(label, dict) else str(item.get("name"))


def _named(typed: str, beside: Sequence[Item]) -> str:
    wanted = typed.strip().casefold()
    found = [one for one in beside if not is_heading(one) and wanted in (_title(one).casefold(), str(one.get("name")))]
    return str(found[0].get("name")) if found else typed.strip()


def _label_of(name: object, beside: Sequence[Item]) -> str:
    found = next((one for one in beside if one.get("name") == name), None)
    shown = _title(found) if found is not None else str(name)
    return shown if _named(shown, beside) == name else str(name)


def _objects(value: object) -> list[Item]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _in_order(made: Item) -> Item:
    """Return the same in the order in which files have it, so that a changed field is a change of few lines."""
    return {key: made[key] for key in _ORDER if key in made} | made
