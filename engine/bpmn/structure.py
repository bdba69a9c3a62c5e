"""Checks how a diagram hangs together: in each process and sub-process a beginning, ways, and an end."""

from collections.abc import Iterator

from engine.bpmn.beginnings import BEGINS
from engine.bpmn.model import COMPOUND, EVENTS, HUMAN_TASKS, Element, Kind, Outline, Trigger
from engine.bpmn.read import problem
from engine.bpmn.ways import Ending, ending_of
from engine.errors import Problem


def check_structure(outline: Outline) -> Iterator[Problem]:
    """Yield the problems of the containers, and of the place of each element in them."""
    for container in containers_of(outline):
        yield from _container(outline, container)
    for element in outline.elements.values():
        yield from _element(element, outline)


def containers_of(outline: Outline) -> list[str]:
    """Return the process, those it calls, and everything that is drawn with steps inside."""
    drawn = [element.id for element in outline.elements.values() if is_drawn_inside(element)]
    return list(dict.fromkeys([outline.process, *outline.inside, *drawn]))


def is_drawn_inside(element: Element) -> bool:
    """Say whether the steps of a compound activity are drawn in it."""
    return element.kind in COMPOUND and element.kind is not Kind.CALL_ACTIVITY


def _container(outline: Outline, container: str) -> Iterator[Problem]:
    owner = outline.elements.get(container)
    elements = outline.inside.get(container, ())
    starts = list(outline.starts(container))
    if owner is None:
        yield from _starts_of_process(container, starts, is_called=container != outline.process)
    elif owner.kind is Kind.EVENT_SUB_PROCESS:
        yield from _starts_of_event_sub_process(container, starts)
    else:
        yield from _starts_of_sub_process(container, starts, is_empty=not elements)
    if (starts or owner is None) and not any(element.kind is Kind.END for element in elements):
        yield problem(
            container,
            "no_end",
            "tidak ada akhir di sini; akhiri setiap jalan dengan peristiwa akhir.",
            "there is no end event here; let every way lead to one.",
        )
    reached = _reached(outline, container)
    for element in elements:
        if element.id not in reached and not (element.trigger is Trigger.LINK and element.kind is Kind.CATCH):
            yield problem(
                element.id,
                "unreachable",
                "unsur ini tidak pernah tercapai dari awal proses; sambungkan atau hapus.",
                "this element is never reached from the start; connect or delete it.",
            )


def _starts_of_process(container: str, starts: list[Element], *, is_called: bool) -> Iterator[Problem]:
    plain = [start for start in starts if start.trigger is None]
    if is_called and len(starts) != 1:
        yield problem(
            container,
            "one_start",
            f"proses yang dipanggil harus punya tepat satu awal, tanpa pemicu; ditemukan {len(starts)}.",
            f"a called process must have exactly one start event, a plain one; found {len(starts)}.",
        )
    elif not starts or len(plain) > 1:
        yield problem(
            container,
            "one_start",
            f"proses harus punya awal, dan paling banyak satu yang tanpa pemicu; ditemukan {len(plain)}.",
            f"a process must have a start event, and at most one plain one; found {len(plain)}.",
        )
    if is_called:
        yield from (_triggered(start) for start in starts if start.trigger is not None)
    else:
        yield from (_never_begun(start) for start in starts if start.trigger not in BEGINS | {None})


def _never_begun(start: Element) -> Problem:
    return problem(
        start.id,
        "start_trigger",
        "sebuah kasus hanya dapat dimulai oleh pesan, sinyal, atau waktu; pakai salah satunya, atau awal polos.",
        "a case can be begun by a message, a signal or a time only; use one of these, or a plain start event.",
    )


def _starts_of_sub_process(container: str, starts: list[Element], *, is_empty: bool) -> Iterator[Problem]:
    if len(starts) > 1:
        yield problem(
            container,
            "one_start",
            f"subproses dimulai oleh paling banyak satu awal tanpa pemicu, ditemukan {len(starts)}.",
            f"a sub-process begins with at most one plain start event, found {len(starts)}.",
        )
    if is_empty:
        yield problem(
            container,
            "empty",
            "subproses ini kosong dan akan dilewati begitu saja; gambar langkah di dalamnya.",
            "this sub-process is empty and will be passed at once; draw the steps inside it.",
            "warning",
        )
    yield from (_triggered(start) for start in starts if start.trigger is not None)


def _triggered(start: Element) -> Problem:
    return problem(
        start.id,
        "start_trigger",
        "hanya subproses peristiwa yang dimulai oleh pemicu; pakai awal polos, lalu peristiwa penangkap sesudahnya.",
        "only an event sub-process begins by a trigger; use a plain start event and a catching event behind it.",
    )


def _starts_of_event_sub_process(container: str, starts: list[Element]) -> Iterator[Problem]:
    if len(starts) != 1 or starts[0].trigger is None:
        yield problem(
            container,
            "event_start",
            "subproses peristiwa harus punya tepat satu awal, dengan pemicu.",
            "an event sub-process must have exactly one start event, with a trigger.",
        )


def _reached(outline: Outline, container: str) -> set[str]:
    elements = outline.inside.get(container, ())
    waiting = [start.id for start in outline.starts(container)] or list(outline.first_of(container))
    waiting += [element.id for element in elements if element.kind is Kind.EVENT_SUB_PROCESS]
    waiting += [element.handler for element in elements if element.handler]
    # What stands behind or at an element that is refused is not refused as well.
    waiting += [element.id for element in elements if (element.attached_to or element.id) not in outline.elements]
    waiting += [flow.target for flow in outline.flows.values() if flow.source not in outline.elements]
    reached: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in reached or name not in outline.elements:
            continue
        reached.add(name)
        waiting += [outline.flows[flow].target for flow in outline.elements[name].outgoing]
        waiting += [event.id for event in outline.boundaries.get(name, ())]
    return reached


def _element(element: Element, outline: Outline) -> Iterator[Problem]:
    if element.kind is Kind.END and element.outgoing:
        yield problem(
            element.id,
            "end_goes_on",
            "jalan selesai di akhir ini, jadi alur keluarnya tidak pernah diambil; hapus alur itu.",
            "the way is over at this end event, so no flow out of it is ever taken; delete that flow.",
        )
    if not element.outgoing and _must_go_on(element, outline):
        yield problem(
            element.id,
            "dead_end",
            "unsur ini tidak punya alur keluar; sambungkan ke langkah berikut atau ke akhir.",
            "this element has no outgoing flow; connect it to the next step or to an end.",
        )
    if element.kind is Kind.START and element.incoming:
        yield problem(
            element.id,
            "start_incoming",
            "awal tidak boleh punya alur masuk; sambungkan alur itu ke langkah sesudah awal.",
            "no flow may lead into a start event; connect that flow to the step behind it.",
        )
    if not element.names["id"] and element.kind in HUMAN_TASKS | {Kind.SERVICE_TASK}:
        yield problem(
            element.id,
            "no_name",
            "langkah ini belum bernama, jadi tidak seorang pun tahu apa yang diminta; beri nama.",
            "this step has no name, so nobody would know what is asked for; give it one.",
        )
    is_apart = element.kind is Kind.EVENT_SUB_PROCESS or element.is_handler
    if is_apart and (element.incoming or element.outgoing):
        yield problem(
            element.id,
            "apart_flow",
            "subproses peristiwa dan langkah kompensasi berjalan di luar alur; hapus alur masuk dan keluarnya.",
            "an event sub-process or a compensation handler runs outside the flow; delete the flows at it.",
        )
    if not element.is_interrupting and element.kind is Kind.START and not _is_in_event_sub_process(element, outline):
        yield problem(
            element.id,
            "start_interrupts_nothing",
            "isInterrupting hanya berlaku pada awal subproses peristiwa; hapus.",
            "isInterrupting means something at the start of an event sub-process only; delete it.",
        )


def _must_go_on(element: Element, outline: Outline) -> bool:
    """Say whether a way may not end here: without start and end events, what leads nowhere ends a sub-process."""
    if element.kind in (Kind.END, Kind.EVENT_SUB_PROCESS) or element.is_handler:
        return False
    if element.trigger in (Trigger.LINK, Trigger.COMPENSATION) and element.kind in (Kind.THROW, Kind.BOUNDARY):
        return element.trigger is Trigger.COMPENSATION and element.kind is Kind.THROW
    if _always_fails(element, outline):
        return False
    is_bare = not any(other.kind in (Kind.START, Kind.END) for other in outline.inside[element.container])
    return not (is_bare and element.container in outline.elements and element.kind not in EVENTS)


def _always_fails(element: Element, outline: Outline) -> bool:
    """Say whether an activity ends by an error or a cancellation only: it goes on from the events at its edge."""
    inside = outline.inside.get(outline.content(element), ()) if element.kind in COMPOUND else ()
    ends = [one for one in inside if one.kind is Kind.END]
    return bool(ends) and all(ending_of(end) is Ending.BREAKS for end in ends)


def _is_in_event_sub_process(element: Element, outline: Outline) -> bool:
    owner = outline.elements.get(element.container)
    return owner is not None and owner.kind is Kind.EVENT_SUB_PROCESS
