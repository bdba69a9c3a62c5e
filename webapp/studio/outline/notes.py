"""What stands in a diagram beside its steps, for the list: notes, groups, data, and the lines that hang on them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from engine.designs.editing.diagram import B, Diagram, local
from engine.designs.editing.noting import NOTED, text_of_noted
from engine.designs.editing.placing import LINES
from engine.designs.trees import Node
from webapp.studio.outline.opening import name_of
from webapp.texts import gettext as _
from webapp.texts import lazy

_KINDS: Final = {
    "textAnnotation": lazy("Catatan"),
    "group": lazy("Kelompok"),
    "dataObjectReference": lazy("Data"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A line between something noted and a step.

    :param said: what it means, with the name of the step.
    """

    id: str
    said: str


@dataclass(frozen=True, slots=True)
class Noted:
    """Something that is drawn beside the steps."""

    id: str
    kind: str
    text: str
    variable: str
    lines: tuple[Line, ...]


def list_notes(diagram: Diagram, numbers: Mapping[str, str]) -> tuple[Noted, ...]:
    """Return the notes, groups and data of a diagram in the order in which they stand in it.

    :param numbers: of the steps in the list.
    """
    lines = [(line, diagram.ends_of(line)) for line in diagram.root.iter(*LINES[1:])]
    return tuple(
        Noted(
            node.get("id", ""),
            str(_KINDS[local(node)]),
            text_of_noted(diagram, node),
            node.get("dataObjectRef", ""),
            tuple(_lines(diagram, node, lines, numbers)),
        )
        for node in diagram.root.iter(*(f"{B}{tag}" for tag in NOTED))
    )


def _lines(
    diagram: Diagram, node: Node, lines: list[tuple[Node, tuple[str, str]]], numbers: Mapping[str, str]
) -> Iterator[Line]:
    for line, ends in lines:
        if node.get("id") not in ends:
            continue
        step = next((end for end in ends if end != node.get("id")), "")
        name = f"{numbers.get(step, '')} {name_of(diagram, step)}".strip()
        said = {"dataInputAssociation": _("dibaca oleh %(step)s", step=name),
                "dataOutputAssociation": _("diisi oleh %(step)s", step=name)}  # fmt: skip
        yield Line(line.get("id", ""), said.get(local(line), _("pada %(step)s", step=name)))
