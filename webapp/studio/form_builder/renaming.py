"""Carries a new name of a field to the conditions and expressions that speak of it."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from webapp.studio.form_builder.items import Item

_TEXT = re.compile(r'("(?:\\.|[^"\\])*")')


def with_new_names(before: Sequence[Item], after: Sequence[Item], place: int) -> list[Item]:
    """Return the items, all of them speaking of the item at a place, and of its columns, by their new names.

    :param before: the items with the names as they were, at the same places.
    """
    old, new = before[place], after[place]
    columns = _renames(_columns(old), _columns(new))
    line = [_carried(item, _renames([old], [new]), str(old.get("name")), columns) for item in after]
    if "columns" in line[place]:
        line[place] = {**line[place], "columns": [_carried(one, columns) for one in line[place]["columns"]]}
    return line


def _renames(before: Sequence[Item], after: Sequence[Item]) -> dict[str, str]:
    """Return the new names by the old ones; of columns that came or went nothing can be said."""
    pairs = zip(before, after, strict=False) if len(before) == len(after) else ()
    named = {str(old.get("name")): str(new.get("name")) for old, new in pairs}
    return {old: new for old, new in named.items() if old != new}


def _columns(item: Item) -> list[Item]:
    columns = item.get("columns")
    return columns if isinstance(columns, list) else []


def _carried(item: Item, names: Mapping[str, str], table: str = "", columns: Mapping[str, str] | None = None) -> Item:
    if not names and not columns:
        return item
    found = dict(item)
    if isinstance(found.get("feel"), str):
        found["feel"] = _expression(found["feel"], names, table, columns or {})
    if isinstance(found.get("show_when"), dict):
        found["show_when"] = _condition(found["show_when"], names, table, columns or {})
    required = found.get("required")
    if isinstance(required, dict) and isinstance(required.get("when"), dict):
        found["required"] = {"when": _condition(required["when"], names, table, columns or {})}
    return found


def _condition(when: Item, names: Mapping[str, str], table: str, columns: Mapping[str, str]) -> Item:
    changed: dict[str, Any] = {key: names.get(when[key], when[key]) for key in ("field", "differs_from") if key in when}
    if isinstance(when.get("feel"), str):
        changed["feel"] = _expression(when["feel"], names, table, columns)
    return {**when, **changed}


def _expression(source: str, names: Mapping[str, str], table: str, columns: Mapping[str, str]) -> str:
    return "".join(part if part.startswith('"') else _code(part, names, table, columns) for part in _TEXT.split(source))


def _code(part: str, names: Mapping[str, str], table: str, columns: Mapping[str, str]) -> str:
    for old, new in columns.items():
        part = re.sub(rf"(?<![\w.])({re.escape(table)}\s*\.\s*){re.escape(old)}(?!\w)", rf"\g<1>{new}", part)
    return (
        re.sub(r"(?<![\w.])[A-Za-z]\w*", lambda found: names.get(found.group(), found.group()), part) if names else part
    )
