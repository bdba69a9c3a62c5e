"""Finds branches that run side by side and put what they give into one variable: the later one wins.

A step that reads the variable which it sets adds to it, so that nothing is lost if all of them do.
"""

from collections.abc import Iterator
from itertools import combinations

from engine.bpmn.model import Element, Kind, Outline
from engine.bpmn.pausing import forks, passed_at_once
from engine.bpmn.read import problem
from engine.bpmn.references import expressions_of
from engine.bpmn.setting import around, has_rounds, names_read, set_by
from engine.bpmn.speaking import elements_said
from engine.bpmn.ways import Ending, ending_of
from engine.errors import Problem


def check_overwriting(outline: Outline) -> Iterator[Problem]:
    """Yield the steps that overwrite what a step beside them gives, or are overwritten by it."""
    ways = _Ways(outline)
    for name, setters in sorted(_setters(outline).items()):
        for one, other in combinations(setters, 2):
            if ways.are_beside(one, other) and not _is_meant(outline, one, other, name):
                yield _overwritten(outline, one, other, name)
                break


def _setters(outline: Outline) -> dict[str, list[Element]]:
    """Return by variable the elements that set it, where there are several."""
    found: dict[str, list[Element]] = {}
    for element in outline.elements.values():
        item = element.loop.item if element.loop else None
        for name in dict.fromkeys(set_by(element)):
            if name != item and not element.is_handler and not _is_of_round(element, name):
                found.setdefault(name, []).append(element)
    return {name: elements for name, elements in found.items() if len(elements) > 1}


def _is_of_round(element: Element, name: str) -> bool:
    """Say whether a variable belongs to each round of an activity for itself."""
    return has_rounds(element) and element.loop is not None and name != element.loop.output


def _is_meant(outline: Outline, one: Element, other: Element, name: str) -> bool:
    """Say whether both add to a variable, or the first of the two puts an end to the other."""
    return all(_adds(step, name) for step in (one, other)) or all(_ends_all(outline, step) for step in (one, other))


def _ends_all(outline: Outline, element: Element) -> bool:
    behind = passed_at_once(outline, outline.next_of(element), lambda step: step.is_human or step.waits, into=False)
    return any(step.kind is Kind.END and ending_of(step) is not Ending.NONE for step in behind)


def _adds(element: Element, name: str) -> bool:
    return any(name in names_read(text) for text in expressions_of(element))


class _Ways:
    """Which elements of a diagram can run side by side."""

    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        self._branches: dict[str, list[list[set[str]]]] = {}

    def are_beside(self, one: Element, other: Element) -> bool:
        """Say whether two elements stand on different branches of one split, and share their variables."""
        for here in self._around(one):
            for there in self._around(other):
                if here.container == there.container:
                    return here is not there and self._are_apart(here, there)
        return False

    def _around(self, element: Element) -> Iterator[Element]:
        """Yield an element and what is around it, as far as that shares its variables."""
        for place in around(self.outline, element):
            if place is not element and has_rounds(place):
                return
            yield place

    def _are_apart(self, one: Element, other: Element) -> bool:
        if Kind.EVENT_SUB_PROCESS in (one.kind, other.kind):
            return False
        for branches in self._splits(one.container):
            left = {number for number, reached in enumerate(branches) if one.id in reached}
            right = {number for number, reached in enumerate(branches) if other.id in reached}
            if left - right and right - left:
                return True
        return False

    def _splits(self, container: str) -> list[list[set[str]]]:
        """Return by split of a container what each of its branches reaches without coming to that split again."""
        if container not in self._branches:
            first = tuple(self.outline.elements[name] for name in self.outline.first_of(container))
            splits = [("", first)] if len(first) > 1 else []
            for element in self.outline.inside.get(container, ()):
                splits += [(element.id, branches) for branches in forks(self.outline, element)]
            self._branches[container] = [
                [self._reached(branch, without) for branch in branches] for without, branches in splits
            ]
        return self._branches[container]

    def _reached(self, first: Element, without: str) -> set[str]:
        waiting, found = [first], {without}
        while waiting:
            element = waiting.pop()
            if element.id not in found:
                found.add(element.id)
                waiting += [*self.outline.next_of(element), *self.outline.boundaries.get(element.id, ())]
        return found - {without}


def _overwritten(outline: Outline, one: Element, other: Element, name: str) -> Problem:
    id_text, en_text = elements_said(outline, {one.id})
    return problem(
        other.id,
        "same_result",
        f"langkah ini dan {id_text} dapat berjalan bersamaan dan sama-sama mengisi variabel '{name}', sehingga isian "
        "yang lebih dahulu hilang; beri masing-masing variabel sendiri, lalu gabungkan sesudah cabang bertemu.",
        f"this step and {en_text} can run side by side and both set the variable '{name}', so that what comes first is "
        "lost; give each a variable of its own, and put them together where the branches have met.",
        "warning",
    )
