"""How far it is from each element of a diagram to what no scenario has walked."""

from collections import deque
from collections.abc import Mapping

from engine.bpmn.model import Outline
from engine.bpmn.release import Release
from engine.scenarios.coverage import Walk, tables_of


def missing_places(release: Release, covered: Walk) -> set[str]:
    """Return the elements at or behind which something is missing."""
    outline = release.outline
    missing = {name for name in outline.elements if name not in covered.nodes}
    missing |= {flow.source for flow in outline.flows.values() if flow.id not in covered.flows}
    tables = tables_of(release)
    open_tables = {
        name for name, table in tables.items() for rule in table.rules if (name, rule.id) not in covered.rules
    }
    for element in outline.elements.values():
        if element.decision and open_tables & set(release.decisions[element.decision].tables):
            missing.add(element.id)
    return missing


def distances(outline: Outline, goals: set[str]) -> Mapping[str, int]:
    """Return how many steps it is at least from each element to the nearest goal; what leads to none is absent."""
    before: dict[str, set[str]] = {name: set() for name in outline.elements}
    for flow in outline.flows.values():
        before[flow.target].add(flow.source)
    for host, events in outline.boundaries.items():
        for event in events:
            before[event.id].add(host)
    for element in outline.elements.values():
        for inner in outline.inside.get(outline.content(element), ()):
            before[inner.id].add(element.id)
            before[element.id].add(inner.id)
    found, left = dict.fromkeys(goals, 0), deque(goals)
    while left:
        name = left.popleft()
        for earlier in before[name]:
            if earlier not in found:
                found[earlier] = found[name] + 1
                left.append(earlier)
    return found
