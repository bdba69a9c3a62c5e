"""A form as a builder sees it: headings and fields in one line, as they stand on the page."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

Plain = dict[str, Any]
Item = dict[str, Any]
"""A field as the spec holds it, or a heading: `title`, perhaps `intro`, and no `type`."""

_WORD: Final = re.compile(r"[a-z0-9]+")


def read_plain(content: bytes) -> Plain:
    """Return the form that a file holds; an empty one for a file that holds no object."""
    try:
        found = json.loads(content)
    except ValueError:
        found = None
    return found if isinstance(found, dict) else {}


def write_plain(plain: Mapping[str, Any]) -> bytes:
    """Return a form as its file holds it: what is changed in it is changed in few lines."""
    return (json.dumps(plain, ensure_ascii=False, indent=2) + "\n").encode()


def is_heading(item: Mapping[str, Any]) -> bool:
    """Say whether an item is a heading; anything else is a field."""
    return "type" not in item


def items_of(plain: Mapping[str, Any]) -> list[Item]:
    """Return headings and fields in their order; what is no field of any kind is left out."""
    fields = {str(one.get("name")): one for one in _objects(plain.get("fields")) if "type" in one}
    left = dict(fields)
    items: list[Item] = []
    for section in _objects(plain.get("sections")):
        items.append({key: section[key] for key in ("title", "intro") if key in section})
        names = section.get("fields")
        items += [left.pop(name) for name in _texts(names) if name in left]
    return items + [one for one in _objects(plain.get("fields")) if "type" in one and _is_left(one, left)]


def with_items(plain: Mapping[str, Any], items: Sequence[Item]) -> Plain:
    """Return the form with these headings and fields; the first heading stands above everything."""
    ordered = _headed(items)
    whole = {key: value for key, value in plain.items() if key not in ("fields", "sections")}
    sections = list(_sections(ordered))
    return {
        **whole,
        **({"sections": sections} if sections else {}),
        "fields": [one for one in ordered if "type" in one],
    }


def free_name(stem: str, taken: Sequence[str]) -> str:
    """Return a name that nobody has yet: the stem, else with a number."""
    names = [stem, *(f"{stem}_{number}" for number in range(2, len(taken) + 3))]
    return next(name for name in names if name not in taken)


def name_from(words: str, *, fallback: str) -> str:
    """Return a name made of words people read: `Second reason` becomes `second_reason`."""
    made = "_".join(_WORD.findall(words.lower()))[:40].strip("_")
    return made if made[:1].isalpha() else fallback


def _texts(value: object) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def _objects(value: object) -> list[Item]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _is_left(field: Item, left: Mapping[str, Item]) -> bool:
    return left.get(str(field.get("name"))) is not None


def _headed(items: Sequence[Item]) -> list[Item]:
    first = next((item for item in items if is_heading(item)), None)
    if first is None:
        return list(items)
    return [first, *(item for item in items if item is not first)]


def _sections(items: Sequence[Item]) -> Iterator[Item]:
    section: Item | None = None
    for item in items:
        if is_heading(item):
            if section is not None:
                yield section
            section = {**item, "fields": []}
        elif section is not None:
            section["fields"].append(item.get("name"))
    if section is not None:
        yield section
