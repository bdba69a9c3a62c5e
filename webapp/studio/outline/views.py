"""The list of the steps of a design, and what its buttons change."""

from collections.abc import Mapping
from typing import Final

from flask import Blueprint, flash, request
from werkzeug.wrappers import Response

from engine.designs.editing.connecting import disconnect
from engine.designs.editing.diagram import Diagram, local
from engine.designs.editing.laning import remove_lane
from engine.designs.editing.noting import NOTED, remove_noted, unlink
from engine.designs.editing.placing import LINES
from engine.designs.editing.removing import remove_step
from engine.designs.finding import Design, DesignClosed, content_mark
from engine.errors import Conflict, DiagramRefused
from webapp.access import for_guests
from webapp.current import ask, current_alur
from webapp.studio.files.views import DESIGN, problems_of
from webapp.studio.frame import Tab
from webapp.studio.model.reading import read_changeable
from webapp.studio.outline import borrowing, mending, moving_views, part_views
from webapp.studio.outline.adding import add_named_lane
from webapp.studio.outline.history import NothingThere
from webapp.studio.outline.list_page import list_page
from webapp.studio.outline.opening import find_part, name_of, require_change, who_changed
from webapp.studio.outline.saving import Saved, change_diagram, go_in_history
from webapp.studio.refusing import tell_refusal
from webapp.texts import gettext as _
from webapp.texts import language, lazy

LIST: Final = f"{DESIGN}/langkah"
TAB: Final = Tab(10, lazy("Langkah"), "studio.show_steps")
Answer = str | Response | tuple[str, int]


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    blueprint.get(LIST)(for_guests(show_steps))
    blueprint.post(LIST)(change_steps)
    part_views.add_to(blueprint)
    moving_views.add_to(blueprint)
    borrowing.add_to(blueprint)
    mending.add_to(blueprint)


def show_steps(design_id: int) -> str:
    """Show the steps of a design in reading order."""
    return list_page(*ask(read_changeable, current_alur(), design_id))


def change_steps(design_id: int) -> Answer:
    """Delete a part, add a lane, mend a problem, take the last change back, or make it again."""
    design, is_changeable = ask(read_changeable, current_alur(), design_id)
    require_change(design)
    if design.status.is_closed or request.form.get("mark") != content_mark(design.diagram):
        return _overtaken(design, is_changeable)
    try:
        saved = _changed(design)
    except Conflict:  # somebody was quicker between the look above and the saving, or the design was closed
        return _overtaken(*ask(read_changeable, current_alur(), design_id))
    except NothingThere:
        return _gone(design, is_changeable)
    except DiagramRefused as refused:
        flash(" ".join(found.message(language()) for found in refused.problems), "danger")
        return list_page(design, is_changeable), 422
    return list_page(*ask(read_changeable, current_alur(), design_id), saved)


def _overtaken(design: Design, is_changeable: bool) -> tuple[str, int]:
    """Show the list as somebody else has left it meanwhile, and say that nothing was changed."""
    if design.status.is_closed:
        status = tell_refusal(DesignClosed())
        return list_page(design, is_changeable), status
    flash(_("%(who)s Daftar di bawah sudah yang terbaru; ulangi perubahan Anda.", who=who_changed(design)), "warning")
    return list_page(design, is_changeable), 409


def _gone(design: Design, is_changeable: bool) -> tuple[str, int]:
    """Show the list as it is, and say that what was to be taken back or made again is not kept any more."""
    said = _(
        "Perubahan itu tidak dapat diurungkan atau diulangi lagi: rancangan ini sudah diubah dengan cara lain, atau "
        "keadaan sebelumnya sudah tidak disimpan. Tidak ada yang berubah; ubah langkahnya langsung di daftar ini."
    )
    flash(said, "warning")
    return list_page(design, is_changeable), 409


def _changed(design: Design) -> Saved:
    """Do what a button of the list says."""
    seen = content_mark(design.diagram)
    form = request.form
    if form.get("lakukan") in ("urungkan", "ulangi"):
        return go_in_history(design, seen, is_back=form.get("lakukan") == "urungkan")
    if form.get("lakukan") == "lajur":
        names = {"id": form.get("nama", "")[:120], "en": form.get("nama_en", "")[:120]}
        return change_diagram(design, seen, lambda diagram: _lane_added(diagram, names))
    if form.get("lakukan") == "perbaiki":
        return mending.mend(design, form.get("masalah", ""), form.get("cara", ""), problems_of(design.files))
    return change_diagram(design, seen, lambda diagram: _removed(diagram, form.get("bagian", "")))


def _lane_added(diagram: Diagram, names: Mapping[str, str]) -> str:
    add_named_lane(diagram, names)
    return _("Lajur «%(name)s» sudah ditambahkan.", name=names["id"])


def _removed(diagram: Diagram, element: str) -> str:
    line = diagram.find(element)
    if line is not None and line.tag in LINES[1:]:
        unlink(diagram, line)
        return _("Garisnya sudah dihapus.")
    node, name = find_part(diagram, element), name_of(diagram, element)
    if local(node) in NOTED:
        remove_noted(diagram, node)
    elif local(node) == "sequenceFlow":
        disconnect(diagram, node)
    elif local(node) == "lane":
        remove_lane(diagram, node)
    else:
        remove_step(diagram, diagram.node(element))
    return _("«%(name)s» sudah dihapus.", name=name)
