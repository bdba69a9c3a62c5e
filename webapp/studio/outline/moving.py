"""Puts a step, or a copy of it, somewhere else in the process, as it was filled in."""

from collections.abc import Mapping
from typing import Any, Final

from engine.bpmn.vocabulary import FLOW_NODES
from engine.designs.editing.copying import copy_step
from engine.designs.editing.diagram import B, Diagram
from engine.designs.editing.moving import is_movable, move_step
from engine.designs.trees import Node
from forms import AlurForm, ChoiceField, Option, RadioField, Required, Text
from webapp.studio.outline.choices import Choices

MOVE, COPY = "move", "copy"
_HOW: Final = (
    Option(MOVE, Text("Pindahkan langkah ini ke sana", "Move this step there")),
    Option(COPY, Text("Salin: langkah ini tetap, salinannya di sana", "Copy it: this step stays, the copy is there")),
)


def can_move(node: Node) -> bool:
    """Say whether a part of a diagram can be moved and copied."""
    return is_movable(node)


def movable_in(diagram: Diagram) -> frozenset[str]:
    """Return the ids of what can be moved and copied."""
    return frozenset(node.get("id", "") for node in diagram.root.iter(*(f"{B}{tag}" for tag in FLOW_NODES))
                     if is_movable(node))  # fmt: skip


def moving_form(choices: Choices) -> type[AlurForm]:
    """Return the form that asks where a step goes."""
    how = {"how": RadioField(Text("Yang dilakukan", "What is done"), [Required()], options=_HOW)}
    return type("MovingForm", (AlurForm,), {**how, **place_fields(choices)})


def place_fields(choices: Choices) -> dict[str, Any]:
    """Return the fields that ask for a place in the process."""
    spot = Text("Di antara langkah mana", "Between which steps")
    hint = Text("Nomor bertitik, misalnya 3.1, ada di dalam subproses.",
                "Numbers with a dot, such as 3.1, are inside a sub-process.")  # fmt: skip
    fields: dict[str, Any] = {"spot": ChoiceField(spot, [Required()], options=choices.spots, hint=hint)}
    if choices.lanes:
        lane_hint = Text("Kosong: di lajur tempat alurnya berada.", "Empty: in the lane in which the flow is.")
        fields["lane"] = ChoiceField(Text("Lajur", "Lane"), options=choices.lanes, hint=lane_hint)
    return fields


def put(diagram: Diagram, node: Node, answers: Mapping[str, Any]) -> Node:
    """Move a step or copy it, as it was filled in, and return what is there now.

    :raise DiagramRefused: it cannot stand there.
    """
    spot, lane = find_spot(diagram, str(answers.get("spot") or "")), str(answers.get("lane") or "")
    if answers.get("how") == COPY:
        return copy_step(diagram, node, spot, lane)
    move_step(diagram, node, spot, lane)
    return node


def find_spot(diagram: Diagram, chosen: str) -> Node:
    """Return the flow or the step that names a place.

    :raise DiagramRefused: it is not there any more.
    """
    kind, _colon, identifier = chosen.partition(":")
    return diagram.flow(identifier) if kind == "flow" else diagram.node(identifier)
