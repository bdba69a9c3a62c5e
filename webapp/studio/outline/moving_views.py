"""The page on which a step is moved or copied to another place of the process."""

from flask import Blueprint, render_template, request

from engine.designs.editing.diagram import Diagram
from engine.errors import NotFound
from forms import AlurForm
from webapp.studio.outline.moving import COPY, MOVE, can_move, moving_form, put
from webapp.studio.outline.opening import Opened, find_part, name_of, open_part, require_change, who_changed
from webapp.studio.outline.part_views import PART, Answer, save_change
from webapp.texts import gettext as _
from webapp.texts import language


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    blueprint.get(f"{PART}/pindah")(show_moving)
    blueprint.post(f"{PART}/pindah")(move_part)


def show_moving(design_id: int, element: str) -> str:
    """Show where a step can be moved or copied to."""
    opened = _open(design_id, element)
    form = moving_form(opened.choices)(None, language=language(), data={"how": MOVE})
    return _page(opened, form)


def move_part(design_id: int, element: str) -> Answer:
    """Move a step to another place, or put a copy of it there."""
    opened = _open(design_id, element)
    require_change(opened.design)
    form = moving_form(opened.choices)(request.form, language=language())
    if not form.validate():
        return _page(opened, form), 422
    if request.form.get("mark") != opened.mark:
        return _page(opened, form, is_stale=True), 409

    def change(diagram: Diagram) -> str:
        answers = form.typed_data()
        found = put(diagram, find_part(diagram, element), answers)
        name = name_of(diagram, found.get("id", ""))
        if answers.get("how") == COPY:
            return _("«%(name)s» sudah disalin. Periksa nama dan isinya.", name=name)
        return _("«%(name)s» sudah dipindahkan.", name=name)

    return save_change(opened, change, lambda: _page(opened, form), lambda: move_part(design_id, element))


def _open(design_id: int, element: str) -> Opened:
    """Return a step that can be moved. :raise NotFound: this part cannot be."""
    opened = open_part(design_id, element)
    if not can_move(opened.node):
        raise NotFound()
    return opened


def _page(opened: Opened, form: AlurForm, *, is_stale: bool = False) -> str:
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
