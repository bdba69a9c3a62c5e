"""What begins a case by itself: the start events of a process that wait for a message, a signal or a time."""

import re
from collections.abc import Iterator
from typing import Final

from engine.bpmn.model import Element, Kind, Outline, Trigger
from engine.bpmn.read import problem
from engine.bpmn.timers import expression_in
from engine.errors import Problem
from engine.feel import FeelSyntaxError, compile_expression

# Read as FEEL these would be names; what is wrong with them is said where all times are looked at.
_LOOKS_LIKE_ISO: Final = re.compile(r"[RP]\d")

BEGINS = frozenset({Trigger.MESSAGE, Trigger.SIGNAL, Trigger.TIMER})


def beginnings_of(outline: Outline) -> tuple[Element, ...]:
    """Return the start events of the process itself that wait for something."""
    return tuple(start for start in outline.starts(outline.process) if start.trigger in BEGINS)


def has_plain_start(outline: Outline) -> bool:
    """Say whether a case can be started by a command, and not only by what happens."""
    return any(start.trigger is None for start in outline.starts(outline.process))


def begins_case(element: Element, outline: Outline) -> bool:
    """Say whether an element is a start event that begins a case by itself."""
    return element.kind is Kind.START and element.container == outline.process and element.trigger in BEGINS


def check_beginnings(outline: Outline) -> Iterator[Problem]:
    """Yield what is said at a start event and would be ignored."""
    for element in outline.elements.values():
        begins = begins_case(element, outline)
        if (element.subject or element.title) and not begins:
            yield problem(
                element.id,
                "case_words",
                "judul dan pokok kasus (alur:case) hanya dibaca pada awal proses yang berpemicu pesan, sinyal, atau "
                "waktu; di sini keduanya diberikan oleh yang memulai kasus. Hapus.",
                "the title and subject of a case (alur:case) are read at the starts of a process with a message, "
                "signal or timer only; here whoever starts the case gives them. Delete it.",
            )
        if begins and _needs_case(element):
            yield no_time(element)
        if begins and element.event is not None and element.event.key is not None:
            yield problem(
                element.id,
                "start_key",
                "awal proses menerima pesan dengan kunci apa pun, dan kunci itu menjadi kunci kasus; hapus key.",
                "the start of a process takes a message under any key, which becomes the key of the case; delete key.",
            )


def _needs_case(start: Element) -> bool:
    """Say whether a time depends on variables, of which there are none before there is a case."""
    says = expression_in(start.timer) if start.timer is not None else None
    if says is None or _LOOKS_LIKE_ISO.match(says):
        return False
    try:
        return bool(compile_expression(says).names)
    except FeelSyntaxError:
        return False  # said with all expressions


def no_time(start: Element, reason: str = "") -> Problem:
    """Say that a time cannot be told when a release is deployed."""
    because = f" ({reason})" if reason else ""
    return problem(
        start.id,
        "start_time",
        f"waktu mulai dihitung saat rilis dipasang, sebelum ada kasus, dan di sini tidak dapat dihitung{because}; "
        "pakai tanggal, durasi, siklus, atau ungkapan FEEL tanpa variabel kasus.",
        f"the time to begin is told when the release is deployed, before there is a case, and here it cannot be "
        f"told{because}; use a date, a duration, a cycle, or a FEEL expression without variables of a case.",
    )
