"""The deploy-time check: what the engine would ignore or mis-run, said with element, reason and way out."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from engine.bpmn.model import BOUNDARY_EVENTS, CATCHING, HUMAN_TASKS, Element, Flow, Kind, Outline
from engine.bpmn.read import MAX_NODES, problem
from engine.bpmn.timers import is_literal
from engine.errors import Problem
from engine.feel import FeelSyntaxError, compile_expression

# Cycles, months and years: read as FEEL they would be names divided by names, and null at run time.
_LOOKS_LIKE_ISO = re.compile(r"[RP]\d*(/|[\d.,]*[YMWDT])")
_ENDS = frozenset({Kind.END, Kind.TERMINATE_END, Kind.MESSAGE_END})
_GATEWAYS = frozenset({Kind.EXCLUSIVE_GATEWAY, Kind.PARALLEL_GATEWAY})


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What is installed: the names that a diagram may refer to.

    :param forms: keys of forms that Python code gives (a city's, or a page's), beside those in the release.
    """

    services: frozenset[str] = field(default_factory=frozenset)
    forms: frozenset[str] = field(default_factory=frozenset)


def check_outline(
    outline: Outline, catalogue: Catalogue, *, decisions: frozenset[str], forms: frozenset[str]
) -> list[Problem]:
    """Return the problems of a whole process; empty means that it can be deployed."""
    problems: list[Problem] = []
    problems += _structure(outline)
    for element in outline.elements.values():
        problems += _element(element, outline)
        problems += _references(element, catalogue, decisions, forms)
        problems += _expressions(element)
    for flow in outline.flows.values():
        problems += _flow(flow, outline)
    if not problems:
        problems += _busy_loops(outline)
    return problems


def _structure(outline: Outline) -> Iterator[Problem]:
    starts = [element for element in outline.elements.values() if element.kind is Kind.START]
    if len(starts) != 1:
        yield problem(
            outline.process,
            "one_start",
            f"proses harus punya tepat satu awal tanpa pemicu, ditemukan {len(starts)}.",
            f"a process must have exactly one plain start event, found {len(starts)}.",
        )
    if not any(element.kind in _ENDS for element in outline.elements.values()):
        yield problem(outline.process, "no_end", "proses tidak punya akhir.", "the process has no end event.")
    if len(outline.elements) > MAX_NODES:
        yield problem(
            outline.process,
            "too_many_nodes",
            f"proses punya lebih dari {MAX_NODES} unsur; bagi menjadi beberapa proses.",
            f"the process has more than {MAX_NODES} elements; split it into several.",
        )
    for name in _unreachable(outline):
        yield problem(
            name,
            "unreachable",
            "unsur ini tidak pernah tercapai dari awal proses; sambungkan atau hapus.",
            "this element is never reached from the start; connect or delete it.",
        )


def _unreachable(outline: Outline) -> list[str]:
    waiting = [element.id for element in outline.elements.values() if element.kind is Kind.START]
    reached: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in reached or name not in outline.elements:
            continue
        reached.add(name)
        waiting += [outline.flows[flow].target for flow in outline.elements[name].outgoing]
        waiting += [other.id for other in outline.elements.values() if other.attached_to == name]
    return [name for name in outline.elements if name not in reached]


def _element(element: Element, outline: Outline) -> Iterator[Problem]:
    if element.kind in _ENDS and element.outgoing:
        yield problem(element.id, "end_goes_on", "akhir tidak boleh punya alur keluar.", "an end event has no way out.")
    if element.kind not in _ENDS and not element.outgoing:
        yield problem(
            element.id,
            "dead_end",
            "unsur ini tidak punya alur keluar; sambungkan ke langkah berikut atau ke akhir.",
            "this element has no outgoing flow; connect it to the next step or to an end.",
        )
    if element.kind not in _GATEWAYS and len(element.outgoing) > 1:
        yield problem(
            element.id,
            "implicit_split",
            "lebih dari satu alur keluar; pakai gerbang eksklusif atau paralel.",
            "more than one outgoing flow; use an exclusive or parallel gateway.",
        )
    if element.kind in BOUNDARY_EVENTS:
        yield from _boundary(element, outline)
    if not element.names["id"] and element.kind in HUMAN_TASKS | {Kind.SERVICE_TASK}:
        yield problem(element.id, "no_name", "beri nama pada langkah ini.", "give this step a name.")
    if element.kind is Kind.PARALLEL_GATEWAY:
        sources = [outline.flows[flow].source for flow in element.incoming]
        if len(sources) != len(set(sources)):
            yield problem(
                element.id,
                "double_flow",
                "dua alur masuk berasal dari unsur yang sama; hapus salah satu.",
                "two incoming flows come from the same element; delete one.",
            )


def _boundary(element: Element, outline: Outline) -> Iterator[Problem]:
    host = outline.elements.get(element.attached_to or "")
    if host is None or host.kind not in HUMAN_TASKS:
        yield problem(
            element.id,
            "boundary_host",
            "peristiwa tepi hanya dijalankan pada tugas orang; pindahkan ke tugas pengguna.",
            "a boundary event is executed on people's tasks only; attach it to a user task.",
        )
    if element.incoming:
        yield problem(
            element.id, "boundary_incoming", "peristiwa tepi tidak boleh punya alur masuk.", "no flow may lead into it."
        )


def _references(
    element: Element, catalogue: Catalogue, decisions: frozenset[str], forms: frozenset[str]
) -> Iterator[Problem]:
    if element.kind is Kind.SERVICE_TASK and element.service not in catalogue.services:
        yield _unknown(element, "service", "layanan", element.service, catalogue.services)
    if element.kind is Kind.BUSINESS_RULE_TASK and element.decision not in decisions:
        yield _unknown(element, "decision", "tabel keputusan", element.decision, decisions)
    if element.kind is Kind.USER_TASK and element.form not in forms | catalogue.forms:
        yield _unknown(element, "form", "formulir", element.form, forms | catalogue.forms)
    if element.kind is Kind.USER_TASK and bool(element.assignee) == bool(element.candidate):
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


def _expressions(element: Element) -> Iterator[Problem]:
    found = [element.assignee, element.candidate, element.due, *element.inputs.values()]
    if element.kind is Kind.SCRIPT_TASK:
        found.append(element.script or "")
    if element.message is not None:
        found += [element.message.key, element.message.payload]
    if element.timer is not None and not is_literal(element.timer):
        found.append(element.timer.expression)
        if _LOOKS_LIKE_ISO.match(element.timer.expression):
            yield problem(
                element.id,
                "timer_value",
                "nilai waktu ini tidak didukung; pakai durasi seperti P14D atau PT8H, tanggal, atau ungkapan FEEL.",
                "this time value is not supported; use a duration such as P14D or PT8H, a date, or a FEEL expression.",
            )
    for expression in found:
        if expression is not None:
            yield from _compiles(element.id, expression)


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


def _flow(flow: Flow, outline: Outline) -> Iterator[Problem]:
    source, target = outline.elements.get(flow.source), outline.elements.get(flow.target)
    if source is None or target is None:
        yield problem(
            flow.id,
            "dangling_flow",
            "alur ini tidak menghubungkan dua unsur yang dijalankan.",
            "this flow does not connect two executed elements.",
        )
        return
    if flow.condition:
        yield from _compiles(flow.id, flow.condition)
    needs_condition = source.kind is Kind.EXCLUSIVE_GATEWAY and len(source.outgoing) > 1 and not flow.is_default
    if needs_condition and not flow.condition:
        yield problem(
            flow.id,
            "no_condition",
            "alur keluar dari gerbang eksklusif memerlukan syarat, kecuali alur baku.",
            "a flow out of an exclusive gateway needs a condition, except the default flow.",
        )
    if flow.condition and flow.is_default:
        yield problem(
            flow.id,
            "default_condition",
            "alur baku diambil bila tidak ada syarat lain yang benar; syaratnya sendiri diabaikan, jadi hapus.",
            "the default flow is taken when no other condition is true; its own condition is ignored, so delete it.",
        )
    elif flow.condition and source.kind is not Kind.EXCLUSIVE_GATEWAY:
        yield problem(
            flow.id,
            "ignored_condition",
            "syarat di sini akan diabaikan; letakkan setelah gerbang eksklusif.",
            "a condition here would be ignored; put it behind an exclusive gateway.",
        )


def _busy_loops(outline: Outline) -> Iterator[Problem]:
    """Find circles on which nobody and nothing waits: they would never end."""
    waits = HUMAN_TASKS | CATCHING
    automatic = {name for name, element in outline.elements.items() if element.kind not in waits}
    for name in sorted(_on_circle(automatic, _next_names(outline))):
        yield problem(
            name,
            "endless_loop",
            "langkah ini berputar tanpa pernah menunggu siapa pun; tambahkan tugas atau penanda waktu di lingkarannya.",
            "this step is on a loop that never waits; put a task or a timer on the loop.",
        )
        return


def _next_names(outline: Outline) -> Callable[[str], Iterator[str]]:
    def next_names(name: str) -> Iterator[str]:
        for flow in outline.elements[name].outgoing:
            yield outline.flows[flow].target

    return next_names


def _on_circle(nodes: set[str], next_names: Callable[[str], Iterator[str]]) -> set[str]:
    """Return the nodes that remain when those without a successor among the rest are taken away again and again."""
    left = set(nodes)
    while True:
        leaves = {name for name in left if not any(other in left for other in next_names(name))}
        if not leaves:
            return left
        left -= leaves
