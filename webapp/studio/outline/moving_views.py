"""The page on which a step is moved or copied to another place of the process."""

from functools import partial

from flask import Blueprint, render_template, request

from engine.designs.editing.diagram import Diagram
from engine.errors import NotFound
from forms import AlurForm
from webapp.studio.outline.moving import COPY, MOVE, can_move, moving_form, put
from webapp.studio.outline.opening import Opened, find_part, name_of, open_part, require_change, who_changed
from webapp.studio.outline.part_views import PART, Answer, held_up, or_gone, save_change
from webapp.texts import gettext as _
from webapp.texts import language


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    blueprint.get(f"{PART}/pindah")(show_moving)
    blueprint.post(f"{PART}/pindah")(or_gone(move_part))


def show_moving(design_id: int, element: str) -> str:
    """Show where a step can be moved or copied to."""
    opened = _open(design_id, element)
    if not opened.is_changeable:
        return _page(opened, None)
    return _page(opened, moving_form(opened.choices)(None, language=language(), data={"how": MOVE}))


def move_part(design_id: int, element: str) -> Answer:
    """Move a step to another place, or put a copy of it there."""
    opened = _open(design_id, element)
    require_change(opened.design)
    form = moving_form(opened.choices)(request.form, language=language())
    page = partial(_page, opened, form)

    def change(diagram: Diagram) -> str:
        answers = form.typed_data()
        found = put(diagram, find_part(diagram, element), answers)
        name = name_of(diagram, found.get("id", ""))
        if answers.get("how") == COPY:
            return _("«%(name)s» sudah disalin. Periksa nama dan isinya.", name=name)
        return _("«%(name)s» sudah dipindahkan.", name=name)

    return held_up(opened, form, page) or save_change(opened, change, page, lambda: move_part(design_id, element))


def _open(design_id: int, element: str) -> Opened:
    """Return a step that can be moved. :raise NotFound: this part cannot be."""
    opened = open_part(design_id, element)
    if not can_move(opened.node):
        raise NotFound()
    return opened


def _page(opened: Opened, form: AlurForm | None, *, is_stale: bool = False) -> str:
    return render_template(
        "studio/outline_moving.html",
        design=opened.design,
        node=opened.node.get("id"),
        name=name_of(opened.diagram, opened.node.get("id", "")),
        form=form,
        mark=opened.mark,
        stale=who_changed(opened.design) if is_stale else "",
        is_changeable=opened.is_changeable,
    )
