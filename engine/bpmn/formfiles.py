"""Reads the form files of a release: JSON objects of bounded depth; what they say is for whoever shows forms."""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from engine.bpmn.read import MAX_BYTES, problem
from engine.errors import Problem

FORM_FOLDER = "forms/"
MAX_DEPTH = 20  # a form with lists of options in groups of fields has five


def read_forms(files: Mapping[str, bytes]) -> tuple[dict[str, Mapping[str, Any]], list[Problem]]:
    """Return the form specifications by key, and what is wrong with those that are left out."""
    found: dict[str, Mapping[str, Any]] = {}
    problems: list[Problem] = []
    for name in sorted(name for name in files if name.startswith(FORM_FOLDER) and name.endswith(".json")):
        if len(files[name]) > MAX_BYTES:
            problems.append(_too_large(name))
            continue
        value = _read(files[name])
        if isinstance(value, dict) and _is_shallow(value):
            found[name.removeprefix(FORM_FOLDER).removesuffix(".json")] = value
        else:
            problems.append(_no_form(name) if value is None or isinstance(value, dict) else _no_object(name))
    return found, problems


def check_forms(
    forms: Mapping[str, Mapping[str, Any]], check_form: Callable[[Mapping[str, Any]], Iterable[Mapping[str, str]]]
) -> list[Problem]:
    """Return what is wrong with form specifications, in the words of whoever makes forms of them."""
    return [
        problem(f"{FORM_FOLDER}{key}.json", "form", texts["id"], texts["en"])
        for key, form in forms.items()
        for texts in check_form(form)
    ]


def _read(content: bytes) -> object:
    """Return what the JSON says; None for what is no JSON, or holds what cannot be written as JSON in UTF-8 again."""
    try:
        value: object = json.loads(content)
        json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
    except (ValueError, RecursionError):  # brackets in brackets: the parser follows them on Python's stack
        return None
    return value


def _is_shallow(value: object, depth: int = MAX_DEPTH) -> bool:
    if isinstance(value, dict | list):
        parts = value.values() if isinstance(value, dict) else value
        return depth > 0 and all(_is_shallow(part, depth - 1) for part in parts)
    return True


def _too_large(name: str) -> Problem:
    return problem(
        name,
        "too_large",
        "berkas formulir lebih besar dari 2 MB; bagi menjadi beberapa formulir.",
        "the form file is larger than 2 MB; split it into several forms.",
    )


def _no_form(name: str) -> Problem:
    return problem(
        name,
        "form_not_json",
        "berkas formulir bukan JSON yang benar, terlalu dalam bersarang, atau memuat bilangan atau huruf yang tidak "
        "dapat ditulis ulang; simpan ulang dari penyusun formulir.",
        "the form file is not valid JSON, too deeply nested, or holds a number or a sign that cannot be written again; "
        "save it again from the form builder.",
    )


def _no_object(name: str) -> Problem:
    return problem(
        name,
        "form_not_object",
        "berkas formulir harus berisi satu objek JSON {…}; simpan ulang dari penyusun formulir.",
        "the form file must hold one JSON object {…}; save it again from the form builder.",
    )
