"""Opens a part of the diagram of a design for a page: a step, a flow, a lane, or the process."""

from dataclasses import dataclass
from typing import Any

from engine.bpmn.vocabulary import FLOW_NODES
from engine.designs.editing.diagram import Diagram, local, open_diagram
from engine.designs.editing.noting import NOTED, text_of_noted
from engine.designs.finding import Design, content_mark
from engine.designs.trees import Node
from engine.errors import NotFound
from engine.policy.actor import Actor
from forms import AlurForm
from processes.people.queries.names import names_of
from webapp.current import ask, current_alur
from webapp.studio.model.reading import read_changeable, read_known
from webapp.studio.outline.choices import Choices, choices_of
from webapp.studio.outline.fields import form_of
from webapp.texts import gettext as _
from webapp.texts import language
from webapp.wiring import Alur

_LONGEST_NAME = 60


class PartGone(NotFound):
    """The design has no such part; perhaps somebody has deleted it since the page was shown."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A part of the diagram of a design, with what it can be changed into."""

    design: Design
    is_changeable: bool
    diagram: Diagram
    node: Node
    choices: Choices

    @property
    def mark(self) -> str:
        """What names the diagram that the page shows."""
        return content_mark(self.design.diagram)

    def form_class(self) -> type[AlurForm]:
        """Return the form of this part in the reader's language."""
        return form_of(self.diagram, self.node, self.choices, language())


def open_part(design_id: int, element: str) -> Opened:
    """Return a part of the diagram for the person of this request.

    :raise NotFound: the design does not exist or is not for this reader.
    :raise PartGone: there is no such part.
    """
    design, is_changeable = ask(read_changeable, current_alur(), design_id)
    _same, known = ask(read_known, current_alur(), design_id)
    diagram = open_diagram(design.diagram)
    return Opened(
        design, is_changeable, diagram, find_part(diagram, element), choices_of(design, known, diagram, language())
    )


def require_change(design: Design) -> None:
    """Let pass who may change a design while it is worked on.

    :raise Forbidden: the reader may only look at it.
    """
    ask(_require_permission, current_alur(), design)


def find_part(diagram: Diagram, element: str) -> Node:
    """Return what has a page: a step, a flow, a lane, the process, a note, a group, a sign for data.

    :raise PartGone: there is nothing of that id.
    """
    found = diagram.find(element)
    if found is None or not (local(found) in ("sequenceFlow", "lane", "process", *NOTED) or _is_step(found)):
        raise PartGone()
    return found


def name_of(diagram: Diagram, element: str) -> str:
    """Return what people call a part; a flow without a name by its ends."""
    found = diagram.find(element)
    name = found.get("name") if found is not None else None
    if found is not None and local(found) in NOTED:
        return " ".join(text_of_noted(diagram, found).split())[:_LONGEST_NAME] or element
    if name or found is None or local(found) != "sequenceFlow":
        return name or element
    ends = [diagram.find(found.get(end, "")) for end in ("sourceRef", "targetRef")]
    return " → ".join(str(end.get("name") or end.get("id")) if end is not None else "?" for end in ends)


def who_changed(design: Design) -> str:
    """Say who saved a design last."""
    names = ask(names_of, (design.saved_by,)) if design.saved_by is not None else {}
    name = names.get(design.saved_by) if design.saved_by is not None else None
    return _("%(name)s sudah mengubah rancangan ini.", name=name or _("Seseorang"))


def _require_permission(read: Any, actor: Actor, alur: Alur, design: Design) -> None:
    alur.engine.policy.require(actor, "design:change", design, read)


def _is_step(node: Node) -> bool:
    return local(node) in FLOW_NODES
