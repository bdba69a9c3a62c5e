"""Checks the events beside the way of a token: at the edge of an activity, and at the start of an event sub-process."""

from collections.abc import Iterator

from engine.bpmn.catching import Catching, find_catching
from engine.bpmn.model import ACTIVITIES, AWAITED, COMPOUND, HUMAN_TASKS, Element, Kind, Outline, Trigger
from engine.bpmn.read import problem
from engine.bpmn.speaking import kinds_said
from engine.errors import Problem

_INTERRUPTING_ONLY = frozenset({Trigger.ERROR, Trigger.CANCEL})
_WAITING_HOSTS = HUMAN_TASKS | COMPOUND | {Kind.RECEIVE_TASK}
_HOSTS = {
    **dict.fromkeys(AWAITED, _WAITING_HOSTS),
    Trigger.ERROR: COMPOUND | {Kind.SERVICE_TASK},
    Trigger.ESCALATION: COMPOUND,
    Trigger.CANCEL: frozenset({Kind.TRANSACTION}),
    Trigger.COMPENSATION: ACTIVITIES,
}


def check_catchers(outline: Outline) -> Iterator[Problem]:
    """Yield what is wrong with boundary events and event sub-processes."""
    catching = find_catching(outline)
    for element in outline.elements.values():
        if element.kind is Kind.BOUNDARY:
            yield from _boundary(element, outline, catching)
        elif element.kind is Kind.EVENT_SUB_PROCESS:
            for start in outline.starts(element.id):
                yield from _event_start(start, outline, catching)
    yield from _same_catches(outline)


def _boundary(event: Element, outline: Outline, catching: Catching) -> Iterator[Problem]:
    host = outline.elements.get(event.attached_to or "")
    allowed = _HOSTS.get(event.trigger, frozenset()) if event.trigger else frozenset()
    if host is None or host.container != event.container or host.kind not in allowed - {Kind.EVENT_SUB_PROCESS}:
        kinds = kinds_said(allowed - {Kind.EVENT_SUB_PROCESS})
        yield problem(
            event.id,
            "boundary_host",
            f"pemicu ini tidak dapat terjadi pada unsur tempatnya menempel; tempelkan pada: {kinds[0]}.",
            f"this trigger cannot happen at the element to which it is attached; attach it to: {kinds[1]}.",
        )
    elif host.is_handler:
        yield problem(
            event.id,
            "boundary_host",
            "langkah kompensasi tidak boleh punya peristiwa tepi; hapus peristiwa ini.",
            "a compensation handler has no boundary events; delete this one.",
        )
    elif not _can_happen(event, host, outline, catching):
        yield _never_thrown(event)
    if event.incoming:
        yield problem(
            event.id,
            "boundary_incoming",
            "peristiwa tepi dimulai oleh aktivitasnya, bukan oleh alur; hapus alur masuknya.",
            "an event at an activity is begun by that activity and not by a flow; delete the flow into it.",
        )
    if event.trigger in _INTERRUPTING_ONLY and not event.is_interrupting:
        yield _interrupts(event)


def _can_happen(event: Element, host: Element, outline: Outline, catching: Catching) -> bool:
    if event.trigger is Trigger.CANCEL:
        inside = outline.inside.get(host.id, ())
        return any(other.kind is Kind.END and other.trigger is Trigger.CANCEL for other in inside)
    return event.trigger not in (Trigger.ERROR, Trigger.ESCALATION) or event.id in catching.caught


def _event_start(start: Element, outline: Outline, catching: Catching) -> Iterator[Problem]:
    around = outline.elements.get(outline.elements[start.container].container)
    if start.trigger in (Trigger.ERROR, Trigger.COMPENSATION) and not start.is_interrupting:
        yield _interrupts(start)
    if start.trigger in (Trigger.ERROR, Trigger.ESCALATION) and start.id not in catching.caught:
        yield _never_thrown(start)
    if start.trigger is Trigger.COMPENSATION and (around is None or around.kind is Kind.EVENT_SUB_PROCESS):
        yield problem(
            start.id,
            "compensation_start",
            "kompensasi suatu proses tidak pernah diminta; gambar subproses peristiwa ini di dalam subproses.",
            "nobody asks for the compensation of a process; draw this event sub-process inside a sub-process.",
        )


def _never_thrown(event: Element) -> Problem:
    return problem(
        event.id,
        "never_thrown",
        "tidak ada yang melempar ini di dalam aktivitasnya, jadi peristiwa ini tidak pernah terjadi; "
        "samakan kodenya atau hapus.",
        "nothing inside its activity throws this, so the event never happens; mend its code or delete it.",
    )


def _interrupts(event: Element) -> Problem:
    return problem(
        event.id,
        "always_interrupts",
        "galat, pembatalan, dan kompensasi selalu menghentikan; hapus penanda tidak menghentikan.",
        "an error, a cancellation and a compensation always interrupt; delete the mark that says it does not.",
    )


def _same_catches(outline: Outline) -> Iterator[Problem]:
    """Find events at one place of which only the first would ever catch."""
    places = [*outline.boundaries.values()]
    places += [tuple(start for _, start in outline.event_sub_processes(name)) for name in outline.inside]
    races = (element for element in outline.elements.values() if element.kind is Kind.EVENT_GATEWAY)
    places += [tuple(_targets(gateway, outline)) for gateway in races]
    for events in places:
        seen: set[tuple[Trigger, str | None, str | None]] = set()
        for event in events:
            if event.trigger is None or not _takes_all(event):
                continue
            use = event.event
            key = (event.trigger, use.name if use else None, use.key if use else None)
            if key in seen:
                yield problem(
                    event.id,
                    "same_catch",
                    "peristiwa lain di tempat yang sama sudah menangkap ini; hapus satu atau ganti yang ditunggu.",
                    "another event at the same place catches this already; delete one or change what it waits for.",
                )
            seen.add(key)


def _targets(gateway: Element, outline: Outline) -> Iterator[Element]:
    targets = (outline.elements.get(outline.flows[flow].target) for flow in gateway.outgoing)
    yield from (target for target in targets if target is not None)


def _takes_all(event: Element) -> bool:
    """Say whether nobody beside it hears what an event catches; a message or signal ends the wait of the others."""
    if event.trigger not in AWAITED:
        return True
    return event.trigger in (Trigger.MESSAGE, Trigger.SIGNAL) and event.is_interrupting
