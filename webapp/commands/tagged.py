"""FEEL values in JSON: numbers exact; what JSON has not is tagged: {"$date": "2026-03-31"}, {"$decimal": "0.10"}."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from engine.feel import tagged
from webapp.commands.words import Refused


def read_json(file: Path) -> Any:
    """Return what a JSON file holds, numbers exact, tags still as they are. :raise Refused: it is no JSON."""
    try:
        return tagged.parse_json(file.read_text("utf-8"))
    except json.JSONDecodeError as error:
        place = f"baris {error.lineno}, kolom {error.colno}"
        raise Refused(f"{file.name} bukan JSON yang sah; perbaiki {place}.") from error
    except RecursionError as error:
        raise Refused(f"{file.name} bersarang terlalu dalam.") from error
    except ValueError as error:
        raise Refused(f"{file.name} bukan teks UTF-8. Simpan lagi sebagai UTF-8.") from error


def read_variables(content: Any, where: str) -> dict[str, object]:
    """Return a JSON object as variables. :raise Refused: it is no object, or a tag holds no such value."""
    if not isinstance(content, dict):
        raise Refused(f"{where} harus berisi satu objek JSON.")
    return {name: untagged(value, f"{where}, {name}") for name, value in content.items()}


def untagged(value: Any, where: str) -> object:
    """Return a JSON value as a FEEL value. :raise Refused: a tag holds no such value."""
    try:
        return tagged.untagged(value, where)
    except tagged.UnreadableTag as error:
        said = f"{{{_quoted(error.tag)}: {_quoted(error.text)}}}"
        raise Refused(f"{error.where}: {said} tidak dapat dibaca. Periksa penulisannya.") from error


def to_json(value: object, *, with_tags: bool = False) -> str:
    """Return a FEEL value as JSON, numbers exact; temporal values and the like as FEEL writes them, as strings.

    :param with_tags: whether numbers and temporal values are tagged, so that the text can be read back as a context.
    """
    if isinstance(value, dict):
        parts = (f"{_quoted(str(name))}: {to_json(item, with_tags=with_tags)}" for name, item in value.items())
        return f"{{{', '.join(parts)}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(to_json(item, with_tags=with_tags) for item in value)}]"
    if isinstance(value, str | bool | int) or value is None:
        return json.dumps(value, ensure_ascii=False)
    return _tag(value) if with_tags else _untagged_text(value)


def _untagged_text(value: object) -> str:
    return str(value) if isinstance(value, Decimal) else _quoted(tagged.text_of(value))


def _tag(value: object) -> str:
    name = tagged.tag_of(value)
    return f"{{{_quoted(name)}: {_quoted(tagged.text_of(value))}}}" if name else _quoted(tagged.text_of(value))


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
