"""Saves the diagram of a design for the list of steps, and remembers what it was, so that it can be taken back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from engine.commands.save_design import SaveDesign
from engine.designs.editing.clearing import clear_lines, crossed_in
from engine.designs.editing.diagram import Diagram, open_diagram
from engine.designs.finding import Design, content_mark
from webapp.current import ask, current_alur, run_command
from webapp.studio.outline.history import files_before, note_change, note_going
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
    before = crossed_in(diagram)
    said = change(diagram)
    clear_lines(diagram, before)
    after = save_step(design, {design.diagram_name: diagram.write()}, seen)
    if after.diagram != design.diagram:
        note_change(design, after)
    return Saved(said, content_mark(after.diagram))


def go_in_history(design: Design, seen: str, *, is_back: bool) -> Saved:
    """Take the last change back, or make again what was taken back last.

    :raise NothingThere: there is nothing to take back, or it is not kept any more.
    :raise StaleFile: somebody has changed it meanwhile.
    """
    files = files_before(design, is_back=is_back)
    after = save_step(design, files, seen)
    note_going(design, after, files, is_back=is_back)
    said = _("Perubahan terakhir sudah diurungkan.") if is_back else _("Perubahan yang diurungkan sudah diulangi.")
    return Saved(said, content_mark(after.diagram))


def save_step(design: Design, files: Mapping[str, bytes | None], seen: str) -> Design:
    """Keep some files as one step that can be taken back, and return the design as it is then.

    :param seen: the mark of the diagram that the page showed.
    :raise StaleFile: somebody has changed one of them meanwhile; none is kept.
    """
    marks = {name: content_mark(design.files[name]) if name in design.files else None for name in files}
    if design.diagram_name in files:
        marks[design.diagram_name] = seen
    run_command(SaveDesign(design.id, files, marks, is_step=True))
    return ask(read_design, current_alur(), design.id)
