"""The decisions in the DMN files of a design: read together, as they may import each other, unfinished ones too."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.bpmn.outline import read_outline
from engine.bpmn.read import read_xml
from engine.dmn import Decision, DecisionTable, DmnUnreadable, LiteralExpression, decisions_of, link, read_definitions
from engine.dmn.model import Definitions
from engine.errors import DiagramRefused, NotFound
from webapp.texts import language

ENDING = ".dmn"


@dataclass(frozen=True, slots=True)
class TableFile:
    """A DMN file of a design.

    :param stem: its name without the ending, as in addresses.
    :param decisions: by their ids, in the order of the file.
    :param fault: why it cannot be read, in the reader's language; empty if it can.
    """

    name: str
    stem: str
    decisions: Mapping[str, Decision]
    fault: str = ""

    @property
    def main(self) -> str:
        """The decision to begin with: a table that no other decision requires, else any; empty if there is none."""
        required = {need.id for decision in self.decisions.values() for need in decision.node.requires}
        return min(self.decisions, key=lambda id_: (id_ in required, _rank(self.decisions[id_])), default="")

    def chosen(self, decision: str) -> Decision:
        """Return a decision by its id; for an empty one that to begin with. :raise NotFound: there is none."""
        found = self.decisions.get(decision or self.main)
        if found is None:
            raise NotFound(f"No decision '{decision}' in {self.name}.")
        return found


def _rank(decision: Decision) -> int:
    """Return how well a decision can be shown: a table best, then one expression."""
    kinds = (DecisionTable, LiteralExpression, object)
    return next(place for place, kind in enumerate(kinds) if isinstance(decision.logic, kind))


def read_table_files(files: Mapping[str, bytes]) -> dict[str, TableFile]:
    """Return the DMN files of a design by name; what cannot be read says why."""
    faults: dict[str, str] = {}
    read: dict[str, Definitions] = {}
    for name in sorted(name for name in files if name.endswith(ENDING)):
        try:
            read[name] = read_definitions(files[name])
        except DmnUnreadable as error:
            faults[name] = error.message(language())
    linked = dict(zip(read, link(read.values(), reads_case=True), strict=True))
    return {
        name: TableFile(name, name.removesuffix(ENDING), decisions_of(linked[name]) if name in linked else {}, fault)
        for name, fault in sorted({**dict.fromkeys(read, ""), **faults}.items())
    }


def find_table_file(files: Mapping[str, bytes], stem: str) -> TableFile:
    """Return a DMN file by its name without the ending. :raise NotFound: there is none."""
    found = read_table_files(files).get(f"{stem}{ENDING}")
    if found is None:
        raise NotFound(f"No file {stem}{ENDING}.")
    return found


def askers(files: Mapping[str, bytes]) -> dict[str, tuple[str, ...]]:
    """Return the names of the steps that ask each decision, by its id, as far as the diagram can be read."""
    name = next((name for name in files if name.endswith(".bpmn")), None)
    try:
        outline = read_outline(read_xml(files[name], name), name)[0] if name is not None else None
    except DiagramRefused:
        outline = None
    found: dict[str, tuple[str, ...]] = {}
    for element in outline.elements.values() if outline is not None else ():
        if element.decision:
            step = element.names.get(language()) or element.names.get("id") or element.id
            found[element.decision] = (*found.get(element.decision, ()), step)
    return found
