"""Finds everything that is wrong with a declarative form, in one pass, before anything is built from it."""

import re
from collections.abc import Callable
from typing import Any, Final

from forms.feel import Feel
from forms.patterns import PATTERNS
from forms.spec.choices import check_choices
from forms.spec.conditions import check_conditions
from forms.spec.defaults import check_default
from forms.spec.model import TODAY, VERSION, Problem
from forms.spec.report import Report, as_date, as_number, shown
from forms.spec.sections import check_sections
from forms.uploads import EXTENSIONS, MOST_FILES, MOST_MEGABYTES

NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,60}")

_PAGE_INPUTS = {"csrf_token"}
_UNLOADABLE = {"typename"}  # SpiffWorkflow cannot read back a case whose data has this key
_FEEL_WORDS = {"and", "or", "not", "if", "then", "else", "for", "in", "return", "some", "every", "satisfies", "between"}
_MORE_FEEL_WORDS = {"instance", "of", "function", "null", "true", "false", "item", "partial"}
RESERVED: Final = frozenset(_PAGE_INPUTS | _UNLOADABLE | _FEEL_WORDS | _MORE_FEEL_WORDS)
"""Names no field may have; an expression could not name a field called like a word of FEEL."""

_ALWAYS = frozenset({"name", "type", "label", "hint", "show_when"})
_ASKED = _ALWAYS | {"required"}
_VALUE = _ASKED | {"readonly", "default"}
KEYS: Final[dict[str, frozenset[str]]] = {
    "text": _VALUE | {"max_length", "pattern"},
    "textarea": _VALUE | {"max_length", "rows"},
    "integer": _VALUE | {"min", "max", "unit"},
    "decimal": _VALUE | {"min", "max", "unit", "decimals"},
    "money": _VALUE | {"min", "max", "decimals"},
    "date": _VALUE | {"min", "max"},
    "choice": _VALUE | {"choices"},
    "radio": _VALUE | {"choices"},
    "multichoice": _VALUE | {"choices"},
    "checkbox": _VALUE,
    "file": _ASKED | {"accept", "max_files", "max_megabytes"},
    "table": _ASKED | {"columns", "rows"},
    "computed": _ALWAYS | {"feel", "unit", "decimals"},
    "note": _ALWAYS,
}
"""Which keys a field of each type may have."""

_FORM_KEYS = frozenset({"version", "title", "intro", "sections", "fields"})
_NEEDED: Final = {
    "choice": ("choices",),
    "radio": ("choices",),
    "multichoice": ("choices",),
    "table": ("columns",),
    "computed": ("feel",),
}
_COLUMN_TYPES: Final = frozenset(KEYS) - {"table", "note"}


def check_spec(plain: object, feel: Feel | None = None) -> list[Problem]:
    """Return every problem of a spec as read from JSON, none if a form can be built from it. Never raises.

    :param feel: reads expressions; a spec that is checked without it may have none.
    """
    report = Report(feel)
    if not report.is_object(plain, ""):
        return report.problems
    report.keys(plain, "", allowed=_FORM_KEYS, needed=("version", "title", "fields"))
    if "version" in plain and not (plain["version"] == VERSION and type(plain["version"]) is int):
        report.add("version", f"Versi harus {VERSION}. Perbaiki versinya.", f"Version must be {VERSION}. Correct it.")
    if "title" in plain:
        report.text(plain["title"], "title", 200)
    if "intro" in plain:
        report.text(plain["intro"], "intro", 4000)
    fields = plain.get("fields", [])
    if report.is_list(fields, "fields", least=0, most=200):
        _check_fields(report, fields, "fields", frozenset(KEYS))
        check_sections(report, plain.get("sections", []), fields)
    return report.problems


def _check_fields(report: Report, fields: list[Any], path: str, types: frozenset[str]) -> None:
    for number, field in enumerate(fields):
        _check_field(report, field, f"{path}[{number}]", types)
    _check_names(report, fields, path)
    check_conditions(report, fields, path)


def _check_field(report: Report, field: object, path: str, types: frozenset[str]) -> None:
    if not report.is_object(field, path):
        return
    kind = field.get("type")
    if not isinstance(kind, str) or kind not in types:
        known = ", ".join(sorted(types))
        report.add(
            f"{path}.type",
            f"Jenis isian “{shown(kind)}” tidak dapat dipakai di sini. Pilih salah satu: {known}.",
            f"Field type '{shown(kind)}' cannot be used here. Choose one of: {known}.",
        )
        return
    report.keys(field, path, allowed=KEYS[kind], needed=("name", "type", "label", *_NEEDED.get(kind, ())))
    for key in field.keys() & KEYS[kind] & _CHECKS.keys():
        _CHECKS[key](report, field[key], f"{path}.{key}", kind)
    _check_bounds(report, field, path)
    check_default(report, field, path)
    if field.get("readonly") is True and field.get("required", False) is not False:
        report.add(
            f"{path}.required",
            "Isian yang hanya dapat dibaca tidak dapat wajib diisi. Hapus salah satu.",
            "A read-only field cannot be required. Delete one of the two.",
        )


def _check_names(report: Report, fields: list[Any], path: str) -> None:
    seen: set[str] = set()
    for number, field in enumerate(fields):
        name = field.get("name") if isinstance(field, dict) else None
        if name is None:
            continue
        place = f"{path}[{number}].name"
        if not isinstance(name, str) or not NAME.fullmatch(name):
            report.add(
                place,
                "Nama harus dimulai huruf, lalu huruf, angka, atau garis bawah, paling panjang 61. Ganti namanya.",
                "A name starts with a letter, then letters, digits or underscores, at most 61. Change the name.",
            )
        elif name.lower() in RESERVED:
            report.add(place, f"Nama “{name}” sudah dipakai sistem. Ganti.", f"Name '{name}' is reserved. Change it.")
        elif name in seen:
            report.add(place, f"Nama “{name}” muncul dua kali. Ganti.", f"Name '{name}' occurs twice. Change one.")
        else:
            seen.add(name)


def _check_label(report: Report, value: object, path: str, kind: str) -> None:
    report.text(value, path, 4000 if kind == "note" else 500)


def _check_number(report: Report, value: object, path: str, kind: str) -> None:
    if not _is_bound(value, path, kind):
        examples = {"integer": "100", "decimal": '100 / "0.5"', "money": "1000000", "date": '"2026-08-17"'}
        report.add(
            path,
            f"Batas tidak dapat dibaca. Tulis misalnya {examples[kind]}.",
            f"The bound cannot be read. Write for example {examples[kind]}.",
        )


def _is_bound(value: object, path: str, kind: str) -> bool:
    if kind == "date":
        return as_date(value) is not None or (value == TODAY and path.endswith(".max"))
    return as_number(value) is not None and (kind != "integer" or isinstance(value, int))


def _check_bounds(report: Report, field: dict[str, Any], path: str) -> None:
    read: Callable[[object], Any] = as_date if field["type"] == "date" else as_number
    lowest: Any = read(field.get("min"))
    highest: Any = read(field.get("max"))
    if lowest is not None and highest is not None and lowest > highest:
        report.add(f"{path}.min", "Batas bawah melebihi batas atas. Tukar.", "min is above max. Swap them.")


def _check_accept(report: Report, value: object, path: str, _kind: str) -> None:
    known = ", ".join(EXTENSIONS)
    if not isinstance(value, list) or not value or any(not isinstance(v, str) or v not in EXTENSIONS for v in value):
        report.add(path, f"Pilih dari: {known}.", f"List one or more of: {known}.")


def _check_pattern(report: Report, value: object, path: str, _kind: str) -> None:
    if not isinstance(value, str) or value not in PATTERNS:
        known = ", ".join(PATTERNS)
        report.add(path, f"Pilih salah satu dari: {known}.", f"Choose one of: {known}.")


def _check_columns(report: Report, value: object, path: str, _kind: str) -> None:
    if report.is_list(value, path, least=1, most=20):
        _check_fields(report, value, path, _COLUMN_TYPES)


_CHECKS: Final[dict[str, Callable[[Report, Any, str, str], None]]] = {
    "label": _check_label,
    "hint": lambda report, value, path, _: report.text(value, path, 4000),
    "unit": lambda report, value, path, _: report.text(value, path, 40),
    "readonly": lambda report, value, path, _: report.flag(value, path),
    "min": _check_number,
    "max": _check_number,
    "decimals": lambda report, value, path, _: report.whole(value, path, least=0, most=6),
    "max_length": lambda report, value, path, kind: report.whole(
        value, path, least=1, most=20_000 if kind == "textarea" else 1000
    ),
    "rows": lambda report, value, path, kind: report.whole(value, path, least=1, most=200 if kind == "table" else 30),
    "choices": lambda report, value, path, _: check_choices(report, value, path),
    "accept": _check_accept,
    "pattern": _check_pattern,
    "max_files": lambda report, value, path, _: report.whole(value, path, least=1, most=MOST_FILES),
    "max_megabytes": lambda report, value, path, _: report.whole(value, path, least=1, most=MOST_MEGABYTES),
    "columns": _check_columns,
}


__all__ = ["KEYS", "NAME", "RESERVED", "check_spec"]
