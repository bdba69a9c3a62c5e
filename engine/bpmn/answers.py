"""Checks that what people answer in the rounds of an activity gets anywhere: each round has variables of its own."""

from collections.abc import Iterator

from engine.bpmn.model import HUMAN_TASKS, Element, Kind, Outline
from engine.bpmn.read import problem
from engine.bpmn.references import expressions_of
from engine.bpmn.setting import around, has_rounds, names_read, process_of, set_by, within
from engine.errors import Problem

#: They are given all variables.
_SEE_ALL = (Kind.SERVICE_TASK, Kind.BUSINESS_RULE_TASK)
_COMPUTES = (Kind.SCRIPT_TASK, Kind.SERVICE_TASK, Kind.BUSINESS_RULE_TASK, Kind.CALL_ACTIVITY)


def check_answers(outline: Outline) -> Iterator[Problem]:
    """Yield the tasks whose answers nobody could ever read, and what rounds compute for a variable outside."""
    for element in outline.elements.values():
        if element.kind in HUMAN_TASKS and element.result:
            rounds = _lost_in(outline, element, element.result)
            if rounds is not None:
                yield _lost(element, rounds)
        elif element.kind in _COMPUTES:
            yield from _computed(outline, element)


def _computed(outline: Outline, element: Element) -> Iterator[Problem]:
    """Find what a round computes for a variable that steps outside mean as well: it goes with the round."""
    rounds = next((place for place in around(outline, element) if has_rounds(place)), None)
    if rounds is None or rounds.loop is None:
        return
    inside = [one for one in within(outline, rounds) if one.id != element.id]
    inner = {rounds.id, element.id, *(one.id for one in inside)}
    here = process_of(outline, element)
    outside = [one for one in outline.elements.values() if one.id not in inner and process_of(outline, one) == here]
    for name in dict.fromkeys(name for name in (element.result, *element.outputs) if name):
        if name in names_read(rounds.loop.gives or "") | names_read(rounds.loop.condition or ""):
            continue
        adds = any(name in names_read(text) for text in expressions_of(element))
        is_meant = any(name in set_by(one) or _tells(outline, one, name) for one in outside)
        if is_meant and (adds or not any(_reads(outline, one, name) for one in inside)):
            yield _gone(element, rounds, name)


def _tells(outline: Outline, element: Element, name: str) -> bool:
    """Say whether an element names a variable in so many words."""
    conditions = (outline.flows[flow].condition for flow in element.outgoing)
    return any(name in names_read(text) for text in (*expressions_of(element), *conditions) if text)


def _lost_in(outline: Outline, task: Element, name: str) -> Element | None:
    """Return the looped activity with whose round the answers of a task go; None if something takes them up."""
    for place in around(outline, task):
        loop = place.loop
        if loop is None or not has_rounds(place):
            continue
        if name in names_read(loop.condition or ""):  # it may end the rounds
            return None
        if any(_reads(outline, element, name) for element in within(outline, place)):
            return None
        if loop.output is None:
            return place
        name = loop.output
    return None


def _reads(outline: Outline, element: Element, name: str) -> bool:
    if element.kind in _SEE_ALL:
        return True
    return _tells(outline, element, name)


def _lost(task: Element, rounds: Element) -> Problem:
    return problem(
        task.id,
        "answers_lost",
        f"jawaban langkah ini ('{task.result}') hilang saat gilirannya selesai, karena perulangan '{rounds.id}' tidak "
        f'mengumpulkannya; tulis pada alur:items milik \'{rounds.id}\' output="daftar" gives="{task.result}", atau '
        "pakai jawabannya di dalam giliran itu.",
        f"the answers of this step ('{task.result}') are gone when their round is over, for '{rounds.id}' does not "
        f'collect them; write output="list" gives="{task.result}" in its alur:items, or use them inside the round.',
        "warning",
    )


def _gone(element: Element, rounds: Element, name: str) -> Problem:
    return problem(
        element.id,
        "round_lost",
        f"setiap giliran '{rounds.id}' punya variabel sendiri, jadi '{name}' yang diisi di sini hilang saat gilirannya "
        f"selesai dan '{name}' di luarnya tidak berubah; tulis pada alur:items milik '{rounds.id}' output=\"daftar\" "
        f'gives="{name}", lalu olah daftarnya sesudahnya (misalnya sum(daftar)).',
        f"each round of '{rounds.id}' has variables of its own, so '{name}' as set here is gone when the round is over "
        f'and \'{name}\' outside stays as it was; write output="list" gives="{name}" in the alur:items of '
        f"'{rounds.id}', and use the list behind it (for instance sum(list)).",
        "warning",
    )
