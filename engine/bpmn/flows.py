"""Checks the sequence flows: they join two elements of one container, and a condition stands where it is asked for."""

from collections.abc import Iterator

from engine.bpmn.model import ACTIVITIES, Element, Flow, Kind, Outline
from engine.bpmn.read import problem
from engine.errors import Problem

_CHOICES = frozenset({Kind.EXCLUSIVE_GATEWAY, Kind.INCLUSIVE_GATEWAY})
_MAY_HAVE_CONDITIONS = (ACTIVITIES | _CHOICES) - {Kind.EVENT_SUB_PROCESS}


def check_flows(outline: Outline) -> Iterator[Problem]:
    """Yield the problems of the sequence flows."""
    for flow in outline.flows.values():
        yield from _flow(flow, outline)


def _flow(flow: Flow, outline: Outline) -> Iterator[Problem]:
    source, target = outline.elements.get(flow.source), outline.elements.get(flow.target)
    if source is None or target is None:
        yield problem(
            flow.id,
            "dangling_flow",
            "alur ini tidak menghubungkan dua unsur yang dijalankan; sambungkan kedua ujungnya atau hapus.",
            "this flow does not connect two executed elements; connect both of its ends, or delete it.",
        )
        return
    if flow.id not in source.outgoing or flow.id not in target.incoming:
        yield problem(
            flow.id,
            "flow_leaves",
            "alur tidak boleh keluar dari atau masuk ke subproses; sambungkan ke tepi subproses itu.",
            "a flow may not lead into or out of a sub-process; connect it to the edge of the sub-process.",
        )
    yield from _condition(flow, source, outline)


def _condition(flow: Flow, source: Element, outline: Outline) -> Iterator[Problem]:
    is_free = not flow.condition and not flow.is_default
    if is_free and source.kind in _CHOICES and len(source.outgoing) > 1:
        yield problem(
            flow.id,
            "no_condition",
            "alur ini keluar dari gerbang yang memilih, tetapi tak bersyarat; tulis syaratnya, atau jadikan alur baku.",
            "this flow leaves a gateway that chooses, but has no condition; write one, or make it the default flow.",
        )
    if flow.condition and flow.is_default:
        yield problem(
            flow.id,
            "default_condition",
            "alur baku diambil bila tidak ada syarat lain yang benar; syaratnya sendiri diabaikan, jadi hapus.",
            "the default flow is taken when no other condition is true; its own condition is ignored, so delete it.",
        )
    elif flow.condition and source.kind not in _MAY_HAVE_CONDITIONS:
        yield problem(
            flow.id,
            "ignored_condition",
            "syarat di sini tidak diperiksa; letakkan setelah tugas, gerbang eksklusif, atau gerbang inklusif.",
            "a condition here is not asked for; put it behind a task, an exclusive or an inclusive gateway.",
        )
    others = [outline.flows[name] for name in source.outgoing if name != flow.id]
    if flow.is_default and source.kind in ACTIVITIES and any(not other.condition for other in others):
        yield problem(
            flow.id,
            "default_never",
            "alur baku ini tidak pernah diambil karena alur lain tidak bersyarat; beri syarat pada alur lain itu.",
            "this default flow is never taken, for another flow has no condition; give that one a condition.",
        )
    is_last = flow.condition and not flow.is_default and source.outgoing[-1:] == (flow.id,)
    if is_last and all(other.condition and not other.is_default for other in others):
        yield from _no_default(source)


def _no_default(source: Element) -> Iterator[Problem]:
    if source.kind in _MAY_HAVE_CONDITIONS:
        yield problem(
            source.id,
            "no_default",
            "bila tidak ada syarat yang benar, kasus terhenti di sini sebagai insiden; tentukan alur baku.",
            "if no condition is true the case stops here with an incident; choose a default flow.",
            "warning",
        )
