"""The page on which a step of another process of the city is copied into this one."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from flask import Blueprint, render_template, request

from engine.designs.editing.copying import copy_step
from engine.designs.editing.diagram import Diagram, open_diagram
from engine.errors import NotFound
from engine.policy.actor import Actor
from engine.queries.designs import release_in_city, releases_in_force
from forms import AlurForm, ChoiceField, Option, Required, Text
from webapp.current import ask, current_alur
from webapp.studio.files.views import DESIGN
from webapp.studio.outline.moving import find_spot, movable_in, place_fields
from webapp.studio.outline.opening import Opened, name_of, open_part, require_change, who_changed
from webapp.studio.outline.part_views import Answer, held_up, save_change
from webapp.studio.outline.rows import list_steps
from webapp.studio.reading import read_design, read_release_files
from webapp.texts import gettext as _
from webapp.texts import language
from webapp.wiring import Alur

BORROW: Final = f"{DESIGN}/langkah/lain/salin"


@dataclass(frozen=True, slots=True)
class Origin:
    """A process in force from which steps can be copied."""

    id: int
    process: str
    name: str


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    blueprint.get(BORROW)(show_borrowing)
    blueprint.post(BORROW)(borrow_step)


def show_borrowing(design_id: int) -> str:
    """Show the processes of the city, or the steps of one of them and where a copy can go."""
    opened, origin = _open(design_id), _origin()
    form = _form(opened, origin) if origin is not None and opened.is_changeable else None
    return _page(opened, form(None, language=language()) if form is not None else None)


def borrow_step(design_id: int) -> Answer:
    """Copy a step of another process into this one."""
    opened, origin = _open(design_id), _origin()
    require_change(opened.design)
    if origin is None:
        raise NotFound()
    form = _form(opened, origin)(request.form, language=language())
    page = partial(_page, opened, form)

    def change(diagram: Diagram) -> str:
        answers = form.typed_data()
        spot = find_spot(diagram, str(answers["spot"]))
        step = origin.node(str(answers["step"]))
        copy = copy_step(diagram, step, spot, str(answers.get("lane") or ""), origin=origin)
        return _("«%(name)s» sudah disalin. Periksa nama dan isinya.", name=name_of(diagram, copy.get("id", "")))

    return held_up(opened, form, page) or save_change(opened, change, page, lambda: borrow_step(design_id))


def _open(design_id: int) -> Opened:
    """Return the process of a design."""
    design = ask(read_design, current_alur(), design_id)
    return open_part(design_id, open_diagram(design.diagram).process().get("id", ""))


def _origin() -> Diagram | None:
    """Return the diagram from which is copied; None before one is chosen.

    :raise NotFound: there is no such release in the city.
    """
    chosen = request.args.get("rilis", "")
    if not chosen:
        return None
    if not chosen.isdecimal() or len(chosen) > _DIGITS:
        raise NotFound()
    files = ask(read_release_files, current_alur(), int(chosen))
    return open_diagram(next(content for name, content in files.items() if name.endswith(".bpmn")))


_DIGITS: Final = 18


def _form(opened: Opened, origin: Diagram) -> type[AlurForm]:
    movable = movable_in(origin)
    rows = list_steps(origin.write(), (), language(), {}).rows
    steps = [Option(row.id, f"{row.number} {row.name or row.kind}") for row in rows if row.id in movable]
    step = {"step": ChoiceField(Text("Langkah yang disalin", "Step to copy"), [Required()], options=steps)}
    return type("BorrowingForm", (AlurForm,), {**step, **place_fields(opened.choices)})


def _page(opened: Opened, form: AlurForm | None, *, is_stale: bool = False) -> str:
    return render_template(
        "studio/outline_borrowing.html",
        design=opened.design,
        origins=ask(_origins, current_alur()) if opened.is_changeable else [],
        chosen=request.args.get("rilis", ""),
        form=form,
        mark=opened.mark,
        stale=who_changed(opened.design) if is_stale else "",
        is_changeable=opened.is_changeable,
    )


def _origins(read: Any, actor: Actor, alur: Alur) -> list[Origin]:
    """Return the processes in force, by their names."""
    found = [(line.id, line.process, release_in_city(read, actor, line.id).outline.names)
             for line in releases_in_force(read, actor)]  # fmt: skip
    names: list[Origin] = [Origin(number, process, _name(said, process)) for number, process, said in found]
    return sorted(names, key=lambda one: one.name)


def _name(names: Mapping[str, str], process: str) -> str:
    return names.get(language()) or names.get("id") or process
