"""What a half-filled form keeps when its task asks by another form."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.bpmn.model import Element
from engine.bpmn.release import Release

_CELL, _ROW = ", ", "; "
_Fields = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """A draft under a new form.

    :param content: what the new form still asks for.
    :param left: everything else, each answer with the label of its field: for the person to read and copy.
    """

    content: Mapping[str, Any]
    left: str


def keep_draft(old: tuple[Release, Element], new: tuple[Release, Element], content: Mapping[str, Any]) -> KeptDraft:
    """Return what of a draft the form of the new task accepts, and the rest in words.

    A field is kept that the new form has under the same name and type, with an answer that it offers. A form that
    Python gives is known by its key only: under the same key it keeps everything, under another one nothing.
    """
    before, after = old[0].forms.get(old[1].form or ""), new[0].forms.get(new[1].form or "")
    if before == after and old[1].form == new[1].form:
        return KeptDraft(content, "")
    return _parted(_fields(before), _fields(after), content)


def leave_draft(release: Release, element: Element, content: Mapping[str, Any]) -> KeptDraft:
    """Return all of a draft in words: its task is gone."""
    return _parted(_fields(release.forms.get(element.form or "")), {}, content)


def _parted(known: _Fields, asked: _Fields, content: Mapping[str, Any]) -> KeptDraft:
    kept = {name: value for name, value in content.items() if _fits(known.get(name), asked.get(name), value)}
    left = [name for name in content if name not in kept]
    return KeptDraft(kept, " · ".join(f"{_label(known.get(name), name)}: {_said(content[name])}" for name in left))


def _fields(form: Mapping[str, Any] | None) -> _Fields:
    fields = form.get("fields") if form is not None else None
    listed = fields if isinstance(fields, list) else []
    return {str(field["name"]): field for field in listed if isinstance(field, dict) and "name" in field}


def _fits(old: Mapping[str, Any] | None, new: Mapping[str, Any] | None, value: object) -> bool:
    if new is None or (old is not None and old.get("type") != new.get("type")):
        return False
    if new.get("type") == "table":
        return old is not None and old.get("columns") == new.get("columns")
    choices = new.get("choices")
    if not isinstance(choices, list):
        return True
    return value in ("", *(choice.get("value") for choice in choices if isinstance(choice, dict)))


def _label(field: Mapping[str, Any] | None, name: str) -> str:
    label = field.get("label") if field is not None else None
    return str(label.get("id", name)) if isinstance(label, dict) else name


def _said(value: object) -> str:
    if isinstance(value, list):
        return _ROW.join(_said(row) for row in value)
    if isinstance(value, Mapping):
        files = value.get("files")
        parts = [file.get("name", "") for file in files] if isinstance(files, list) else list(value.values())
        return _CELL.join(_said(part) for part in parts)
    return str(value)
