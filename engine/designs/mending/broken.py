"""A problem with the files in which it was found, and a way out of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from engine.bpmn.check import Catalogue
from engine.designs.editing.diagram import Diagram, open_diagram
from engine.designs.trees import Node
from engine.errors import Problem

Files = Mapping[str, bytes]
#: Where a step says into which variable something goes.
VARIABLES: Final = ("result", "item", "output")


@dataclass(frozen=True)
class Design:
    """The files of a design, and what is installed around it."""

    files: Files
    catalogue: Catalogue

    @property
    def diagram_name(self) -> str:
        """The name of the diagram; empty if there is none."""
        return next((name for name in sorted(self.files) if name.endswith(".bpmn")), "")

    @cached_property
    def diagram(self) -> Diagram:
        """The diagram, only to be looked at.

        :raise DiagramRefused: it cannot be read.
        """
        return open_diagram(self.files.get(self.diagram_name, b""))

    @cached_property
    def nodes(self) -> Mapping[str, Node]:
        """The parts of the diagram by their ids."""
        return self.diagram.by_id()

    @cached_property
    def variables(self) -> frozenset[str]:
        """The names of the variables that steps set."""
        said = (item for part in self.diagram.root.iter() for item in part.attrib.items())
        return frozenset(str(value) for name, value in said if name in VARIABLES)


@dataclass(frozen=True)
class Broken:
    """A problem of a design."""

    problem: Problem
    design: Design

    @property
    def id(self) -> str:
        """The id of the element at which it was found."""
        return self.problem.element

    @property
    def diagram(self) -> Diagram:
        """The diagram, only to be looked at."""
        return self.design.diagram

    @property
    def node(self) -> Node | None:
        """The element at which it was found, only to be looked at."""
        return self.design.nodes.get(self.id)


@dataclass(frozen=True, slots=True)
class Fix:
    """A way out of a problem.

    :param name: by which it is asked for; the same as long as the design is the same.
    :param label: what it does, by language.
    :param mend: gives the files with the problem mended.
    """

    name: str
    label: Mapping[str, str]
    mend: Callable[[Files], Files] = field(repr=False, compare=False)


def on_diagram(broken: Broken, name: str, label: tuple[str, str], change: Callable[[Diagram], None]) -> Fix:
    """Return a way out that changes the diagram."""
    target = broken.design.diagram_name

    def mend(files: Files) -> Files:
        diagram = open_diagram(files[target])
        change(diagram)
        return {**files, target: diagram.write()}

    return Fix(name, {"id": label[0], "en": label[1]}, mend)
