"""The forms of a design: which there are, which steps ask them, and what a new key changes."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from engine.bpmn.formfiles import FORM_FOLDER
from engine.bpmn.read import read_xml
from forms.spec import Advice, FormSpecError, Problem, advise, check_spec, parse_spec
from webapp.studio.form_builder.items import Plain, items_of, read_plain
from webapp.wiring.form_feel import FORM_FEEL

KEY: Final = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_.-]{0,60}")
_FORM: Final = "{urn:alur:bpmn:1}form"

Files = Mapping[str, bytes]
_Found = tuple[tuple[Problem, ...], tuple[Advice, ...]]


@dataclass(frozen=True, slots=True)
class FormLine:
    """A form in the list.

    :param steps: names of the steps that ask it.
    :param fields: how many it has.
    """

    key: str
    title: str
    steps: tuple[str, ...]
    fields: int
    problems: tuple[Problem, ...]
    advice: tuple[Advice, ...]


def file_of(key: str) -> str:
    """Return the name of the file of a form."""
    return f"{FORM_FOLDER}{key}.json"


def forms_in(files: Files, language: str, *, is_checked: bool = True) -> list[FormLine]:
    """Return the forms of a design by their title.

    :param is_checked: look for what is wrong with them.
    """
    used = steps_by_form(files, language)
    keys = [name.removeprefix(FORM_FOLDER).removesuffix(".json") for name in files if name.startswith(FORM_FOLDER)]
    plain = {key: read_plain(files[file_of(key)]) for key in keys}
    found: dict[str, _Found] = {key: findings(plain[key]) if is_checked else ((), ()) for key in keys}
    lines = [_line(key, plain[key], used.get(key, ()), language, found[key]) for key in keys]
    return sorted(lines, key=lambda line: line.title.casefold())


def forms_elsewhere(files: Files, language: str) -> dict[str, tuple[str, ...]]:
    """Return the keys of forms that steps ask and the design does not hold, with the steps: the program makes them."""
    used = steps_by_form(files, language)
    return {key: steps for key, steps in sorted(used.items()) if file_of(key) not in files}


def steps_by_form(files: Files, language: str) -> dict[str, tuple[str, ...]]:
    """Return the names of the steps that ask each form."""
    found: dict[str, list[str]] = {}
    for name, content in files.items():
        if name.endswith(".bpmn"):
            for key, step in _asked(content, name, language):
                found.setdefault(key, []).append(step)
    return {key: tuple(steps) for key, steps in found.items()}


def with_new_key(files: Files, key: str, new: str) -> dict[str, bytes | None]:
    """Return the files that change when a form gets a new key, the diagrams that name it among them."""
    changed: dict[str, bytes | None] = {file_of(key): None, file_of(new): files[file_of(key)]}
    reference = re.compile(rb"(<(?:[\w.-]+:)?form\b[^<>]*?\bkey\s*=\s*([\"']))" + re.escape(key.encode()) + rb"(?=\2)")
    for name, content in files.items():
        if name.endswith(".bpmn") and reference.search(content):
            changed[name] = reference.sub(lambda found: found[1] + new.encode(), content)
    return changed


def findings(plain: Plain) -> tuple[tuple[Problem, ...], tuple[Advice, ...]]:
    """Return what is wrong with a form, and what to look at again if nothing is."""
    try:
        spec = parse_spec(plain, FORM_FEEL)
    except FormSpecError:
        return tuple(check_spec(plain, FORM_FEEL)), ()
    return (), tuple(advise(spec, FORM_FEEL))


def _line(key: str, plain: Plain, steps: tuple[str, ...], language: str, found: _Found) -> FormLine:
    title = plain.get("title")
    words = title.get(language) or title.get("id") if isinstance(title, dict) else ""
    count = sum("type" in item for item in items_of(plain))
    return FormLine(key, str(words or key), steps, count, *found)


def _asked(content: bytes, name: str, language: str) -> Iterator[tuple[str, str]]:
    for form in read_xml(content, name).iter(_FORM):
        step = form.getparent()
        step = step.getparent() if step is not None else None
        if step is not None and form.get("key"):
            yield str(form.get("key")), _name_of(step, language)


def _name_of(step: Any, language: str) -> str:
    labels = {label.get("lang"): label.text for label in step.iter("{urn:alur:bpmn:1}label")}
    return str(labels.get(language) or step.get("name") or step.get("id"))
