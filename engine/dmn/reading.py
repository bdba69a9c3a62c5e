"""Reads the decisions of DMN files for a release: one decision, one question, by its id."""

from collections.abc import Iterable

from engine.dmn.asking import read_models
from engine.dmn.decision import Decision
from engine.dmn.graph import GraphFile
from engine.dmn.parsing import MAX_BYTES, NAMESPACES

__all__ = ["MAX_BYTES", "NAMESPACES", "decisions_of", "read_decisions"]


def read_decisions(xml: bytes, others: Iterable[bytes] = ()) -> dict[str, Decision]:
    """Return the decisions of a file of DMN 1.1 to 1.5 by their ids.

    A decision that cannot be used is returned as well; ``check_decision`` says what is wrong with it.

    :param others: files that it may import.
    :raise DmnUnreadable: when the bytes are no DMN file or hold what a safe reader refuses.
    """
    return decisions_of(read_models([xml, *others], reads_case=True)[0])


def decisions_of(file: GraphFile) -> dict[str, Decision]:
    """Return the decisions of a file that has been read, by their ids."""
    return {node.id: Decision(file, node) for node in file.definitions.decisions}
