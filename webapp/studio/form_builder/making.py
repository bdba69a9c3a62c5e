"""New forms, fields and headings, complete from the beginning, so that a preview shows them at once."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from webapp.studio.form_builder.items import Item, Plain, free_name

_TITLES: Final[Mapping[str, tuple[str, str]]] = {
    "text": ("Teks pendek", "Short text"),
    "textarea": ("Uraian", "Description"),
    "integer": ("Jumlah", "Number"),
    "decimal": ("Angka", "Figure"),
    "money": ("Nilai rupiah", "Amount"),
    "date": ("Tanggal", "Date"),
    "choice": ("Pilihan dari daftar", "Choice from a list"),
    "radio": ("Pilihan", "Choice"),
    "multichoice": ("Beberapa pilihan", "Several choices"),
    "checkbox": ("Pernyataan", "Statement"),
    "file": ("Berkas", "Files"),
    "table": ("Rincian", "Details"),
    "computed": ("Hasil hitungan", "Result"),
    "note": ("Catatan untuk pengisi", "Note to the reader"),
}
_OPTIONS: Final[list[Plain]] = [
    {"value": "YES", "label": {"id": "Ya", "en": "Yes"}},
    {"value": "NO", "label": {"id": "Tidak", "en": "No"}},
    {"value": "LATER", "label": {"id": "Belum diputuskan", "en": "Not decided yet"}},
]
_COLUMNS: Final[list[Plain]] = [
    {"name": "description", "type": "text", "label": {"id": "Uraian", "en": "Description"}, "required": True},
    {"name": "amount", "type": "money", "label": {"id": "Jumlah", "en": "Amount"}, "min": 0},
]
_MORE: Final[Mapping[str, Plain]] = {
    "choice": {"choices": _OPTIONS},
    "radio": {"choices": _OPTIONS},
    "multichoice": {"choices": _OPTIONS},
    "table": {"columns": _COLUMNS},
    "computed": {"feel": "0"},
}


def new_form(indonesian: str, english: str) -> Plain:
    """Return a form with its title and one field."""
    title = {"id": indonesian, "en": english}
    return {"version": 1, "title": title, "fields": [new_field("text", [])]}


def new_field(kind: str, beside: Sequence[Item]) -> Item:
    """Return a field of a type whose name is free among those beside it."""
    taken = [str(item.get("name")) for item in beside]
    label = {"id": _TITLES[kind][0], "en": _TITLES[kind][1]}
    name = free_name(f"{kind}_{len(taken) + 1}", taken)
    more = {key: [dict(one) for one in value] if isinstance(value, list) else value for key, value in _extra(kind)}
    return {"name": name, "type": kind, "label": label, **more}


def new_heading() -> Item:
    """Return a heading."""
    return {"title": {"id": "Bagian baru", "en": "New section"}}


def is_made_up(name: object) -> bool:
    """Say whether a name is one that `new_field` gave, which nobody has thought about yet."""
    kind, _line, number = str(name).rpartition("_")
    return kind.split("_")[0] in _TITLES and number.isdigit()


def is_new_label(field: Item) -> bool:
    """Say whether a field still has the label it was made with."""
    indonesian, english = _TITLES.get(str(field.get("type")), ("", ""))
    return field.get("label") == {"id": indonesian, "en": english}


def _extra(kind: str) -> list[tuple[str, Any]]:
    return list(_MORE.get(kind, {}).items())
