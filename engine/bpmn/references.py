"""Checks the names and expressions in a diagram: what they refer to exists, and they compile."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from engine.bpmn.constants import value_of
from engine.bpmn.model import HUMAN_TASKS, Element, Kind, Outline
from engine.bpmn.read import problem
from engine.bpmn.timers import expression_in
from engine.calendar import WEEKS
from engine.errors import Problem
from engine.feel import FeelSyntaxError, compile_expression

_SHOWN = 6  # of the names that exist, those most like the one that does not
# Cycles, months, weeks of a year and what is misspelt: read as FEEL they would be names, and null at run time.
_LOOKS_LIKE_ISO = re.compile(
    r"R\d*/.*|PT?|[+-]?P(?=[\d.,T]*\d[YMWDHS])[\d.,YMWDTHS]+(/.*)?|[+-]?\d{4}-?W\d.*", re.IGNORECASE
)
_MAY_BE_NAMES = frozenset({"p", "pt"})


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What is installed: the names that a diagram may refer to.

    :param forms: keys of forms that Python code gives (a city's, or a page's), beside those in the release.
    :param roles: that people hold, of which a group is made (`unit_hr_officer:17`); none: any name will do.
    :param check_form: says of a form specification of a release what is wrong with it, sentences by language.
    """

    services: frozenset[str] = field(default_factory=frozenset)
    forms: frozenset[str] = field(default_factory=frozenset)
    roles: frozenset[str] = field(default_factory=frozenset)
    check_form: Callable[[Mapping[str, Any]], Iterable[Mapping[str, str]]] = lambda form: ()


def check_references(
    outline: Outline, catalogue: Catalogue, decisions: frozenset[str], forms: frozenset[str]
) -> Iterator[Problem]:
    """Yield unknown services, decisions, forms and roles, tasks of nobody, and expressions that do not compile."""
    for element in outline.elements.values():
        yield from _names(element, catalogue, decisions, forms | catalogue.forms)
        yield from _people(element, catalogue)
        yield from _variables(element)
        yield from _timer(element)
        yield from _calendar(element)
        for expression in expressions_of(element):
            yield from _compiles(element.id, expression)
    for flow in outline.flows.values():
        if flow.condition:
            yield from _compiles(flow.id, flow.condition)


def is_variable(name: str) -> bool:
    """Say whether an expression can name a variable."""
    try:
        return set(compile_expression(name).names) == {name}
    except FeelSyntaxError:
        return False


def _names(
    element: Element, catalogue: Catalogue, decisions: frozenset[str], forms: frozenset[str]
) -> Iterator[Problem]:
    if element.kind is Kind.SERVICE_TASK and element.service not in catalogue.services:
        yield _unknown(element, "service", "layanan", element.service, catalogue.services)
    if element.kind is Kind.BUSINESS_RULE_TASK and element.decision not in decisions:
        yield _unknown(element, "decision", "tabel keputusan", element.decision, decisions)
    if element.kind is Kind.USER_TASK and element.form not in forms:
        yield _unknown(element, "form", "formulir", element.form, forms)


def _people(element: Element, catalogue: Catalogue) -> Iterator[Problem]:
    if element.kind not in HUMAN_TASKS:
        return
    if bool(element.assignee) == bool(element.candidate):
        yield problem(
            element.id,
            "assignment",
            "tentukan tepat satu: petugas (assignee) atau kelompok calon (candidate) pada alur:assignment; "
            "tanpa itu tidak ada yang dapat mengerjakannya.",
            "name exactly one in alur:assignment, an assignee or a candidate group; without, nobody could do it.",
        )
    known, group = value_of(element.candidate) if element.candidate else (False, None)
    if known and catalogue.roles and isinstance(group, str) and group.partition(":")[0] not in catalogue.roles:
        yield _unknown(element, "role", "peran", group, catalogue.roles)


def _variables(element: Element) -> Iterator[Problem]:
    """Find results that are kept nowhere, and names under which no expression could find them."""
    if element.kind in (Kind.SCRIPT_TASK, Kind.BUSINESS_RULE_TASK) and not element.result:
        yield problem(
            element.id,
            "no_result",
            "hasil langkah ini tidak disimpan di mana pun; tentukan variabel hasil (result).",
            "what this step gives is kept nowhere; name the variable that takes it (result).",
        )
    if element.kind is Kind.USER_TASK and element.form and not element.result:
        yield problem(
            element.id,
            "no_result",
            "isian formulir ini tidak disimpan di mana pun dan akan hilang; tentukan variabelnya (result pada "
            "alur:form), atau pakai tugas manual bila tidak ada yang diisi.",
            "what people fill in here is kept nowhere and would be lost; name the variable that takes it (result of "
            "alur:form), or use a manual task if nothing is filled in.",
        )
    for name in _names_given(element):
        if not is_variable(name):
            yield problem(
                element.id,
                "variable_name",
                f"'{name}' tidak dapat dipakai sebagai nama variabel karena ungkapan tidak dapat menyebutnya; "
                "pakai huruf, angka, dan garis bawah, misalnya hasil_akhir.",
                f"'{name}' cannot be the name of a variable, for no expression could name it; use letters, digits and "
                "underscores, such as final_result.",
            )


def _names_given(element: Element) -> Iterator[str]:
    """Yield the names of the variables that an element sets, in the case or in the process that it calls."""
    found = [element.result, element.event.result if element.event else None]
    found += [element.loop.item, element.loop.output] if element.loop else []
    found += [*element.inputs, *element.outputs] if element.kind is Kind.CALL_ACTIVITY else []
    yield from (name for name in found if name is not None)


def _unknown(element: Element, kind: str, word: str, name: str | None, known: Iterable[str]) -> Problem:
    nearest, others = _nearest(name or "", sorted(known))
    names = ", ".join(nearest) or "-"
    return problem(
        element.id,
        f"unknown_{kind}",
        f"{word} '{name or ''}' tidak ada (yang ada: {names}{f', dan {others} lainnya' if others else ''}); pilih "
        "salah satu atau perbaiki namanya.",
        f"{kind} '{name or ''}' does not exist (known: {names}{f', and {others} more' if others else ''}); choose one "
        "or mend the name.",
    )


def _nearest(name: str, known: list[str]) -> tuple[list[str], int]:
    """Return the names most like one, and how many others there are."""
    if len(known) <= _SHOWN:
        return known, 0
    alike = sorted(known, key=lambda other: -SequenceMatcher(None, name, other).ratio())[:_SHOWN]
    return sorted(alike), len(known) - _SHOWN


def _timer(element: Element) -> Iterator[Problem]:
    timer = element.timer
    says = expression_in(timer) if timer is not None else None
    if timer is None or says is None:  # cycles that are none are named with their event
        return
    if _LOOKS_LIKE_ISO.fullmatch(says) and says not in _MAY_BE_NAMES:
        yield problem(
            element.id,
            "timer_value",
            "nilai waktu ini tidak didukung; pakai durasi seperti P14D atau PT8H, tanggal, atau ungkapan FEEL.",
            "this time value is not supported; use a duration such as P14D or PT8H, a date, or a FEEL expression.",
        )
    yield from _compiles(element.id, says)


def _calendar(element: Element) -> Iterator[Problem]:
    """Yield a calendar that is not there, and one by which nothing is counted."""
    if element.calendar is None:
        return
    times = (element.due, element.follow_up, element.timer.expression if element.timer is not None else None)
    if element.calendar not in WEEKS:
        known = ", ".join(WEEKS)
        yield problem(
            element.id,
            "unknown_calendar",
            f"kalender '{element.calendar}' tidak ada (yang ada: {known}); pilih salah satu, atau kosongkan untuk "
            "mengikuti unit.",
            f"calendar '{element.calendar}' does not exist (known: {known}); choose one, or none to follow the unit.",
        )
    elif not any("working" in text for text in times if text):
        yield problem(
            element.id,
            "unused_calendar",
            "kalender dipilih, tetapi tidak ada waktu di langkah ini yang dihitung dalam hari kerja; hapus pilihannya.",
            "a calendar is chosen, but no time of this step is counted in working days; take the choice away.",
            "warning",
        )


def expressions_of(element: Element) -> Iterator[str]:
    """Yield the FEEL expressions of an element, but for its time."""
    found: list[str | None] = [*element.inputs.values(), *element.outputs.values()]
    if element.kind in HUMAN_TASKS:
        found += [element.assignee, element.candidate, element.due, element.follow_up, element.priority]
    if element.kind is Kind.SCRIPT_TASK:
        found.append(element.script or "")
    found += [element.subject, element.title]
    if element.event is not None:
        found += [element.event.key, element.event.payload, element.event.condition]
    if element.loop is not None:
        loop = element.loop
        found += [loop.condition, loop.cardinality, loop.collection, loop.gives]
    yield from (expression for expression in found if expression is not None)


def _compiles(element: str, expression: str) -> Iterator[Problem]:
    try:
        compile_expression(expression)
    except FeelSyntaxError as error:
        yield problem(
            element,
            "expression",
            f"ungkapan '{expression}' salah: {error.message('id')}",
            f"expression '{expression}' is wrong: {error.message('en')}",
        )
