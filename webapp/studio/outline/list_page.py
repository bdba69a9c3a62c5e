"""The page with the list of all steps, and the problems of a design with their ways out."""

from dataclasses import dataclass

from flask import render_template, request

from engine.designs.editing.diagram import open_diagram
from engine.designs.finding import Design, content_mark
from engine.designs.fixing import Fix, fixes_of
from engine.errors import DiagramRefused, Problem
from processes.people.guests import is_guest
from webapp.current import current_actor, current_alur
from webapp.studio.files.views import problems_of
from webapp.studio.model.roles import ROLE_WORDS
from webapp.studio.outline.history import history_of
from webapp.studio.outline.moving import movable_in
from webapp.studio.outline.notes import list_notes
from webapp.studio.outline.rows import list_steps
from webapp.studio.outline.saving import Saved
from webapp.texts import gettext as _
from webapp.texts import language


@dataclass(frozen=True, slots=True)
class Offered:
    """A problem as the list shows it.

    :param number: by which its ways out are asked for.
    """

    number: int
    problem: Problem
    fixes: tuple[Fix, ...]


def list_page(design: Design, is_changeable: bool, saved: Saved | None = None) -> str:
    """Return the list of the steps of a design; what the check finds is no matter of guests, and not asked for them.

    :param saved: what was just changed.
    """
    problems = () if is_guest(current_actor()) else problems_of(design.files)
    roles = {str(role): _(words) for role, words in ROLE_WORDS.items()}
    fixes = fixes_of(problems, design.files, current_alur().catalogue)
    offered = {id(found): Offered(number, found, fixes[number]) for number, found in enumerate(problems)}
    try:
        listing = list_steps(design.diagram, problems, language(), roles)
    except DiagramRefused:
        listing = None
    diagram = open_diagram(design.diagram) if listing is not None else None
    return render_template(
        "studio/outline_list.html",
        notes=list_notes(diagram, listing.numbers) if diagram is not None and listing is not None else (),
        movable=movable_in(diagram) if diagram is not None else frozenset(),
        design=design,
        listing=listing,
        offered=lambda found: offered[id(found)],
        total=problems,
        mark=content_mark(design.diagram),
        is_changeable=is_changeable,
        saved=saved,
        typed=request.form if saved is None else {},
        history=history_of(design),
        language=language(),
    )
