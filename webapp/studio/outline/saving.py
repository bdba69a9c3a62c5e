"""Saves the diagram of a design for the list of steps, and remembers what it was, so that it can be taken back."""

from collections.abc import Callable
from dataclasses import dataclass

from engine.commands.save_design import SaveDesign
from engine.designs.editing.diagram import Diagram, open_diagram
from engine.designs.finding import Design, content_mark
from webapp.current import ask, current_alur, run_command
from webapp.studio.outline.history import diagram_before, note_change, note_going
from webapp.studio.reading import read_design
from webapp.texts import gettext as _


@dataclass(frozen=True, slots=True)
class Saved:
    """What was done.

    :param said: in the reader's language.
    :param mark: of the diagram as it is now.
    """

    said: str
    mark: str


def change_diagram(design: Design, seen: str, change: Callable[[Diagram], str]) -> Saved:
    """Change the diagram of a design and keep it.

    :param seen: the mark of the diagram that the page showed.
    :param change: says what it did.
    :raise StaleFile: somebody has changed it meanwhile.
    :raise DiagramRefused: it cannot be changed so, or may not be kept.
    """
    diagram = open_diagram(design.diagram)
    said = change(diagram)
    after = _saved(design, diagram.write(), seen)
    if after.diagram != design.diagram:
        note_change(design, after)
    return Saved(said, content_mark(after.diagram))


def go_in_history(design: Design, seen: str, *, is_back: bool) -> Saved:
    """Take the last change back, or make again what was taken back last.

    :raise NothingThere: there is nothing to take back, or it is not kept any more.
    :raise StaleFile: somebody has changed it meanwhile.
    """
    after = _saved(design, diagram_before(design, is_back=is_back), seen)
    note_going(design, after, is_back=is_back)
    said = _("Perubahan terakhir sudah diurungkan.") if is_back else _("Perubahan yang diurungkan sudah diulangi.")
    return Saved(said, content_mark(after.diagram))


def _saved(design: Design, content: bytes, seen: str) -> Design:
    """Keep a diagram and return the design as it is then."""
    name = design.diagram_name
    run_command(SaveDesign(design.id, {name: content}, {name: seen}, is_step=True))
    return ask(read_design, current_alur(), design.id)
