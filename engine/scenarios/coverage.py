"""What of a release scenarios walk together: its nodes, its flows, and the rules of the tables that it asks."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from engine.bpmn.release import Release
from engine.dmn.boxes import DecisionTable


@dataclass
class Walk:
    """What one scenario or several have walked.

    :ivar rules: decision and id of the rule, of each that applied.
    """

    nodes: set[str] = field(default_factory=set)
    flows: set[str] = field(default_factory=set)
    rules: set[tuple[str, str]] = field(default_factory=set)

    def add(self, other: "Walk") -> None:
        """Take over what another one has walked."""
        self.nodes |= other.nodes
        self.flows |= other.flows
        self.rules |= other.rules


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of thing that can be walked: how many there are, and which are left."""

    total: int
    missing: tuple[str, ...]

    @property
    def walked(self) -> int:
        """How many were walked."""
        return self.total - len(self.missing)


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of a release is walked."""

    nodes: Part
    flows: Part
    rules: Part

    @property
    def share(self) -> Fraction:
        """The walked share of all nodes, flows and rules together, from 0 to 1."""
        parts = (self.nodes, self.flows, self.rules)
        total = sum(part.total for part in parts)
        return Fraction(sum(part.walked for part in parts), total) if total else Fraction(1)


def coverage_of(release: Release, walk: Walk) -> Coverage:
    """Return what of a release is walked, and what is left."""
    outline = release.outline
    rules = sorted(f"{decision}: {rule}" for decision, rule in set(_rules(release)) - walk.rules)
    return Coverage(
        _part(outline.elements, walk.nodes),
        _part(outline.flows, walk.flows),
        Part(len(set(_rules(release))), tuple(rules)),
    )


def tables_of(release: Release) -> dict[str, DecisionTable]:
    """Return the tables that the diagram of a release may ask, by decision; others may lie beside them."""
    asked = {element.decision for element in release.outline.elements.values() if element.decision}
    return {id: table for name in asked for id, table in release.decisions[name].tables.items()}


def _rules(release: Release) -> Iterator[tuple[str, str]]:
    return ((name, rule.id) for name, table in tables_of(release).items() for rule in table.rules)


def _part(names: Iterable[str], walked: set[str]) -> Part:
    names = list(names)
    return Part(len(names), tuple(name for name in names if name not in walked))
