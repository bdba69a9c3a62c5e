"""Checks what a field holds before anybody types."""

from typing import Any, Final

from forms.cleaning import InputError, clean_block
from forms.patterns import read_pattern
from forms.spec.conditions import fits
from forms.spec.model import TODAY
from forms.spec.report import Report, as_date, as_number

_LONGEST: Final = {"text": 250, "textarea": 5000}


def check_default(report: Report, field: dict[str, Any], path: str) -> None:
    """Note a default that could not be typed into its field, or that the case's data would hide."""
    if "default" not in field:
        return
    if field.get("readonly") is True:
        report.add(
            f"{path}.default",
            "Isian yang hanya dapat dibaca diisi dari data kasus. Hapus isian awalnya.",
            "A read-only field is filled from the data of the case. Delete its default.",
        )
    elif not _is_possible(field["default"], field):
        report.add(
            f"{path}.default",
            "Isian awal ini tidak dapat menjadi jawaban isian ini. Ganti atau hapus.",
            "This default can never be the answer to this field. Change or delete it.",
        )


def _is_possible(value: object, field: dict[str, Any]) -> bool:
    kind = field["type"]
    if kind == "multichoice":
        return _is_list_of_options(value, field)
    if kind == "date" and value == TODAY:
        return True
    if kind in _LONGEST:
        return isinstance(value, str) and _is_good_text(value, field)
    return fits(value, field) and _is_within(value, field)


def _is_list_of_options(value: object, field: dict[str, Any]) -> bool:
    if not isinstance(value, list) or not value or not all(isinstance(one, str) for one in value):
        return False
    return len(set(value)) == len(value) and all(fits(one, {**field, "type": "choice"}) for one in value)


def _is_good_text(value: str, field: dict[str, Any]) -> bool:
    longest, pattern = field.get("max_length"), field.get("pattern")
    limit = longest if isinstance(longest, int) else _LONGEST[field["type"]]
    try:
        text = clean_block(value, limit)
        # A default is kept as the process would get it, so that it shows what may be typed.
        return text == value and bool(text) and (not isinstance(pattern, str) or read_pattern(pattern, text) == text)
    except (InputError, KeyError):
        return False


def _is_within(value: object, field: dict[str, Any]) -> bool:
    read: Any = as_date if field["type"] == "date" else as_number
    given, lowest, highest = read(value), read(field.get("min")), read(field.get("max"))
    if given is None:
        return True
    return (lowest is None or given >= lowest) and (highest is None or given <= highest)
