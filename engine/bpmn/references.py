"""Checks the names and expressions in a diagram: what they refer to exists, and they compile."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from engine.bpmn.model import HUMAN_TASKS, Element, Kind, Outline
from engine.bpmn.read import problem
from engine.bpmn.timers import is_literal
from engine.errors import Problem
from engine.feel import FeelSyntaxError, compile_expression

# Cycles, months and years: read as FEEL they would be names divided by names, and null at run time.
_LOOKS_LIKE_ISO = re.compile(r"[RP]\d*(/|[\d.,]*[YMWDT])")


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What is installed: the names that a diagram may refer to.

    :param forms: keys of forms that Python code gives (a city's, or a page's), beside those in the release.
    """

    services: frozenset[str] = field(default_factory=frozenset)
    forms: frozenset[str] = field(default_factory=frozenset)


def check_references(
    outline: Outline, catalogue: Catalogue, decisions: frozenset[str], forms: frozenset[str]
) -> Iterator[Problem]:
    """Yield unknown services, decisions and forms, tasks without a person, and expressions that do not compile."""
    for element in outline.elements.values():
        yield from _names(element, catalogue, decisions, forms | catalogue.forms)
        yield from _timer(element)
        for expression in _expressions(element):
            yield from _compiles(element.id, expression)
    for flow in outline.flows.values():
        if flow.condition:
            yield from _compiles(flow.id, flow.condition)


def _names(
    element: Element, catalogue: Catalogue, decisions: frozenset[str], forms: frozenset[str]
) -> Iterator[Problem]:
    if element.kind is Kind.SERVICE_TASK and element.service not in catalogue.services:
        yield _unknown(element, "service", "layanan", element.service, catalogue.services)
    if element.kind is Kind.BUSINESS_RULE_TASK and element.decision not in decisions:
        yield _unknown(element, "decision", "tabel keputusan", element.decision, decisions)
    if element.kind is Kind.USER_TASK and element.form not in forms:
        yield _unknown(element, "form", "formulir", element.form, forms)
    is_unclear = element.assignee and element.candidate
    if is_unclear or (element.kind is Kind.USER_TASK and not (element.assignee or element.candidate)):
        yield problem(
            element.id,
            "assignment",
            "tentukan tepat satu: petugas (assignee) atau kelompok calon (candidate).",
            "name exactly one: an assignee or a candidate group.",
        )
    if element.kind in (Kind.SCRIPT_TASK, Kind.BUSINESS_RULE_TASK) and not element.result:
        yield problem(
            element.id, "no_result", "tentukan variabel hasil langkah ini.", "name the variable that takes the result."
        )


def _unknown(element: Element, kind: str, word: str, name: str | None, known: Iterable[str]) -> Problem:
    names = ", ".join(sorted(known)) or "-"
    return problem(
        element.id,
        f"unknown_{kind}",
        f"{word} '{name or ''}' tidak ada (yang ada: {names}).",
        f"{kind} '{name or ''}' does not exist (known: {names}).",
    )


def _timer(element: Element) -> Iterator[Problem]:
    timer = element.timer
    if timer is None or timer.kind == "timeCycle" or is_literal(timer):  # cycles are checked with their event
        return
    if _LOOKS_LIKE_ISO.match(timer.expression):
        yield problem(
            element.id,
            "timer_value",
            "nilai waktu ini tidak didukung; pakai durasi seperti P14D atau PT8H, tanggal, atau ungkapan FEEL.",
            "this time value is not supported; use a duration such as P14D or PT8H, a date, or a FEEL expression.",
        )
    yield from _compiles(element.id, timer.expression)


def _expressions(element: Element) -> Iterator[str]:
    found: list[str | None] = [*element.inputs.values(), *element.outputs.values()]
    if element.kind in HUMAN_TASKS:
        found += [element.assignee, element.candidate, element.due, element.follow_up, element.priority]
    if element.kind is Kind.SCRIPT_TASK:
        found.append(element.script or "")
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
