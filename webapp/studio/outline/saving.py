"""Saves the diagram of a design for the list of steps, and keeps what it was, so that a change can be taken back."""

import base64
import zlib
from binascii import Error
from collections.abc import Callable
from dataclasses import dataclass

from engine.bpmn.read import MAX_BYTES
from engine.commands.save_design import SaveDesign
from engine.designs.editing.diagram import Diagram, open_diagram
from engine.designs.finding import Design, content_mark
from webapp.current import run_command


@dataclass(frozen=True, slots=True)
class Saved:
    """What was done, and how it is taken back.

    :param said: in the reader's language.
    :param previous: the files as they were, packed for a form; empty for nothing to take back.
    :param mark: of the diagram as it is now.
    """

    said: str
    previous: str
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
    return save_diagram(design, diagram.write(), seen, said)


def save_diagram(design: Design, content: bytes, seen: str, said: str) -> Saved:
    """Keep a diagram that is written already.

    :raise StaleFile: somebody has changed it meanwhile.
    :raise DiagramRefused: it may not be kept.
    """
    receipt = run_command(SaveDesign(design.id, {design.diagram_name: content}, {design.diagram_name: seen}))
    marks = receipt.value or {}
    return Saved(said, pack_content(design.diagram), marks.get(design.diagram_name) or content_mark(content))


def pack_content(content: bytes) -> str:
    """Return a diagram as a form carries it."""
    return base64.b64encode(zlib.compress(content, 9)).decode("ascii")


def unpack_content(text: str) -> bytes | None:
    """Return the diagram that a form carries; None for what is none."""
    try:
        reader = zlib.decompressobj()
        return reader.decompress(base64.b64decode(text, validate=True), MAX_BYTES) or None
    except (Error, ValueError, zlib.error):
        return None
