"""Checks the events on the way of a token: whether what they wait for or throw can happen."""

import re
from collections.abc import Iterator

from engine.bpmn.beginnings import begins_case
from engine.bpmn.catching import Catching, find_catching
from engine.bpmn.constants import value_of
from engine.bpmn.cycles import read_cycle
from engine.bpmn.model import AWAITED, LINK, Element, Kind, Outline, Trigger
from engine.bpmn.read import problem
from engine.errors import Problem

LONGEST_NAME = 120  # characters, as the columns of messages hold
_SHOWN = 60  # characters of an expression in a sentence
_ASKS_TIME = re.compile(r"\b(today|now)\s*\(")


def check_triggers(outline: Outline) -> Iterator[Problem]:
    """Yield what is wrong with event gateways, times, conditions, links, and what is thrown."""
    catching = find_catching(outline)
    for element in outline.elements.values():
        if element.kind is Kind.EVENT_GATEWAY:
            yield from _event_gateway(element, outline)
        if element.event is not None and len(element.event.name or "") > LONGEST_NAME:
            yield _long_name(element.id)
        if element.trigger is Trigger.TIMER:
            yield from _cycle(element, outline)
        elif element.trigger is Trigger.CONDITION and not (element.event and element.event.condition):
            yield problem(
                element.id,
                "no_condition",
                "peristiwa ini belum punya syarat, jadi tidak pernah terjadi; tulis syaratnya (condition).",
                "this event has no condition and so never happens; write one (condition).",
            )
        elif element.trigger is Trigger.CONDITION:
            yield from _asleep(element)
        elif element.trigger in (Trigger.ERROR, Trigger.ESCALATION):
            yield from _thrown(element, catching)
        elif element.trigger is Trigger.LINK:
            yield from _link(element, outline)
        elif element.trigger is Trigger.CANCEL and element.kind is Kind.END:
            yield from _cancel(element, outline)


def _asleep(event: Element) -> Iterator[Problem]:
    """Refuse a condition that asks for no variable: it is looked at when a variable changes, and at no other time."""
    condition = event.event.condition or "" if event.event else ""
    known, value = value_of(condition)
    if known and isinstance(value, bool):
        yield problem(
            event.id,
            "condition_asleep",
            f"syarat '{condition[:_SHOWN]}' tidak menyebut variabel kasus, padahal syarat hanya diperiksa bila suatu "
            "variabel berubah; untuk menunggu hari atau jam pakai peristiwa waktu (timer), selain itu sebutkan "
            "variabelnya.",
            f"the condition '{condition[:_SHOWN]}' names no variable of the case, but a condition is looked at only "
            "when a variable changes; to wait for a day or an hour use a timer event, otherwise name the variable.",
        )
    elif _ASKS_TIME.search(condition):
        yield problem(
            event.id,
            "condition_time",
            "syarat ini juga menanyakan waktu, tetapi hanya diperiksa bila suatu variabel berubah, bukan bila "
            "waktunya tiba; untuk menunggu waktu pakai peristiwa waktu (timer).",
            "this condition also asks for the time, but it is looked at only when a variable changes, not when the "
            "time has come; to wait for a time use a timer event.",
            "warning",
        )


def _long_name(name: str) -> Problem:
    return problem(
        name,
        "long_name",
        f"nama yang ditunggu atau dikirim ini lebih panjang dari {LONGEST_NAME} huruf; pendekkan.",
        f"the name of what is awaited or sent is longer than {LONGEST_NAME} characters; shorten it.",
    )


def _event_gateway(gateway: Element, outline: Outline) -> Iterator[Problem]:
    if len(gateway.outgoing) < 2:
        yield problem(
            gateway.id,
            "event_gateway",
            "gerbang peristiwa memilih yang pertama dari beberapa peristiwa; gambar sedikitnya dua di belakangnya.",
            "an event gateway takes the first of several events; draw at least two behind it.",
        )
    for flow in gateway.outgoing:
        target = outline.elements.get(outline.flows[flow].target)
        if target is not None and not _can_race(target, outline):
            yield problem(
                target.id,
                "event_gateway_target",
                "di belakang gerbang peristiwa hanya boleh ada peristiwa penangkap (pesan, waktu, sinyal, syarat) atau "
                "tugas terima tanpa peristiwa tepi dan perulangan, dengan satu alur masuk itu.",
                "behind an event gateway there may only be catching events (message, timer, signal, condition) or "
                "receive tasks without boundary events and loops, with that one incoming flow.",
            )


def _can_race(target: Element, outline: Outline) -> bool:
    is_alone = len(target.incoming) == 1 and target.id not in outline.boundaries and target.loop is None
    return is_alone and target.kind in (Kind.CATCH, Kind.RECEIVE_TASK) and target.trigger in AWAITED


def _cycle(element: Element, outline: Outline) -> Iterator[Problem]:
    """Refuse a time cycle that is none, or that would come again where nothing can happen twice."""
    if element.timer is None or element.timer.kind != "timeCycle":
        return
    cycle = read_cycle(element.timer.expression)
    if cycle is None:
        yield problem(
            element.id,
            "timer_value",
            "siklus waktu ditulis seperti R3/P1D (tiga kali, tiap hari), R/PT8H (terus-menerus), "
            "R3/2026-10-05T08:00:00+07:00/P1D (mulai saat itu), atau R/working days after(today(), 1) (tiap hari "
            "kerja).",
            "a time cycle is written like R3/P1D (three times, every day), R/PT8H (again and again), "
            "R3/2026-10-05T08:00:00+07:00/P1D (from then on) or R/working days after(today(), 1) (every working day).",
        )
    elif cycle.times > 1 and element.is_interrupting and not begins_case(element, outline):
        yield problem(
            element.id,
            "cycle",
            "di sini waktu hanya dapat tiba satu kali; pakai timeDuration, atau peristiwa yang tidak menghentikan.",
            "here the time can come only once; use a timeDuration, or an event that does not interrupt.",
        )


def _thrown(element: Element, catching: Catching) -> Iterator[Problem]:
    if element.kind not in (Kind.END, Kind.THROW) or element.id not in catching.uncaught:
        return
    if element.trigger is Trigger.ERROR:
        yield problem(
            element.id,
            "uncaught_error",
            "galat ini tidak ditangkap siapa pun, jadi kasus terhenti di sini; tambahkan peristiwa galat di luarnya.",
            "nothing catches this error, so the case would stop here; add an error event around it.",
        )
    else:
        yield problem(
            element.id,
            "uncaught_escalation",
            "eskalasi ini tidak selalu ditangkap, dan bila tidak, tidak terjadi apa-apa; tambahkan peristiwa eskalasi.",
            "this escalation is not always caught, and then nothing happens; add an escalation event around it.",
            "warning",
        )


def _link(event: Element, outline: Outline) -> Iterator[Problem]:
    name = event.event.name if event.event else None
    links = [other for other in outline.inside[event.container] if other.trigger is Trigger.LINK]
    twins = [other for other in links if other is not event and other.event and other.event.name == name]
    throws = event.kind is Kind.THROW
    if not name or not any(other.kind is not event.kind for other in twins):
        yield problem(
            event.id,
            "link_pair",
            "tautan memerlukan pasangan bernama sama di tempat yang sama: satu pelempar, satu penangkap.",
            "a link needs its pair of the same name in the same place: one throws, one catches.",
        )
    if not throws and any(other.kind is Kind.CATCH for other in twins):
        yield problem(
            event.id,
            "link_twice",
            "dua tautan penangkap bernama sama; hanya satu yang akan dituju, jadi ganti namanya.",
            "two catching links have this name; only one would be gone to, so rename one.",
        )
    drawn = [flow for flow in (event.outgoing if throws else event.incoming) if not flow.endswith(LINK)]
    if drawn:
        yield problem(
            event.id,
            "link_flow",
            "tautan pelempar tidak punya alur keluar dan tautan penangkap tidak punya alur masuk; hapus alur itu.",
            "a throwing link has no outgoing flow and a catching one no incoming flow; delete that flow.",
        )


def _cancel(end: Element, outline: Outline) -> Iterator[Problem]:
    around = outline.elements.get(end.container)
    if around is None or around.kind is not Kind.TRANSACTION:
        yield problem(
            end.id,
            "cancel_outside",
            "akhir batal hanya berlaku langsung di dalam transaksi; pindahkan, atau pakai akhir biasa.",
            "a cancel end event works directly inside a transaction only; move it there, or use a plain end.",
        )
    elif not any(event.trigger is Trigger.CANCEL for event in outline.boundaries.get(around.id, ())):
        yield problem(
            end.id,
            "cancel_uncaught",
            "transaksi ini tidak punya peristiwa batal di tepinya, jadi akan berlanjut seperti biasa; tambahkan.",
            "this transaction has no cancel event at its edge, so it would go on as if nothing had happened; add one.",
        )
