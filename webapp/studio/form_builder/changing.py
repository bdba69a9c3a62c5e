"""What the buttons of the builder do to the line of headings and fields."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from forms.spec.check import KEYS
from webapp.studio.form_builder.items import Item, free_name, is_heading, name_from
from webapp.studio.form_builder.making import is_made_up, is_new_label, new_field, new_heading

#: What is edited when no item is: title and introduction of the form.
HEAD: Final = -1
HEADING: Final = "heading"


@dataclass(frozen=True, slots=True)
class Change:
    """Items after a button was pressed.

    :param opened: the place of the item that is edited next; `HEAD` for the form's own words.
    """

    items: list[Item]
    opened: int


def obey(items: Sequence[Item], pressed: str, opened: int, kind: str) -> Change:
    """Return what a button makes of the items.

    :param pressed: `add`, `head`, `open-3`, `up-3`, `down-3`, `place-3-0`, `copy-3`, `remove-3`; of a table's columns
        `column-add-3`, `column-up-3-1`, `column-down-3-1`, `column-remove-3-1`; anything else changes nothing.
    :param opened: what was edited so far.
    :param kind: what is added: a type of field, or a heading.
    """
    name, places = _parts(pressed)
    line = list(items)
    if name == "add" and (kind in KEYS or kind == HEADING):
        return Change([*line, new_heading() if kind == HEADING else new_field(kind, line)], len(line))
    if name == "head":
        return Change(line, HEAD)
    if not places or not all(0 <= place < len(line) for place in places[:1]):
        return Change(line, opened if opened < len(line) else HEAD)
    first = places[0]
    if name.startswith("column"):
        return Change(_with_column(line, name, places, kind), first)
    return _with_item(line, name, first, places[-1], opened)


def named(items: Sequence[Item], opened: int, used: str) -> list[Item]:
    """Return the items, the edited field and its columns named after their labels while nobody has named them.

    :param used: texts in which a name that is used already would stand.
    """
    line = list(items)
    if not 0 <= opened < len(line) or is_heading(line[opened]):
        return line
    field = line[opened]
    if isinstance(field.get("columns"), list):
        columns = field["columns"]
        field = {**field, "columns": [_named(one, columns, used) for one in columns]}
    line[opened] = _named(field, [one for one in line if not is_heading(one)], used)
    return line


def _with_item(line: list[Item], name: str, first: int, last: int, opened: int) -> Change:
    if name == "open":
        return Change(line, first)
    if name == "remove":
        del line[first]
        return Change(line, HEAD if opened == first else opened - (opened > first))
    if name == "copy":
        copied = {**line[first], "name": free_name(f"{line[first].get('name')}_copy", _names(line))}
        return Change(
            [*line[: first + 1], copied if "type" in line[first] else dict(line[first]), *line[first + 1 :]], first + 1
        )
    target = {"up": first - 1, "down": first + 1, "place": last}.get(name, first)
    if 0 <= target < len(line):
        line.insert(target, line.pop(first))
        return Change(line, _followed(opened, first, target))
    return Change(line, opened)


def _followed(opened: int, first: int, target: int) -> int:
    """Return where the edited item stands after another one was moved."""
    if opened == first:
        return target
    return opened - (first < opened <= target) + (target <= opened < first)


def _with_column(line: list[Item], name: str, places: Sequence[int], kind: str) -> list[Item]:
    table = line[places[0]]
    if not isinstance(table.get("columns"), list):
        return line
    columns = list(table["columns"])
    place = places[-1]
    if name == "column-add" and kind in KEYS and kind not in ("table", "note"):
        columns.append(new_field(kind, columns))
    elif len(places) > 1 and place < len(columns):
        if name == "column-remove" and len(columns) > 1:
            del columns[place]
        target = {"column-up": place - 1, "column-down": place + 1}.get(name, place)
        if name != "column-remove" and 0 <= target < len(columns):
            columns.insert(target, columns.pop(place))
    line[places[0]] = {**table, "columns": columns}
    return line


def _named(field: Item, beside: Sequence[Item], used: str) -> Item:
    name, label = str(field.get("name")), field.get("label")
    if not is_made_up(name) or is_new_label(field) or not isinstance(label, dict) or name in used:
        return field
    taken = [other for other in _names(beside) if other != name]
    return {**field, "name": free_name(name_from(str(label.get("en", "")), fallback=name), taken)}


def _names(items: Sequence[Item]) -> list[str]:
    return [str(item["name"]) for item in items if "name" in item]


def _parts(pressed: str) -> tuple[str, list[int]]:
    parts = pressed.split("-")
    numbers = [int(part) for part in parts if part.isdecimal() and len(part) < 5]
    return "-".join(part for part in parts if not part.isdecimal()), numbers
