"""The list of a design's tables: who asks each of them, how many rules it has, and how many of these scenarios fire."""

from dataclasses import dataclass

from engine.designs.finding import Design
from engine.dmn import DecisionTable
from engine.dmn.model import DecisionNode
from webapp.studio.tables.covering import Asked
from webapp.studio.tables.decisions import TableFile, askers, read_table_files
from webapp.studio.tables.findings import faults_of
from webapp.texts import language


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """A decision in the list.

    :param asked_by: names of the steps that ask it, :param required_by: of the decisions that do.
    :param rules: how many it has; None when it is no table. :param fired: how many of them a scenario fires.
    """

    id: str
    name: str
    asked_by: tuple[str, ...]
    required_by: tuple[str, ...]
    rules: int | None
    fired: int


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file in the list, with how many mistakes and warnings it has."""

    file: TableFile
    decisions: tuple[DecisionLine, ...]
    mistakes: int
    warnings: int


def table_lines(design: Design, asked: Asked) -> list[FileLine]:
    """Return the tables of a design as lines of its list.

    :param asked: what its scenarios ask of them.
    """
    steps = askers(design.files)
    return [_line(file, steps, asked) for file in read_table_files(design.files).values()]


def users_of(design: Design, file: TableFile) -> list[str]:
    """Return the names of what asks a file's decisions: steps, and files that import it."""
    steps = askers(design.files)
    found = [f"“{step}”" for id_ in file.decisions for step in steps.get(id_, ())]
    others = (one for one in read_table_files(design.files).values() if one.name != file.name)
    return found + [other.name for other in others if _imports(other, file)]


def _line(file: TableFile, steps: dict[str, tuple[str, ...]], asked: Asked) -> FileLine:
    faults = faults_of(file)
    decisions = tuple(_decision_line(file, id_, steps.get(id_, ()), asked) for id_ in file.decisions)
    mistakes = sum(fault.severity == "error" for fault in faults)
    return FileLine(file, decisions, mistakes, sum(fault.severity == "warning" for fault in faults))


def _decision_line(file: TableFile, id_: str, asked_by: tuple[str, ...], asked: Asked) -> DecisionLine:
    decision = file.decisions[id_]
    table = decision.logic if isinstance(decision.logic, DecisionTable) else None
    fired = sum(bool(asked.fired_by(id_, rule.id)) for rule in table.rules) if table else 0
    required_by = tuple(other.name_in(language()) for other in _requiring(file, id_))
    name = decision.name_in(language())
    return DecisionLine(id_, name, asked_by, required_by, len(table.rules) if table else None, fired)


def _requiring(file: TableFile, id_: str) -> list[DecisionNode]:
    nodes = (decision.node for decision in file.decisions.values())
    return [node for node in nodes if any(need.id == id_ and not need.namespace for need in node.requires)]


def _imports(other: TableFile, file: TableFile) -> bool:
    own = {decision.file.definitions.namespace for decision in file.decisions.values()}
    imported = {one.namespace for decision in other.decisions.values() for one in decision.file.definitions.imports}
    return not own.isdisjoint(imported)
