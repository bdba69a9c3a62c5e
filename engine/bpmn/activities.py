"""Checks what activities ask for beyond their own work: rounds, called processes, and how they are undone."""

from collections.abc import Iterator, Mapping

from engine.bpmn.catching import find_hosts
from engine.bpmn.model import ACTIVITIES, Element, Kind, Loop, LoopKind, Outline, Trigger
from engine.bpmn.read import problem
from engine.errors import Problem


def check_activities(outline: Outline) -> Iterator[Problem]:
    """Yield what is wrong with loops, call activities and compensation."""
    handlers = {element.handler for element in outline.elements.values() if element.handler}
    for element in outline.elements.values():
        if element.loop is not None:
            yield from _loop(element, element.loop)
        if element.kind is Kind.CALL_ACTIVITY:
            yield from _call(element, outline)
        if element.trigger is Trigger.COMPENSATION:
            yield from _compensation(element, outline)
        if element.is_handler and element.id not in handlers:
            yield problem(
                element.id,
                "handler_alone",
                "langkah kompensasi ini tidak dihubungkan dengan peristiwa kompensasi di tepi suatu aktivitas; "
                "hubungkan dengan asosiasi.",
                "this compensation handler belongs to no compensation event at an activity; draw an association to it.",
            )
    yield from _call_circles(outline)


def _loop(element: Element, loop: Loop) -> Iterator[Problem]:
    if element.kind is Kind.EVENT_SUB_PROCESS:
        yield _wrong_loop(element, "subproses peristiwa tidak diulang", "an event sub-process is not repeated")
    if loop.kind is LoopKind.STANDARD:
        if not loop.condition and not loop.cardinality:
            yield _wrong_loop(
                element,
                "perulangan memerlukan syarat (loopCondition) atau jumlah terbanyak (loopMaximum)",
                "a loop needs a loopCondition or a loopMaximum",
            )
        return
    if bool(loop.cardinality) == bool(loop.collection):
        yield _wrong_loop(
            element,
            "tentukan tepat satu: jumlah (loopCardinality) atau daftar (collection pada alur:items)",
            "name exactly one: a loopCardinality or a collection (in alur:items)",
        )
    if loop.item and not loop.collection:
        yield _wrong_loop(element, "item memerlukan collection", "an item needs a collection")
    if bool(loop.output) != bool(loop.gives):
        yield _wrong_loop(
            element,
            "output memerlukan gives, dan sebaliknya: variabel hasil dan nilai tiap instans",
            "output needs gives and the other way round: the variable of the results and the value of each instance",
        )


def _wrong_loop(element: Element, id_text: str, en_text: str) -> Problem:
    return problem(element.id, "loop", f"{id_text}; perbaiki penanda ulangnya.", f"{en_text}; mend the loop marker.")


def _call(element: Element, outline: Outline) -> Iterator[Problem]:
    called = element.called or ""
    if called not in outline.inside or called in outline.elements:
        processes = sorted(name for name in outline.inside if name not in outline.elements and name != outline.process)
        yield problem(
            element.id,
            "unknown_process",
            f"proses '{called}' tidak ada di berkas ini (yang ada: {', '.join(processes) or '-'}); gambar di berkas "
            "yang sama, atau pilih yang ada.",
            f"process '{called}' is not in this file (known: {', '.join(processes) or '-'}); draw it in the same file, "
            "or choose one that is there.",
        )


def _call_circles(outline: Outline) -> Iterator[Problem]:
    """Find calls through which a process would run inside itself."""
    hosts = find_hosts(outline)
    for element in outline.elements.values():
        if element.kind is Kind.CALL_ACTIVITY and element.called in _around(hosts, element):
            yield problem(
                element.id,
                "call_circle",
                f"proses '{element.called}' akan memanggil dirinya sendiri tanpa akhir; ulangi dengan alur.",
                f"process '{element.called}' would call itself for ever; repeat with a flow.",
            )


def _around(hosts: Mapping[str, list[Element]], element: Element) -> set[str]:
    """Return the containers inside which an element can run."""
    waiting, found = [element.container], set[str]()
    while waiting:
        container = waiting.pop()
        if container not in found:
            found.add(container)
            waiting += [host.container for host in hosts.get(container, ())]
    return found


def _compensation(event: Element, outline: Outline) -> Iterator[Problem]:
    if event.kind is Kind.BOUNDARY:
        yield from _handler(event, outline)
    elif event.kind in (Kind.THROW, Kind.END):
        yield from _undone(event, outline)


def _handler(event: Element, outline: Outline) -> Iterator[Problem]:
    handler = outline.elements.get(event.handler or "")
    is_known = handler is not None and handler.kind in ACTIVITIES - {Kind.EVENT_SUB_PROCESS}
    if handler is None or not is_known or not handler.is_handler or handler.container != event.container:
        yield problem(
            event.id,
            "compensation_handler",
            "hubungkan peristiwa kompensasi dengan asosiasi ke langkah yang membatalkan, di tempat yang sama dan "
            "bertanda isForCompensation.",
            "draw an association from the compensation event to the step that undoes, in the same place and marked "
            "isForCompensation.",
        )
    if event.outgoing:
        yield problem(
            event.id,
            "compensation_flow",
            "peristiwa kompensasi tidak punya alur keluar; pakai asosiasi ke langkah yang membatalkan.",
            "a compensation event has no outgoing flow; draw an association to the step that undoes.",
        )


def _undone(event: Element, outline: Outline) -> Iterator[Problem]:
    """Check what a throwing event compensates: something beside it, or around its event sub-process."""
    container = event.container
    while container in outline.elements and outline.elements[container].kind is Kind.EVENT_SUB_PROCESS:
        container = outline.elements[container].container
    beside = [element for element in outline.inside[container] if element.kind in ACTIVITIES]
    name = event.event.activity if event.event else None
    if name is not None and name not in {element.id for element in beside}:
        yield problem(
            event.id,
            "compensation_activity",
            f"'{name}' bukan aktivitas di tempat yang sama, tidak dapat dibatalkan dari sini; perbaiki activityRef.",
            f"'{name}' is no activity in the same place, so it cannot be undone from here; mend the activityRef.",
        )
    elif not _can_be_undone(outline, [element for element in beside if name in (None, element.id)]):
        yield problem(
            event.id,
            "nothing_undone",
            "tidak ada langkah yang dapat dibatalkan di sini, jadi tidak terjadi apa-apa; beri peristiwa kompensasi.",
            "nothing here can be undone, so nothing happens; give a step a compensation event.",
            "warning",
        )


def _can_be_undone(outline: Outline, activities: list[Element]) -> bool:
    """Say whether one of some activities, or something inside them, has a handler."""
    waiting, seen = activities, set[str]()
    while waiting:
        element = waiting.pop()
        starts = (start for _, start in outline.event_sub_processes(element.id))
        if any(event.trigger is Trigger.COMPENSATION for event in (*outline.boundaries.get(element.id, ()), *starts)):
            return True
        if element.id not in seen:
            seen.add(element.id)
            waiting += [other for other in outline.inside.get(outline.content(element), ()) if other.kind in ACTIVITIES]
    return False
