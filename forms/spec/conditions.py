"""Checks what fields say about each other: who is asked for, compared with what, and never in a circle."""

from typing import Any, Final

from forms.spec.report import Report, as_date, as_number, shown

_COMPARISONS: Final = ("equals", "not_equals", "differs_from")
_NO_ANSWER: Final = ("table", "file", "note")  # a tuple: a wrong type may be unhashable

Fields = dict[str, dict[str, Any]]


def check_conditions(report: Report, fields: list[Any], path: str) -> None:
    """Note every `show_when` and `required.when` that cannot be decided from the fields beside it."""
    known: Fields = {f["name"]: f for f in fields if isinstance(f, dict) and isinstance(f.get("name"), str)}
    for number, field in enumerate(fields):
        if not isinstance(field, dict):
            continue
        place, name = f"{path}[{number}]", field.get("name")
        if "show_when" in field:
            _check_condition(report, field["show_when"], f"{place}.show_when", known, name)
        if "required" in field:
            _check_required(report, field["required"], f"{place}.required", known, name)
        if isinstance(name, str) and _is_circle(name, known):
            report.add(
                f"{place}.show_when",
                "Syarat tampil berputar kembali ke isian ini sendiri. Putuskan lingkarannya.",
                "The conditions lead back to this field. Break the circle.",
            )


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
        if key in when and asked is not None and not _fits(when[key], asked):
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


def _fits(value: object, field: dict[str, Any]) -> bool:
    kind = field.get("type")
    if kind in ("choice", "radio"):
        choices = field.get("choices")
        values = [c.get("value") for c in choices if isinstance(c, dict)] if isinstance(choices, list) else []
        return isinstance(value, str) and value in values
    if kind == "checkbox":
        return isinstance(value, bool)
    if kind == "integer":
        return as_number(value) is not None and isinstance(value, int)
    if kind == "decimal":
        return as_number(value) is not None
    if kind == "date":
        return as_date(value) is not None
    return isinstance(value, str) and bool(value)


def _is_circle(name: str, known: Fields) -> bool:
    """Follow everything the field's being shown depends on; each name once, so that it ends."""
    seen: set[str] = set()
    waiting = _asked_by(known[name])
    while waiting:
        other = waiting.pop()
        if other == name:
            return True
        if other in known and other not in seen:
            seen.add(other)
            waiting += _asked_by(known[other])
    return False


def _asked_by(field: dict[str, Any]) -> list[str]:
    when = field.get("show_when")
    if not isinstance(when, dict):
        return []
    return [name for key in ("field", "differs_from") if isinstance(name := when.get(key), str)]
