"""Saves a DMN file for a page without scripts, and says in words why it is not kept."""

from engine.commands.save_design import SaveDesign
from engine.errors import DiagramRefused
from webapp.current import run_command
from webapp.texts import language


def save_file(design_id: int, name: str, content: bytes | None, seen: str | None) -> tuple[str, ...]:
    """Keep a file of a design; return why it may not be kept, in the reader's language: nothing if it is.

    :param content: None takes the file away.
    :param seen: the mark of the content that the page showed; None for a new file.
    :raise StaleFile: somebody has changed it meanwhile.
    """
    try:
        run_command(SaveDesign(design_id, {name: content}, {name: seen}))
    except DiagramRefused as refused:
        return tuple(found.message(language()) for found in refused.problems)
    return ()
