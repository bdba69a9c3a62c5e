"""Checks what fields say about each other: who is asked for, compared with what, and never in a circle."""

from typing import Any, Final

from forms.feel import mentioned
from forms.spec.report import Report, as_date, as_number, shown

_COMPARISONS: Final = ("equals", "not_equals", "differs_from")
_NO_ANSWER: Final = ("table", "file", "note", "multichoice", "computed")  # a tuple: a wrong type may be unhashable

LONGEST_FEEL: Final = 1000
MOST_EXPRESSIONS: Final = 60
"""Fields of one form or row that are computed, or shown by an expression."""

Fields = dict[str, dict[str, Any]]


def check_conditions(report: Report, fields: list[Any], path: str) -> None:
    """Note every `show_when` and `required.when` that cannot be decided from the fields beside it."""
    _check_count(report, fields, path)
    known: Fields = {f["name"]: f for f in fields if isinstance(f, dict) and isinstance(f.get("name"), str)}
    for number, field in enumerate(fields):
        if not isinstance(field, dict):
            continue
        place, name = f"{path}[{number}]", field.get("name")
        if "show_when" in field:
            _check_condition(report, field["show_when"], f"{place}.show_when", known, name)
        if "feel" in field:
            _check_feel(report, field["feel"], f"{place}.feel", known, name)
        if "required" in field:
            _check_required(report, field["required"], f"{place}.required", known, name)
        if isinstance(name, str) and _is_circle(name, known):
            report.add(
                f"{place}.{'show_when' if 'show_when' in field else 'feel'}",
                "Syarat atau rumus berputar kembali ke isian ini sendiri. Putuskan lingkarannya.",
                "The conditions or expressions lead back to this field. Break the circle.",
            )


def _check_count(report: Report, fields: list[Any], path: str) -> None:
    """Note too many expressions: each may follow from the one before, and a form follows all of them."""
    if sum(isinstance(field, dict) and _has_expression(field) for field in fields) > MOST_EXPRESSIONS:
        report.add(
            path,
            f"Paling banyak {MOST_EXPRESSIONS} isian dengan rumus. Bagi menjadi beberapa formulir.",
            f"At most {MOST_EXPRESSIONS} fields may have expressions. Split the form.",
        )


def _has_expression(field: dict[str, Any]) -> bool:
    when = field.get("show_when")
    return "feel" in field or (isinstance(when, dict) and "feel" in when)


def _check_required(report: Report, required: object, path: str, known: Fields, owner: object) -> None:
    if isinstance(required, bool):
        return
    if report.is_object(required, path):
        report.keys(required, path, allowed=frozenset({"when"}), needed=("when",))
        if "when" in required:
            _check_condition(report, required["when"], f"{path}.when", known, owner)


def _check_condition(report: Report, when: object, path: str, known: Fields, owner: object) -> None:
    if not report.is_object(when, path):
        return
    if "feel" in when:
        report.keys(when, path, allowed=frozenset({"feel"}), needed=("feel",))
        _check_feel(report, when["feel"], f"{path}.feel", known, owner)
        return
    report.keys(when, path, allowed=frozenset({"field", *_COMPARISONS}), needed=("field",))
    if sum(key in when for key in _COMPARISONS) != 1:
        names = ", ".join(_COMPARISONS)
        report.add(path, f"Pakai tepat satu dari: {names}.", f"Use exactly one of: {names}.")
    if "field" in when:
        _check_reference(report, when["field"], f"{path}.field", known, owner)
    if "differs_from" in when:
        _check_reference(report, when["differs_from"], f"{path}.differs_from", known, None)
    asked = known.get(when["field"]) if isinstance(when.get("field"), str) else None
    for key in ("equals", "not_equals"):
        if key in when and asked is not None and not fits(when[key], asked):
            report.add(
                f"{path}.{key}",
                f"Nilai “{shown(when[key])}” tidak mungkin menjadi jawaban isian itu. Ganti nilainya.",
                f"Value '{shown(when[key])}' can never be the answer to that field. Change the value.",
            )


def _check_reference(report: Report, name: object, path: str, known: Fields, owner: object) -> None:
    field = known.get(name) if isinstance(name, str) else None
    if field is None or name == owner or field.get("type") in _NO_ANSWER:
        report.add(
            path,
            f"“{shown(name)}” bukan isian lain yang dapat dibandingkan. Tulis nama isian lain di bagian yang sama.",
            f"'{shown(name)}' is not another field that can be compared. Name another field of the same form or row.",
        )


def _check_feel(report: Report, source: object, path: str, known: Fields, owner: object) -> None:
    if not isinstance(source, str) or not source.strip() or len(source) > LONGEST_FEEL:
        report.add(
            path,
            f"Rumus FEEL harus berupa teks 1 sampai {LONGEST_FEEL} karakter. Tulis rumusnya.",
            f"A FEEL expression is text of 1 to {LONGEST_FEEL} characters. Write the expression.",
        )
    elif report.feel is None:
        report.add(path, "Rumus FEEL tidak dapat dipakai di sini. Hapus.", "FEEL cannot be used here. Delete it.")
    else:
        names = frozenset(name for name, field in known.items() if name != owner and field.get("type") != "note")
        if (mistake := report.feel.mistake(source, names)) is not None:
            report.add(path, mistake.id, mistake.en)


def fits(value: object, field: dict[str, Any]) -> bool:
    """Return whether a plain value can be the answer to a field with one value."""
    kind = field.get("type")
    if kind in ("choice", "radio"):
        choices = field.get("choices")
        values = [c.get("value") for c in choices if isinstance(c, dict)] if isinstance(choices, list) else []
        return isinstance(value, str) and value in values
    if kind == "checkbox":
        return isinstance(value, bool)
    if kind == "integer":
        return as_number(value) is not None and isinstance(value, int)
    if kind in ("decimal", "money"):
        return as_number(value) is not None
    if kind == "date":
        return as_date(value) is not None
    return isinstance(value, str) and bool(value)


def _is_circle(name: str, known: Fields) -> bool:
    """Follow everything the field's being shown depends on; each name once, so that it ends."""
    seen: set[str] = set()
    waiting = _asked_by(known[name], known)
    while waiting:
        other = waiting.pop()
        if other == name:
            return True
        if other in known and other not in seen:
            seen.add(other)
            waiting += _asked_by(known[other], known)
    return False


def _asked_by(field: dict[str, Any], known: Fields) -> list[str]:
    """Return whatever an answer follows from: the condition to be shown, and the expression of a computed field."""
    when = field.get("show_when")
    shown = when if isinstance(when, dict) else {}
    sources = [source for source in (shown.get("feel"), field.get("feel")) if isinstance(source, str)]
    compared = [name for key in ("field", "differs_from") if isinstance(name := shown.get(key), str)]
    return compared + [name for source in sources for name in mentioned(source, known)]
